using System.Runtime.CompilerServices;
using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Screen.Px;

/// <summary>
/// Binary range coder, reading side (docs/protocol/05-screen.md, "Range coder"). Behind the end of the content it reads
/// zeros; <see cref="RequireEnd"/> tells whether that was right.
/// </summary>
internal ref struct RangeDecoder : IBitCoder
{
    private const uint Least = 1 << 24;
    private const int HeadBytes = 4, MostPadding = 4;

    private readonly ReadOnlySpan<byte> content;
    private int at;
    private uint range, code;

    public RangeDecoder(ReadOnlySpan<byte> content)
    {
        this.content = content;
        range = uint.MaxValue;
        for (var i = 0; i < HeadBytes; i++) code = (code << 8) | Next();
    }

    public readonly bool Decodes
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Bit(ref Probability probability, int bit)
    {
        var bound = (range >> 16) * probability.OfZero;
        if (code < bound)
        {
            range = bound;
            probability.SawZero();
            bit = 0;
        }
        else
        {
            code -= bound;
            range -= bound;
            probability.SawOne();
            bit = 1;
        }

        while (range < Least)
        {
            range <<= 8;
            code = (code << 8) | Next();
        }

        return bit;
    }

    public int EvenBits(int count, int value)
    {
        value = 0;
        for (var i = 0; i < count; i++)
        {
            range >>= 1;
            var bit = code >= range ? 1 : 0;
            if (bit != 0) code -= range;
            value = (value << 1) | bit;
            while (range < Least)
            {
                range <<= 8;
                code = (code << 8) | Next();
            }
        }

        return value;
    }

    /// <summary>Stops a stream that has run out long ago.</summary>
    /// <exception cref="WireFormatException">Truncated: more zeros were read than a writer may leave out.</exception>
    public readonly void RequireMore() => WireReader.Require(at <= content.Length + MostPadding, WireError.Truncated);

    /// <summary>Requires that the stream ends here.</summary>
    /// <exception cref="WireFormatException">Truncated or TrailingBytes.</exception>
    public readonly void RequireEnd()
    {
        RequireMore();
        WireReader.Require(at >= content.Length, WireError.TrailingBytes);
    }

    private uint Next()
    {
        var next = at < content.Length ? content[at] : (byte)0;
        at++;
        return next;
    }
}
