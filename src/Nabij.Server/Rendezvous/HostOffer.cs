namespace Nabij.Server.Rendezvous;

/// <summary>What a host offers to whoever joins: its part of the run's number, versions and suites, and its program's name.</summary>
internal sealed record HostOffer(ReadOnlyMemory<byte> SidC, IReadOnlyList<byte> Versions, IReadOnlyList<ushort> Suites, string Program)
{
    /// <summary>The host claimed a number that it had before.</summary>
    internal bool IsClaim { get; init; }
}
