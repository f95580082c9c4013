using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Nabij.HostApp.Linux;

/// <summary>
/// Asks the desktop not to blank, lock or sleep while a session runs, by org.freedesktop.ScreenSaver on the session
/// bus. The desktop forgets the wish by itself when this program is gone. A desktop without that service is left as
/// it is. The calls run off the UI thread, one after the other.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed partial class SleepHold
{
    private const string Service = "org.freedesktop.ScreenSaver";
    private const string Path = "/org/freedesktop/ScreenSaver";
    private const int SessionBus = 2;
    private const int PatienceMilliseconds = 2000;

    private Task _last = Task.CompletedTask;
    private uint? _cookie;
    private bool _on;

    /// <summary>Begins or ends the hold; returns at once. UI thread only.</summary>
    /// <param name="on">Whether to hold.</param>
    /// <param name="reason">Why, in the customer's language: some desktops show it.</param>
    public void Set(bool on, string reason)
    {
        if (on == _on)
            return;
        _on = on;
        _last = on
            ? After(_last, () => _cookie = Inhibit(reason))
            : After(_last, () => UnInhibit(_cookie));
    }

    private static async Task After(Task before, Action next)
    {
        await before.ConfigureAwait(false);
        await Task.Run(next).ConfigureAwait(false);
    }

    private static unsafe uint? Inhibit(string reason)
    {
        var words = stackalloc nint[] { NewString("Nabij"), NewString(reason) };
        var reply = Call("Inhibit", NewTuple(words, 2));
        if (reply == 0)
            return null;
        var child = GetChild(reply, 0);
        var cookie = GetUInt32(child);
        Unref(child);
        Unref(reply);
        return cookie;
    }

    private static unsafe void UnInhibit(uint? cookie)
    {
        if (cookie is not { } known)
            return;
        var words = stackalloc nint[] { NewUInt32(known) };
        if (Call("UnInhibit", NewTuple(words, 1)) is var reply and not 0)
            Unref(reply);
    }

    // The connection is the process's own and shared with GTK: it is neither closed nor let go of here.
    private static nint Call(string method, nint parameters)
    {
        var bus = GetBus(SessionBus, 0, 0);
        return bus == 0 ? 0 : CallSync(bus, Service, Path, Service, method, parameters, 0, 0, PatienceMilliseconds, 0, 0);
    }

    [LibraryImport(GtkLibraries.Gio, EntryPoint = "g_bus_get_sync")]
    private static partial nint GetBus(int type, nint cancellable, nint error);

    [LibraryImport(GtkLibraries.Gio, EntryPoint = "g_dbus_connection_call_sync", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint CallSync(
        nint connection, string name, string path, string @interface, string method, nint parameters, nint replyType, int flags,
        int milliseconds, nint cancellable, nint error);

    [LibraryImport(GtkLibraries.GLib, EntryPoint = "g_variant_new_string", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint NewString(string text);

    [LibraryImport(GtkLibraries.GLib, EntryPoint = "g_variant_new_uint32")]
    private static partial nint NewUInt32(uint number);

    [LibraryImport(GtkLibraries.GLib, EntryPoint = "g_variant_new_tuple")]
    private static unsafe partial nint NewTuple(nint* children, nuint count);

    [LibraryImport(GtkLibraries.GLib, EntryPoint = "g_variant_get_child_value")]
    private static partial nint GetChild(nint variant, nuint index);

    [LibraryImport(GtkLibraries.GLib, EntryPoint = "g_variant_get_uint32")]
    private static partial uint GetUInt32(nint variant);

    [LibraryImport(GtkLibraries.GLib, EntryPoint = "g_variant_unref")]
    private static partial void Unref(nint variant);
}
