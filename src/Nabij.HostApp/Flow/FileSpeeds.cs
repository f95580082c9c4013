using Nabij.HostCore.Files;

namespace Nabij.HostApp.Flow;

/// <summary>How fast the file of each way goes, over the last few seconds, and how long it still takes. UI thread only.</summary>
internal sealed class FileSpeeds(TimeProvider time)
{
    /// <summary>Tuning: a speed is told over at least and at most so long.</summary>
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(1), Most = TimeSpan.FromSeconds(5);

    private readonly Dictionary<FileWay, Queue<(uint Id, long Moved, long At)>> _seen = [];

    /// <summary>Notes how far things are.</summary>
    public void Note(FilesNow now)
    {
        foreach (var file in now.InFlight.Where(one => one.Stand == FileStand.Copying))
        {
            if (!_seen.TryGetValue(file.Way, out var seen))
                _seen.Add(file.Way, seen = new Queue<(uint, long, long)>());
            // Another file, or one that goes on from further back: what was seen of before says nothing of it.
            if (seen.TryPeek(out var first) && (first.Id != file.Id || seen.Last().Moved > file.Moved))
                seen.Clear();
            while (seen.Count > 1 && time.GetElapsedTime(seen.Peek().At) > Most)
                seen.Dequeue();
            seen.Enqueue((file.Id, file.Moved, time.GetTimestamp()));
        }
    }

    /// <summary>Bytes per second and the time that is left; null while that cannot be said.</summary>
    public (long Rate, TimeSpan Left)? Of(FileOnItsWay file)
    {
        if (!_seen.TryGetValue(file.Way, out var seen) || !seen.TryPeek(out var first) || first.Id != file.Id)
            return null;
        var elapsed = time.GetElapsedTime(first.At);
        var rate = (long)((file.Moved - first.Moved) / elapsed.TotalSeconds);
        return elapsed < Least || rate <= 0 ? null : (rate, TimeSpan.FromSeconds((double)(file.Size - file.Moved) / rate));
    }
}
