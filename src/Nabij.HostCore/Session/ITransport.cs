namespace Nabij.HostCore.Session;

/// <summary>
/// A duplex road of whole messages to the other side: a WebSocket through the relay, or memory in tests. One reader and
/// one writer at a time, each on a thread of its own; <see cref="Abort"/> from any thread.
/// </summary>
public interface ITransport : IAsyncDisposable
{
    /// <summary>Sends one binary message; throws <see cref="IOException"/> when the road is gone.</summary>
    ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken);

    /// <summary>Sends one text message (UTF-8), as the rendezvous uses them.</summary>
    ValueTask SendTextAsync(ReadOnlyMemory<byte> utf8, CancellationToken cancellationToken);

    /// <summary>
    /// Takes the next message into <paramref name="buffer"/>. A message that does not fit, an end by the other side, and
    /// a lost connection are answers, not exceptions.
    /// </summary>
    ValueTask<Arrival> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken);

    /// <summary>Ends the connection with a close code, without waiting long: 1000 is the end in good order (chapter 01, step 12).</summary>
    ValueTask CloseAsync(CancellationToken cancellationToken, int code = 1000);

    /// <summary>Ends the connection at once; whoever sends or receives is let go.</summary>
    void Abort();
}
