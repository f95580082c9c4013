using System.Text;

namespace Nabij.HostCore.Linux;

/// <summary>Keysyms of characters (X Window System Protocol, appendix A): Latin-1 as it is, all others as 0x01000000 plus the code point.</summary>
internal static class KeySymbols
{
    public const uint None = 0, Return = 0xFF0D, Tab = 0xFF09, LevelThreeShift = 0xFE03, Euro = 0x20AC;
    private const uint UnicodeBase = 0x0100_0000;

    public static uint Of(Rune character) => character.Value switch
    {
        '\n' or '\r' => Return,
        '\t' => Tab,
        >= 0x20 and <= 0x7E or >= 0xA0 and <= 0xFF => (uint)character.Value,
        (int)Euro => Euro,
        _ => UnicodeBase + (uint)character.Value,
    };

    /// <summary>
    /// The pair to put on a borrowed key. Both cases of a letter make the key an alphabetic one, so that Caps Lock is
    /// undone by Shift; everything else stands on both levels.
    /// </summary>
    public static (uint Plain, uint Shifted) PairOf(Rune character)
    {
        var (lower, upper) = (Rune.ToLowerInvariant(character), Rune.ToUpperInvariant(character));
        return lower != upper ? (Of(lower), Of(upper)) : (Of(character), Of(character));
    }
}
