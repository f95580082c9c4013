using System.Collections.Frozen;
using Nabij.Protocol;
using Nabij.Server.Rendezvous;

namespace Nabij.Server.Desk;

/// <summary>The end reasons by the names of docs/protocol/09-errors.md.</summary>
internal static class EndReasons
{
    /// <summary>Every name, in the chapter's order; a lost connection comes last.</summary>
    internal static IReadOnlyList<string> All { get; } = [.. Enum.GetValues<EndReason>().Select(NameOf), SessionLedger.ConnectionLost];

    private static readonly FrozenSet<string> Names = All.ToFrozenSet(StringComparer.Ordinal);

    internal static bool IsKnown(string name) => Names.Contains(name);

    /// <summary>TechnicianEnded is technician-ended.</summary>
    private static string NameOf(EndReason reason) =>
        string.Concat(reason.ToString().Select((letter, place) => char.IsUpper(letter) && place > 0 ? $"-{letter}" : letter.ToString())).ToLowerInvariant();
}
