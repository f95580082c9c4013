using Nabij.Server.Audit;
using Nabij.Server.Organizations;

namespace Nabij.Server.Records;

/// <summary>Which events of the audit chain are asked for.</summary>
public sealed record AuditFilter
{
    private const int LongestText = 100;

    public DayRange Days { get; init; } = new();

    /// <summary>An account's id, a token's behind the word "token", or one of <see cref="OtherActors"/>; empty for all.</summary>
    public string Actor { get; init; } = "";

    public string Outcome { get; init; } = "";

    /// <summary>A part of the action, the object or the details.</summary>
    public string Text { get; init; } = "";

    /// <summary>Events before this one; null for the newest.</summary>
    public long? Before { get; init; }

    public IReadOnlyList<string> Wrong { get; init; } = [];

    internal static IReadOnlyList<string> OtherActors { get; } = ["customer", "relative", "visitor", "system", "command"];

    internal static IReadOnlyList<string> Outcomes { get; } = [AuditEntry.Done, AuditEntry.Refused, AuditEntry.Failed];

    internal static AuditFilter Read(Func<string, string> field)
    {
        var wrong = new List<string>();
        return new AuditFilter
        {
            Days = DayRange.Read(field, wrong),
            Actor = Known("actor", text => Guid.TryParseExact(text, "D", out _) || Audit.Actor.TokenOf(text) is not null || OtherActors.Contains(text)),
            Outcome = Known("outcome", Outcomes.Contains),
            Text = Known("text", text => text.Length <= LongestText),
            Before = long.TryParse(field("before"), out var before) && before > 0 ? before : null,
            Wrong = wrong,
        };

        string Known(string name, Func<string, bool> isKnown)
        {
            var text = field(name).Trim();
            if (text.Length == 0 || isKnown(text))
                return text;
            wrong.Add(name);
            return "";
        }
    }

    internal IQueryable<AuditEvent> Of(IQueryable<AuditEvent> lines, OrganizationTime time)
    {
        var (from, until) = Days.Times(time);
        lines = lines.Where(row => row.Time >= from && row.Time < until);
        if (Actor.Length > 0)
            lines = lines.Where(row => row.Actor == Actor);
        if (Outcome.Length > 0)
            lines = lines.Where(row => row.Outcome == Outcome);
        // As it is stored: what steers a terminal is escaped there.
        return Text.Length == 0 ? lines : lines.WhereTextHolds(AuditText.Escape(Text, AuditLog.MaximumDetails), row => row.Action, row => row.Object, row => row.Details);
    }
}
