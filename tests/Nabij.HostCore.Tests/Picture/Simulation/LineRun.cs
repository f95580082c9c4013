using Nabij.HostCore.Picture;

namespace Nabij.HostCore.Tests.Picture.Simulation;

/// <summary>What one workload came to on one line; times in milliseconds. Each is run once and kept.</summary>
internal sealed class LineRun
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(6), LongestToExact = TimeSpan.FromSeconds(30);
    private static readonly Lock Gate = new();
    private static readonly Dictionary<(LineProfile, string), LineRun> Taken = [];

    private readonly List<TimeSpan> ages, keys, queued;

    private LineRun(LineProfile line, string name, Action<Workload> start)
    {
        Line = line;
        Name = name;
        using var simulation = new LineSimulation(line);
        var work = new Workload(simulation);
        work.ShowDesktop();
        var bytes = simulation.Forward.Bytes;
        simulation.Forward.Queued.Clear();
        simulation.Qualities.Clear();
        start(work);
        work.Finish(TimeSpan.Zero);
        (ages, keys, queued) = (work.Ages, work.Latencies, [.. simulation.Forward.Queued]);
        FramesPerSecond = ages.Count / Length.TotalSeconds;
        KilobytesPerSecond = (simulation.Forward.Bytes - bytes) / Length.TotalSeconds / 1000;
        Exact = work.TimeToExact(LongestToExact);
        Qualities = simulation.Qualities;
    }

    public LineProfile Line { get; }

    public string Name { get; }

    public double FramesPerSecond { get; }

    public double KilobytesPerSecond { get; }

    /// <summary>From the end of motion until the viewer's picture equals the screen; null when that took too long.</summary>
    public TimeSpan? Exact { get; }

    public IReadOnlyList<PictureQuality> Qualities { get; }

    public static LineRun Take(LineProfile line, string name, Action<Workload> start)
    {
        lock (Gate)
        {
            if (!Taken.TryGetValue((line, name), out var run)) Taken[(line, name)] = run = new LineRun(line, name, start);
            return run;
        }
    }

    public double Age(int percent) => Percentile(ages, percent);

    public double Key(int percent) => Percentile(keys, percent);

    public double Queue(int percent) => Percentile(queued, percent);

    public override string ToString() =>
        $"{Line,-30}{Name,-14}{FramesPerSecond,5:F0}{Age(50),6:F0}{Age(95),6:F0}{Key(50),6:F0}{Key(95),6:F0}"
        + $"{Queue(50),7:F0}{Queue(95),6:F0}{Queue(100),6:F0}{KilobytesPerSecond,7:F0}{Exact?.TotalMilliseconds,7:F0}  {string.Concat(Qualities.Select(one => one.ToString()[0]).Take(12))}";

    public static double Percentile(List<TimeSpan> values, int percent)
    {
        if (values.Count == 0) return double.NaN;
        var sorted = values.Order().ToList();
        return sorted[Math.Min(sorted.Count - 1, sorted.Count * percent / 100)].TotalMilliseconds;
    }
}
