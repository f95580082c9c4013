using Nabij.Protocol.Facts;

namespace Nabij.HostCore.Facts;

/// <summary>Gathers facts in any order into a list as docs/protocol/12 has it: what does not fit its table is left out.</summary>
public sealed class FactList
{
    private readonly List<Fact> facts = [];

    /// <summary>In the order of the table, within its counts.</summary>
    public IReadOnlyList<Fact> Facts => [.. facts.OrderBy(fact => fact.Kind)];

    public void Add(FactKind kind, string text, params ReadOnlySpan<ulong> numbers)
    {
        var most = kind is FactKind.Disk or FactKind.Display ? FactsGiven.MostOfOne : 1;
        if (facts.Count(fact => fact.Kind == kind) < most && Fact.TryMake(kind, text, numbers) is { } fact) facts.Add(fact);
    }
}
