using System.Net.WebSockets;
using System.Security.Cryptography;
using Nabij.Protocol;
using Nabij.Server.Relay;

namespace Nabij.Server.Tests.Relay;

public sealed class RelayRunTests
{
    [Fact]
    public async Task Messages_of_every_length_arrive_whole_in_order_and_unchanged_in_both_directions()
    {
        await using var bench = await RelayBench.StartAsync();
        int[] lengths = [1, 0, 2, 125, 126, 65_535, 65_536, RelayPump.PieceLength - 1, RelayPump.PieceLength, RelayPump.PieceLength + 1, RelayPump.LargestMessage];
        var messages = lengths.Select(length => RandomNumberGenerator.GetBytes(length)).ToArray();

        await Task.WhenAll(
            SendAll(bench.Host, messages, bench.Cancel), SendAll(bench.Viewer, messages, bench.Cancel),
            ExpectAll(bench.Viewer, messages, bench.Cancel), ExpectAll(bench.Host, messages, bench.Cancel));
    }

    [Fact]
    public async Task A_message_in_many_fragments_arrives_as_one_message()
    {
        await using var bench = await RelayBench.StartAsync();
        for (byte part = 0; part < 9; part++)
            await bench.Viewer.SendAsync(new[] { part }, WebSocketMessageType.Binary, endOfMessage: part == 8, bench.Cancel);

        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 8], await bench.Host.ReceiveBinaryAsync(bench.Cancel));
    }

    [Fact]
    public async Task The_first_part_of_a_long_message_is_passed_on_before_the_rest_was_sent()
    {
        await using var bench = await RelayBench.StartAsync();
        await bench.Host.SendAsync(new byte[RelayPump.PieceLength], WebSocketMessageType.Binary, endOfMessage: false, bench.Cancel);

        var got = await bench.Viewer.ReceiveAsync(new byte[100].AsMemory(), bench.Cancel);

        Assert.Equal(100, got.Count);
        Assert.False(got.EndOfMessage);
    }

    [Fact]
    public async Task Both_connections_keep_little_unsent_in_the_system()
    {
        await using var bench = await RelayBench.StartAsync();
        await bench.Host.SendBinaryAsync(new byte[1], bench.Cancel);
        await bench.Viewer.ReceiveBinaryAsync(bench.Cancel);

        Assert.Equal(OperatingSystem.IsLinux(), bench.IsTuned);
    }

    [Fact]
    [Trait("Invariant", "4")]
    public async Task A_viewer_that_reads_nothing_stops_the_host_and_its_own_input_still_arrives()
    {
        await using var bench = await RelayBench.StartAsync();
        var sent = 0L;
        var picture = new byte[16 * 1024];
        var flood = Task.Run(async () =>
        {
            while (true)
            {
                await bench.Host.SendBinaryAsync(picture, bench.Cancel);
                Interlocked.Add(ref sent, picture.Length);
            }
        }, bench.Cancel);
        await StandsStillAsync(() => Interlocked.Read(ref sent), bench.Cancel);

        // The host is stopped by now: what it could send beyond the relay's 128 KiB lies in the buffers of four sockets.
        for (byte number = 0; number < 200; number++)
        {
            await bench.Viewer.SendBinaryAsync(new[] { number }, bench.Cancel);
            Assert.Equal([number], await bench.Host.ReceiveBinaryAsync(bench.Cancel));
        }

        Assert.False(flood.IsCompleted);
        Assert.Equal(picture, await bench.Viewer.ReceiveBinaryAsync(bench.Cancel));
    }

    [Fact]
    public async Task When_one_side_closes_the_other_gets_everything_that_was_sent_and_then_4003()
    {
        await using var bench = await RelayBench.StartAsync();
        var messages = Enumerable.Range(0, 100).Select(_ => RandomNumberGenerator.GetBytes(3000)).ToArray();
        await SendAll(bench.Viewer, messages, bench.Cancel);
        await bench.Viewer.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, bench.Cancel);

        await ExpectAll(bench.Host, messages, bench.Cancel);
        Assert.Equal((int)SocketCloseCode.PeerGone, await bench.Host.ReceiveCloseAsync(bench.Cancel));
        await bench.Viewer.ReceiveCloseAsync(bench.Cancel);
        Assert.Equal(new RelayOutcome(RelayEnd.ViewerClosed, 0, 300_000), await bench.Outcome);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task When_one_sides_connection_breaks_the_other_is_closed_with_4003(bool hostBreaks)
    {
        await using var bench = await RelayBench.StartAsync();
        var (gone, left) = hostBreaks ? (bench.Host, bench.Viewer) : (bench.Viewer, bench.Host);
        gone.Abort();

        Assert.Equal((int)SocketCloseCode.PeerGone, await left.ReceiveCloseAsync(bench.Cancel));
        Assert.Equal(hostBreaks ? RelayEnd.HostGone : RelayEnd.ViewerGone, (await bench.Outcome).End);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_text_message_closes_both_with_4000(bool fromHost)
    {
        await using var bench = await RelayBench.StartAsync();
        await (fromHost ? bench.Host : bench.Viewer).SendTextAsync("{}", bench.Cancel);

        await ExpectBothClosed(bench, SocketCloseCode.BadMessage, RelayEnd.BadMessage);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [Trait("Invariant", "4")]
    public async Task A_message_above_the_largest_closes_both_with_4004_however_it_is_cut(int parts)
    {
        await using var bench = await RelayBench.StartAsync();
        var message = new byte[RelayPump.LargestMessage + 1];
        var step = (message.Length / parts) + 1;
        for (var start = 0; start < message.Length; start += step)
        {
            var end = Math.Min(start + step, message.Length);
            await bench.Host.SendAsync(message.AsMemory(start..end), WebSocketMessageType.Binary, end == message.Length, bench.Cancel);
        }

        await ExpectBothClosed(bench, SocketCloseCode.TooLarge, RelayEnd.TooLarge);
    }

    [Fact]
    [Trait("Invariant", "4")]
    public async Task A_session_above_its_total_closes_both_with_4004()
    {
        await using var bench = await RelayBench.StartAsync("relay-session-bytes=1000000");
        var drain = Task.Run(() => bench.Viewer.ReceiveCloseAsync(bench.Cancel), bench.Cancel);
        for (var sent = 0; sent <= 1_000_000; sent += 50_000)
            await bench.Host.SendBinaryAsync(new byte[50_000], bench.Cancel);

        Assert.Equal((int)SocketCloseCode.TooLarge, await bench.Host.ReceiveCloseAsync(bench.Cancel));
        Assert.Equal((int)SocketCloseCode.TooLarge, await drain);
        Assert.Equal(RelayEnd.TooLarge, (await bench.Outcome).End);
    }

    [Fact]
    public async Task A_side_that_takes_nothing_for_thirty_seconds_ends_the_run()
    {
        var clock = new ManualClock();
        await using var bench = await RelayBench.StartAsync("relay-burst-bits=100000000000", clock);
        var sent = 0L;
        var flood = Task.Run(async () =>
        {
            while (bench.Host.State is WebSocketState.Open)
            {
                await bench.Host.SendBinaryAsync(new byte[16 * 1024], bench.Cancel);
                Interlocked.Add(ref sent, 16 * 1024);
            }
        }, bench.Cancel);
        await StandsStillAsync(() => Interlocked.Read(ref sent), bench.Cancel);

        clock.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(WebSocketState.Open, bench.Host.State);
        clock.Advance(TimeSpan.FromSeconds(6));

        Assert.Equal((int)SocketCloseCode.Stalled, await bench.Host.ReceiveCloseWithoutAnswerAsync(bench.Cancel));
        await WaitUntilAsync(() => clock.Waiting > 0, bench.Cancel);
        clock.Advance(RelayRun.CloseWait);
        Assert.Equal(RelayEnd.Stalled, (await bench.Outcome).End);
        await Assert.ThrowsAnyAsync<Exception>(() => flood);
    }

    [Theory]
    [InlineData(RelayEnd.GoingAway, SocketCloseCode.GoingAway, SocketCloseCode.GoingAway)]
    [InlineData(RelayEnd.SignedOut, SocketCloseCode.PeerGone, SocketCloseCode.Refused)]
    internal async Task An_end_from_outside_tells_each_side_its_code(RelayEnd why, SocketCloseCode toHost, SocketCloseCode toViewer)
    {
        await using var bench = await RelayBench.StartAsync();
        await bench.Host.SendBinaryAsync(new byte[1], bench.Cancel);
        await bench.Viewer.ReceiveBinaryAsync(bench.Cancel);

        bench.Run.End(why);

        Assert.Equal((int)toHost, await bench.Host.ReceiveCloseAsync(bench.Cancel));
        Assert.Equal((int)toViewer, await bench.Viewer.ReceiveCloseAsync(bench.Cancel));
        Assert.Equal(new RelayOutcome(why, 1, 0), await bench.Outcome);
    }

    [Theory]
    [InlineData("relay-bits-per-second=64000,relay-burst-bits=1048576")]
    [InlineData("relay-organization-bits-per-second=1048576")]
    public async Task Above_its_rate_a_direction_is_read_more_slowly_and_the_other_is_not(string limits)
    {
        var clock = new ManualClock();
        await using var bench = await RelayBench.StartAsync(limits, clock);
        var arrived = 0;
        var drain = Task.Run(async () =>
        {
            while (true)
            {
                await bench.Viewer.ReceiveBinaryAsync(bench.Cancel);
                Interlocked.Increment(ref arrived);
            }
        }, bench.Cancel);
        _ = Task.Run(async () =>
        {
            for (var number = 0; number < 20; number++)
                await bench.Host.SendBinaryAsync(new byte[16_000], bench.Cancel);
        }, bench.Cancel);

        // 131,072 bytes of burst are spent after the ninth message; the tenth waits for the clock.
        await WaitUntilAsync(() => Volatile.Read(ref arrived) == 9 && clock.Waiting >= 2, bench.Cancel);
        await bench.Viewer.SendBinaryAsync(new byte[1], bench.Cancel);
        await bench.Host.ReceiveBinaryAsync(bench.Cancel);
        Assert.Equal(9, Volatile.Read(ref arrived));

        clock.Advance(TimeSpan.FromSeconds(2));
        await WaitUntilAsync(() => Volatile.Read(ref arrived) > 9, bench.Cancel);
        Assert.False(drain.IsCompleted);
    }

    private static async Task ExpectBothClosed(RelayBench bench, SocketCloseCode code, RelayEnd end)
    {
        Assert.Equal((int)code, await bench.Host.ReceiveCloseAsync(bench.Cancel));
        Assert.Equal((int)code, await bench.Viewer.ReceiveCloseAsync(bench.Cancel));
        Assert.Equal(end, (await bench.Outcome).End);
    }

    private static async Task SendAll(WebSocket socket, byte[][] messages, CancellationToken cancellation)
    {
        foreach (var message in messages)
            await socket.SendBinaryAsync(message, cancellation);
    }

    private static async Task ExpectAll(WebSocket socket, byte[][] messages, CancellationToken cancellation)
    {
        foreach (var message in messages)
            Assert.Equal(message, await socket.ReceiveBinaryAsync(cancellation));
    }

    private static async Task WaitUntilAsync(Func<bool> condition, CancellationToken cancellation)
    {
        while (!condition())
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, cancellation);
    }

    /// <summary>Waits until a counter has moved and then stays the same for many looks in a row.</summary>
    private static async Task StandsStillAsync(Func<long> counter, CancellationToken cancellation)
    {
        var (last, same) = (0L, 0);
        while (same < 100)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, cancellation);
            var now = counter();
            same = now == last && now > 0 ? same + 1 : 0;
            last = now;
        }
    }
}
