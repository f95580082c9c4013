using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Nabij.Protocol.Wire;
using Nabij.Server.Records;

namespace Nabij.Server.Audit;

/// <summary>
/// A point of the chain under the records key: who cuts the chain behind it, or writes it anew, needs that key. Hashes, keys
/// and signatures are hex.
/// </summary>
internal sealed class AuditCheckpoint
{
    public required Guid OrganizationId { get; init; }

    public required long Seq { get; init; }

    /// <summary>Of that event.</summary>
    public required string Hash { get; init; }

    public required DateTimeOffset Time { get; init; }

    /// <summary>The records key that signed: the point, 65 bytes.</summary>
    public required string PublicKey { get; init; }

    /// <summary>The organization's word for that key; empty where it had not given it.</summary>
    public required string Certificate { get; init; }

    /// <summary>ECDSA over <see cref="Statement"/>, r || s.</summary>
    public required string Signature { get; init; }

    /// <summary>lv("RS1 audit checkpoint", organization id 16, seq u64, hash 32, time u64 in milliseconds).</summary>
    internal static byte[] Statement(Guid organization, long seq, string hash, DateTimeOffset time)
    {
        var writer = new WireWriter(stackalloc byte[128]);
        writer.WriteItem("RS1 audit checkpoint"u8);
        writer.WriteItem(organization.ToByteArray(bigEndian: true));
        writer.WriteItemU64((ulong)seq);
        writer.WriteItem(Convert.FromHexString(hash));
        writer.WriteItemU64((ulong)time.ToUnixTimeMilliseconds());
        return writer.Bytes.ToArray();
    }

    /// <summary>As it proves itself, in files.</summary>
    internal SignedStatement Signed(byte[] organizationKey) => new()
    {
        Statement = Statement(OrganizationId, Seq, Hash, Time),
        Signature = Convert.FromHexString(Signature),
        PublicKey = Convert.FromHexString(PublicKey),
        Certificate = Convert.FromHexString(Certificate),
        OrganizationKey = organizationKey,
    };

    internal sealed class Mapping : IEntityTypeConfiguration<AuditCheckpoint>
    {
        public void Configure(EntityTypeBuilder<AuditCheckpoint> builder) =>
            builder.ToTable("audit_checkpoint").HasKey(row => new { row.OrganizationId, row.Seq, row.Time });
    }
}
