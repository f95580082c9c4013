using Nabij.Protocol.Files;

namespace Nabij.HostCore.Files;

/// <summary>All files of a session as they stand at one moment, in the order in which they were offered. A value.</summary>
/// <param name="Files">Those of both ways, with those that have ended.</param>
public sealed record FilesNow(IReadOnlyList<FileOnItsWay> Files)
{
    public static FilesNow None { get; } = new([]);

    /// <summary>The technician asks for a file; the words are peer text. Null when no request is open.</summary>
    public Request? Asked { get; init; }

    /// <summary>The folder of what has arrived; null before the first.</summary>
    public string? Folder { get; init; }

    /// <summary>Files of the customer's last choice that were left out, because a session takes only so many.</summary>
    public int LeftOut { get; init; }

    /// <summary>Nothing new comes, and of what was in flight the last word has left.</summary>
    public bool IsFinished { get; init; }

    /// <summary>Agreed to, and neither there nor given up.</summary>
    public IEnumerable<FileOnItsWay> InFlight => Files.Where(one => one.IsInFlight);
}
