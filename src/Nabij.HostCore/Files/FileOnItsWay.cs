using System.Collections.Immutable;
using Nabij.Protocol.Files;

namespace Nabij.HostCore.Files;

/// <summary>One file of a session as it stands: a value, for windows and for a log.</summary>
/// <param name="Way">Where it goes.</param>
/// <param name="Id">Of its offer; 0 for a file that could not even be offered.</param>
/// <param name="Group">What was chosen together has one number.</param>
/// <param name="Path">Folders and the name it was offered by; peer text when it comes from the technician.</param>
/// <param name="Size">In bytes.</param>
public sealed record FileOnItsWay(FileWay Way, uint Id, uint Group, ImmutableArray<string> Path, long Size)
{
    /// <summary>How far.</summary>
    public FileStand Stand { get; init; }

    /// <summary>Bytes that are there, as far as the receiver has said.</summary>
    public long Moved { get; init; }

    /// <summary>The customer holds it.</summary>
    public bool IsHeldHere { get; init; }

    /// <summary>The technician holds it.</summary>
    public bool IsHeldThere { get; init; }

    /// <summary>The name it got; null before it has arrived.</summary>
    public string? Name { get; init; }

    /// <summary>SHA-256 of the whole; null before it has arrived.</summary>
    public FileHash? Hash { get; init; }

    /// <summary>Why it did not arrive.</summary>
    public TransferReason? Reason { get; init; }

    /// <summary>Neither there nor given up.</summary>
    public bool IsUnfinished => Stand is FileStand.Asked or FileStand.Waiting or FileStand.Copying;

    /// <summary>Agreed to, and neither there nor given up: what a stop would break off.</summary>
    public bool IsInFlight => Stand is FileStand.Waiting or FileStand.Copying;

    /// <summary>True for a kind that runs a program when it is opened.</summary>
    public bool RunsCode => CodeKinds.Has(Path[^1]);
}
