using Nabij.Protocol.Organizations;
using Nabij.Protocol.Wire;
using Nabij.Server.Organizations;
using Nabij.Server.Rendezvous;

namespace Nabij.Server.Records;

/// <summary>
/// That this server received this consent, and when: lv("RS1 consent receipt", organization id 16, the organization's name,
/// consent record, received u64, issued u64), times in Unix seconds by the server's clock. The record is the one whose hash
/// the handshake binds (docs/protocol/02), so that a receipt and a customer's log can be laid side by side.
/// </summary>
internal sealed record ConsentReceipt
{
    private const int NameBytes = 64, LargestRecord = 256;

    internal required Guid Organization { get; init; }

    internal required string OrganizationName { get; init; }

    internal required ConsentRecord Record { get; init; }

    internal required ulong Received { get; init; }

    internal required ulong Issued { get; init; }

    internal static ConsentReceipt Of(Consent row, Organization organization, DateTimeOffset now) => new()
    {
        Organization = organization.Id,
        OrganizationName = organization.Name,
        Record = RecordOf(row),
        Received = (ulong)row.ReceivedAt.ToUnixTimeSeconds(),
        Issued = (ulong)now.ToUnixTimeSeconds(),
    };

    internal byte[] Encode()
    {
        var writer = new WireWriter(stackalloc byte[512]);
        writer.WriteItem("RS1 consent receipt"u8);
        writer.WriteItem(Organization.ToByteArray(bigEndian: true));
        writer.WriteItemText(OrganizationName, NameBytes);
        writer.WriteItem(Record.Encode());
        writer.WriteItemU64(Received);
        writer.WriteItemU64(Issued);
        return writer.Bytes.ToArray();
    }

    /// <exception cref="WireFormatException">It is no receipt.</exception>
    internal static ConsentReceipt Decode(ReadOnlySpan<byte> statement)
    {
        var reader = new WireReader(statement);
        reader.RequireItems(6);
        reader.ReadItemLiteral("RS1 consent receipt"u8);
        return new ConsentReceipt
        {
            Organization = new Guid(reader.ReadItem(16), bigEndian: true),
            OrganizationName = reader.ReadItemText(0, NameBytes),
            Record = ConsentRecord.Decode(reader.ReadItem(1, LargestRecord)),
            Received = reader.ReadItemU64(),
            Issued = reader.ReadItemU64(),
        };
    }

    /// <summary>The record as the program sent it. What was stored of it is all of it, so that its hash comes out the same.</summary>
    private static ConsentRecord RecordOf(Consent row) => new()
    {
        TermsId = row.TermsId,
        TermsVersion = row.TermsVersion,
        Language = row.Language,
        TermsHash = Convert.FromHexString(row.TermsHash),
        LicenceHash = Convert.FromHexString(row.LicenceHash),
        Ticks = (ConsentTicks)row.Ticks,
        Backup = Enum.Parse<BackupAnswer>(row.Backup, ignoreCase: true),
        Time = (ulong)row.AcceptedAt.ToUnixTimeSeconds(),
    };
}
