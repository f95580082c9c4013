using System.Text;

namespace Nabij.HostCore.Linux;

/// <summary>
/// Keysyms of characters, both ways (X Window System Protocol, appendix A): Latin-1 as it is, the older pages of the
/// table below, all others as 0x01000000 plus the code point.
/// </summary>
internal static class KeySymbols
{
    public const uint None = 0, Return = 0xFF0D, Tab = 0xFF09, LevelThreeShift = 0xFE03;
    private const uint UnicodeBase = 0x0100_0000, LastUnicode = UnicodeBase + 0x10FFFF;

    // What the layouts that people have still use: the first keysym of a run and its characters; a space is a gap.
    private static readonly (uint First, string Characters)[] Pages =
    [
        (0x01A1, "Ą˘Ł ĽŚ  ŠŞŤŹ ŽŻ ą˛ł ľśˇ šşťź˝žżŔ  Ă ĹĆ Č Ę Ě  ĎĐŃŇ  Ő  ŘŮ Ű  Ţ ŕ  ă ĺć č ę ě  ďđńň  ő  řů ű  ţ˙"),
        (0x02A1, "Ħ    Ĥ  İ ĞĴ    ħ    ĥ  ı ğĵ"), (0x02C5, "ĊĈ"), (0x02D5, "Ġ  Ĝ    ŬŜ"), (0x02E5, "ċĉ"), (0x02F5, "ġ  ĝ    ŭŝ"),
        (0x03A2, "ĸŖ ĨĻ   ĒĢŦ      ŗ ĩļ   ēģŧŊ ŋĀ      Į    Ė  Ī ŅŌĶ     Ų   ŨŪ ā      į    ė  ī ņōķ     ų   ũū"),
        (0x047E, "‾"),
        (0x04A1, "。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン゛゜"),
        (0x06A1, "ђѓёєѕіїјљњћќґўџ№ЂЃЁЄЅІЇЈЉЊЋЌҐЎЏюабцдефгхийклмнопярстужвьызшэщчъЮАБЦДЕФГХИЙКЛМНОПЯРСТУЖВЬЫЗШЭЩЧЪ"),
        (0x07A1, "ΆΈΉΊΪ ΌΎΫ Ώ  ΅― άέήίϊΐόύϋΰώ"), (0x07C1, "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣ ΤΥΦΧΨΩ"), (0x07E1, "αβγδεζηθικλμνξοπρσςτυφχψω"),
        (0x08BC, "≤≠≥∫∴∝∞"), (0x08C5, "∇"), (0x08CE, "⇒≡"), (0x08D6, "√"), (0x08EF, "∂"), (0x08FB, "←↑→↓"),
        (0x0AA9, "—–   …"), (0x0AC3, "⅛⅜⅝⅞  ™"), (0x0AD0, "‘’“”"), (0x0AF1, "†‡✓"), (0x0AFD, "‚„"),
        (0x13BC, "ŒœŸ"), (0x20AC, "€"),
    ];

    // Scripts whose page is Unicode's block, moved.
    private static readonly (uint First, uint Last, int CodePoint)[] Blocks = [(0x05AC, 0x05F2, 0x060C), (0x0CE0, 0x0CFA, 0x05D0), (0x0DA1, 0x0DF9, 0x0E01)];

    private static readonly Dictionary<uint, int> CharacterBySymbol = BuildPages();
    private static readonly Dictionary<int, uint> SymbolByCharacter = Invert(CharacterBySymbol);

    /// <summary>The keysym that programs know this character by best; for a line break and a tab the key of that name.</summary>
    public static uint Of(Rune character) => character.Value switch
    {
        '\n' or '\r' => Return,
        '\t' => Tab,
        >= 0x20 and <= 0x7E or >= 0xA0 and <= 0xFF => (uint)character.Value,
        var value => SymbolByCharacter.TryGetValue(value, out var symbol) ? symbol : UnicodeBase + (uint)value,
    };

    /// <summary>The character that a keysym enters (its code point), or 0 when it enters none.</summary>
    public static int CharacterOf(nuint symbol) => symbol switch
    {
        Return => '\n',
        Tab => '\t',
        >= 0x20 and <= 0x7E or >= 0xA0 and <= 0xFF => (int)symbol,
        > UnicodeBase and <= LastUnicode => (int)(symbol - UnicodeBase),
        <= ushort.MaxValue => CharacterBySymbol.GetValueOrDefault((uint)symbol),
        _ => 0,
    };

    /// <summary>
    /// The pair to put on a borrowed key. Both cases of a letter make the key an alphabetic one, so that Caps Lock is
    /// undone by Shift; everything else stands on both levels.
    /// </summary>
    public static (uint Plain, uint Shifted) PairOf(Rune character)
    {
        var (lower, upper) = (Rune.ToLowerInvariant(character), Rune.ToUpperInvariant(character));
        // A title case letter is neither of the two.
        var isPair = lower != upper && (character == lower || character == upper);
        return isPair ? (Of(lower), Of(upper)) : (Of(character), Of(character));
    }

    private static Dictionary<uint, int> BuildPages()
    {
        var characters = new Dictionary<uint, int>();
        foreach (var (first, text) in Pages)
        {
            for (var i = 0; i < text.Length; i++)
            {
                if (text[i] != ' ') characters[first + (uint)i] = text[i];
            }
        }
        foreach (var (first, last, codePoint) in Blocks)
        {
            for (var symbol = first; symbol <= last; symbol++) characters[symbol] = codePoint + (int)(symbol - first);
        }
        return characters;
    }

    private static Dictionary<int, uint> Invert(Dictionary<uint, int> characters)
    {
        var symbols = new Dictionary<int, uint>();
        foreach (var (symbol, character) in characters) symbols.TryAdd(character, symbol);
        return symbols;
    }
}
