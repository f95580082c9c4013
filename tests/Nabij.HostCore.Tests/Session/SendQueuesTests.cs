using System.Buffers;
using Nabij.HostCore.Session;
using Nabij.Protocol.Session;

namespace Nabij.HostCore.Tests.Session;

/// <summary>What the queues do with a message that has begun to leave when the customer stops.</summary>
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
        Assert.Null(queues.OpenPicture());
        Put(2);
        Assert.Equal((Channel.Control, false, (byte)0x12), Take());
        Assert.Equal((Channel.Screen, true, (byte)2), Take());
        Assert.Equal((Channel.Screen, true, (byte)2), Take());
        Assert.Equal((Channel.Screen, false, (byte)2), Take());
        Assert.False(queues.HasAnything);
    }

    private void Put(byte content)
    {
        var rented = ArrayPool<byte>.Shared.Rent(Large);
        rented.AsSpan().Fill(content);
        Assert.True(queues.PutScreen(rented, Large, new ScreenPart(1, content, true)));
    }

    private (Channel Channel, bool HasMore, byte First) Take()
    {
        Assert.True(queues.TryTake(payload, out var channel, out var hasMore, out _));
        return (channel, hasMore, payload[0]);
    }
}
