namespace Nabij.HostCore.Tests.Picture.Simulation;

/// <summary>Queueing, freshness, latency and exactness of the whole schedule over simulated lines.</summary>
public sealed class LineSimulationTests(ITestOutputHelper output)
{
    private static readonly int[] Rates = [1, 2, 10, 50], Trips = [10, 50, 150];
    private static readonly LineProfile[] Lines =
        [LineProfile.Lan, LineProfile.Wan, .. from rate in Rates from trip in Trips select new LineProfile(rate, trip)];
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(6);

    [Fact]
    public void Table()
    {
        output.WriteLine($"{"line",-32}{"workload",-14}{"fps",5}{"age",6}{"p95",6}{"key",6}{"p95",6}{"queue",7}{"p95",6}{"max",6}{"kB/s",7}{"exact",7}  quality");
        foreach (var line in Lines)
        {
            Row(line, "scroll", work => work.Scroll(Long));
            Row(line, "drag", work => work.Drag(Long));
            Row(line, "switch", work => work.Switch(Long));
            Row(line, "typing", work => work.Type(Long));
            Row(line, "video", work => work.PlayVideo(Long));
            Row(line, "video+typing", work => { work.PlayVideo(Long); work.Type(Long); });
        }
    }

    private void Row(LineProfile line, string name, Action<Workload> start)
    {
        using var simulation = new LineSimulation(line);
        var work = new Workload(simulation);
        work.ShowDesktop();
        var (paints, bytes) = (simulation.Viewer.Paints.Count, simulation.Forward.Bytes);
        simulation.Forward.Queued.Clear();
        start(work);
        work.Finish(TimeSpan.Zero);
        var seconds = Long.TotalSeconds;
        var queued = simulation.Forward.Queued;
        var fps = work.Ages.Count / seconds;
        var rate = (simulation.Forward.Bytes - bytes) / seconds / 1000;
        var exact = work.TimeToExact(TimeSpan.FromSeconds(30));
        output.WriteLine($"{line,-32}{name,-14}{fps,5:F0}{At(work.Ages, 50),6:F0}{At(work.Ages, 95),6:F0}{At(work.Latencies, 50),6:F0}{At(work.Latencies, 95),6:F0}"
            + $"{At(queued, 50),7:F0}{At(queued, 95),6:F0}{At(queued, 100),6:F0}{rate,7:F0}{exact?.TotalMilliseconds,7:F0}  {string.Concat(simulation.Qualities.Select(q => q.ToString()[0]).Take(20))}");
    }

    private static double At(List<TimeSpan> values, int percent)
    {
        if (values.Count == 0) return double.NaN;
        var sorted = values.Order().ToList();
        return sorted[Math.Min(sorted.Count - 1, sorted.Count * percent / 100)].TotalMilliseconds;
    }
}
