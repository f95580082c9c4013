using System.Runtime.Versioning;
using System.Text;
using Nabij.HostCore.Drawing;
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
    private const byte ShiftLeftKeycode = 50;
    /// <summary>A found key: its keycode, and above it whether and which of Shift and AltGr it is pressed with.</summary>
    private const int TakesModifiers = 1 << 8, ModifiersShift = 9;
    private const int KeymapBytes = 32, LongestPart = 16;
    private const uint AllModifiers = 0xFF;
    /// <summary>Tuning: how long programs get to read a changed keyboard map before its keys are pressed.</summary>
    private const int MapSettleMilliseconds = 12;
    private const int SpareWaitMilliseconds = 50, MostSpareWaits = 24;

    private readonly Lock gate = new();
    private readonly X11Connection x;
    private readonly X11Keymap keymap;
    private readonly X11Targets targets;
    private readonly X11Drawing drawing;
    private readonly List<byte> heldKeys = [];
    // Replaced as a whole, without the lock: text may be entered for long while it is held.
    private volatile ScreenLayout? confines;

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
        targets = new X11Targets(x);
        drawing = new X11Drawing(displayName);
    }

    /// <summary>Presses that would reach a window of the X client that made this one are dropped from now on.</summary>
    public void ProtectClientOf(ulong window)
    {
        drawing.ProtectClientOf((nuint)window);
        lock (gate) targets.ProtectClientOf((nuint)window);
    }

    /// <summary>Without this every place is one of the whole desktop.</summary>
    public void Confine(ScreenLayout screen) => confines = screen;

    public void MovePointer(int x, int y)
    {
        lock (gate)
        {
            if (this.x.IsLost || (confines is { } screen ? screen.ToDesktop(x, y) : (x, y)) is not var (left, top)) return;
            // Coordinates are 16 bits with a sign in the protocol of X: more would be the other edge.
            _ = XExtensions.XTestFakeMotionEvent(this.x.Display, this.x.Screen, Math.Min(left, short.MaxValue), Math.Min(top, short.MaxValue), 0);
            _ = LibX11.XFlush(this.x.Display);
        }
    }

    public bool SetButton(PointerButtonName button, bool isDown)
    {
        lock (gate)
        {
            if (x.IsLost || isDown && !targets.MayPress(confines)) return false;
            _ = XExtensions.XTestFakeButtonEvent(x.Display, NumberOf(button), isDown ? 1 : 0, 0);
            _ = LibX11.XFlush(x.Display);
            return true;
        }
    }

    public bool TurnWheel(int notchesRight, int notchesDown)
    {
        lock (gate)
        {
            if (x.IsLost || !targets.MayPress(confines)) return false;
            Click(notchesDown < 0 ? 4u : 5u, Math.Abs(notchesDown));
            Click(notchesRight < 0 ? 6u : 7u, Math.Abs(notchesRight));
            _ = LibX11.XFlush(x.Display);
            return true;
        }
    }

    public int FindKey(string code, char shortcutCharacter = '\0')
    {
        lock (gate)
        {
            if (x.IsLost) return 0;
            keymap.Refresh();
            if (shortcutCharacter != '\0' && FindShortcut(shortcutCharacter) is > 0 and var found) return found;
            var evdev = PhysicalKeys.ToEvdev(code);
            if (evdev == 0) return 0;
            var place = (byte)(evdev + EvdevOffset);
            // With the customer's Num Lock off the keypad would move the cursor; the row gives the digit.
            if (IsKeypadDigit(code) && !keymap.HasKeypadDigits(place)) place = (byte)(PhysicalKeys.ToEvdev($"Digit{code[^1]}") + EvdevOffset);
            return keymap.FindNamed(NamedKeys.Of(code), place);
        }
    }

    public bool SetKey(int key, bool isDown)
    {
        lock (gate)
        {
            if (x.IsLost || isDown && !targets.MayType(confines)) return false;
            var keycode = (byte)key;
            if (isDown) heldKeys.Add(keycode);
            else heldKeys.Remove(keycode);
            if (isDown && (key & TakesModifiers) != 0) PressWith(keycode, (uint)key >> ModifiersShift);
            else Key(keycode, isDown);
            _ = LibX11.XFlush(x.Display);
            return true;
        }
    }

    public bool EnterText(string text, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (x.IsLost || !targets.MayType(confines) || !ReleaseOtherModifiers(out var byOthers)) return false;
            keymap.Refresh(byOthers);
            var complete = true;
            // In parts, so that even a long paste of strange characters needs few spare keys at a time.
            foreach (var part in text.EnumerateRunes().Chunk(Math.Clamp(keymap.Spares.Count, 1, LongestPart)))
            {
                // Typing takes a while: the customer may have gone to a window meanwhile that is not for the technician.
                if (!targets.MayType(confines)) return false;
                complete &= EnterPart(part, byOthers, cancellationToken);
            }
            return complete;
        }
    }

    public void ShowDrawn(IReadOnlyList<Drawn> drawn) => drawing.Show(drawn, confines);

    public void Settle()
    {
        lock (gate)
        {
            if (x.IsLost) return;
            keymap.Spares.GiveBack();
            _ = LibX11.XFlush(x.Display);
        }
    }

    public void Dispose()
    {
        drawing.Dispose();
        lock (gate)
        {
            if (!x.IsLost)
            {
                foreach (var key in heldKeys) Key(key, false);
                keymap.Spares.GiveBack();
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

    private static bool IsKeypadDigit(string code) =>
        code.Length == 7 && code.StartsWith("Numpad", StringComparison.Ordinal) && char.IsAsciiDigit(code[^1]);

    // A letter keeps the technician's own Shift; any other character takes the modifiers that it takes here.
    private int FindShortcut(char character)
    {
        if (char.IsAsciiLetter(character)) return keymap.FindLetter(character);
        if (!keymap.TryFind(character, out var press) || keymap.Spares.IsLent(press.Keycode)) return 0;
        return press.Keycode | TakesModifiers | (int)press.Modifiers << ModifiersShift;
    }

    /// <summary>
    /// Modifiers that the technician does not hold (the customer's, another program's, or left by a crash) are let go.
    /// False when one stays with which text would be a shortcut.
    /// </summary>
    private bool ReleaseOtherModifiers(out uint byOthers)
    {
        var own = heldKeys.Aggregate(0u, (mask, key) => mask | keymap.ModifiersOf(key));
        byOthers = keymap.HeldModifiers() & ~own;
        if (byOthers == 0) return true;
        var down = stackalloc byte[KeymapBytes];
        _ = LibX11.XQueryKeymap(x.Display, down);
        for (var keycode = 0; keycode < KeymapBytes * 8; keycode++)
        {
            var isDown = (down[keycode / 8] & 1 << keycode % 8) != 0;
            if (isDown && keymap.ModifiersOf((byte)keycode) != 0 && !heldKeys.Contains((byte)keycode)) Key((byte)keycode, false);
        }
        _ = LibX11.XkbLatchModifiers(x.Display, LibX11.CoreKeyboard, AllModifiers, 0);
        byOthers = keymap.HeldModifiers() & ~own;
        return (byOthers & ~(X11Keymap.ShiftMask | keymap.LevelThree.Mask)) == 0;
    }

    private bool EnterPart(Rune[] characters, uint byOthers, CancellationToken cancellationToken)
    {
        var isWhole = BorrowFor(characters, byOthers, cancellationToken);
        // No key gives a letter whose other case has another lower case (the final sigma) while Caps Lock is on.
        var lifted = !isWhole && keymap.IsCapsLocked;
        if (lifted)
        {
            SwitchCapsLock(false);
            keymap.Refresh(byOthers);
            isWhole = BorrowFor(characters, byOthers, cancellationToken);
        }
        // Borrowing keys takes a while, in which one of our own windows may have come up.
        var mayType = targets.MayType(confines);
        foreach (var character in characters)
        {
            if (mayType && !cancellationToken.IsCancellationRequested && keymap.TryFind(character.Value, out var press)) Tap(press);
        }
        if (lifted) SwitchCapsLock(true);
        _ = LibX11.XFlush(x.Display);
        return isWhole && mayType && !cancellationToken.IsCancellationRequested;
    }

    private void SwitchCapsLock(bool isOn) =>
        _ = LibX11.XkbLockModifiers(x.Display, LibX11.CoreKeyboard, X11Keymap.LockMask, isOn ? X11Keymap.LockMask : 0);

    // True when there is a key for every one of these.
    private bool BorrowFor(Rune[] characters, uint byOthers, CancellationToken cancellationToken)
    {
        var missing = new HashSet<Rune>();
        foreach (var character in characters)
        {
            if (keymap.TryFind(character.Value, out var press)) keymap.Spares.Touch(press.Keycode);
            else missing.Add(character);
        }
        if (missing.Count == 0) return true;
        for (var i = 0; i < MostSpareWaits && keymap.Spares.MustWaitFor(missing.Count); i++)
        {
            if (cancellationToken.IsCancellationRequested) return false;
            Pause(SpareWaitMilliseconds);
        }
        keymap.Spares.Lend(missing, keymap.IsShifted);
        _ = LibX11.XSync(x.Display, 0);
        Pause(MapSettleMilliseconds);
        keymap.Refresh(byOthers);
        return Array.TrueForAll(characters, character => keymap.TryFind(character.Value, out _));
    }

    // A bounded wait inside the operating system: the X protocol has no answer that says "every program has read the map".
    private static void Pause(int milliseconds) => _ = LibC.Poll(null, 0, milliseconds);

    // What the technician holds but the character does not take is lifted for the moment, and the other way round.
    private void Tap(KeyPress press)
    {
        var needsShift = (press.Modifiers & X11Keymap.ShiftMask) != 0;
        var hasShift = needsShift && heldKeys.Exists(IsShift);
        var lifted = heldKeys.Where(key => !(hasShift && IsShift(key))).ToArray();
        foreach (var key in lifted) Key(key, false);
        WithModifiers(press.Modifiers, hasShift, () =>
        {
            Key(press.Keycode, true);
            Key(press.Keycode, false);
        });
        foreach (var key in lifted.Where(IsModifier)) Key(key, true);
        heldKeys.RemoveAll(key => lifted.Contains(key) && !IsModifier(key));
    }

    // A key of a shortcut: Control and the like stay down, Shift and AltGr are as the character takes them.
    private void PressWith(byte keycode, uint modifiers)
    {
        var needsShift = (modifiers & X11Keymap.ShiftMask) != 0;
        var hasShift = heldKeys.Exists(IsShift);
        var lifted = needsShift ? [] : heldKeys.Where(IsShift).ToArray();
        foreach (var key in lifted) Key(key, false);
        WithModifiers(modifiers, hasShift, () => Key(keycode, true));
        foreach (var key in lifted) Key(key, true);
    }

    private void WithModifiers(uint modifiers, bool hasShift, Action press)
    {
        var takesShift = (modifiers & X11Keymap.ShiftMask) != 0 && !hasShift;
        var takesLevelThree = (modifiers & keymap.LevelThree.Mask) != 0;
        var shift = takesShift ? keymap.FindNamed([NamedKeys.Shift], ShiftLeftKeycode) : (byte)0;
        if (takesShift) Key(shift, true);
        if (takesLevelThree) Key(keymap.LevelThree.Keycode, true);
        press();
        if (takesLevelThree) Key(keymap.LevelThree.Keycode, false);
        if (takesShift) Key(shift, false);
    }

    private bool IsShift(byte keycode) => (keymap.ModifiersOf(keycode) & X11Keymap.ShiftMask) != 0;

    private bool IsModifier(byte keycode) => keymap.ModifiersOf(keycode) != 0;

    private void Key(byte keycode, bool isDown) => _ = XExtensions.XTestFakeKeyEvent(x.Display, keycode, isDown ? 1 : 0, 0);
}
