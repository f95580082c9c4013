using System.Text.Json;
using Nabij.Protocol.Wire;
using Nabij.Server.Audit;

namespace Nabij.Server.Records;

/// <summary>Checks a file of <see cref="AuditProof"/>, without a database. Reads line by line; each within a limit.</summary>
internal static class AuditProofCheck
{
    private const int LongestLine = 64 * 1024;

    /// <param name="Organization">Whose log it says it is.</param>
    /// <param name="Count">Events that are whole.</param>
    /// <param name="Hash">Hash of the last of them.</param>
    /// <param name="OrganizationKey">The organization's key that certified; empty where it did not.</param>
    /// <param name="Problem">What is wrong; null when nothing is.</param>
    internal sealed record Report(string Organization, long Count, string Hash, byte[] OrganizationKey, string? Problem);

    internal static async Task<Report> CheckAsync(TextReader file, CancellationToken cancellation)
    {
        var (walk, redactions, organization) = (new AuditWalk(), new RedactionWalk(), Guid.Empty);
        try
        {
            organization = Header(await file.ReadLineAsync(cancellation) ?? "");
            while (await file.ReadLineAsync(cancellation) is { } text)
            {
                using var line = Parse(text);
                if (line.RootElement.TryGetProperty(AuditProof.CheckpointName, out var point))
                    return AtEnd(organization, walk, redactions, (point.GetString() ?? "", await file.ReadLineAsync(cancellation)));
                var one = Event(organization, line.RootElement);
                if (walk.Problem(one) is { } problem)
                    return new Report(organization.ToString(), walk.Count, walk.Hash, [], problem);
                walk.Take(one);
                redactions.Take(one);
            }

            return new Report(organization.ToString(), walk.Count, walk.Hash, [], $"the file ends at event {walk.Count} without its checkpoint: it was cut off.");
        }
        catch (Exception wrong) when (wrong is JsonException or FormatException or KeyNotFoundException or InvalidOperationException or WireFormatException)
        {
            return new Report(organization.ToString(), walk.Count, walk.Hash, [], $"the line behind event {walk.Count} is no line of an exported audit log.");
        }
    }

    private static Report AtEnd(Guid organization, AuditWalk walk, RedactionWalk redactions, (string Block, string? Behind) end)
    {
        var signed = SignedStatement.Decode(Convert.FromBase64String(end.Block));
        var reader = new WireReader(signed.Statement);
        reader.RequireItems(5);
        reader.ReadItemLiteral("RS1 audit checkpoint"u8);
        var isOwn = reader.ReadItem(16).SequenceEqual(organization.ToByteArray(bigEndian: true));
        var (seq, hash) = ((long)reader.ReadItemU64(), Convert.ToHexStringLower(reader.ReadItem(32)));
        var problem = end.Behind is not null ? "something stands behind the checkpoint."
            : !signed.IsSigned ? "the checkpoint is not as it was signed."
            : !isOwn || seq != walk.Count || hash != walk.Hash ? $"the checkpoint is of event {seq} of another chain, not of event {walk.Count} of this one."
            : redactions.AtEnd();
        return new Report(organization.ToString(), walk.Count, walk.Hash, signed.IsCertified ? signed.OrganizationKey : [], problem);
    }

    private static Guid Header(string text)
    {
        using var line = Parse(text);
        return line.RootElement.GetProperty("kind").GetString() == AuditProof.Kind && line.RootElement.GetProperty("version").GetInt32() == 1
            ? line.RootElement.GetProperty("organization").GetGuid()
            : throw new FormatException();
    }

    private static JsonDocument Parse(string text) => text.Length <= LongestLine ? JsonDocument.Parse(text) : throw new FormatException();

    private static AuditEvent Event(Guid organization, JsonElement line)
    {
        string Text(string name) => line.GetProperty(name).GetString() ?? "";
        return new AuditEvent
        {
            OrganizationId = organization,
            Seq = line.GetProperty("seq").GetInt64(),
            Time = line.GetProperty("time").GetDateTimeOffset(),
            Actor = Text("actor"),
            Action = Text("action"),
            Object = Text("object"),
            Outcome = Text("outcome"),
            Details = Text("details"),
            Salt = line.GetProperty("salt").GetString(),
            Commitment = line.GetProperty("commitment").GetString(),
            PreviousHash = Text("previous_hash"),
            Hash = Text("hash"),
        };
    }
}
