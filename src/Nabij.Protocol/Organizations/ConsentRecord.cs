using System.Security.Cryptography;
using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Organizations;

/// <summary>
/// What the customer agreed to, as it enters the handshake (docs/protocol/02-handshake.md, "Consent record"):
/// lv("RS1 consent", terms id, terms version, language, SHA-256 of the terms, SHA-256 of the licence, ticks u8,
/// backup answer u8, time u64). The hashes are over the exact bytes shown; limits are in bytes of UTF-8.
/// </summary>
public sealed record ConsentRecord
{
    /// <summary>Longest terms id and terms version, in bytes.</summary>
    public const int NameBytes = 32;

    private const int LanguageBytes = 5;
    private const int LargestBytes = 256;

    /// <summary>1-32 bytes.</summary>
    public required string TermsId { get; init; }

    /// <summary>1-32 bytes.</summary>
    public required string TermsVersion { get; init; }

    /// <summary>Such as nl or nl-BE.</summary>
    public required string Language { get; init; }

    /// <summary>SHA-256 of the terms' bytes.</summary>
    public required ReadOnlyMemory<byte> TermsHash { get; init; }

    /// <summary>SHA-256 of the licence's bytes.</summary>
    public required ReadOnlyMemory<byte> LicenceHash { get; init; }

    /// <summary>What was ticked.</summary>
    public required ConsentTicks Ticks { get; init; }

    /// <summary>The answer about a backup.</summary>
    public required BackupAnswer Backup { get; init; }

    /// <summary>When, in Unix seconds; the acceptance time of MSG2.</summary>
    public required ulong Time { get; init; }

    /// <summary>The record's bytes.</summary>
    public byte[] Encode()
    {
        var writer = new WireWriter(stackalloc byte[LargestBytes]);
        writer.WriteItem("RS1 consent"u8);
        writer.WriteItemText(TermsId, NameBytes);
        writer.WriteItemText(TermsVersion, NameBytes);
        writer.WriteItemText(Language, LanguageBytes);
        writer.WriteItem(TermsHash.Span);
        writer.WriteItem(LicenceHash.Span);
        writer.WriteItemU8((byte)Ticks);
        writer.WriteItemU8((byte)Backup);
        writer.WriteItemU64(Time);
        return writer.Bytes.ToArray();
    }

    /// <summary>Reads a record.</summary>
    /// <exception cref="WireFormatException">A rule of the chapter is broken.</exception>
    public static ConsentRecord Decode(ReadOnlySpan<byte> encoded)
    {
        var reader = new WireReader(encoded);
        reader.RequireItems(9);
        reader.ReadItemLiteral("RS1 consent"u8);
        var record = new ConsentRecord
        {
            TermsId = reader.ReadItemText(1, NameBytes),
            TermsVersion = reader.ReadItemText(1, NameBytes),
            Language = reader.ReadItemText(2, LanguageBytes),
            TermsHash = reader.ReadItem(SHA256.HashSizeInBytes).ToArray(),
            LicenceHash = reader.ReadItem(SHA256.HashSizeInBytes).ToArray(),
            Ticks = (ConsentTicks)reader.ReadItemU8(),
            Backup = (BackupAnswer)reader.ReadItemU8(),
            Time = reader.ReadItemU64(),
        };
        WireReader.Require((record.Ticks & ~(ConsentTicks.Terms | ConsentTicks.Licence)) == 0 && Enum.IsDefined(record.Backup), WireError.InvalidValue);
        return record;
    }

    /// <summary>SHA-256 of the record: the terms hash of MSG2.</summary>
    public byte[] Hash() => SHA256.HashData(Encode());
}
