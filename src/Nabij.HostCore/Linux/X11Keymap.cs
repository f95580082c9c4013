using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;

namespace Nabij.HostCore.Linux;

/// <summary>How to press a character: a key and the modifiers it takes beside the customer's own locks.</summary>
internal readonly record struct KeyPress(byte Keycode, uint Modifiers);

/// <summary>
/// The customer's keyboard map as it is now: which key and modifiers give which character in the layout in force.
/// Characters that no key gives are put on keys that carry nothing, for a while. Used under the input sink's lock.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed unsafe class X11Keymap
{
    public const uint ShiftMask = 1, LockMask = 2;
    private const int GroupShift = 13, GroupOffset = 0, LockedModifiersOffset = 9, StateBytes = 32;
    private const int SymbolsPerBorrowedKey = 2;
    /// <summary>Tuning: a borrowed key keeps its character at least this long, so that slow programs still read it right.</summary>
    private static readonly TimeSpan LeastLoan = TimeSpan.FromMilliseconds(500);

    private readonly X11Connection x;
    private readonly TimeProvider time;
    private readonly int firstKeycode, lastKeycode;
    private readonly Dictionary<uint, KeyPress> presses = [];
    private readonly List<BorrowedKey> spares = [];
    private uint builtFor = uint.MaxValue;

    public X11Keymap(X11Connection x, TimeProvider time)
    {
        this.x = x;
        this.time = time;
        _ = LibX11.XDisplayKeycodes(x.Display, out firstKeycode, out lastKeycode);
        FindSpares();
    }

    /// <summary>Key that gives Level 3 (AltGr) and its modifier bit, zero when the layout has none.</summary>
    public (byte Keycode, uint Mask) LevelThree { get; private set; }

    /// <summary>Reads the map again if the layout, the group or the locks changed since the last look.</summary>
    public void Refresh()
    {
        var received = stackalloc byte[LibX11.EventBytes];
        while (!x.IsLost && LibX11.XPending(x.Display) > 0)
        {
            _ = LibX11.XNextEvent(x.Display, received);
            if (*(int*)received != LibX11.MappingNotify) continue;
            _ = LibX11.XRefreshKeyboardMapping(received);
            builtFor = uint.MaxValue;
        }
        var state = CurrentState();
        if (state == builtFor) return;
        Build(state);
        builtFor = state;
    }

    public bool TryFind(Rune character, out KeyPress press) => presses.TryGetValue(KeySymbols.Of(character), out press);

    /// <summary>The key that gives this letter without Shift or AltGr, or 0.</summary>
    public byte FindLetter(char letter) =>
        presses.TryGetValue(letter, out var press) && (press.Modifiers & LevelThree.Mask) == 0 ? press.Keycode : (byte)0;

    /// <summary>Puts characters that no key gives on spare keys; false when there are not enough.</summary>
    public bool Borrow(IReadOnlyCollection<Rune> characters)
    {
        foreach (var character in characters)
        {
            if (TakeSpare() is not { } spare) return false;
            var (plain, shifted) = KeySymbols.PairOf(character);
            Assign(spare, plain, shifted);
            spare.Since = time.GetTimestamp();
            spare.IsLent = true;
        }
        return true;
    }

    /// <summary>True when a spare key was lent so recently that its character may still be on its way to a slow program.</summary>
    public bool MustWaitForSpares(int wanted) => spares.Count(IsFree) < wanted;

    /// <summary>Empties the borrowed keys again.</summary>
    public void GiveBack()
    {
        foreach (var spare in spares)
        {
            if (!spare.IsLent) continue;
            Assign(spare, KeySymbols.None, KeySymbols.None);
            spare.IsLent = false;
        }
    }

    private bool IsFree(BorrowedKey spare) => !spare.IsLent || time.GetElapsedTime(spare.Since) >= LeastLoan;

    private BorrowedKey? TakeSpare() =>
        spares.Find(spare => !spare.IsLent) ?? spares.Where(IsFree).MinBy(spare => spare.Since);

    private void Assign(BorrowedKey key, uint plain, uint shifted)
    {
        var symbols = stackalloc nuint[SymbolsPerBorrowedKey] { plain, shifted };
        _ = LibX11.XChangeKeyboardMapping(x.Display, key.Keycode, SymbolsPerBorrowedKey, symbols, 1);
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
                if (LibX11.XkbLookupKeySym(x.Display, (byte)keycode, state | modifiers, out _, out var symbol) == 0) continue;
                presses.TryAdd((uint)symbol, new KeyPress((byte)keycode, modifiers));
            }
        }
    }

    private (byte Keycode, uint Mask) FindLevelThree(uint state)
    {
        for (var keycode = firstKeycode; keycode <= lastKeycode; keycode++)
        {
            var found = LibX11.XkbLookupKeySym(x.Display, (byte)keycode, state, out _, out var symbol) != 0;
            if (found && symbol == KeySymbols.LevelThreeShift && ModifierOf((byte)keycode) is > 0 and var mask) return ((byte)keycode, mask);
        }
        return (0, 0);
    }

    private uint ModifierOf(byte keycode)
    {
        // XModifierKeymap: keys per modifier, then the table of eight rows.
        const int Modifiers = 8, TableOffset = 8;
        var map = LibX11.XGetModifierMapping(x.Display);
        if (map == 0) return 0;
        var perModifier = Marshal.ReadInt32(map);
        var table = new ReadOnlySpan<byte>((void*)Marshal.ReadIntPtr(map, TableOffset), Modifiers * perModifier);
        var index = table.IndexOf(keycode);
        _ = LibX11.XFreeModifiermap(map);
        return index < 0 ? 0 : 1u << index / perModifier;
    }

    private void FindSpares()
    {
        var count = lastKeycode - firstKeycode + 1;
        var symbols = LibX11.XGetKeyboardMapping(x.Display, (byte)firstKeycode, count, out var perKey);
        if (symbols == null) return;
        for (var i = count - 1; i >= 0; i--)
        {
            if (!new ReadOnlySpan<nuint>(symbols + i * perKey, perKey).ContainsAnyExcept((nuint)0))
                spares.Add(new BorrowedKey { Keycode = firstKeycode + i });
        }
        _ = LibX11.XFree((nint)symbols);
    }

    private sealed class BorrowedKey
    {
        public required int Keycode { get; init; }

        public long Since { get; set; }

        public bool IsLent { get; set; }
    }
}
