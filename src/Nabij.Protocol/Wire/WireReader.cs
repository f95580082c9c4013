using System.Buffers.Binary;

namespace Nabij.Protocol.Wire;

/// <summary>
/// Reads one structure of docs/protocol in the order of its table, over bytes that the caller keeps alive.
/// Every read checks its length in one place (<see cref="Take"/>); every failure is one <see cref="WireFormatException"/>.
/// </summary>
public ref struct WireReader
{
    private const int MaximumLengthBytes = 3;
    private const ulong MaximumU64 = (1UL << 53) - 1;

    private ReadOnlySpan<byte> _rest;

    /// <summary>Starts at the beginning of <paramref name="bytes"/>.</summary>
    public WireReader(ReadOnlySpan<byte> bytes) => _rest = bytes;

    /// <summary>The bytes not read yet.</summary>
    public readonly int Remaining => _rest.Length;

    /// <summary>One unsigned byte.</summary>
    public byte ReadU8() => Take(1)[0];

    /// <summary>Two bytes, big-endian.</summary>
    public ushort ReadU16() => BinaryPrimitives.ReadUInt16BigEndian(Take(2));

    /// <summary>Two bytes, big-endian, two's complement.</summary>
    public short ReadI16() => BinaryPrimitives.ReadInt16BigEndian(Take(2));

    /// <summary>Four bytes, big-endian.</summary>
    public uint ReadU32() => BinaryPrimitives.ReadUInt32BigEndian(Take(4));

    /// <summary>Eight bytes, big-endian, at most 2^53-1 so that every language holds them exactly.</summary>
    public ulong ReadU64()
    {
        var value = ReadFullU64();
        Require(value <= MaximumU64, WireError.InvalidValue);
        return value;
    }

    /// <summary>Eight bytes, big-endian, of full range: hashes only.</summary>
    public ulong ReadFullU64() => BinaryPrimitives.ReadUInt64BigEndian(Take(8));

    /// <summary>A byte that is 0 or 1.</summary>
    public bool ReadFlag()
    {
        var value = ReadU8();
        Require(value <= 1, WireError.InvalidValue);
        return value == 1;
    }

    /// <summary>Exactly <paramref name="length"/> bytes.</summary>
    public ReadOnlySpan<byte> ReadBytes(int length) => Take(length);

    /// <summary>Everything that is left, at least <paramref name="minimum"/> bytes.</summary>
    public ReadOnlySpan<byte> ReadRest(int minimum = 0)
    {
        Require(_rest.Length >= minimum, WireError.Truncated);
        return Take(_rest.Length);
    }

    /// <summary>
    /// Looks ahead over a whole lv(...) of <paramref name="count"/> items and, behind them, exactly
    /// <paramref name="bareBytes"/> bytes: framing comes before the fields (docs/protocol/02-handshake.md).
    /// </summary>
    public readonly void RequireItems(int count, int bareBytes = 0)
    {
        var ahead = this;
        for (var index = 0; index < count; index++)
            ahead.Take(ahead.ReadLength());
        ahead.Take(bareBytes);
        ahead.RequireEnd();
    }

    /// <summary>One item of lv(...): a LEB128 length in its only valid form, then that many bytes.</summary>
    public ReadOnlySpan<byte> ReadItem(int minimum, int maximum)
    {
        var length = ReadLength();
        Require(length >= minimum && length <= maximum, WireError.LengthOutOfRange);
        return Take(length);
    }

    /// <summary>One item of lv(...) of exactly <paramref name="length"/> bytes.</summary>
    public ReadOnlySpan<byte> ReadItem(int length) => ReadItem(length, length);

    /// <summary>An lv item of one byte.</summary>
    public byte ReadItemU8() => ReadItem(1)[0];

    /// <summary>An lv item of two bytes, big-endian.</summary>
    public ushort ReadItemU16() => BinaryPrimitives.ReadUInt16BigEndian(ReadItem(2));

    /// <summary>An lv item of four bytes, big-endian.</summary>
    public uint ReadItemU32() => BinaryPrimitives.ReadUInt32BigEndian(ReadItem(4));

    /// <summary>An lv item of eight bytes, big-endian, at most 2^53-1.</summary>
    public ulong ReadItemU64()
    {
        var value = BinaryPrimitives.ReadUInt64BigEndian(ReadItem(8));
        Require(value <= MaximumU64, WireError.InvalidValue);
        return value;
    }

    /// <summary>An lv item that must be these literal bytes, such as a label.</summary>
    public void ReadItemLiteral(ReadOnlySpan<byte> literal) =>
        Require(ReadItem(0, int.MaxValue).SequenceEqual(literal), WireError.InvalidValue);

    /// <summary>An lv item of strict UTF-8; limits in bytes.</summary>
    public string ReadItemText(int minimum, int maximum) => WireText.Decode(ReadItem(minimum, maximum));

    /// <summary>text&lt;n&gt; of chapter 00: a u16 length, then strict UTF-8 without control characters.</summary>
    public string ReadText(int minimum, int maximum, bool allowLineBreaks = false)
    {
        int length = ReadU16();
        Require(length >= minimum && length <= maximum, WireError.LengthOutOfRange);
        var text = WireText.Decode(Take(length));
        Require(!WireText.HasControlCharacters(text, allowLineBreaks), WireError.InvalidText);
        return text;
    }

    /// <summary>bytes&lt;n&gt; of chapter 00: a u32 length, then that many bytes.</summary>
    public ReadOnlySpan<byte> ReadCountedBytes(int maximum)
    {
        var length = ReadU32();
        Require(length <= (uint)maximum, WireError.LengthOutOfRange);
        return Take((int)length);
    }

    /// <summary>Every structure ends with this: nothing may follow its last item.</summary>
    public readonly void RequireEnd() => Require(_rest.IsEmpty, WireError.TrailingBytes);

    /// <summary>Raises <paramref name="error"/> unless the condition holds.</summary>
    public static void Require(bool condition, WireError error)
    {
        if (!condition)
            throw new WireFormatException(error);
    }

    private int ReadLength()
    {
        var length = 0;
        for (var index = 0; index < MaximumLengthBytes; index++)
        {
            var part = ReadU8();
            length |= (part & 0x7f) << (7 * index);
            if ((part & 0x80) != 0)
                continue;
            Require(part != 0 || index == 0, WireError.NonMinimalLength);
            return length;
        }

        throw new WireFormatException(WireError.NonMinimalLength);
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        Require(length <= _rest.Length, WireError.Truncated);
        var taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }
}
