using Nabij.HostCore.Picture;
using Nabij.Protocol.Wire;

namespace Nabij.HostCore.Tests.Picture;

/// <summary>How much picture may be under way on lines of known speed, simulated on a manual clock.</summary>
[Trait("Invariant", "4")]
public sealed class FlowWindowTests
{
    private readonly ManualTimeProvider clock = new();

    [Fact]
    public void One_update_may_always_be_sent()
    {
        var window = new FlowWindow(clock);
        Assert.Equal(TimeSpan.Zero, window.UntilOpen());
        Send(window, 1, 50_000_000);
        Assert.Null(window.UntilOpen());
        window.Presented(1, TimeSpan.Zero);
        Assert.Equal(TimeSpan.Zero, window.UntilOpen());
    }

    [Fact]
    public void Many_small_updates_may_be_under_way_but_not_without_end()
    {
        var window = new FlowWindow(clock);
        var sent = 0u;
        while (window.UntilOpen() == TimeSpan.Zero) Send(window, ++sent, 100);
        Assert.InRange(sent, 2u, 64u);
    }

    [Theory]
    [InlineData(250_000, 50)] // 2 Mbit/s
    [InlineData(1_250_000, 40)] // 10 Mbit/s
    [InlineData(12_500_000, 2)] // 100 Mbit/s
    public void What_is_under_way_settles_near_what_the_line_carries(int bytesPerSecond, int tripMilliseconds)
    {
        var window = new FlowWindow(clock);
        var trip = TimeSpan.FromMilliseconds(tripMilliseconds);
        var lineFree = clock.GetUtcNow();
        var arrivals = new Queue<(uint Update, DateTimeOffset At)>();
        var worst = TimeSpan.Zero;
        var delivered = 0L;
        Send(window, 1, 30); // of nothing, to hear how far the viewer is
        arrivals.Enqueue((1, lineFree + trip));
        for (var (tick, update) = (0, 1u); tick < 20_000; tick++)
        {
            clock.Advance(TimeSpan.FromMilliseconds(1));
            while (arrivals.TryPeek(out var next) && next.At <= clock.GetUtcNow()) window.Presented(arrivals.Dequeue().Update, TimeSpan.Zero);
            if (tick % 8 != 0 || window.UntilOpen() != TimeSpan.Zero) continue;
            var bytes = Math.Clamp(window.BytesWithin(TimeSpan.FromMilliseconds(100)), 4096, 60_000); // a screen that always has more
            Send(window, ++update, bytes, wasCut: true);
            if (lineFree < clock.GetUtcNow()) lineFree = clock.GetUtcNow();
            lineFree += TimeSpan.FromSeconds((double)bytes / bytesPerSecond);
            arrivals.Enqueue((update, lineFree + trip));
            if (tick < 10_000) continue;
            delivered += bytes;
            if (lineFree - clock.GetUtcNow() is var queued && queued > worst) worst = queued;
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"queue at most {worst.TotalMilliseconds:F0} ms, {delivered / 10.0 / bytesPerSecond:P0} of the line");
        Assert.InRange(worst.TotalMilliseconds, 0, 300);
        Assert.InRange(delivered / 10.0 / bytesPerSecond, 0.5, 1.1);
    }

    [Fact]
    public void Numbers_that_were_never_sent_or_fall_break_the_protocol()
    {
        var window = new FlowWindow(clock);
        Send(window, 1, 10);
        Send(window, 2, 10);
        window.Presented(2, TimeSpan.Zero);
        Assert.Equal(WireError.InvalidValue, Assert.Throws<WireFormatException>(() => window.Presented(1, TimeSpan.Zero)).Error);
        Assert.Equal(WireError.InvalidValue, Assert.Throws<WireFormatException>(() => window.Presented(3, TimeSpan.Zero)).Error);
    }

    [Fact]
    public void A_viewer_faster_than_the_sender_leaves_nothing_under_way()
    {
        var window = new FlowWindow(clock);
        window.Sending(1);
        window.Presented(1, TimeSpan.Zero);
        window.Sent(1, 1000, wasCut: false);
        Assert.Equal(0, window.BytesUnderWay);
    }

    private static void Send(FlowWindow window, uint update, int bytes, bool wasCut = false)
    {
        window.Sending(update);
        window.Sent(update, bytes, wasCut);
    }
}
