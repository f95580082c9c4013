using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Session;

/// <summary>MSG2, host to viewer: lv(type 02, Yb 32, ADb).</summary>
internal sealed class Message2
{
    private const int Items = 3;
    private const int AssociatedItems = 12;
    private const int TermsBytes = 32;

    private Message2(ReadOnlySpan<byte> encoded)
    {
        Encoded = encoded.ToArray();
        var reader = HandshakeReader.Items(encoded, Items);
        Share = reader.ReadItem(X25519.Size).ToArray();
        AssociatedData = reader.ReadItem(0, int.MaxValue).ToArray();

        // ADb: "RS1 C", version u8, suite u16, versions u8[], suites u16[], nonce_c 16, terms id 1-32,
        // terms version 1-32, terms hash 32, acceptance time u64, ceiling u32, application 0-64
        var data = new WireReader(AssociatedData);
        data.RequireItems(AssociatedItems);
        data.ReadItemLiteral("RS1 C"u8);
        Version = data.ReadItemU8();
        Suite = data.ReadItemU16();
        var versions = HandshakeReader.ReadVersions(ref data, isOffer: false);
        Supported = new VersionOffer(versions, HandshakeReader.ReadSuites(ref data, isOffer: false));
        Nonce = data.ReadItem(HandshakeLimits.NonceBytes).ToArray();
        TermsId = data.ReadItemText(1, TermsBytes);
        TermsVersion = data.ReadItemText(1, TermsBytes);
        ConsentHash = data.ReadItem(HandshakeLimits.HashBytes).ToArray();
        AcceptanceTime = data.ReadItemU64();
        Ceiling = PermissionWords.Parse(data.ReadItemU32());
        Application = data.ReadItemText(0, HandshakeLimits.ProgramBytes);
    }

    public byte[] Encoded { get; }

    public byte[] Share { get; }

    public byte[] AssociatedData { get; }

    public byte Version { get; }

    public ushort Suite { get; }

    public VersionOffer Supported { get; }

    public byte[] Nonce { get; }

    public string TermsId { get; }

    public string TermsVersion { get; }

    public byte[] ConsentHash { get; }

    public ulong AcceptanceTime { get; }

    public Permissions Ceiling { get; }

    public string Application { get; }

    public static Message2 Decode(ReadOnlySpan<byte> message) => new(message);

    public static byte[] EncodeAssociatedData(
        CustomerHandshakeOptions options, VersionOffer chosen, ReadOnlySpan<byte> nonce)
    {
        var writer = new WireWriter(stackalloc byte[HandshakeLimits.Message2Bytes]);
        writer.WriteItem("RS1 C"u8);
        writer.WriteItemU8(chosen.Versions[0]);
        writer.WriteItemU16(chosen.Suites[0]);
        writer.WriteItem([.. options.Supported.Versions]);
        writer.WriteItem(HandshakeReader.SuiteBytes(options.Supported.Suites));
        writer.WriteItem(nonce);
        writer.WriteItemText(options.Host.TermsId, TermsBytes);
        writer.WriteItemText(options.Host.TermsVersion, TermsBytes);
        writer.WriteItem(options.Host.ConsentHash.Span);
        writer.WriteItemU64(options.Host.AcceptanceTime);
        writer.WriteItemU32((uint)options.Host.Ceiling);
        writer.WriteItemText(options.Host.Application, HandshakeLimits.ProgramBytes);
        return writer.Bytes.ToArray();
    }

    public static byte[] Encode(ReadOnlySpan<byte> share, ReadOnlySpan<byte> associatedData)
    {
        var writer = new WireWriter(stackalloc byte[HandshakeLimits.Message2Bytes]);
        writer.WriteItemU8((byte)HandshakeMessageType.Msg2);
        writer.WriteItem(share);
        writer.WriteItem(associatedData);
        return writer.Bytes.ToArray();
    }
}
