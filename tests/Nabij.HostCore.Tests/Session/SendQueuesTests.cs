using System.Buffers;
using Nabij.HostCore.Session;
using Nabij.Protocol.Chat;
using Nabij.Protocol.Session;

namespace Nabij.HostCore.Tests.Session;

/// <summary>Order, bounds and cutting of what waits to be sent, and what becomes of it when the customer stops.</summary>
[Trait("Invariant", "4")]
public sealed class SendQueuesTests : IDisposable
{
    private const int Large = 40_000;

    private readonly SendQueues queues = new();
    private readonly byte[] payload = new byte[RecordLimits.LargestPayload];

    public void Dispose() => queues.Dispose();

    [Fact]
    public void The_rest_of_a_message_never_follows_after_Stop()
    {
        queues.OpenPicture();
        Put(1);
        Assert.Equal((Channel.Screen, true, (byte)1), Take());
        queues.ClosePicture();
        queues.PutControl([0x12]);
        queues.OpenPicture();
        Put(2);
        Assert.Equal((Channel.Control, false, (byte)0x12), Take());
        Assert.Equal((Channel.Screen, true, (byte)2), Take());
        Assert.Equal((Channel.Screen, true, (byte)2), Take());
        Assert.Equal((Channel.Screen, false, (byte)2), Take());
        Assert.False(queues.HasAnything);
    }

    [Fact]
    public void Control_goes_before_the_pointer_and_the_pointer_before_the_picture()
    {
        queues.OpenPicture();
        Put(3, length: 10);
        queues.PutCursorPosition([2]);
        queues.PutControl([1]);
        Assert.Equal([Channel.Control, Channel.Cursor, Channel.Screen], Enumerable.Range(0, 3).Select(_ => Take().Channel));
    }

    [Fact]
    public void Nothing_waits_behind_more_than_one_piece_of_a_picture()
    {
        queues.OpenPicture();
        Put(3);
        Assert.Equal((Channel.Screen, true, (byte)3), Take());
        queues.PutControl([1]);
        Assert.Equal((Channel.Control, false, (byte)1), Take());
        Assert.Equal((Channel.Screen, true, (byte)3), Take());
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(16_384, 1)]
    [InlineData(16_385, 2)]
    [InlineData(40_000, 3)]
    public void A_message_leaves_in_pieces_of_16384_bytes(int length, int pieces)
    {
        queues.OpenPicture();
        Put(7, length);
        for (var piece = 1; piece <= pieces; piece++)
            Assert.Equal(piece < pieces, Take().HasMore);
        Assert.True(queues.IsScreenEmpty);
    }

    [Fact]
    public void Of_the_pointer_only_the_newest_image_and_place_wait()
    {
        queues.OpenPicture();
        for (byte number = 0; number < 100; number++)
        {
            queues.PutCursorShape([1, number]);
            queues.PutCursorPosition([2, number]);
        }

        Assert.Equal((Channel.Cursor, false, (byte)1), Take());
        Assert.Equal(99, payload[1]);
        Assert.Equal((Channel.Cursor, false, (byte)2), Take());
        Assert.Equal(99, payload[1]);
        Assert.False(queues.HasAnything);
    }

    [Fact]
    public void The_257th_control_message_is_refused()
    {
        for (var number = 0; number < 256; number++)
            Assert.True(queues.PutControl([0x16]));
        Assert.False(queues.PutControl([0x16]));
        Take();
        Assert.True(queues.PutControl([0x16]));
    }

    [Fact]
    public void While_the_picture_is_closed_only_control_is_let_in()
    {
        queues.PutCursorShape([1]);
        queues.PutCursorPosition([2]);
        Assert.False(queues.PutScreen(ArrayPool<byte>.Shared.Rent(Large), Large, 1));
        Assert.False(queues.HasAnything);
        queues.PutControl([0x16]);
        Assert.True(queues.HasAnything);
    }

    [Fact]
    public void Chat_and_picture_take_turns_message_by_message()
    {
        queues.OpenPicture();
        Put(1);
        Put(2, length: 10);
        Put(3, length: 10);
        for (var number = 1UL; number <= 3; number++) queues.PutChat(new ChatLine(number, "line"));
        queues.PutCursorPosition([2]);
        Assert.Equal(
            [Channel.Cursor, Channel.Screen, Channel.Screen, Channel.Screen, Channel.Chat, Channel.Screen, Channel.Chat, Channel.Screen, Channel.Chat],
            Enumerable.Range(0, 9).Select(_ => Take().Channel));
        Assert.False(queues.HasAnything);
    }

    [Fact]
    public void The_chat_leaves_while_the_picture_is_closed_and_of_its_marks_only_the_newest()
    {
        for (var number = 1UL; number <= 100; number++) queues.PutChat(new ChatDelivered(number));
        queues.PutChat(new ChatSeen(9));
        Assert.True(queues.HasAnything);
        Assert.Equal((Channel.Chat, false, (byte)ChatMessageType.Delivered), Take());
        Assert.Equal(100, payload[8]);
        Assert.Equal((Channel.Chat, false, (byte)ChatMessageType.Seen), Take());
        Assert.False(queues.HasAnything);
    }

    private void Put(byte content, int length = Large)
    {
        var rented = ArrayPool<byte>.Shared.Rent(length);
        rented.AsSpan().Fill(content);
        Assert.True(queues.PutScreen(rented, length, 1));
    }

    private (Channel Channel, bool HasMore, byte First) Take()
    {
        Assert.True(queues.TryTake(payload, out var channel, out var hasMore, out _));
        return (channel, hasMore, payload[0]);
    }
}
