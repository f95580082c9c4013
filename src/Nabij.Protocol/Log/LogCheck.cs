using System.Text;
using Nabij.Protocol.Organizations;
using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Log;

/// <summary>Checks a customer's log (docs/protocol/10-customer-log.md, "Check"). Never throws for what is in the file.</summary>
public static class LogCheck
{
    private const string Begin = "-----BEGIN NABIJ LOG-----", End = "-----END NABIJ LOG-----";
    private const int LineLength = 76, LargestFile = 8 * 1024 * 1024;

    /// <summary>The block as it stands in a file.</summary>
    public static string Armor(ReadOnlySpan<byte> block)
    {
        var text = Convert.ToBase64String(block);
        var lines = new StringBuilder(Begin).Append('\n');
        for (var at = 0; at < text.Length; at += LineLength) lines.Append(text, at, Math.Min(LineLength, text.Length - at)).Append('\n');
        return lines.Append(End).Append('\n').ToString();
    }

    /// <summary>Checks the block in a file.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="trusted">The organization keys that the checker knows (SubjectPublicKeyInfo); empty when it knows none.</param>
    public static LogReport File(string file, IReadOnlyList<ReadOnlyMemory<byte>> trusted)
    {
        ArgumentNullException.ThrowIfNull(file);
        var begin = file.IndexOf(Begin, StringComparison.Ordinal);
        var end = file.IndexOf(End, StringComparison.Ordinal);
        var isOnce = begin >= 0 && end > begin && file.IndexOf(Begin, begin + 1, StringComparison.Ordinal) < 0;
        if (!isOnce || file.Length > LargestFile) return Malformed;
        var text = file[(begin + Begin.Length)..end].ReplaceLineEndings("").Trim();
        var block = new byte[text.Length];
        return Convert.TryFromBase64String(text, block, out var length) ? Block(block.AsSpan(0, length), trusted) : Malformed;
    }

    /// <summary>Checks a block.</summary>
    public static LogReport Block(ReadOnlySpan<byte> block, IReadOnlyList<ReadOnlyMemory<byte>> trusted)
    {
        ArgumentNullException.ThrowIfNull(trusted);
        try
        {
            return Check(block, trusted);
        }
        catch (Exception broken) when (broken is WireFormatException or HandshakeException)
        {
            return Malformed;
        }
    }

    private static LogReport Malformed => new() { Problem = LogProblem.Malformed };

    private static LogReport Check(ReadOnlySpan<byte> block, IReadOnlyList<ReadOnlyMemory<byte>> trusted)
    {
        var (encodedOpening, signed, countersigned) = Read(block);
        var opening = LogOpening.Decode(encodedOpening);
        var report = new LogReport { Opening = opening };
        if (FindKeyProblem(opening, trusted) is { } problem) return report with { Problem = problem };
        var head = LogChain.First(encodedOpening);
        var (entries, heads) = (new List<LogEntry>(signed.Count), new List<byte[]>(signed.Count));
        foreach (var (encoded, signature) in signed)
        {
            head = LogChain.Next(head, encoded);
            if (!P256.Verify(opening.LogKey.Span, LogChain.Signed(head), signature))
                return report with { Entries = entries, Problem = LogProblem.Signature, ProblemAt = entries.Count + 1 };
            heads.Add(head);
            entries.Add(LogEntry.Decode(encoded));
            if (!IsInOrder(opening, entries))
                return report with { Entries = entries, Problem = LogProblem.Order, ProblemAt = entries.Count };
        }

        foreach (var (number, signature) in countersigned)
            if (!P256.Verify(opening.Certificate.PublicKey.Span, LogChain.Countersigned(opening, heads[(int)number - 1]), signature))
                return report with { Entries = entries, Problem = LogProblem.Countersignature, ProblemAt = (int)number };
        var isWhole = entries is [.., { Kind: LogEntryKind.Ended }];
        return report with { Entries = entries, Countersigned = [.. countersigned.Select(one => one.Number)], Problem = isWhole ? null : LogProblem.CutShort };
    }

    // The framing comes before what is in it: a block of another shape is none.
    private static (byte[] Opening, List<(byte[] Encoded, byte[] Signature)> Entries, List<(uint Number, byte[] Signature)> Countersigned) Read(ReadOnlySpan<byte> block)
    {
        var reader = new WireReader(block);
        var opening = reader.ReadBytes(reader.ReadU16()).ToArray();
        int count = reader.ReadU16();
        WireReader.Require(count <= CustomerLog.MostEntries, WireError.LengthOutOfRange);
        var entries = new List<(byte[], byte[])>(count);
        for (var i = 0; i < count; i++)
        {
            int length = reader.ReadU16();
            WireReader.Require(length <= LogEntry.LargestBytes, WireError.LengthOutOfRange);
            entries.Add((reader.ReadBytes(length).ToArray(), reader.ReadBytes(P256.SignatureBytes).ToArray()));
        }

        var countersigned = ReadCountersigned(ref reader, count);
        reader.RequireEnd();
        foreach (var (encoded, _) in entries) LogEntry.Decode(encoded);
        return (opening, entries, countersigned);
    }

    private static List<(uint Number, byte[] Signature)> ReadCountersigned(ref WireReader reader, int entries)
    {
        int count = reader.ReadU16();
        WireReader.Require(count <= entries, WireError.LengthOutOfRange);
        var countersigned = new List<(uint Number, byte[] Signature)>(count);
        for (var i = 0; i < count; i++)
        {
            var number = reader.ReadU32();
            var isRising = number > (i == 0 ? 0 : countersigned[^1].Number);
            WireReader.Require(isRising && number <= entries, WireError.InvalidValue);
            countersigned.Add((number, reader.ReadBytes(P256.SignatureBytes).ToArray()));
        }

        return countersigned;
    }

    private static LogProblem? FindKeyProblem(LogOpening opening, IReadOnlyList<ReadOnlyMemory<byte>> trusted)
    {
        if (!opening.Certificate.IsSignedBy(opening.OrganizationKey.Span)) return LogProblem.Certificate;
        var isTrusted = trusted.Count == 0 || trusted.Any(key => key.Span.SequenceEqual(opening.OrganizationKey.Span));
        if (!isTrusted) return LogProblem.UnknownOrganization;
        return opening.Receipt?.Holds(opening.OrganizationKey.Span, opening.Consent) == false ? LogProblem.Receipt : null;
    }

    private static bool IsInOrder(LogOpening opening, List<LogEntry> entries)
    {
        var newest = entries[^1];
        if (newest.Number != entries.Count) return false;
        if (entries.Count == 1) return newest.Time >= opening.Time;
        return newest.Time >= entries[^2].Time && entries[^2].Kind != LogEntryKind.Ended;
    }
}
