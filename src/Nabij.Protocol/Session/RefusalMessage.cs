using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Session;

/// <summary>FAIL, always the same four bytes, and UNSUPPORTED, the host's own lists.</summary>
internal static class RefusalMessage
{
    private const int FailItems = 2;
    private const int UnsupportedItems = 3;
    private const byte OnlyReason = 1;
    private const int LargestUnsupportedBytes = 64;

    public static byte[] EncodeFail() => [1, (byte)HandshakeMessageType.Fail, 1, OnlyReason];

    // type u8, reason u8
    public static void DecodeFail(ReadOnlySpan<byte> message)
    {
        var reader = HandshakeReader.Items(message, FailItems);
        WireReader.Require(reader.ReadItemU8() == OnlyReason, WireError.InvalidValue);
    }

    // type u8, versions u8[], suites u16[]
    public static byte[] EncodeUnsupported(VersionOffer supported)
    {
        var writer = new WireWriter(stackalloc byte[LargestUnsupportedBytes]);
        writer.WriteItemU8((byte)HandshakeMessageType.Unsupported);
        writer.WriteItem([.. supported.Versions]);
        writer.WriteItem(HandshakeReader.SuiteBytes(supported.Suites));
        return writer.Bytes.ToArray();
    }

    public static VersionOffer DecodeUnsupported(ReadOnlySpan<byte> message)
    {
        var reader = HandshakeReader.Items(message, UnsupportedItems);
        var versions = HandshakeReader.ReadVersions(ref reader, isOffer: false);
        return new VersionOffer(versions, HandshakeReader.ReadSuites(ref reader, isOffer: false));
    }
}
