using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Session;

/// <summary>MSG3 and MSG4 in their common form: lv(type, tag 32, box); the box has its own limits.</summary>
internal readonly ref struct ConfirmationMessage
{
    private const int Items = 3;

    // MSG3 opens to lv(nonce_t 16, sigT 64): 17 + 65 bytes and the tag of 16.
    private const int Box3Bytes = 98;

    // MSG4 opens to lv(granted 4, machine name 0-128, user name 0-128) and the tag of 16.
    private const int LeastBox4Bytes = 23;
    private const int LargestBox4Bytes = 281;

    private ConfirmationMessage(ReadOnlySpan<byte> message, int leastBox, int largestBox)
    {
        var reader = HandshakeReader.Items(message, Items);
        Tag = reader.ReadItem(HandshakeLimits.HashBytes);
        Box = reader.ReadItem(leastBox, largestBox);
    }

    public ReadOnlySpan<byte> Tag { get; }

    public ReadOnlySpan<byte> Box { get; }

    public static ConfirmationMessage Decode3(ReadOnlySpan<byte> message) => new(message, Box3Bytes, Box3Bytes);

    public static ConfirmationMessage Decode4(ReadOnlySpan<byte> message) => new(message, LeastBox4Bytes, LargestBox4Bytes);

    public static byte[] Encode(HandshakeMessageType type, ReadOnlySpan<byte> tag, ReadOnlySpan<byte> box)
    {
        var writer = new WireWriter(stackalloc byte[HandshakeLimits.Message3Bytes]);
        writer.WriteItemU8((byte)type);
        writer.WriteItem(tag);
        writer.WriteItem(box);
        return writer.Bytes.ToArray();
    }
}
