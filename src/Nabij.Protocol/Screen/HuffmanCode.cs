using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Screen;

/// <summary>A canonical Huffman code of RFC 1951, made from the lengths of its symbols' codes.</summary>
internal sealed class HuffmanCode
{
    /// <summary>Longest code, in bits.</summary>
    public const int LongestCode = 15;

    private readonly int[] _counts = new int[LongestCode + 1];
    private readonly int[] _symbols;

    /// <exception cref="WireFormatException">InvalidValue: more codes than their lengths leave room for.</exception>
    public HuffmanCode(ReadOnlySpan<byte> lengths)
    {
        foreach (var length in lengths)
            _counts[length]++;
        var used = lengths.Length - _counts[0];
        _counts[0] = 0;
        var left = 1;
        var offsets = new int[LongestCode + 2];
        for (var length = 1; length <= LongestCode; length++)
        {
            left = (left << 1) - _counts[length];
            WireReader.Require(left >= 0, WireError.InvalidValue);
            offsets[length + 1] = offsets[length] + _counts[length];
        }

        _symbols = new int[used];
        for (var symbol = 0; symbol < lengths.Length; symbol++)
        {
            if (lengths[symbol] != 0)
                _symbols[offsets[lengths[symbol]]++] = symbol;
        }

        IsComplete = left == 0;
        IsSingle = used <= 1 && _counts[1] == used;
    }

    /// <summary>Whether every pattern of bits is a code.</summary>
    public bool IsComplete { get; }

    /// <summary>Whether there is at most one code, of one bit: allowed though not complete.</summary>
    public bool IsSingle { get; }

    /// <summary>How many codes have this length.</summary>
    public int CountOf(int length) => _counts[length];

    /// <summary>The symbol at this place of the canonical order.</summary>
    public int SymbolAt(int place) => _symbols[place];
}
