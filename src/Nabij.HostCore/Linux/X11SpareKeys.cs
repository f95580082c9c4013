using System.Runtime.Versioning;
using System.Text;

namespace Nabij.HostCore.Linux;

/// <summary>
/// Keys of the customer's map that carry nothing, lent to characters that no key gives. What is lent is written on the
/// root window too, so that after a crash the next start can give it back. Used under the input sink's lock.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed unsafe class X11SpareKeys
{
    private const int SymbolsPerKey = 2, NumbersPerLoan = 1 + SymbolsPerKey, MostLoans = 255;
    private const string LoansProperty = "_NABIJ_LENT_KEYS";
    private const nuint CardinalType = 6;
    /// <summary>Tuning: a lent key keeps its character at least this long after it was pressed, so that slow programs still read it right.</summary>
    private static readonly TimeSpan LeastLoan = TimeSpan.FromSeconds(1);

    private readonly X11Connection x;
    private readonly TimeProvider time;
    private readonly int firstKeycode, lastKeycode;
    private readonly nuint loansProperty;
    private List<SpareKey> keys = [];

    public X11SpareKeys(X11Connection x, TimeProvider time, int firstKeycode, int lastKeycode)
    {
        this.x = x;
        this.time = time;
        this.firstKeycode = firstKeycode;
        this.lastKeycode = lastKeycode;
        loansProperty = LibX11.XInternAtom(x.Display, LoansProperty, 0);
        GiveBackOfCrashed();
        Recount();
    }

    /// <summary>Looks again which keys carry nothing: the customer may have changed the layout, which ends the loans.</summary>
    public void Recount()
    {
        var count = lastKeycode - firstKeycode + 1;
        var symbols = LibX11.XGetKeyboardMapping(x.Display, (byte)firstKeycode, count, out var perKey);
        if (symbols == null) return;
        var found = new List<SpareKey>();
        for (var i = count - 1; i >= 0; i--)
        {
            var carried = new ReadOnlySpan<nuint>(symbols + i * perKey, perKey);
            var known = keys.Find(key => key.Keycode == firstKeycode + i);
            if (known is { IsLent: true } && known.IsOn(carried)) found.Add(known);
            else if (!carried.ContainsAnyExcept((nuint)0)) found.Add(new SpareKey { Keycode = firstKeycode + i });
        }
        _ = LibX11.XFree((nint)symbols);
        keys = found;
    }

    /// <summary>How many characters can be lent keys at once.</summary>
    public int Count => keys.Count;

    /// <summary>This key is pressed now: its loan begins again.</summary>
    public void Touch(byte keycode)
    {
        if (keys.Find(key => key.Keycode == keycode) is { IsLent: true } used) used.Since = time.GetTimestamp();
    }

    public bool IsLent(byte keycode) => keys.Exists(key => key.Keycode == keycode && key.IsLent);

    /// <summary>True when spare keys were lent so recently that their characters may still be on the way to a slow program.</summary>
    public bool MustWaitFor(int wanted) => keys.Count(IsFree) < wanted;

    /// <summary>
    /// Puts characters on spare keys; false when there are not enough. While the customer has Shift down or locked both
    /// levels carry the character itself.
    /// </summary>
    public bool Lend(IReadOnlyCollection<Rune> characters, bool isShifted)
    {
        var taken = new List<SpareKey>();
        foreach (var character in characters)
        {
            if ((keys.Find(key => !key.IsLent) ?? keys.Where(IsFree).MinBy(key => key.Since)) is not { } spare) break;
            (spare.Plain, spare.Shifted) = isShifted ? (KeySymbols.Of(character), KeySymbols.Of(character)) : KeySymbols.PairOf(character);
            spare.Since = time.GetTimestamp();
            spare.IsLent = true;
            taken.Add(spare);
        }
        WriteLoans();
        Assign(taken);
        return taken.Count == characters.Count;
    }

    /// <summary>Empties the lent keys again.</summary>
    public void GiveBack()
    {
        var lent = keys.Where(key => key.IsLent).ToList();
        foreach (var key in lent)
        {
            (key.Plain, key.Shifted) = (KeySymbols.None, KeySymbols.None);
            key.IsLent = false;
        }
        Assign(lent);
        _ = LibX11.XDeleteProperty(x.Display, x.Root, loansProperty);
    }

    private bool IsFree(SpareKey key) => !key.IsLent || time.GetElapsedTime(key.Since) >= LeastLoan;

    // Neighbors go in one request: every program on the desktop reads the whole map again for each.
    private void Assign(List<SpareKey> changed)
    {
        changed.Sort((a, b) => a.Keycode - b.Keycode);
        for (var start = 0; start < changed.Count;)
        {
            var end = start + 1;
            while (end < changed.Count && changed[end].Keycode == changed[end - 1].Keycode + 1) end++;
            var symbols = changed[start..end].SelectMany(key => new nuint[] { key.Plain, key.Shifted }).ToArray();
            fixed (nuint* first = symbols) _ = LibX11.XChangeKeyboardMapping(x.Display, changed[start].Keycode, SymbolsPerKey, first, end - start);
            start = end;
        }
    }

    private void WriteLoans()
    {
        var lent = keys.Where(key => key.IsLent).Take(MostLoans).SelectMany(key => new nuint[] { (nuint)key.Keycode, key.Plain, key.Shifted }).ToArray();
        fixed (nuint* numbers = lent)
        {
            _ = LibX11.XChangeProperty(x.Display, x.Root, loansProperty, CardinalType, 32, 0, numbers, lent.Length);
        }
    }

    // A program that was killed could not give back; keys that carry something else by now are the customer's own.
    private void GiveBackOfCrashed()
    {
        var found = LibX11.XGetWindowProperty(x.Display, x.Root, loansProperty, 0, MostLoans * NumbersPerLoan, 1, CardinalType,
            out var type, out var format, out var count, out _, out var numbers);
        if (found != 0 || numbers == null) return;
        if (type == CardinalType && format == 32)
        {
            for (nuint i = 0; i + NumbersPerLoan <= count; i += NumbersPerLoan) GiveBackOfCrashed(numbers + i);
        }
        _ = LibX11.XFree((nint)numbers);
        _ = LibX11.XSync(x.Display, 0);
    }

    private void GiveBackOfCrashed(nuint* loan)
    {
        var key = new SpareKey { Keycode = (int)loan[0], Plain = (uint)loan[1], Shifted = (uint)loan[2] };
        if (key.Keycode < firstKeycode || key.Keycode > lastKeycode) return;
        var symbols = LibX11.XGetKeyboardMapping(x.Display, (byte)key.Keycode, 1, out var perKey);
        if (symbols == null) return;
        if (key.IsOn(new ReadOnlySpan<nuint>(symbols, perKey))) Assign([new SpareKey { Keycode = key.Keycode }]);
        _ = LibX11.XFree((nint)symbols);
    }

    private sealed class SpareKey
    {
        public required int Keycode { get; init; }

        public uint Plain { get; set; }

        public uint Shifted { get; set; }

        public long Since { get; set; }

        public bool IsLent { get; set; }

        /// <summary>Whether a key carries what this one was lent for.</summary>
        public bool IsOn(ReadOnlySpan<nuint> carried) => carried.Length >= SymbolsPerKey && carried[0] == Plain && carried[1] == Shifted;
    }
}
