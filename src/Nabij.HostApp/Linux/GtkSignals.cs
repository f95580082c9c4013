using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Nabij.HostApp.Linux;

/// <summary>
/// The road from GTK's signals to our actions: one unmanaged function for each C signature and an integer key
/// into a table, so nothing is pinned and no delegate can be collected too early. Static because C knows no
/// instances; belongs to the UI thread. An action that throws is handed to <see cref="Failed"/>, since no
/// exception may cross C.
/// </summary>
[SupportedOSPlatform("linux")]
internal static unsafe class GtkSignals
{
    private static readonly Dictionary<nint, Func<bool>> Actions = [];
    private static nint lastKey;
    // Of the drop that is being told, and only while it is.
    private static nint droppedSelection;

    /// <summary>Told once about what an action threw.</summary>
    public static Action<Exception>? Failed { get; set; }

    /// <summary>Connects a signal of the form void(instance, key), such as "clicked".</summary>
    public static void Connect(nint instance, string signal, Action action, List<nint> keys) =>
        Connect(instance, signal, (nint)(delegate* unmanaged[Cdecl]<nint, nint, int>)&OnSignal, Quiet(action), keys);

    /// <summary>Connects a signal of the form bool(instance, key); the answer true stops GTK's own handler.</summary>
    public static void ConnectAnswer(nint instance, string signal, Func<bool> action, List<nint> keys) =>
        Connect(instance, signal, (nint)(delegate* unmanaged[Cdecl]<nint, nint, int>)&OnSignal, action, keys);

    /// <summary>Connects a signal with one more argument, of the form bool(instance, event, key), such as "delete-event".</summary>
    public static void ConnectEvent(nint instance, string signal, Func<bool> action, List<nint> keys) =>
        Connect(instance, signal, (nint)(delegate* unmanaged[Cdecl]<nint, nint, nint, int>)&OnEvent, action, keys);

    /// <summary>Connects "drag-data-received": void(widget, context, x, y, selection, info, time, key); the action takes the selection.</summary>
    public static void ConnectDrop(nint instance, Action<nint> action, List<nint> keys)
    {
        var dropped = Remember(() =>
        {
            action(droppedSelection);
            return false;
        }, keys);
        GLib.SignalConnect(instance, "drag-data-received", (nint)(delegate* unmanaged[Cdecl]<nint, nint, int, int, nint, uint, uint, nint, void>)&OnDrop, dropped, 0, 0);
    }

    /// <summary>Calls the action on the UI thread until it answers false. May be called from any thread.</summary>
    public static void Idle(delegate* unmanaged[Cdecl]<nint, int> work) => _ = GLib.IdleAdd(GLib.PriorityDefault, work, 0, 0);

    /// <summary>Calls the action every so often until it answers false or the key is forgotten.</summary>
    public static void Every(TimeSpan interval, Func<bool> action, List<nint> keys)
    {
        var key = Remember(action, keys);
        _ = GLib.TimeoutAdd(GLib.PriorityDefault, (uint)interval.TotalMilliseconds, &OnTimeout, key, 0);
    }

    /// <summary>Forgets the actions of widgets that are gone.</summary>
    public static void Forget(List<nint> keys)
    {
        foreach (var key in keys)
            Actions.Remove(key);
        keys.Clear();
    }

    /// <summary>Runs work that came through C and reports what it throws.</summary>
    public static bool Guard(Func<bool> work)
    {
        try
        {
            return work();
        }
        // The one place where everything is caught: an exception that unwinds through C ends the process without a word.
#pragma warning disable CA1031
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Failed?.Invoke(failure);
            return false;
        }
    }

    private static void Connect(nint instance, string signal, nint handler, Func<bool> action, List<nint> keys) =>
        GLib.SignalConnect(instance, signal, handler, Remember(action, keys), 0, 0);

    private static nint Remember(Func<bool> action, List<nint> keys)
    {
        var key = ++lastKey;
        Actions.Add(key, action);
        keys.Add(key);
        return key;
    }

    private static Func<bool> Quiet(Action action) => () =>
    {
        action();
        return false;
    };

    private static int Run(nint key) => Actions.TryGetValue(key, out var action) && Guard(action) ? 1 : 0;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnSignal(nint instance, nint key) => Run(key);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnEvent(nint instance, nint happening, nint key) => Run(key);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnDrop(nint widget, nint context, int x, int y, nint selection, uint info, uint time, nint key)
    {
        droppedSelection = selection;
        _ = Run(key);
        droppedSelection = 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnTimeout(nint key) => Run(key);
}
