using Nabij.HostCore.Picture;

namespace Nabij.HostCore.Tests.Picture.Simulation;

/// <summary>
/// Queueing, freshness, latency and exactness of the whole schedule over simulated lines: rates and distances of
/// picture.md B9, update sizes of B6.
/// </summary>
public sealed class LineSimulationTests(ITestOutputHelper output)
{
    private static readonly int[] Rates = [1, 2, 10, 50], Trips = [10, 50, 150];
    private static readonly LineProfile[] Lines =
        [LineProfile.Lan, LineProfile.Wan, .. from rate in Rates from trip in Trips select new LineProfile(rate, trip)];
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(6), Second = TimeSpan.FromSeconds(1);

    public static TheoryData<LineProfile> AllLines => [.. Lines];

    public static TheoryData<LineProfile> UsableLines => [.. Lines.Where(line => line.MegabitsPerSecond >= 2)];

    public static TheoryData<LineProfile> GoodLines => [.. Lines.Where(line => line.MegabitsPerSecond >= 10)];

    /// <summary>Not an assertion but the figures, for the documents: run with live output.</summary>
    [Fact]
    public void Table_of_what_the_schedule_reaches()
    {
        output.WriteLine($"{"line",-30}{"workload",-14}{"fps",5}{"age",6}{"p95",6}{"key",6}{"p95",6}{"queue",7}{"p95",6}{"max",6}{"kB/s",7}{"exact",7}  quality");
        foreach (var line in Lines)
        {
            foreach (var run in AllWorkloads(line)) output.WriteLine(run.ToString());
        }
        Assert.NotEmpty(Lines);
    }

    [Theory]
    [MemberData(nameof(AllLines))]
    [Trait("Invariant", "4")]
    public void The_queue_in_the_line_stays_short_whatever_happens_on_the_screen(LineProfile line)
    {
        var update = TimeSpan.FromSeconds(16_384 / line.BytesPerSecond); // the sizes of one update that is never cut
        foreach (var run in AllWorkloads(line))
        {
            output.WriteLine(run.ToString());
            Assert.InRange(run.Queue(95), 0, 100 + update.TotalMilliseconds / 2);
            Assert.InRange(run.Queue(100), 0, 120 + update.TotalMilliseconds);
        }
    }

    [Theory]
    [MemberData(nameof(UsableLines))]
    [Trait("Invariant", "5")]
    public void After_a_stall_nothing_older_than_a_round_trip_and_100_ms_is_shown(LineProfile line)
    {
        using var simulation = new LineSimulation(line);
        var work = new Workload(simulation);
        work.ShowDesktop();
        work.Scroll(TimeSpan.FromSeconds(10));
        var stalled = simulation.Now + TimeSpan.FromSeconds(3);
        var back = stalled + TimeSpan.FromSeconds(5);
        simulation.Forward.Stall(stalled, back);
        simulation.RunTo(back);
        Assert.InRange(simulation.Picture.BytesUnderWay, 1, simulation.Line.BytesPerSecond * (line.RoundTrip.TotalSeconds + 0.1) + 16_384);
        work.Finish(TimeSpan.Zero);
        var bound = line.RoundTrip + TimeSpan.FromMilliseconds(100);
        // What had left before cannot be taken back: one window, half a round trip to arrive, a frame.
        var fresh = back + (line.RoundTrip + TimeSpan.FromMilliseconds(44)) * 1.25 + line.RoundTrip / 2 + SimulatedViewer.Frame;
        var shown = simulation.Viewer.Paints.FindAll(paint => paint.At >= fresh);
        var oldest = shown.Max(paint => paint.At - paint.Captured);
        output.WriteLine($"{line}: the oldest after the stall was {oldest.TotalMilliseconds:F0} ms old");
        Assert.InRange(shown.Count, 10, 1000);
        Assert.InRange(oldest, TimeSpan.Zero, bound);
    }

    [Theory]
    [MemberData(nameof(GoodLines))]
    [Trait("Invariant", "6")]
    public void Text_is_exact_within_300_ms_of_the_last_motion(LineProfile line)
    {
        foreach (var run in AllWorkloads(line).Where(run => run.Name is "scroll" or "drag" or "typing"))
        {
            output.WriteLine(run.ToString());
            Assert.InRange(run.Exact ?? TimeSpan.MaxValue, TimeSpan.Zero, TimeSpan.FromMilliseconds(300));
        }
    }

    [Theory]
    [MemberData(nameof(AllLines))]
    [Trait("Invariant", "6")]
    public void What_was_approximated_is_exact_as_soon_as_the_line_permits(LineProfile line)
    {
        foreach (var run in AllWorkloads(line).Where(run => run.Name is "video" or "switch"))
        {
            output.WriteLine(run.ToString());
            // 150 ms of stillness, the bytes of all that is not exact, a way there, and a fifth for finding out.
            var bytes = run.Name == "video" ? 880 * 500 : 1020 * 600 + 1020 * 40;
            var due = TimeSpan.FromMilliseconds(150 + 100) + line.RoundTrip * 4 + TimeSpan.FromSeconds(bytes / line.BytesPerSecond * 1.4);
            if (run.Name == "switch") due += Second; // the last page may have come just before the end
            Assert.InRange(run.Exact ?? TimeSpan.MaxValue, TimeSpan.Zero, due);
        }
    }

    [Fact]
    public void A_line_that_loses_packets_keeps_its_pace()
    {
        var runs = AllWorkloads(LineProfile.Wan).ToDictionary(run => run.Name);
        Assert.InRange(runs["scroll"].FramesPerSecond, 40, 61);
        Assert.InRange(runs["scroll"].Age(50), 0, 60);
        Assert.InRange(runs["video"].FramesPerSecond, 25, 31);
        Assert.InRange(runs["typing"].Key(50), 0, 57);
        Assert.InRange(runs["video+typing"].Key(50), 0, 70);
        Assert.InRange(runs["video+typing"].Key(95), 0, 110);
    }

    [Fact]
    public void A_fast_line_shows_every_frame()
    {
        var runs = AllWorkloads(LineProfile.Lan).ToDictionary(run => run.Name);
        Assert.InRange(runs["scroll"].FramesPerSecond, 58, 62);
        Assert.InRange(runs["drag"].FramesPerSecond, 58, 62);
        Assert.InRange(runs["video"].FramesPerSecond, 29, 31);
        Assert.InRange(runs["video+typing"].Key(95), 0, 20);
        Assert.Equal([PictureQuality.Fine], runs["switch"].Qualities);
    }

    [Theory]
    [MemberData(nameof(AllLines))]
    public void A_busy_screen_uses_the_line(LineProfile line)
    {
        if (line.MegabitsPerSecond > 2) return; // above, the screen is slower than the line
        var run = AllWorkloads(line).First(run => run.Name == "scroll");
        output.WriteLine(run.ToString());
        Assert.InRange(run.KilobytesPerSecond * 1000 / line.BytesPerSecond, 0.7, 1.01);
    }

    [Theory]
    [InlineData(10, 1, 40)]
    [InlineData(50, 2, 20)]
    public void A_line_that_becomes_slower_is_noticed_within_two_seconds(int before, int after, int trip)
    {
        using var simulation = new LineSimulation(new LineProfile(before, trip));
        var work = new Workload(simulation);
        work.ShowDesktop();
        work.Scroll(TimeSpan.FromSeconds(10));
        simulation.RunTo(simulation.Now + TimeSpan.FromSeconds(3));
        simulation.Forward.BytesPerSecond = after * 125_000;
        simulation.RunTo(simulation.Now + TimeSpan.FromSeconds(2));
        simulation.Forward.Queued.Clear();
        work.Finish(TimeSpan.Zero);
        var queue = LineRun.Percentile(simulation.Forward.Queued, 95);
        output.WriteLine($"queue p95 {queue:F0} ms, {string.Concat(simulation.Qualities)}");
        Assert.InRange(queue, 0, 200);
    }

    [Fact]
    public void A_line_that_becomes_faster_is_used_within_three_seconds()
    {
        using var simulation = new LineSimulation(new LineProfile(1, 40));
        var work = new Workload(simulation);
        work.ShowDesktop();
        work.Scroll(TimeSpan.FromSeconds(10));
        simulation.RunTo(simulation.Now + TimeSpan.FromSeconds(3));
        simulation.Forward.BytesPerSecond = 10 * 125_000;
        simulation.RunTo(simulation.Now + TimeSpan.FromSeconds(3));
        work.Ages.Clear();
        work.Finish(TimeSpan.Zero);
        output.WriteLine($"{work.Ages.Count / 4.0:F0} fps");
        Assert.InRange(work.Ages.Count / 4.0, 50, 62);
    }

    [Theory]
    [InlineData(20, 150)]
    [InlineData(150, 20)]
    public void A_line_that_becomes_longer_or_shorter_is_found_out(int before, int after)
    {
        using var simulation = new LineSimulation(new LineProfile(10, before));
        var work = new Workload(simulation);
        work.ShowDesktop();
        work.Scroll(TimeSpan.FromSeconds(30));
        simulation.RunTo(simulation.Now + TimeSpan.FromSeconds(3));
        (simulation.Forward.RoundTrip, simulation.Back.RoundTrip) = (TimeSpan.FromMilliseconds(after), TimeSpan.FromMilliseconds(after));
        simulation.RunTo(simulation.Now + TimeSpan.FromSeconds(20));
        work.Ages.Clear();
        simulation.Forward.Queued.Clear();
        work.Finish(TimeSpan.Zero);
        output.WriteLine($"{work.Ages.Count / 7.0:F0} fps, queue p95 {LineRun.Percentile(simulation.Forward.Queued, 95):F0} ms");
        Assert.InRange(work.Ages.Count / 7.0, 40, 62);
        Assert.InRange(LineRun.Percentile(simulation.Forward.Queued, 95), 0, 60);
    }

    [Fact]
    public void A_viewer_that_decodes_slowly_is_not_flooded()
    {
        using var simulation = new LineSimulation(LineProfile.Lan);
        simulation.Viewer.SlowDecode = TimeSpan.FromMilliseconds(40);
        var work = new Workload(simulation);
        work.ShowDesktop();
        work.Scroll(Long);
        work.Finish(TimeSpan.Zero);
        output.WriteLine($"age {LineRun.Percentile(work.Ages, 50):F0} / {LineRun.Percentile(work.Ages, 95):F0} ms, {work.Ages.Count / 6.0:F0} fps");
        Assert.InRange(LineRun.Percentile(work.Ages, 95), 0, 200);
        Assert.InRange(work.Ages.Count / 6.0, 18, 25);
    }

    [Fact]
    [Trait("Invariant", "4")]
    public void A_hidden_page_is_sent_no_more_than_one_window()
    {
        using var simulation = new LineSimulation(new LineProfile(10, 50));
        var work = new Workload(simulation);
        work.ShowDesktop();
        simulation.Viewer.IsHidden = true;
        work.Scroll(TimeSpan.FromSeconds(20));
        var before = simulation.Forward.Bytes;
        work.Finish(TimeSpan.Zero);
        Assert.InRange(simulation.Forward.Bytes - before, 1, 300_000);
        simulation.Viewer.IsHidden = false;
        Assert.InRange(work.TimeToExact(Second) ?? TimeSpan.MaxValue, TimeSpan.Zero, TimeSpan.FromMilliseconds(300));
    }

    [Fact]
    public void A_key_is_answered_at_once_while_photographs_are_made_exact()
    {
        using var simulation = new LineSimulation(new LineProfile(2, 50));
        var work = new Workload(simulation);
        work.ShowDesktop();
        work.Switch(TimeSpan.FromMilliseconds(100));
        simulation.RunTo(simulation.Now + Second);
        Assert.False(simulation.IsExact);
        work.Type(TimeSpan.FromSeconds(1));
        work.Finish(TimeSpan.Zero);
        output.WriteLine($"key {LineRun.Percentile(work.Latencies, 50):F0} / {LineRun.Percentile(work.Latencies, 100):F0} ms");
        Assert.False(simulation.IsExact);
        Assert.InRange(LineRun.Percentile(work.Latencies, 100), 0, 50 + 3 + 17 + 40);
    }

    [Fact]
    public void No_part_of_a_screen_that_is_always_too_much_starves()
    {
        using var simulation = new LineSimulation(new LineProfile(1, 50));
        var work = new Workload(simulation);
        work.ShowDesktop();
        var seen = new TimeSpan[LineSimulation.Blocks];
        var longest = TimeSpan.Zero;
        var before = simulation.Viewer.Colors.ToArray();
        seen.AsSpan().Fill(simulation.Now);
        simulation.Viewer.Painted = () =>
        {
            for (var block = 0; block < seen.Length; block++)
            {
                if (simulation.Viewer.Colors[block] == before[block]) continue;
                if (simulation.Now - seen[block] > longest) longest = simulation.Now - seen[block];
                (before[block], seen[block]) = (simulation.Viewer.Colors[block], simulation.Now);
            }
        };
        work.ShowNoise(TimeSpan.FromSeconds(20));
        work.Finish(TimeSpan.Zero);
        output.WriteLine($"the longest without news was {longest.TotalMilliseconds:F0} ms");
        Assert.All(seen, at => Assert.InRange(simulation.Now - at, TimeSpan.Zero, TimeSpan.FromSeconds(3)));
        Assert.InRange(longest, TimeSpan.Zero, TimeSpan.FromSeconds(3));
    }

    [Fact]
    [Trait("Invariant", "6")]
    public void The_picture_becomes_exact_after_any_mixture_of_work_on_any_line()
    {
        var seed = (ulong)Environment.TickCount64;
        output.WriteLine($"seed {seed}");
        var numbers = new SeededNumbers(seed);
        for (var round = 0; round < 12; round++)
        {
            var line = new LineProfile(1 + numbers.Below(30), 5 + numbers.Below(150), numbers.Below(3), numbers.Below(20));
            using var simulation = new LineSimulation(line, numbers.Next());
            var work = new Workload(simulation);
            work.ShowDesktop();
            Action<TimeSpan>[] works = [work.Scroll, work.Drag, work.Switch, work.PlayVideo, work.Type];
            for (var i = 0; i < 3; i++) works[numbers.Below(works.Length)](TimeSpan.FromMilliseconds(500 + numbers.Below(3000)));
            var stall = simulation.Now + TimeSpan.FromMilliseconds(numbers.Below(2000));
            simulation.Forward.Stall(stall, stall + TimeSpan.FromMilliseconds(numbers.Below(3000)));
            Assert.True(work.TimeToExact(TimeSpan.FromSeconds(25)) is not null, $"{line} did not become exact");
        }
    }

    private static IEnumerable<LineRun> AllWorkloads(LineProfile line) =>
    [
        LineRun.Take(line, "scroll", work => work.Scroll(Long)),
        LineRun.Take(line, "drag", work => work.Drag(Long)),
        LineRun.Take(line, "switch", work => work.Switch(Long)),
        LineRun.Take(line, "typing", work => work.Type(Long)),
        LineRun.Take(line, "video", work => work.PlayVideo(Long)),
        LineRun.Take(line, "video+typing", work => { work.PlayVideo(Long); work.Type(Long); }),
    ];
}
