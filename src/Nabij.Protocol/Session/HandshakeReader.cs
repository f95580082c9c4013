using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Session;

/// <summary>The rules of decoding that all messages of RS1 share (docs/protocol/02-handshake.md, "Decoding").</summary>
internal static class HandshakeReader
{
    /// <summary>Looks at size and type: the type, when it is one of the expected ones.</summary>
    public static HandshakeMessageType ReadType(
        ReadOnlySpan<byte> message, int largest, params ReadOnlySpan<HandshakeMessageType> expected)
    {
        WireReader.Require(message.Length <= largest, WireError.LengthOutOfRange);
        var reader = new WireReader(message);
        var first = reader.ReadItem(0, int.MaxValue);
        WireReader.Require(first.Length == 1, WireError.LengthOutOfRange);
        var type = (HandshakeMessageType)first[0];
        if (expected.Contains(type))
            return type;
        if (Enum.IsDefined(type))
            throw new HandshakeException(HandshakeError.OutOfOrder);
        throw new WireFormatException(WireError.UnknownType);
    }

    /// <summary>A reader behind the type, after all framing has been checked.</summary>
    public static WireReader Items(ReadOnlySpan<byte> message, int count)
    {
        var reader = new WireReader(message);
        reader.RequireItems(count);
        reader.ReadItem(1);
        return reader;
    }

    /// <summary>A list of versions; the first entry of an offer stands by itself, the others fall.</summary>
    public static byte[] ReadVersions(ref WireReader reader, bool isOffer)
    {
        var list = reader.ReadItem(1, HandshakeLimits.MostListEntries).ToArray();
        RequireOrder(Array.ConvertAll(list, entry => (ushort)entry), isOffer);
        return list;
    }

    /// <summary>A list of suites; the first entry of an offer stands by itself, the others fall.</summary>
    public static ushort[] ReadSuites(ref WireReader reader, bool isOffer)
    {
        var item = reader.ReadItem(2, 2 * HandshakeLimits.MostListEntries);
        WireReader.Require(item.Length % 2 == 0, WireError.LengthOutOfRange);
        var list = new ushort[item.Length / 2];
        var entries = new WireReader(item);
        for (var index = 0; index < list.Length; index++)
            list[index] = entries.ReadU16();
        RequireOrder(list, isOffer);
        return list;
    }

    /// <summary>Suites as on the wire.</summary>
    public static byte[] SuiteBytes(IReadOnlyList<ushort> suites)
    {
        var bytes = new byte[2 * suites.Count];
        var writer = new WireWriter(bytes);
        foreach (var suite in suites)
            writer.WriteU16(suite);
        return bytes;
    }

    private static void RequireOrder(ushort[] list, bool isOffer)
    {
        for (var index = isOffer ? 2 : 1; index < list.Length; index++)
            WireReader.Require(list[index] < list[index - 1], WireError.InvalidValue);
        WireReader.Require(list.Distinct().Count() == list.Length, WireError.InvalidValue);
    }
}
