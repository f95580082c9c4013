using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Nabij.HostCore.Linux;

namespace Nabij.HostCore.Tests.Linux;

/// <summary>A window with the focus that says which keys reached it and with which modifiers, as programs find shortcuts.</summary>
[SupportedOSPlatform("linux")]
internal sealed unsafe class KeyListener : IDisposable
{
    private const int KeyPress = 2;
    private const long KeyPressMask = 1;
    // XKeyEvent (Xlib.h, 64-bit).
    private const int StateOffset = 80, KeycodeOffset = 84;
    private static readonly string[] Modifiers = ["Shift", "Lock", "Control", "Mod1", "Mod2", "Mod3", "Mod4", "Mod5"];

    private readonly X11Connection x;

    public KeyListener(string display)
    {
        x = new X11Connection(display);
        var window = LibX11.XCreateSimpleWindow(x.Display, x.Root, 0, 0, 100, 100, 0, 0, 0);
        _ = LibX11.XSelectInput(x.Display, window, KeyPressMask);
        _ = XWindows.XMapRaised(x.Display, window);
        _ = LibX11.XSync(x.Display, 0);
        _ = XWindows.XSetInputFocus(x.Display, window, 0, 0);
        _ = LibX11.XSync(x.Display, 0);
    }

    /// <summary>The next key that is no modifier itself: `Control+Shift+plus 21`, its keysym and its keycode.</summary>
    public (string Symbol, int Keycode) Next()
    {
        var received = stackalloc byte[LibX11.EventBytes];
        while (true)
        {
            _ = LibX11.XNextEvent(x.Display, received);
            if (*(int*)received == LibX11.MappingNotify) _ = LibX11.XRefreshKeyboardMapping(received);
            if (*(int*)received != KeyPress) continue;
            _ = XWindows.XLookupString(received, null, 0, out var symbol, 0);
            if (symbol is >= 0xFFE1 and <= 0xFFEE or KeySymbols.LevelThreeShift) continue;
            var state = *(uint*)(received + StateOffset);
            var names = Modifiers.Where((_, bit) => (state & 1 << bit) != 0).Append(Marshal.PtrToStringUTF8(XWindows.XKeysymToString(symbol)) ?? "");
            return (string.Join('+', names), *(int*)(received + KeycodeOffset));
        }
    }

    /// <summary>Puts the n-th of the customer's layouts in force.</summary>
    public void LockGroup(uint group)
    {
        _ = XWindows.XkbLockGroup(x.Display, LibX11.CoreKeyboard, group);
        _ = LibX11.XSync(x.Display, 0);
    }

    public void Dispose() => x.Dispose();
}
