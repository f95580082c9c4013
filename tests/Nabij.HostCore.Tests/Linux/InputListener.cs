using System.Runtime.Versioning;
using Nabij.HostCore.Linux;

namespace Nabij.HostCore.Tests.Linux;

/// <summary>A window over the whole screen that says which buttons reached it and where.</summary>
[SupportedOSPlatform("linux")]
internal sealed unsafe class InputListener : IDisposable
{
    public const int KeyPress = 2, ButtonPress = 4, ButtonRelease = 5;
    private const long KeyAndButtonMask = 1 << 0 | 1 << 2 | 1 << 3;
    // XButtonEvent: root coordinates and the button (Xlib.h, 64-bit).
    private const int XRootOffset = 72, YRootOffset = 76, ButtonOffset = 84;

    private readonly X11Connection x;
    private readonly nuint window;

    public InputListener(string display)
    {
        x = new X11Connection(display);
        window = LibX11.XCreateSimpleWindow(x.Display, x.Root, 0, 0, 640, 480, 0, 0, 0);
        _ = LibX11.XSelectInput(x.Display, window, KeyAndButtonMask);
        _ = XWindows.XMapRaised(x.Display, window);
        _ = LibX11.XSync(x.Display, 0);
    }

    internal readonly record struct Event(int Type, int Detail, int X, int Y);

    public ulong Window => window;

    public Event Next(int type)
    {
        var received = stackalloc byte[LibX11.EventBytes];
        do _ = LibX11.XNextEvent(x.Display, received);
        while (*(int*)received != type);
        return new Event(type, *(int*)(received + ButtonOffset), *(int*)(received + XRootOffset), *(int*)(received + YRootOffset));
    }

    public bool IsKeyDown(int keycode)
    {
        var keys = stackalloc byte[32];
        _ = LibX11.XQueryKeymap(x.Display, keys);
        return (keys[keycode / 8] & 1 << keycode % 8) != 0;
    }

    public void MoveTo(int left, int top, uint width, uint height)
    {
        _ = XWindows.XMoveResizeWindow(x.Display, window, left, top, width, height);
        _ = XWindows.XMapRaised(x.Display, window);
        _ = LibX11.XSync(x.Display, 0);
    }

    /// <summary>True when a key has reached the window; forgets what else came before it.</summary>
    public bool HasKeys()
    {
        var received = stackalloc byte[LibX11.EventBytes];
        _ = LibX11.XSync(x.Display, 0);
        while (LibX11.XPending(x.Display) > 0)
        {
            _ = LibX11.XNextEvent(x.Display, received);
            if (*(int*)received == KeyPress) return true;
        }
        return false;
    }

    public void TakeFocus() => GiveFocus(window);

    /// <summary>Keys go where the pointer is from now on: to no window of their own, or to the root window.</summary>
    public void DropFocus(bool toRoot) => GiveFocus(toRoot ? x.Root : 1);

    private void GiveFocus(nuint target)
    {
        _ = XWindows.XSetInputFocus(x.Display, target, 0, 0);
        _ = LibX11.XSync(x.Display, 0);
    }

    public void Dispose() => x.Dispose();
}
