using System.Runtime.CompilerServices;

namespace Nabij.Protocol.Screen.Px;

/// <summary>
/// Binary range coder, writing side (docs/protocol/05-screen.md, "Range coder"). It writes into a buffer that its owner
/// keeps between pieces; the buffer grows when a piece needs more than any before.
/// </summary>
internal struct RangeEncoder : IBitCoder
{
    private const uint Least = 1 << 24;
    private const int FlushBytes = 5, MostPadding = 4;

    private byte[] buffer;
    private int length;
    private ulong low;
    private uint range;
    private int waiting;
    private byte carried;
    private bool hasCarried;

    public RangeEncoder(byte[] buffer)
    {
        this.buffer = buffer;
        range = uint.MaxValue;
    }

    public readonly bool Decodes
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => false;
    }

    /// <summary>The buffer, which may be another than the one that was given.</summary>
    public readonly byte[] Buffer => buffer;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Bit(ref Probability probability, int bit)
    {
        var bound = (range >> 16) * probability.OfZero;
        if (bit == 0)
        {
            range = bound;
            probability.SawZero();
        }
        else
        {
            low += bound;
            range -= bound;
            probability.SawOne();
        }

        while (range < Least)
        {
            range <<= 8;
            ShiftLow();
        }

        return bit;
    }

    public int EvenBits(int count, int value)
    {
        for (var i = count - 1; i >= 0; i--)
        {
            range >>= 1;
            if (((value >> i) & 1) != 0) low += range;
            while (range < Least)
            {
                range <<= 8;
                ShiftLow();
            }
        }

        return value;
    }

    public readonly void RequireMore()
    {
    }

    /// <summary>Ends the stream and returns its length: at least one byte, without the zeros that the reader supplies.</summary>
    public int Finish()
    {
        // Of all numbers in the interval, the one with the most zeros at its end.
        var whole = (low + 0xFFFF_FFFF) & ~0xFFFF_FFFFUL;
        low = whole <= low + range - 1 ? whole : (low + 0xFF_FFFF) & ~0xFF_FFFFUL;
        for (var i = 0; i < FlushBytes; i++) ShiftLow();
        var least = Math.Max(1, length - MostPadding);
        while (length > least && buffer[length - 1] == 0) length--;
        return length;
    }

    private void ShiftLow()
    {
        if ((uint)low < 0xFF00_0000 || low >> 32 != 0)
        {
            var carry = (byte)(low >> 32);
            if (hasCarried) Write((byte)(carried + carry));
            for (; waiting > 0; waiting--) Write((byte)(0xFF + carry));
            carried = (byte)(low >> 24);
            hasCarried = true;
        }
        else
        {
            waiting++;
        }

        low = (low & 0x00FF_FFFF) << 8;
    }

    private void Write(byte value)
    {
        if (length == buffer.Length) Array.Resize(ref buffer, 2 * length);
        buffer[length++] = value;
    }
}
