namespace Nabij.Server.Audit;

/// <summary>Whether every event without its details is named by a later event that says they were taken away.</summary>
internal sealed class RedactionWalk
{
    private readonly SortedSet<long> _unexplained = [];

    internal void Take(AuditEvent line)
    {
        if (line.IsRedacted)
            _unexplained.Add(line.Seq);
        else if (line.Action == AuditRedaction.Action)
            _unexplained.ExceptWith(AuditRedaction.Named(line.Details));
    }

    internal string? AtEnd() =>
        _unexplained.Count == 0 ? null : $"event {_unexplained.Min} lost its details, and no event says that they were taken away.";
}
