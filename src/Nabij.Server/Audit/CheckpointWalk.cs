using Microsoft.EntityFrameworkCore;
using Nabij.Server.Storage;

namespace Nabij.Server.Audit;

/// <summary>
/// Whether a chain runs through every point that was signed, or noted elsewhere, and reaches the last of them; whether each
/// point that the chain names is there; and how long events waited for theirs.
/// </summary>
internal sealed class CheckpointWalk
{
    private readonly DateTimeOffset _now;
    private readonly Queue<Point> _ahead;
    private readonly HashSet<long> _kept;

    /// <summary>By the day: a point that is gone, and that no later one of its day stands for.</summary>
    private readonly SortedDictionary<DateOnly, long> _gone = [];

    private (long Seq, DateTimeOffset Time)? _unsigned;

    private CheckpointWalk(IEnumerable<Point> points, DateTimeOffset now)
    {
        _ahead = new(points.OrderBy(point => point.Seq));
        _kept = [.. _ahead.Where(point => point.Signed is not null).Select(point => point.Seq)];
        _now = now;
    }

    /// <summary>A checkpoint is not the organization's.</summary>
    internal string? Problem { get; private init; }

    internal int Met { get; private set; }

    /// <summary>Signed by this server's own key, whose certificate is still to come.</summary>
    internal int Uncertified { get; private init; }

    /// <summary>The event that waited longest for its checkpoint, beyond <see cref="CheckpointTimes.LongestWait"/>; null when none did.</summary>
    internal (long Seq, DateTimeOffset Time, DateTimeOffset Signed)? Late { get; private set; }

    /// <summary>The first event under no checkpoint, when it waits for one for too long.</summary>
    internal (long Seq, DateTimeOffset Time)? Unsigned => _unsigned is { } first && _now - first.Time > CheckpointTimes.LongestWait ? first : null;

    /// <param name="database">Of the organization.</param>
    /// <param name="trust">Whose signatures count.</param>
    /// <param name="asked">From which event on, what was noted elsewhere, and the time of now.</param>
    /// <param name="cancellation">Of the caller.</param>
    internal static async Task<CheckpointWalk> LoadAsync(
        ServerDatabase database, AuditTrust trust, (long From, AuditVerification.Expected? Expected, DateTimeOffset Now) asked, CancellationToken cancellation)
    {
        // At most a few thousand: one a day, and those of the last week.
        var stored = await database.Set<AuditCheckpoint>().AsNoTracking().Where(row => row.Seq >= asked.From).OrderBy(row => row.Seq).ToListAsync(cancellation);
        var points = stored.Select(row => new Point(row.Seq, row.Hash, $"the checkpoint of {row.Time:yyyy-MM-dd HH:mm} UTC", row.Time));
        if (asked.Expected is { } noted)
            points = points.Append(new Point(noted.Seq, noted.Hash, "what was noted elsewhere", Signed: null));
        var standings = stored.ConvertAll(row => (row.Seq, Standing: trust.Of(row)));
        return new CheckpointWalk(points, asked.Now)
        {
            Problem = standings.Select(one => one.Standing switch
            {
                CheckpointStanding.Changed => $"the checkpoint of event {one.Seq} is not as it was signed.",
                CheckpointStanding.Foreign => $"the checkpoint of event {one.Seq} is signed by a key that the organization did not certify: who can write the database put it there.",
                _ => null,
            }).FirstOrDefault(problem => problem is not null),
            Uncertified = standings.Count(one => one.Standing == CheckpointStanding.OwnKey),
        };
    }

    /// <summary>What is wrong with an event that a point is of; null when nothing is.</summary>
    internal string? ProblemWith(AuditEvent line)
    {
        _unsigned ??= (line.Seq, line.Time);
        if (line.Action == AuditCheckpoints.Action && !_kept.Contains(line.Seq))
        {
            if (line.Time >= CheckpointTimes.ThinnedBefore(_now))
                return Gone(line.Seq);
            _gone[CheckpointTimes.Day(line.Time)] = line.Seq;
        }

        while (_ahead.TryPeek(out var point) && point.Seq == line.Seq)
        {
            if (point.Hash != line.Hash)
                return $"event {line.Seq} is not the one of {point.Of}: the chain was written anew.";
            _ahead.Dequeue();
            Meet(point);
        }

        return null;
    }

    internal string? AtEnd(long count)
    {
        if (_ahead.TryPeek(out var point))
            return $"the chain ends at event {count}, but {point.Of} is of event {point.Seq}: the end was cut off.";
        return _gone.Count > 0 ? Gone(_gone.First().Value) : null;
    }

    private static string Gone(long seq) => $"the checkpoint that event {seq} tells of is gone: it was taken away.";

    private void Meet(Point point)
    {
        Met++;
        if (point.Signed is not { } signed)
            return;
        _gone.Remove(CheckpointTimes.Day(signed));
        if (_unsigned is { } first && signed - first.Time > CheckpointTimes.LongestWait && (Late is not { } late || signed - first.Time > late.Signed - late.Time))
            Late = (first.Seq, first.Time, signed);
        _unsigned = null;
    }

    /// <param name="Seq">The event it is of.</param>
    /// <param name="Hash">Of that event.</param>
    /// <param name="Of">What it is, in words.</param>
    /// <param name="Signed">When; null for what was noted elsewhere.</param>
    private sealed record Point(long Seq, string Hash, string Of, DateTimeOffset? Signed);
}
