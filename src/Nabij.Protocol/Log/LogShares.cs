namespace Nabij.Protocol.Log;

/// <summary>
/// The parts of a log that the technician's side can fill, so that the customer's acts always find room
/// (docs/protocol/10-customer-log.md, "Entries"). Counted by whoever writes, or reads, one log.
/// </summary>
public sealed class LogShares
{
    private static readonly (int Most, LogEntryKind[] Kinds)[] All =
    [
        (2000, [LogEntryKind.FileReceived, LogEntryKind.FileSent]),
        (512, [LogEntryKind.ClipboardPlaced, LogEntryKind.ClipboardGiven]),
        (64, [LogEntryKind.FactsGiven]),
        (512, [LogEntryKind.Lost, LogEntryKind.Resumed]),
        (128, [LogEntryKind.Joined, LogEntryKind.Left]),
        (256, [LogEntryKind.PictureKept]),
    ];

    private readonly int[] _used = new int[All.Length];

    /// <summary>The kinds of which a log with these entries may not say all. Never pictures: what finds no room in the log is not kept (docs/protocol/14).</summary>
    public static IReadOnlyList<LogEntryKind> FullIn(IEnumerable<LogEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var shares = new LogShares();
        foreach (var entry in entries) shares.TryTake(entry.Kind);
        return [.. All.Where((share, index) => shares._used[index] >= share.Most).SelectMany(share => share.Kinds).Where(kind => kind != LogEntryKind.PictureKept)];
    }

    /// <summary>False when no entry of this kind is written any more.</summary>
    public bool TryTake(LogEntryKind kind)
    {
        var index = Array.FindIndex(All, share => share.Kinds.Contains(kind));
        if (index < 0) return true;
        if (_used[index] >= All[index].Most) return false;
        _used[index]++;
        return true;
    }
}
