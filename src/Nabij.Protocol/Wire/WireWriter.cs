using System.Buffers.Binary;

namespace Nabij.Protocol.Wire;

/// <summary>
/// Writes one structure of docs/protocol in the order of its table into memory of the caller.
/// Too little room or a value outside its limits is a mistake of this program, hence an argument error.
/// </summary>
public ref struct WireWriter
{
    private readonly Span<byte> _destination;
    private int _written;

    /// <summary>Starts at the beginning of <paramref name="destination"/>.</summary>
    public WireWriter(Span<byte> destination) => _destination = destination;

    /// <summary>How many bytes were written so far.</summary>
    public readonly int Written => _written;

    /// <summary>The bytes written so far.</summary>
    public readonly ReadOnlySpan<byte> Bytes => _destination[.._written];

    /// <summary>How many bytes an lv item of this length takes, its length included.</summary>
    public static int ItemLength(int length) => length + (length < 0x80 ? 1 : length < 0x4000 ? 2 : 3);

    /// <summary>One byte.</summary>
    public void WriteU8(byte value) => Take(1)[0] = value;

    /// <summary>0 or 1.</summary>
    public void WriteFlag(bool value) => WriteU8(value ? (byte)1 : (byte)0);

    /// <summary>Two bytes, big-endian.</summary>
    public void WriteU16(ushort value) => BinaryPrimitives.WriteUInt16BigEndian(Take(2), value);

    /// <summary>Two bytes, big-endian, two's complement.</summary>
    public void WriteI16(short value) => BinaryPrimitives.WriteInt16BigEndian(Take(2), value);

    /// <summary>Four bytes, big-endian.</summary>
    public void WriteU32(uint value) => BinaryPrimitives.WriteUInt32BigEndian(Take(4), value);

    /// <summary>Eight bytes, big-endian.</summary>
    public void WriteU64(ulong value) => BinaryPrimitives.WriteUInt64BigEndian(Take(8), value);

    /// <summary>Bytes as they are.</summary>
    public void WriteBytes(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Take(bytes.Length));

    /// <summary>One lv item: LEB128 length in its shortest form, then the bytes.</summary>
    public void WriteItem(ReadOnlySpan<byte> item)
    {
        WriteLength(item.Length);
        WriteBytes(item);
    }

    /// <summary>An lv item of one byte.</summary>
    public void WriteItemU8(byte value)
    {
        WriteLength(1);
        WriteU8(value);
    }

    /// <summary>An lv item of two bytes.</summary>
    public void WriteItemU16(ushort value)
    {
        WriteLength(2);
        WriteU16(value);
    }

    /// <summary>An lv item of four bytes.</summary>
    public void WriteItemU32(uint value)
    {
        WriteLength(4);
        WriteU32(value);
    }

    /// <summary>An lv item of eight bytes.</summary>
    public void WriteItemU64(ulong value)
    {
        WriteLength(8);
        WriteU64(value);
    }

    /// <summary>An lv item of text, at most <paramref name="maximumBytes"/> bytes of UTF-8.</summary>
    public void WriteItemText(string text, int maximumBytes) => WriteItem(WireText.Encode(text, maximumBytes));

    /// <summary>text&lt;n&gt; of chapter 00.</summary>
    public void WriteText(string text, int maximumBytes)
    {
        var bytes = WireText.Encode(text, maximumBytes);
        WriteU16((ushort)bytes.Length);
        WriteBytes(bytes);
    }

    internal void WriteLength(int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, (1 << 21) - 1);
        while (length >= 0x80)
        {
            WriteU8((byte)(length | 0x80));
            length >>= 7;
        }

        WriteU8((byte)length);
    }

    private Span<byte> Take(int length)
    {
        if (length > _destination.Length - _written)
            throw new ArgumentException("The destination is too small for the structure.");
        var taken = _destination.Slice(_written, length);
        _written += length;
        return taken;
    }
}
