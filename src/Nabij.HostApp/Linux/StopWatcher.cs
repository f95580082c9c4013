using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Nabij.HostApp.Linux;

/// <summary>
/// Watches for Stop on a thread and an X connection of its own, so that Stop works while the windows are stuck
/// (invariant 3): a mouse press on the bar's Stop, Ctrl+Alt+Pause, or Esc three times within a second. The mouse
/// and Esc are seen as raw events of XInput 2, which arrive whatever window has grabbed the input.
/// Keys that come from XTest are not counted as Esc: those are the technician's, not the customer's. Ctrl+Alt+P, the
/// private moment, is watched in the same way, for the same reason.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed unsafe class StopWatcher : IDisposable
{
    private const int MaximumParents = 16;
    private static readonly TimeSpan JoinTime = TimeSpan.FromSeconds(2);

    private readonly Action _stop;
    private readonly Action _private;
    private readonly Thread _thread;
    private readonly nint _display;
    private readonly nint _root;
    private readonly int _wake;
    private readonly int _opcode;
    private readonly byte _escape;
    private readonly byte _pause;
    private readonly byte _letter;
    private readonly ThreeEscapes _escapes = new();
    private readonly HashSet<int> _testDevices = [];
    private volatile StopPlace? _place;

    private StopWatcher(nint display, int opcode, Action stop, Action privateMoment)
    {
        _display = display;
        _opcode = opcode;
        _stop = stop;
        _private = privateMoment;
        _root = X11.XDefaultRootWindow(display);
        _escape = X11.XKeysymToKeycode(display, X11.EscapeKeysym);
        _pause = X11.XKeysymToKeycode(display, X11.PauseKeysym);
        _letter = X11.XKeysymToKeycode(display, X11.LetterKeysym);
        _wake = X11.EventDescriptor(0, 0);
        SelectRawEvents();
        GrabPause();
        GrabLetter();
        FindTestDevices();
        _ = X11.XFlush(display);
        _thread = new Thread(Watch) { IsBackground = true, Name = "watch on Stop" };
        _thread.Start();
    }

    /// <summary>Starts watching; null on a display without X or XInput 2, where only the bar's own press remains.</summary>
    /// <param name="stop">Called on the watching thread; returns at once.</param>
    /// <param name="privateMoment">Called on the watching thread; returns at once.</param>
    public static StopWatcher? Start(Action stop, Action privateMoment)
    {
        var display = X11.XOpenDisplay(0);
        if (display == 0)
            return null;
        int major = 2, minor = 2;
        if (X11.XQueryExtension(display, "XInputExtension", out var opcode, out _, out _) != 0
            && X11.XIQueryVersion(display, ref major, ref minor) == 0)
            return new StopWatcher(display, opcode, stop, privateMoment);
        _ = X11.XCloseDisplay(display);
        return null;
    }

    /// <summary>Tells where the bar's Stop stands now; null when there is none. From any thread.</summary>
    public void Move(StopPlace? place) => _place = place;

    public void Dispose()
    {
        ulong one = 1;
        _ = X11.Write(_wake, &one, sizeof(ulong));
        if (Thread.CurrentThread != _thread && !_thread.Join(JoinTime))
            return;
        _ = X11.XCloseDisplay(_display);
        _ = X11.CloseDescriptor(_wake);
    }

    private void SelectRawEvents()
    {
        var bits = stackalloc byte[4];
        bits[X11.RawKeyPress / 8] |= 1 << (X11.RawKeyPress % 8);
        bits[X11.RawButtonPress / 8] |= 1 << (X11.RawButtonPress % 8);
        var mask = new XInputMask { Device = X11.AllMasterDevices, Length = 4, Mask = bits };
        _ = X11.XISelectEvents(_display, _root, &mask, 1);
    }

    // Grabbed, so that no program sees this key; once for each state of the two locks.
    private void GrabPause()
    {
        uint[] locks = [0, X11.LockMask, X11.NumLockMask, X11.LockMask | X11.NumLockMask];
        foreach (var mask in locks)
            _ = X11.XGrabKey(_display, _pause, X11.ControlMask | X11.AltMask | mask, _root, 0, X11.GrabAsync, X11.GrabAsync);
    }

    // So that no program sees this key either. Another program that has it already keeps it, and we still see it.
    private void GrabLetter()
    {
        Span<uint> locks = [0, X11.LockMask, X11.NumLockMask, X11.LockMask | X11.NumLockMask];
        var modifiers = stackalloc XInputModifiers[locks.Length];
        for (var index = 0; index < locks.Length; index++)
            modifiers[index] = new XInputModifiers { Modifiers = (int)(X11.ControlMask | X11.AltMask | locks[index]) };
        var bits = stackalloc byte[4];
        var mask = new XInputMask { Device = X11.AllMasterDevices, Length = 4, Mask = bits };
        _ = X11.XIGrabKeycode(
            _display, X11.AllMasterDevices, _letter, _root, X11.GrabAsync, X11.GrabAsync, 0, &mask, locks.Length, modifiers);
    }

    private void FindTestDevices()
    {
        var devices = X11.XIQueryDevice(_display, X11.AllDevices, out var count);
        if (devices is null)
            return;
        for (var number = 0; number < count; number++)
        {
            if (Marshal.PtrToStringUTF8(devices[number].Name)?.Contains("XTEST", StringComparison.Ordinal) == true)
                _testDevices.Add(devices[number].Device);
        }

        X11.XIFreeDeviceInfo(devices);
    }

    private void Watch()
    {
        var happening = stackalloc byte[X11.EventBytes];
        var descriptors = stackalloc PollDescriptor[2];
        while (true)
        {
            while (X11.XPending(_display) > 0)
            {
                _ = X11.XNextEvent(_display, happening);
                if (IsStop(happening))
                    _stop();
            }

            descriptors[0] = new PollDescriptor { Descriptor = X11.XConnectionNumber(_display), Events = X11.PollIn };
            descriptors[1] = new PollDescriptor { Descriptor = _wake, Events = X11.PollIn };
            if (X11.Poll(descriptors, 2, -1) > 0 && descriptors[1].Returned != 0)
                return;
        }
    }

    private bool IsStop(byte* happening)
    {
        var type = *(int*)happening;
        if (type == X11.KeyPress)
            return true;
        if (type != X11.GenericEvent || *(int*)(happening + 32) != _opcode || X11.XGetEventData(_display, happening) == 0)
            return false;
        // XGenericEventCookie: evtype at 36, data at 48. XIRawEvent: time at 40, sourceid at 52, detail at 56.
        var kind = *(int*)(happening + 36);
        var raw = *(byte**)(happening + 48);
        var (time, source, detail) = (*(uint*)(raw + 40), *(int*)(raw + 52), *(int*)(raw + 56));
        X11.XFreeEventData(_display, happening);
        return kind switch
        {
            X11.RawButtonPress => detail == 1 && IsPointerOnStop(),
            X11.RawKeyPress when !_testDevices.Contains(source) => IsStopKey(detail, time),
            _ => false,
        };
    }

    private bool IsStopKey(int keycode, uint time)
    {
        if (keycode == _letter && HasPrivateModifiers())
            _private();
        return _escapes.Press(keycode == _escape, time);
    }

    private bool HasPrivateModifiers()
    {
        const uint All = X11.ControlMask | X11.AltMask | X11.ShiftMask;
        _ = X11.XQueryPointer(_display, _root, out _, out _, out _, out _, out _, out _, out var mask);
        return (mask & All) == (X11.ControlMask | X11.AltMask);
    }

    private bool IsPointerOnStop()
    {
        if (_place is not { } place)
            return false;
        _ = X11.XQueryPointer(_display, _root, out _, out var top, out var x, out var y, out _, out _, out _);
        return X11.XTranslateCoordinates(_display, _root, place.Window, x, y, out var barX, out var barY, out _) != 0
            && place.Holds(barX, barY)
            && IsInside(place.Window, top);
    }

    // Whatever lies above the bar takes the press: then the topmost window at the pointer is not the bar's.
    private bool IsInside(nint window, nint top)
    {
        for (var step = 0; step < MaximumParents && window != 0 && window != _root; step++)
        {
            if (window == top)
                return true;
            if (X11.XQueryTree(_display, window, out _, out var parent, out var children, out _) == 0)
                return false;
            if (children != 0)
                _ = X11.XFree(children);
            window = parent;
        }

        return false;
    }
}
