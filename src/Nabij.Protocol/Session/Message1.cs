using Nabij.Protocol.Organizations;
using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Session;

/// <summary>MSG1, viewer to host: lv(type 01, sid_t 16, Ya 32, ADa).</summary>
internal sealed class Message1
{
    private const int Items = 4;
    private const int AssociatedItems = 7;

    private Message1(ReadOnlySpan<byte> encoded, bool isRelative)
    {
        Encoded = encoded.ToArray();
        var reader = HandshakeReader.Items(encoded, Items);
        SidT = reader.ReadItem(HandshakeLimits.SidBytes).ToArray();
        Share = reader.ReadItem(X25519.Size).ToArray();
        AssociatedData = reader.ReadItem(0, int.MaxValue).ToArray();

        // ADa: "RS1 T", versions u8[], suites u16[], commit_t 32, certificate 1-1024 or, from a relative, empty, requested u32, client 0-64
        var data = new WireReader(AssociatedData);
        data.RequireItems(AssociatedItems);
        data.ReadItemLiteral("RS1 T"u8);
        var versions = HandshakeReader.ReadVersions(ref data, isOffer: true);
        Offered = new VersionOffer(versions, HandshakeReader.ReadSuites(ref data, isOffer: true));
        Commitment = data.ReadItem(HandshakeLimits.HashBytes).ToArray();
        var certificate = isRelative ? data.ReadItem(0) : data.ReadItem(1, TechnicianCertificate.LargestBytes);
        Certificate = isRelative ? null : TechnicianCertificate.Decode(certificate);
        Requested = PermissionWords.Parse(data.ReadItemU32());
        Client = data.ReadItemText(0, HandshakeLimits.ProgramBytes);
    }

    public byte[] Encoded { get; }

    public byte[] SidT { get; }

    public byte[] Share { get; }

    public byte[] AssociatedData { get; }

    public VersionOffer Offered { get; }

    public byte[] Commitment { get; }

    /// <summary>Null from a relative.</summary>
    public TechnicianCertificate? Certificate { get; }

    public Permissions Requested { get; }

    public string Client { get; }

    public static Message1 Decode(ReadOnlySpan<byte> message, bool isRelative) => new(message, isRelative);

    public static byte[] EncodeAssociatedData(TechnicianHandshakeOptions options, ReadOnlySpan<byte> commitment)
    {
        var writer = new WireWriter(stackalloc byte[HandshakeLimits.Message1Bytes]);
        writer.WriteItem("RS1 T"u8);
        writer.WriteItem([.. options.Offered.Versions]);
        writer.WriteItem(HandshakeReader.SuiteBytes(options.Offered.Suites));
        writer.WriteItem(commitment);
        writer.WriteItem(options.Certificate.Span);
        writer.WriteItemU32((uint)options.Requested);
        writer.WriteItemText(options.Client, HandshakeLimits.ProgramBytes);
        return writer.Bytes.ToArray();
    }

    public static byte[] Encode(ReadOnlySpan<byte> sidT, ReadOnlySpan<byte> share, ReadOnlySpan<byte> associatedData)
    {
        var writer = new WireWriter(stackalloc byte[HandshakeLimits.Message1Bytes]);
        writer.WriteItemU8((byte)HandshakeMessageType.Msg1);
        writer.WriteItem(sidT);
        writer.WriteItem(share);
        writer.WriteItem(associatedData);
        return writer.Bytes.ToArray();
    }
}
