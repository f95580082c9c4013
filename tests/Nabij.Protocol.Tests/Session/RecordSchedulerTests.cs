using Nabij.Protocol.Session;

namespace Nabij.Protocol.Tests.Session;

/// <summary>Order, bounds and waiting of the outgoing queues.</summary>
[Trait("Invariant", "4")]
public sealed class RecordSchedulerTests : IDisposable
{
    private readonly RecordScheduler _waiting = new(Party.Host);

    public void Dispose() => _waiting.Dispose();

    [Fact]
    public void Control_goes_before_cursor_and_cursor_before_the_picture()
    {
        _waiting.TryAdd(Channel.Screen, new byte[] { 3 });
        _waiting.TryAdd(Channel.Cursor, new byte[] { 2 });
        _waiting.TryAdd(Channel.Control, new byte[] { 1 });
        Assert.Equal([Channel.Control, Channel.Cursor, Channel.Screen], TakeAll().Select(piece => piece.Channel));
    }

    [Fact]
    public void Nothing_waits_behind_more_than_one_piece_of_a_picture()
    {
        _waiting.TryAdd(Channel.Screen, new byte[5 * ChannelTable.PieceBytes]);
        Assert.True(_waiting.TryTake(out var first));
        _waiting.TryAdd(Channel.Control, new byte[] { 1 });
        Assert.True(_waiting.TryTake(out var second));
        Assert.Equal((Channel.Screen, ChannelTable.PieceBytes, true), (first.Channel, first.Payload.Length, first.HasMore));
        Assert.Equal(Channel.Control, second.Channel);
        Assert.Equal(4, TakeAll().Count);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(16_384, 1)]
    [InlineData(16_385, 2)]
    [InlineData(40_000, 3)]
    public void A_message_is_cut_into_pieces_of_16384_bytes(int length, int pieces)
    {
        _waiting.TryAdd(Channel.Screen, new byte[length]);
        var taken = TakeAll();
        Assert.Equal(pieces, taken.Count);
        Assert.Equal(length, taken.Sum(piece => piece.Payload.Length));
        Assert.All(taken[..^1], piece => Assert.True(piece.HasMore));
        Assert.False(taken[^1].HasMore);
    }

    [Fact]
    public void Of_one_kind_only_the_newest_waits()
    {
        for (byte place = 0; place < 100; place++)
            Assert.True(_waiting.TryAddNewest(Channel.Cursor, kind: 2, new byte[] { 2, place }));
        Assert.Equal(new byte[] { 2, 99 }, Assert.Single(TakeAll()).Payload.ToArray());
    }

    [Fact]
    public void A_full_queue_says_so_and_takes_again_after_one_was_taken()
    {
        for (var number = 0; number < 256; number++)
            Assert.True(_waiting.TryAdd(Channel.Control, new byte[] { 0x16 }));
        Assert.False(_waiting.TryAdd(Channel.Control, new byte[] { 0x16 }));
        _waiting.TryTake(out _);
        Assert.True(_waiting.TryAdd(Channel.Control, new byte[] { 0x16 }));
    }

    [Fact]
    public void Bytes_that_wait_on_a_channel_are_bounded()
    {
        var largest = new byte[ChannelTable.Version1.Find((byte)Channel.Screen)!.LargestMessage];
        var added = 0;
        while (_waiting.TryAdd(Channel.Screen, largest))
            added++;
        Assert.Equal(8, added);
        Assert.Equal(8L * largest.Length, _waiting.WaitingBytes(Channel.Screen));
    }

    [Fact]
    public void Dropping_forgets_what_waits_and_what_has_begun()
    {
        _waiting.TryAdd(Channel.Screen, new byte[3 * ChannelTable.PieceBytes]);
        _waiting.TryAdd(Channel.Screen, new byte[10]);
        _waiting.TryTake(out _);
        Assert.Equal(2, _waiting.Drop(Channel.Screen));
        Assert.True(_waiting.IsEmpty);
        Assert.Equal(0, _waiting.WaitingBytes(Channel.Screen));
    }

    [Fact]
    public void A_message_larger_than_its_channel_allows_is_a_mistake_of_ours() =>
        Assert.Throws<ArgumentException>(() => _waiting.TryAdd(Channel.Control, new byte[65_531]));

    [Fact]
    public async Task Waiting_ends_when_something_is_added()
    {
        var wait = _waiting.WaitAsync(TestContext.Current.CancellationToken);
        Assert.False(wait.IsCompleted);
        _waiting.TryAdd(Channel.Control, new byte[] { 0x16 });
        await wait;
        Assert.True(_waiting.TryTake(out _));
    }

    [Fact]
    public async Task Waiting_can_be_cancelled()
    {
        using var cancelled = new CancellationTokenSource();
        var wait = _waiting.WaitAsync(cancelled.Token);
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
    }

    private List<ScheduledPiece> TakeAll()
    {
        var taken = new List<ScheduledPiece>();
        while (_waiting.TryTake(out var piece))
            taken.Add(piece);
        return taken;
    }
}
