using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;

namespace Nabij.HostCore.Linux;

/// <summary>How to press a character: a key and the modifiers it takes beside what the customer has on.</summary>
internal readonly record struct KeyPress(byte Keycode, uint Modifiers);

/// <summary>
/// The customer's keyboard map as it is now: which key and modifiers give which character in the layout in force, with
/// the locks and modifiers that the customer has on. Characters that no key gives are put on spare keys for a while.
/// Used under the input sink's lock.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed unsafe class X11Keymap
{
    public const uint ShiftMask = 1, LockMask = 2;
    private const int GroupShift = 13, Groups = 4, StateBytes = 32;
    // XkbStateRec (XKBstr.h).
    private const int GroupOffset = 0, BaseModifiersOffset = 7, LatchedModifiersOffset = 8, LockedModifiersOffset = 9;

    private readonly X11Connection x;
    private readonly X11SpareKeys spares;
    private readonly int firstKeycode, lastKeycode;
    private readonly Dictionary<int, KeyPress> presses = [];
    private readonly uint[] modifierByKeycode = new uint[256];
    private uint builtFor = uint.MaxValue;

    public X11Keymap(X11Connection x, TimeProvider time)
    {
        this.x = x;
        _ = LibX11.XDisplayKeycodes(x.Display, out firstKeycode, out lastKeycode);
        spares = new X11SpareKeys(x, time, firstKeycode, lastKeycode);
        ReadModifiers();
    }

    /// <summary>Keys that carry nothing, to put characters on.</summary>
    public X11SpareKeys Spares => spares;

    /// <summary>Key that gives Level 3 (AltGr) and its modifier bit, zero when the layout has none.</summary>
    public (byte Keycode, uint Mask) LevelThree { get; private set; }

    /// <summary>True while the customer holds, or has locked, Shift.</summary>
    public bool IsShifted => (builtFor & ShiftMask) != 0;

    /// <summary>True while the customer's Caps Lock is on.</summary>
    public bool IsCapsLocked => (builtFor & LockMask) != 0;

    /// <summary>The modifier bits of this key, 0 when it is none.</summary>
    public uint ModifiersOf(byte keycode) => modifierByKeycode[keycode];

    /// <summary>Modifiers that are down at this moment, latched ones among them; the locked ones are not.</summary>
    public uint HeldModifiers()
    {
        var state = stackalloc byte[StateBytes];
        _ = LibX11.XkbGetState(x.Display, LibX11.CoreKeyboard, state);
        return (uint)(state[BaseModifiersOffset] | state[LatchedModifiersOffset]);
    }

    /// <summary>
    /// Reads the map again if the layout, the group or the locks changed since the last look.
    /// <paramref name="alreadyHeld"/>: modifiers that stay down by someone else's hand.
    /// </summary>
    public void Refresh(uint alreadyHeld = 0)
    {
        if (ReadChanges())
        {
            ReadModifiers();
            spares.Recount();
            builtFor = uint.MaxValue;
        }
        var state = CurrentState() | alreadyHeld;
        if (state == builtFor) return;
        Build(state);
        builtFor = state;
    }

    /// <summary>How to press this character; false when no key gives it.</summary>
    public bool TryFind(int character, out KeyPress press) => presses.TryGetValue(character == '\r' ? '\n' : character, out press);

    /// <summary>
    /// The key that gives this letter in the layout in force without AltGr, else in another of the customer's layouts
    /// (programs look there for the letters of shortcuts), or 0.
    /// </summary>
    public byte FindLetter(char letter)
    {
        if (presses.TryGetValue(letter, out var press) && (press.Modifiers & LevelThree.Mask) == 0 && !spares.IsLent(press.Keycode)) return press.Keycode;
        for (var group = 0; group < Groups; group++)
        {
            for (var keycode = firstKeycode; keycode <= lastKeycode; keycode++)
            {
                if (LibX11.XkbKeycodeToKeysym(x.Display, (byte)keycode, group, 0) == letter) return (byte)keycode;
            }
        }
        return 0;
    }

    /// <summary>
    /// The key for this purpose, wherever the customer has put it; else <paramref name="place"/>, unless that would
    /// switch a lock: then 0.
    /// </summary>
    public byte FindNamed(ReadOnlySpan<uint> symbols, byte place)
    {
        if (symbols.Length == 0) return place;
        var carried = SymbolOn(place);
        if (carried == symbols[0]) return place;
        foreach (var symbol in symbols)
        {
            for (var keycode = firstKeycode; keycode <= lastKeycode; keycode++)
            {
                if (SymbolOn((byte)keycode) == symbol) return (byte)keycode;
            }
        }
        return NamedKeys.IsLock(carried) ? (byte)0 : place;
    }

    /// <summary>Whether the keypad gives its digits: Num Lock is on.</summary>
    public bool HasKeypadDigits(byte keycode) =>
        LibX11.XkbLookupKeySym(x.Display, keycode, CurrentState(), out _, out var symbol) != 0 && symbol is >= 0xFFB0 and <= 0xFFB9;

    private nuint SymbolOn(byte keycode)
    {
        var symbol = LibX11.XkbKeycodeToKeysym(x.Display, keycode, (int)(builtFor >> GroupShift) & (Groups - 1), 0);
        return symbol != 0 ? symbol : LibX11.XkbKeycodeToKeysym(x.Display, keycode, 0, 0);
    }

    private bool ReadChanges()
    {
        var changed = false;
        var received = stackalloc byte[LibX11.EventBytes];
        while (!x.IsLost && LibX11.XPending(x.Display) > 0)
        {
            _ = LibX11.XNextEvent(x.Display, received);
            if (*(int*)received != LibX11.MappingNotify) continue;
            _ = LibX11.XRefreshKeyboardMapping(received);
            changed = true;
        }
        return changed;
    }

    private uint CurrentState()
    {
        var state = stackalloc byte[StateBytes];
        _ = LibX11.XkbGetState(x.Display, LibX11.CoreKeyboard, state);
        return (uint)state[GroupOffset] << GroupShift | state[LockedModifiersOffset];
    }

    private void Build(uint state)
    {
        presses.Clear();
        LevelThree = FindLevelThree(state);
        Span<uint> combinations = [0, ShiftMask, LevelThree.Mask, ShiftMask | LevelThree.Mask];
        foreach (var modifiers in LevelThree.Mask == 0 ? combinations[..2] : combinations)
        {
            for (var keycode = firstKeycode; keycode <= lastKeycode; keycode++)
            {
                if (LibX11.XkbLookupKeySym(x.Display, (byte)keycode, state | modifiers, out var consumed, out var symbol) == 0) continue;
                var character = KeySymbols.CharacterOf(symbol);
                if (character == 0 || IsChangedByLock(state, consumed, character)) continue;
                presses.TryAdd(character, new KeyPress((byte)keycode, modifiers));
            }
        }
    }

    // Where the key itself does not heed Caps Lock, programs turn its letter into the other case: é of AZERTY into É.
    private static bool IsChangedByLock(uint state, uint consumed, int character)
    {
        if ((state & LockMask) == 0 || (consumed & LockMask) != 0 || !Rune.IsValid(character)) return false;
        var rune = new Rune(character);
        return Rune.IsLetter(rune) && (Rune.ToUpperInvariant(rune) != rune || Rune.IsLower(rune));
    }

    private (byte Keycode, uint Mask) FindLevelThree(uint state)
    {
        for (var keycode = firstKeycode; keycode <= lastKeycode; keycode++)
        {
            var found = LibX11.XkbLookupKeySym(x.Display, (byte)keycode, state, out _, out var symbol) != 0;
            if (found && symbol == KeySymbols.LevelThreeShift && modifierByKeycode[keycode] is > 0 and var mask) return ((byte)keycode, mask);
        }
        return (0, 0);
    }

    private void ReadModifiers()
    {
        // XModifierKeymap: keys per modifier, then the table of eight rows.
        const int Modifiers = 8, TableOffset = 8;
        Array.Clear(modifierByKeycode);
        var map = LibX11.XGetModifierMapping(x.Display);
        if (map == 0) return;
        var perModifier = Marshal.ReadInt32(map);
        var table = new ReadOnlySpan<byte>((void*)Marshal.ReadIntPtr(map, TableOffset), Modifiers * perModifier);
        for (var i = 0; i < table.Length; i++)
        {
            if (table[i] != 0) modifierByKeycode[table[i]] |= 1u << i / perModifier;
        }
        _ = LibX11.XFreeModifiermap(map);
    }
}
