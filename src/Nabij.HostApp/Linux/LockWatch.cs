using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Nabij.HostApp.Linux;

/// <summary>
/// Hears on the session bus that the screen was locked or its saver began: desktops tell it by the signal ActiveChanged
/// of freedesktop's interface or of their own one of the same shape. A desktop that tells nothing is left as it is.
/// Whoever else can speak on this bus can at most pause a session. One for a process; tells on the UI thread.
/// </summary>
[SupportedOSPlatform("linux")]
internal static unsafe partial class LockWatch
{
    private const int SessionBus = 2;

    private static readonly string[] Interfaces =
    [
        "org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver", "org.cinnamon.ScreenSaver", "org.mate.ScreenSaver", "org.xfce.ScreenSaver",
    ];

    private static Action? locked;

    /// <summary>Begins to listen; returns at once. The connection is the process's own and is never closed here.</summary>
    public static void Start(Action onLocked)
    {
        locked = onLocked;
        // The answer of a bus may take long. Signals come to the main loop whichever thread asked for them.
        _ = Task.Run(static () =>
        {
            var bus = GetBus(SessionBus, 0, 0);
            if (bus == 0)
                return;
            foreach (var name in Interfaces)
                _ = Subscribe(bus, null, name, "ActiveChanged", null, null, 0, &OnActiveChanged, 0, 0);
        });
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnActiveChanged(nint bus, nint sender, nint path, nint @interface, nint signal, nint parameters, nint data) => GtkSignals.Guard(() =>
    {
        if (!HasType(parameters, "(b)"))
            return false;
        var child = GetChild(parameters, 0);
        var isActive = GetBoolean(child) != 0;
        Unref(child);
        if (isActive)
            locked?.Invoke();
        return false;
    });

    private static bool HasType(nint variant, string type) => Marshal.PtrToStringUTF8(TypeOf(variant)) == type;

    [LibraryImport(GtkLibraries.Gio, EntryPoint = "g_bus_get_sync")]
    private static partial nint GetBus(int type, nint cancellable, nint error);

    [LibraryImport(GtkLibraries.Gio, EntryPoint = "g_dbus_connection_signal_subscribe", StringMarshalling = StringMarshalling.Utf8)]
    private static partial uint Subscribe(
        nint connection, string? sender, string @interface, string member, string? path, string? argument, int flags,
        delegate* unmanaged[Cdecl]<nint, nint, nint, nint, nint, nint, nint, void> callback, nint data, nint free);

    [LibraryImport(GtkLibraries.GLib, EntryPoint = "g_variant_get_type_string")]
    private static partial nint TypeOf(nint variant);

    [LibraryImport(GtkLibraries.GLib, EntryPoint = "g_variant_get_child_value")]
    private static partial nint GetChild(nint variant, nuint index);

    [LibraryImport(GtkLibraries.GLib, EntryPoint = "g_variant_get_boolean")]
    private static partial int GetBoolean(nint variant);

    [LibraryImport(GtkLibraries.GLib, EntryPoint = "g_variant_unref")]
    private static partial void Unref(nint variant);
}
