using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Screen;

/// <summary>
/// Raw DEFLATE (RFC 1951) into a bounded buffer. Our own, because the base library's stream neither tells a stream that
/// breaks off from one that is complete nor says where it ended; both are errors of the wire here.
/// </summary>
internal ref struct Inflater
{
    private const int LengthCodes = 19;
    private const int LiteralCodes = 288;
    private const int MostLiteralCodes = 286;
    private const int MostDistanceCodes = 30;
    private const int EndOfBlock = 256;
    private const int FirstOutputBytes = 4096;

    private static readonly HuffmanCode FixedLiterals = MakeFixedLiterals();
    private static readonly HuffmanCode FixedDistances = new(Enumerable.Repeat((byte)5, MostDistanceCodes).ToArray());

    private readonly ReadOnlySpan<byte> _input;
    private readonly int _largest;
    private byte[] _output = new byte[FirstOutputBytes];
    private int _written;
    private int _at;
    private int _bits;
    private int _bitCount;

    private Inflater(ReadOnlySpan<byte> input, int largest)
    {
        _input = input;
        _largest = largest;
    }

    private static ReadOnlySpan<byte> LengthCodeOrder => [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

    private static ReadOnlySpan<ushort> LengthBases =>
        [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];

    private static ReadOnlySpan<byte> LengthExtraBits =>
        [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];

    private static ReadOnlySpan<ushort> DistanceBases =>
    [
        1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145,
        8193, 12289, 16385, 24577,
    ];

    private static ReadOnlySpan<byte> DistanceExtraBits =>
        [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13];

    /// <summary>Inflates one whole stream of at most <paramref name="largest"/> bytes.</summary>
    /// <exception cref="WireFormatException">Truncated, InvalidValue, LengthOutOfRange or TrailingBytes.</exception>
    public static ReadOnlyMemory<byte> Inflate(ReadOnlySpan<byte> deflated, int largest)
    {
        var inflater = new Inflater(deflated, largest);
        inflater.Run();
        WireReader.Require(inflater._at == deflated.Length, WireError.TrailingBytes);
        return inflater._output.AsMemory(0, inflater._written);
    }

    private void Run()
    {
        bool isLast;
        do
        {
            isLast = ReadBits(1) == 1;
            switch (ReadBits(2))
            {
                case 0:
                    CopyStored();
                    break;
                case 1:
                    Expand(FixedLiterals, FixedDistances);
                    break;
                case 2:
                    ReadCodes(out var literals, out var distances);
                    Expand(literals, distances);
                    break;
                default:
                    throw new WireFormatException(WireError.InvalidValue);
            }
        }
        while (!isLast);
    }

    private void CopyStored()
    {
        (_bits, _bitCount) = (0, 0);
        WireReader.Require(_input.Length - _at >= 4, WireError.Truncated);
        var length = _input[_at] | (_input[_at + 1] << 8);
        var complement = _input[_at + 2] | (_input[_at + 3] << 8);
        WireReader.Require(length == (complement ^ 0xffff), WireError.InvalidValue);
        _at += 4;
        WireReader.Require(_input.Length - _at >= length, WireError.Truncated);
        MakeRoom(length);
        _input.Slice(_at, length).CopyTo(_output.AsSpan(_written));
        _at += length;
        _written += length;
    }

    private void Expand(HuffmanCode literals, HuffmanCode distances)
    {
        while (true)
        {
            var symbol = ReadSymbol(literals);
            if (symbol == EndOfBlock)
                return;
            if (symbol < EndOfBlock)
            {
                MakeRoom(1);
                _output[_written++] = (byte)symbol;
                continue;
            }

            symbol -= EndOfBlock + 1;
            WireReader.Require(symbol < LengthBases.Length, WireError.InvalidValue);
            var length = LengthBases[symbol] + ReadBits(LengthExtraBits[symbol]);
            var code = ReadSymbol(distances);
            WireReader.Require(code < DistanceBases.Length, WireError.InvalidValue);
            var distance = DistanceBases[code] + ReadBits(DistanceExtraBits[code]);
            WireReader.Require(distance <= _written, WireError.InvalidValue);
            MakeRoom(length);
            for (; length > 0; length--, _written++)
                _output[_written] = _output[_written - distance];
        }
    }

    private void ReadCodes(out HuffmanCode literals, out HuffmanCode distances)
    {
        var literalCount = ReadBits(5) + 257;
        var distanceCount = ReadBits(5) + 1;
        var lengthCount = ReadBits(4) + 4;
        WireReader.Require(
            literalCount <= MostLiteralCodes && distanceCount <= MostDistanceCodes, WireError.InvalidValue);
        var lengths = new byte[LengthCodes];
        for (var index = 0; index < lengthCount; index++)
            lengths[LengthCodeOrder[index]] = (byte)ReadBits(3);
        var lengthCode = new HuffmanCode(lengths);
        WireReader.Require(lengthCode.IsComplete, WireError.InvalidValue);
        var all = ReadLengths(lengthCode, literalCount + distanceCount);
        WireReader.Require(all[EndOfBlock] != 0, WireError.InvalidValue);
        literals = new HuffmanCode(all.AsSpan(0, literalCount));
        distances = new HuffmanCode(all.AsSpan(literalCount));
        WireReader.Require(
            (literals.IsComplete || literals.IsSingle) && (distances.IsComplete || distances.IsSingle), WireError.InvalidValue);
    }

    private byte[] ReadLengths(HuffmanCode code, int count)
    {
        var lengths = new byte[count];
        for (var index = 0; index < count;)
        {
            var symbol = ReadSymbol(code);
            if (symbol < 16)
            {
                lengths[index++] = (byte)symbol;
                continue;
            }

            WireReader.Require(symbol != 16 || index > 0, WireError.InvalidValue);
            var (value, repeat) = symbol switch
            {
                16 => (lengths[index - 1], 3 + ReadBits(2)),
                17 => ((byte)0, 3 + ReadBits(3)),
                _ => ((byte)0, 11 + ReadBits(7)),
            };
            WireReader.Require(repeat <= count - index, WireError.InvalidValue);
            lengths.AsSpan(index, repeat).Fill(value);
            index += repeat;
        }

        return lengths;
    }

    private int ReadSymbol(HuffmanCode code)
    {
        int value = 0, first = 0, offset = 0;
        for (var length = 1; length <= HuffmanCode.LongestCode; length++)
        {
            value |= ReadBits(1);
            var count = code.CountOf(length);
            if (value - first < count)
                return code.SymbolAt(offset + value - first);
            (offset, first, value) = (offset + count, (first + count) << 1, value << 1);
        }

        throw new WireFormatException(WireError.InvalidValue);
    }

    private int ReadBits(int count)
    {
        while (_bitCount < count)
        {
            WireReader.Require(_at < _input.Length, WireError.Truncated);
            _bits |= _input[_at++] << _bitCount;
            _bitCount += 8;
        }

        var value = _bits & ((1 << count) - 1);
        _bits >>= count;
        _bitCount -= count;
        return value;
    }

    private void MakeRoom(int length)
    {
        WireReader.Require(length <= _largest - _written, WireError.LengthOutOfRange);
        if (_written + length > _output.Length)
            Array.Resize(ref _output, Math.Min(_largest, Math.Max(2 * _output.Length, _written + length)));
    }

    private static HuffmanCode MakeFixedLiterals()
    {
        var lengths = new byte[LiteralCodes];
        lengths.AsSpan().Fill(8);
        lengths.AsSpan(144, 112).Fill(9);
        lengths.AsSpan(256, 24).Fill(7);
        return new HuffmanCode(lengths);
    }
}
