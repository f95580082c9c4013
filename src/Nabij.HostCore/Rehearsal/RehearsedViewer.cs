using Nabij.HostCore.Picture;
using Nabij.Protocol.Input;
using Nabij.Protocol.Rendezvous;
using Nabij.Protocol.Screen;
using Nabij.Protocol.Session;

namespace Nabij.HostCore.Rehearsal;

/// <summary>The other end of a rehearsed session: server and technician in one.</summary>
internal sealed class RehearsedViewer(LoopbackTransport line)
{
    private const int Pictures = 8;
    private const uint Ink = 0x204060;

    private readonly byte[] incoming = new byte[RecordLimits.LargestRecord], outgoing = new byte[RecordLimits.LargestRecord];

    /// <summary>Takes REGISTER; its sid_c.</summary>
    public async Task<ReadOnlyMemory<byte>> RegisteredAsync(CancellationToken cancellationToken) =>
        ((Register)RendezvousMessage.DecodeFromHost(await TakeAsync(cancellationToken).ConfigureAwait(false))).SidC;

    /// <summary>The technician's side of the handshake.</summary>
    public async Task<EstablishedSession> ProveAsync(TechnicianHandshake technician, CancellationToken cancellationToken)
    {
        for (var step = technician.Start(); ; step = technician.Receive(await TakeAsync(cancellationToken).ConfigureAwait(false)))
        {
            if (step.Reply is { } reply) await line.SendAsync(reply, cancellationToken).ConfigureAwait(false);
            if (step.IsOver) return step.Session ?? throw new InvalidOperationException("The rehearsed handshake failed.");
        }
    }

    /// <summary>Answers a few pictures, and presses a key or lets it go after each.</summary>
    public async Task WatchAsync(EstablishedSession proved, SyntheticScreen screen, CancellationToken cancellationToken)
    {
        using var sealer = proved.Keys.TakeSealer(TimeProvider.System);
        using var receiver = new MessageReceiver(proved.Keys.TakeOpener());
        for (var seen = 0; seen < Pictures;)
        {
            if (Presented(receiver, await TakeAsync(cancellationToken).ConfigureAwait(false)) is not { } presented) continue;
            seen++;
            await SendAsync(sealer, Channel.Feedback, presented.Encode(), cancellationToken).ConfigureAwait(false);
            InputMessage[] key = [new Key(IsDown: seen % 2 != 0, IsRepeat: false, "KeyA", "a", KeyModifiers.None, KeyLocks.None)];
            await SendAsync(sealer, Channel.Input, InputMessage.EncodeBatch(key), cancellationToken).ConfigureAwait(false);
            screen.Fill(seen * 16, seen * 8, 64, 32, Ink * (uint)seen);
        }
    }

    private ValueTask SendAsync(RecordSealer sealer, Channel channel, ReadOnlyMemory<byte> message, CancellationToken cancellationToken) =>
        line.SendAsync(outgoing.AsMemory(0, sealer.Seal(channel, false, message.Span, outgoing)), cancellationToken);

    private async Task<byte[]> TakeAsync(CancellationToken cancellationToken)
    {
        var arrival = await line.ReceiveAsync(incoming, cancellationToken).ConfigureAwait(false);
        return arrival.Length > 0 ? incoming[..arrival.Length] : throw new IOException("The rehearsed session ended too soon.");
    }

    private static Presented? Presented(MessageReceiver receiver, ReadOnlySpan<byte> record)
    {
        var message = receiver.Receive(record);
        if (!message.IsWhole || message.Channel != Channel.Screen) return null;
        if (ScreenMessage.Decode(message.Payload) is not Update update || (update.Flags & UpdateFlags.Last) == 0) return null;
        return new Presented(update.Layout, update.Number, 0, 0);
    }
}
