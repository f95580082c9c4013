using System.Runtime.Versioning;
using System.Text;
using Nabij.HostCore.Input;
using Nabij.HostCore.Picture;
using Nabij.Protocol.Input;

namespace Nabij.HostCore.Linux;

/// <summary>Input on an X11 desktop by XTest, over a connection of its own.</summary>
[SupportedOSPlatform("linux")]
public sealed unsafe class X11InputSink : IInputSink
{
    /// <summary>X keycodes are evdev codes plus 8.</summary>
    private const int EvdevOffset = 8;
    private const byte ShiftLeftKeycode = 50, ShiftRightKeycode = 62;
    /// <summary>Tuning: how long programs get to read a changed keyboard map before its keys are pressed.</summary>
    private const int MapSettleMilliseconds = 12;
    private const int SpareWaitMilliseconds = 50, MostSpareWaits = 12;

    private readonly Lock gate = new();
    private readonly X11Connection x;
    private readonly X11Keymap keymap;
    private readonly X11OwnWindows ownWindows;
    private readonly List<byte> heldKeys = [];

    public X11InputSink(TimeProvider time, string? displayName = null)
    {
        x = new X11Connection(displayName);
        if (XExtensions.XTestQueryExtension(x.Display, out _, out _, out _, out _) == 0)
        {
            x.Dispose();
            throw new ScreenLostException("This display takes no input from programs (the XTEST extension is missing), so it cannot be controlled.");
        }
        _ = XExtensions.XTestGrabControl(x.Display, 1);
        keymap = new X11Keymap(x, time);
        ownWindows = new X11OwnWindows(x);
    }

    /// <summary>Presses that would reach a window of the X client that made this one are dropped from now on.</summary>
    public void ProtectClientOf(ulong window)
    {
        lock (gate) ownWindows.ProtectClientOf((nuint)window);
    }

    public void MovePointer(int x, int y)
    {
        lock (gate)
        {
            if (this.x.IsLost) return;
            _ = XExtensions.XTestFakeMotionEvent(this.x.Display, this.x.Screen, x, y, 0);
            _ = LibX11.XFlush(this.x.Display);
        }
    }

    public bool SetButton(PointerButtonName button, bool isDown)
    {
        lock (gate)
        {
            if (x.IsLost || isDown && ownWindows.IsUnderPointer()) return false;
            _ = XExtensions.XTestFakeButtonEvent(x.Display, NumberOf(button), isDown ? 1 : 0, 0);
            _ = LibX11.XFlush(x.Display);
            return true;
        }
    }

    public bool TurnWheel(int notchesRight, int notchesDown)
    {
        lock (gate)
        {
            if (x.IsLost || ownWindows.IsUnderPointer()) return false;
            Click(notchesDown < 0 ? 4u : 5u, Math.Abs(notchesDown));
            Click(notchesRight < 0 ? 6u : 7u, Math.Abs(notchesRight));
            _ = LibX11.XFlush(x.Display);
            return true;
        }
    }

    public int FindKey(string code, char shortcutLetter = '\0')
    {
        lock (gate)
        {
            if (x.IsLost) return 0;
            if (shortcutLetter != '\0')
            {
                keymap.Refresh();
                if (keymap.FindLetter(shortcutLetter) is > 0 and var keycode) return keycode;
            }
            var evdev = PhysicalKeys.ToEvdev(code);
            return evdev == 0 ? 0 : evdev + EvdevOffset;
        }
    }

    public bool SetKey(int key, bool isDown)
    {
        lock (gate)
        {
            if (x.IsLost || isDown && ownWindows.HasFocus()) return false;
            if (isDown) heldKeys.Add((byte)key);
            else heldKeys.Remove((byte)key);
            Key((byte)key, isDown);
            _ = LibX11.XFlush(x.Display);
            return true;
        }
    }

    public bool EnterText(string text, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (x.IsLost || ownWindows.HasFocus()) return false;
            keymap.Refresh();
            var complete = true;
            // In parts, so that even a long paste of strange characters needs few spare keys at a time.
            foreach (var part in text.EnumerateRunes().Chunk(16)) complete &= EnterPart(part, cancellationToken);
            return complete;
        }
    }

    public void Settle()
    {
        lock (gate)
        {
            if (x.IsLost) return;
            keymap.GiveBack();
            _ = LibX11.XFlush(x.Display);
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            if (!x.IsLost)
            {
                foreach (var key in heldKeys) Key(key, false);
                keymap.GiveBack();
                _ = LibX11.XSync(x.Display, 0);
            }
            heldKeys.Clear();
            x.Dispose();
        }
    }

    private static uint NumberOf(PointerButtonName button) => button switch
    {
        PointerButtonName.Left => 1,
        PointerButtonName.Middle => 2,
        PointerButtonName.Right => 3,
        PointerButtonName.Back => 8,
        PointerButtonName.Forward => 9,
        _ => throw new ArgumentOutOfRangeException(nameof(button)),
    };

    private void Click(uint button, int times)
    {
        for (var i = 0; i < times; i++)
        {
            _ = XExtensions.XTestFakeButtonEvent(x.Display, button, 1, 0);
            _ = XExtensions.XTestFakeButtonEvent(x.Display, button, 0, 0);
        }
    }

    private bool EnterPart(Rune[] characters, CancellationToken cancellationToken)
    {
        var missing = characters.Where(character => !keymap.TryFind(character, out _)).Distinct().ToArray();
        if (missing.Length > 0) BorrowKeys(missing, cancellationToken);
        var complete = true;
        foreach (var character in characters)
        {
            var found = keymap.TryFind(character, out var press);
            complete &= found;
            if (found && !cancellationToken.IsCancellationRequested) Tap(press);
        }
        _ = LibX11.XFlush(x.Display);
        return complete;
    }

    private void BorrowKeys(Rune[] characters, CancellationToken cancellationToken)
    {
        for (var i = 0; i < MostSpareWaits && keymap.MustWaitForSpares(characters.Length); i++)
        {
            if (cancellationToken.IsCancellationRequested) return;
            Pause(SpareWaitMilliseconds);
        }
        keymap.Borrow(characters);
        _ = LibX11.XSync(x.Display, 0);
        Pause(MapSettleMilliseconds);
        keymap.Refresh();
    }

    // A bounded wait inside the operating system: the X protocol has no answer that says "every program has read the map".
    private static void Pause(int milliseconds) => _ = LibC.Poll(null, 0, milliseconds);

    // Modifiers that the technician holds but the character does not take are lifted for the moment, and the other way round.
    private void Tap(KeyPress press)
    {
        var needsShift = (press.Modifiers & X11Keymap.ShiftMask) != 0;
        var hasShift = needsShift && heldKeys.Exists(IsShift);
        var lifted = heldKeys.Where(key => !(hasShift && IsShift(key))).ToArray();
        foreach (var key in lifted) Key(key, false);
        if (needsShift && !hasShift) Key(ShiftLeftKeycode, true);
        if (NeedsLevelThree(press)) Key(keymap.LevelThree.Keycode, true);
        Key(press.Keycode, true);
        Key(press.Keycode, false);
        if (NeedsLevelThree(press)) Key(keymap.LevelThree.Keycode, false);
        if (needsShift && !hasShift) Key(ShiftLeftKeycode, false);
        foreach (var key in lifted.Where(IsModifier)) Key(key, true);
        heldKeys.RemoveAll(key => lifted.Contains(key) && !IsModifier(key));
    }

    private bool NeedsLevelThree(KeyPress press) => (press.Modifiers & keymap.LevelThree.Mask) != 0;

    private static bool IsShift(byte keycode) => keycode is ShiftLeftKeycode or ShiftRightKeycode;

    private static bool IsModifier(byte keycode) =>
        (keycode - EvdevOffset) is 29 or 97 or 42 or 54 or 56 or 100 or 125 or 126;

    private void Key(byte keycode, bool isDown) => _ = XExtensions.XTestFakeKeyEvent(x.Display, keycode, isDown ? 1 : 0, 0);
}
