namespace Nabij.HostCore.Linux;

/// <summary>
/// Keysyms (X Window System Protocol, appendix A) that a physical key is expected to carry. Customers move keys about
/// (Control and Caps Lock changed places, Escape on Caps Lock): a key is looked for by what it does before where it is.
/// </summary>
internal static class NamedKeys
{
    private const uint ControlL = 0xFFE3, ControlR = 0xFFE4, ShiftL = 0xFFE1, ShiftR = 0xFFE2,
        AltL = 0xFFE9, AltR = 0xFFEA, MetaL = 0xFFE7, MetaR = 0xFFE8, SuperL = 0xFFEB, SuperR = 0xFFEC;

    public const uint Shift = ShiftL;

    private static readonly Dictionary<string, uint[]> SymbolsByCode = Build();

    // Num Lock, Scroll Lock, Caps Lock, Shift Lock, and all that change the layout or lock a level (0xFE01 to 0xFE13).
    private static readonly uint[] Locks = [0xFF7F, 0xFF14, 0xFFE5, 0xFFE6];

    /// <summary>What the key of this code should carry, best first; empty when any symbol will do.</summary>
    public static ReadOnlySpan<uint> Of(string code) => SymbolsByCode.GetValueOrDefault(code);

    /// <summary>Whether a key with this symbol would switch something that stays switched.</summary>
    public static bool IsLock(nuint symbol) => Array.Exists(Locks, locked => locked == symbol) || symbol is >= 0xFE01 and <= 0xFE13;

    private static Dictionary<string, uint[]> Build()
    {
        var symbols = new Dictionary<string, uint[]>(StringComparer.Ordinal)
        {
            ["ControlLeft"] = [ControlL, ControlR], ["ControlRight"] = [ControlR, ControlL],
            ["ShiftLeft"] = [ShiftL, ShiftR], ["ShiftRight"] = [ShiftR, ShiftL],
            // On layouts with AltGr the right Alt key is none.
            ["AltLeft"] = [AltL, MetaL, AltR], ["AltRight"] = [AltR, MetaR, AltL],
            ["MetaLeft"] = [SuperL, SuperR], ["MetaRight"] = [SuperR, SuperL],
            ["Escape"] = [0xFF1B], ["Backspace"] = [0xFF08], ["Tab"] = [KeySymbols.Tab], ["Enter"] = [KeySymbols.Return],
            ["Home"] = [0xFF50], ["ArrowLeft"] = [0xFF51], ["ArrowUp"] = [0xFF52], ["ArrowRight"] = [0xFF53], ["ArrowDown"] = [0xFF54],
            ["PageUp"] = [0xFF55], ["PageDown"] = [0xFF56], ["End"] = [0xFF57], ["Insert"] = [0xFF63], ["Delete"] = [0xFFFF],
            ["ContextMenu"] = [0xFF67], ["PrintScreen"] = [0xFF61], ["Pause"] = [0xFF13],
        };
        for (uint i = 1; i <= 12; i++) symbols[$"F{i}"] = [0xFFBE + i - 1];
        return symbols;
    }
}
