using Nabij.Server.Audit;
using Nabij.Server.Organizations;

namespace Nabij.Server.Records;

/// <summary>One event of the audit chain as a page shows it.</summary>
public sealed record AuditRow
{
    public required long Seq { get; init; }

    public required string When { get; init; }

    /// <summary>A person's name, a token's behind the word "token", or the word that stands there.</summary>
    public required string Actor { get; init; }

    public required string Action { get; init; }

    /// <summary>A person's name where it is one, else as it stands.</summary>
    public required string Target { get; init; }

    public required string Outcome { get; init; }

    public required string Details { get; init; }

    public required bool IsRedacted { get; init; }

    internal static AuditRow Of(AuditEvent line, OrganizationTime time, IReadOnlyDictionary<Guid, string> names) => new()
    {
        Seq = line.Seq,
        When = time.Words(line.Time),
        Actor = Named(line.Actor, names),
        Action = line.Action,
        Target = Named(line.Object, names),
        Outcome = line.Outcome,
        Details = line.Details,
        IsRedacted = line.IsRedacted,
    };

    private static string Named(string text, IReadOnlyDictionary<Guid, string> names) =>
        Audit.Actor.TokenOf(text) is { } token ? names.TryGetValue(token, out var program) ? $"token {program}" : text :
        Guid.TryParseExact(text, "D", out var id) && names.TryGetValue(id, out var name) ? name : text;
}
