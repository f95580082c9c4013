using Nabij.HostCore.Session;
using Nabij.Protocol.Session;

namespace Nabij.HostCore.Rendezvous;

/// <summary>Carries one run of the handshake over a transport, with 30 s for each step (docs/protocol/02).</summary>
internal static class HandshakeRun
{
    private static readonly TimeSpan StepTime = TimeSpan.FromSeconds(30);
    private const int LargestMessage = 4096;

    /// <summary>The last step: with a session, or with the failure. Cancellation counts as the end of the connection.</summary>
    public static async Task<HandshakeStep> RunAsync(
        CustomerHandshake handshake, ITransport transport, TimeProvider time, CancellationToken cancellationToken)
    {
        var buffer = new byte[LargestMessage];
        while (true)
        {
            var step = await NextAsync(handshake, transport, buffer, time, cancellationToken).ConfigureAwait(false);
            if (step.Reply is { } reply && !await TrySendAsync(transport, reply, cancellationToken).ConfigureAwait(false) && !step.IsOver)
                step = handshake.ConnectionEnded();
            if (step.IsOver) return step;
        }
    }

    private static async Task<HandshakeStep> NextAsync(
        CustomerHandshake handshake, ITransport transport, byte[] buffer, TimeProvider time, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(StepTime, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            var arrival = await transport.ReceiveAsync(buffer, either.Token).ConfigureAwait(false);
            return arrival.Kind switch
            {
                ArrivalKind.Binary => handshake.Receive(buffer.AsSpan(0, arrival.Length)),
                // Larger than any step allows, or text: nothing that the handshake can accept, which it says itself.
                ArrivalKind.TooLarge or ArrivalKind.Text => handshake.Receive(buffer),
                _ => handshake.ConnectionEnded(),
            };
        }
        catch (OperationCanceledException)
        {
            return cancellationToken.IsCancellationRequested ? handshake.ConnectionEnded() : handshake.TimedOut();
        }
    }

    private static async Task<bool> TrySendAsync(ITransport transport, ReadOnlyMemory<byte> reply, CancellationToken cancellationToken)
    {
        try
        {
            await transport.SendAsync(reply, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (Exception lost) when (lost is IOException or OperationCanceledException)
        {
            return false;
        }
    }
}
