using Nabij.Server.Organizations;
using Nabij.Server.Pages;

namespace Nabij.Server.Records;

/// <summary>The runs of one session, oldest first, as one: it begins with the first technician and ends when the last has left.</summary>
internal sealed class WholeSession
{
    private readonly IReadOnlyList<SessionLine> _technicians;

    /// <param name="runs">At least one.</param>
    internal WholeSession(IReadOnlyList<SessionLine> runs)
    {
        First = runs.FirstOrDefault(run => run.ParentId is null) ?? runs[0];
        _technicians = [.. runs.Where(run => run.Role != SessionWords.Relative && (run == First || run.StartedAt is not null))];
    }

    internal SessionLine First { get; }

    /// <summary>Null while a technician is there.</summary>
    internal long? EndedAt => Last?.EndedAt;

    /// <summary>Null while one is there.</summary>
    private SessionLine? Last => _technicians.Any(run => run.EndedAt is null) ? null : _technicians.DefaultIfEmpty(First).MaxBy(run => run.EndedAt);

    internal SessionRow Row((Texts Texts, OrganizationTime Time) reader, IReadOnlyDictionary<Guid, string> names) => SessionWords.Row(First, reader, names) with
    {
        Technician = string.Join(", ", _technicians.Select(run => names.GetValueOrDefault(run.TechnicianId, "")).Distinct()),
        Duration = SessionWords.Length(SessionLine.Between(First.BeganAt, EndedAt)),
        End = Last is { } last ? SessionWords.End(last, reader.Texts) : reader.Texts["end.running"],
    };
}
