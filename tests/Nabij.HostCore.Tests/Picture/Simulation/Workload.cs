namespace Nabij.HostCore.Tests.Picture.Simulation;

/// <summary>What happens on the simulated screen, in the sizes of picture.md B3, and what of it is measured.</summary>
internal sealed class Workload(LineSimulation simulation)
{
    private const int VideoLeft = 2, VideoTop = 2, VideoColumns = 40, VideoRows = 22;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(16.4);

    private readonly Dictionary<(int Block, uint Color), TimeSpan> drawnAt = [];
    private int version;

    /// <summary>How old what is shown is at each paint that showed something new at the place looked at.</summary>
    public List<TimeSpan> Ages { get; } = [];

    /// <summary>From pressing a key to seeing what it did.</summary>
    public List<TimeSpan> Latencies { get; } = [];

    /// <summary>The same screen for all: text, photographs on the right, shown and exact.</summary>
    public void ShowDesktop()
    {
        simulation.DrawAll(block => block % LineSimulation.Columns > 40 ? BlockKind.Photo : BlockKind.Text, ++version);
        simulation.Open();
        simulation.RunTo(simulation.Now + TimeSpan.FromSeconds(Math.Max(3, 8_000_000 / simulation.Line.BytesPerSecond)));
    }

    /// <summary>A page scrolls at 60 Hz.</summary>
    public void Scroll(TimeSpan length) => Repeat(length, Tick, () => DrawProbed(simulation.Now, () => simulation.DrawAll(_ => BlockKind.Mixed, ++version), 1000));

    /// <summary>A window of 500 blocks is dragged at 60 Hz.</summary>
    public void Drag(TimeSpan length)
    {
        var blocks = Enumerable.Range(0, 500).Select(i => (5 + i / 25) * LineSimulation.Columns + 10 + i % 25).ToArray();
        Repeat(length, Tick, () => DrawProbed(simulation.Now, () => simulation.Draw(blocks, BlockKind.Mixed, ++version), blocks[7]));
    }

    /// <summary>Every second another page: half text, half photographs.</summary>
    public void Switch(TimeSpan length) => Repeat(length, TimeSpan.FromSeconds(1), () => DrawProbed(simulation.Now,
        () => simulation.DrawAll(block => block % 2 == 0 ? BlockKind.Text : BlockKind.Photo, ++version), LineSimulation.Blocks - 1));

    /// <summary>A video at 30 Hz.</summary>
    public void PlayVideo(TimeSpan length)
    {
        var blocks = Enumerable.Range(0, VideoColumns * VideoRows)
            .Select(i => (VideoTop + i / VideoColumns) * LineSimulation.Columns + VideoLeft + i % VideoColumns).ToArray();
        Repeat(length, Tick * 2, () => DrawProbed(simulation.Now, () => simulation.Draw(blocks, BlockKind.Video, ++version), blocks[^1]));
    }

    /// <summary>Ten times a second everything is replaced by photographs: far more than a slow line carries.</summary>
    public void ShowNoise(TimeSpan length) => Repeat(length, TimeSpan.FromMilliseconds(100), () => simulation.DrawAll(_ => BlockKind.Photo, ++version));

    /// <summary>Eight keys a second, each of which draws two blocks of text.</summary>
    public void Type(TimeSpan length)
    {
        var key = 0;
        Repeat(length, TimeSpan.FromMilliseconds(125), () =>
        {
            var block = 30 * LineSimulation.Columns + 10 + key++ % 40;
            var pressedAt = simulation.Now;
            simulation.Press(() =>
            {
                simulation.Draw([block, block + 1], BlockKind.Text, ++version);
                Await(block, simulation.Colors[block], pressedAt, Latencies);
            });
        });
    }

    /// <summary>Runs to the end of what was planned; true when the viewer's picture equals the screen then.</summary>
    public bool Finish(TimeSpan after)
    {
        simulation.RunTo(end + after);
        return simulation.IsExact;
    }

    /// <summary>How long it takes from the end of all motion until everything is exact; null when it never was within the time.</summary>
    public TimeSpan? TimeToExact(TimeSpan atMost)
    {
        simulation.RunTo(end);
        var begin = simulation.Now;
        while (simulation.Now - begin < atMost)
        {
            if (simulation.IsExact) return simulation.Now - begin;
            simulation.RunTo(simulation.Now + TimeSpan.FromMilliseconds(5));
        }
        return null;
    }

    private TimeSpan end;

    private void Repeat(TimeSpan length, TimeSpan every, Action step)
    {
        var begin = simulation.Now;
        // Not in step with the viewer's frames.
        for (var at = TimeSpan.FromMilliseconds(3); at < length; at += every) simulation.At(begin + at, step);
        if (begin + length > end) end = begin + length;
    }

    private void DrawProbed(TimeSpan now, Action draw, int probe)
    {
        draw();
        drawnAt[(probe, simulation.Colors[probe])] = now;
        simulation.Viewer.Painted ??= Look;
        probes.Add(probe);
    }

    private readonly HashSet<int> probes = [];
    private readonly List<(int Block, uint Color, TimeSpan Since, List<TimeSpan> Into)> awaited = [];

    private void Await(int block, uint color, TimeSpan since, List<TimeSpan> into)
    {
        awaited.Add((block, color, since, into));
        simulation.Viewer.Painted ??= Look;
    }

    private void Look()
    {
        foreach (var probe in probes)
            if (drawnAt.Remove((probe, simulation.Viewer.Colors[probe]), out var at)) Ages.Add(simulation.Now - at);
        foreach (var one in awaited.FindAll(one => simulation.Viewer.Colors[one.Block] == one.Color))
        {
            awaited.Remove(one);
            one.Into.Add(simulation.Now - one.Since);
        }
    }
}
