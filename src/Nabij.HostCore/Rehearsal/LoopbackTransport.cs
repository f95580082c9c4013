using System.Threading.Channels;
using Nabij.HostCore.Session;

namespace Nabij.HostCore.Rehearsal;

/// <summary>One end of a road in memory, for a session that never leaves the program. Holds at most 64 messages each way.</summary>
internal sealed class LoopbackTransport : ITransport
{
    private const int MostMessages = 64;

    private readonly Channel<(ArrivalKind Kind, byte[] Bytes)> incoming = Channel.CreateBounded<(ArrivalKind, byte[])>(MostMessages);
    private LoopbackTransport other = null!;

    public static (LoopbackTransport Host, LoopbackTransport Viewer) CreatePair()
    {
        var (host, viewer) = (new LoopbackTransport(), new LoopbackTransport());
        (host.other, viewer.other) = (viewer, host);
        return (host, viewer);
    }

    public ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken) =>
        PutAsync(ArrivalKind.Binary, message, cancellationToken);

    public ValueTask SendTextAsync(ReadOnlyMemory<byte> utf8, CancellationToken cancellationToken) =>
        PutAsync(ArrivalKind.Text, utf8, cancellationToken);

    public async ValueTask<Arrival> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (!await incoming.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false) || !incoming.Reader.TryRead(out var message))
            return new Arrival(ArrivalKind.Closed);
        if (message.Bytes.Length > buffer.Length) return new Arrival(ArrivalKind.TooLarge);
        message.Bytes.CopyTo(buffer);
        return new Arrival(message.Kind, message.Bytes.Length);
    }

    public ValueTask CloseAsync(CancellationToken cancellationToken, int code = 1000)
    {
        Abort();
        return ValueTask.CompletedTask;
    }

    public void Abort()
    {
        incoming.Writer.TryComplete();
        other.incoming.Writer.TryComplete();
    }

    public ValueTask DisposeAsync() => CloseAsync(CancellationToken.None);

    private async ValueTask PutAsync(ArrivalKind kind, ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        try
        {
            await other.incoming.Writer.WriteAsync((kind, message.ToArray()), cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException closed)
        {
            throw new IOException("The other end has gone.", closed);
        }
    }
}
