using System.Net.WebSockets;
using Nabij.HostCore.Session;
using Nabij.Protocol;
using Nabij.Protocol.Rendezvous;
using Nabij.Protocol.Wire;

namespace Nabij.HostCore.Rendezvous;

/// <summary>
/// Brings a participant back whose connection was lost (docs/protocol/01, steps 9 to 12, and 02, "Resume"): sockets until
/// one of them finds the viewer again, or the window is over. One per session; one call at a time.
/// </summary>
internal sealed class WayBack
{
    // Chapter 01, "Resume": whatever the settings say.
    private static readonly TimeSpan ShortestWindow = TimeSpan.FromMinutes(1), LongestWindow = TimeSpan.FromMinutes(15);
    /// <summary>Chapter 01, step 9: so long no pause between tries is longer than <see cref="HastyPause"/>.</summary>
    private static readonly TimeSpan Haste = TimeSpan.FromMinutes(1), HastyPause = TimeSpan.FromSeconds(1);
    /// <summary>Tuning: how long opening a socket, and the server's first answer, may take, in haste and later. A packet lost in the outage is sent again ever later; a new try is sooner.</summary>
    private static readonly TimeSpan HastyAnswer = TimeSpan.FromSeconds(5), AnswerTime = TimeSpan.FromSeconds(10);
    /// <summary>Chapter 02: each step.</summary>
    private static readonly TimeSpan StepTime = TimeSpan.FromSeconds(30);
    /// <summary>Tuning: how often both clocks are looked at.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    // Longer than any window; keeps the server's number within a TimeSpan.
    private const ulong MostRetrySeconds = 900;

    private readonly CustomerOptions options;
    private readonly PairedHost paired;
    private readonly Participant participant;
    private readonly Action<CustomerEvent> tell;
    private readonly TimeProvider time;
    private readonly TimeSpan window;
    private readonly RetryPace pace;
    private readonly byte[] buffer = new byte[RendezvousMessage.LargestBytes];
    // The server has taken the last socket for this side's; it has been told that the session is over.
    private bool isSeated, isTold;
    private Moment? untold;

    /// <summary>How one try ended: with the end of the connection that it brought, with a reason to give up, or without either.</summary>
    private readonly record struct Outcome(SessionEnd? End = null, bool IsHopeless = false, TimeSpan RetryAfter = default);

    public WayBack(CustomerOptions options, PairedHost paired, Participant participant, Action<CustomerEvent> tell)
    {
        (this.options, this.paired, this.participant, this.tell) = (options, paired, participant, tell);
        time = options.Time;
        pace = new RetryPace(time);
        var own = TimeSpan.FromTicks(Math.Clamp(options.ResumeWindow.Ticks, ShortestWindow.Ticks, LongestWindow.Ticks));
        var server = TimeSpan.FromSeconds(paired.ResumeSeconds);
        window = own < server ? own : server;
        participant.CameBack += held =>
        {
            pace.BeginWait();
            tell(new CustomerEvent.ConnectionBack(held));
        };
        pace.BeginWait();
    }

    /// <summary>
    /// Until the connection that was found again has ended, or nobody came back in time; says why. The participant is
    /// lost again in the first case, perhaps, and over in the second.
    /// </summary>
    public async Task<SessionEnd> GoAsync()
    {
        if (participant.Lost is not { Since: var since } loss) return participant.GiveUp();
        pace.EndWait();
        tell(new CustomerEvent.ConnectionAway(time.GetUtcNow() + (window - since.Elapsed(time))));
        using var late = CancellationTokenSource.CreateLinkedTokenSource(participant.Over);
        await using var watch = time.CreateTimer(_ => { if (participant.Lost == loss && IsLate(since)) late.Cancel(); }, null, Look, Look);
        var isHopeless = false;
        while (participant.Lost == loss && !late.IsCancellationRequested && !IsLate(since))
        {
            var outcome = await TryAsync(IsHasty(since) ? HastyAnswer : AnswerTime, late.Token).ConfigureAwait(false);
            isHopeless = outcome.IsHopeless;
            if (isHopeless) break;
            if (outcome.End is { } end && participant.Lost != loss) return end;
            await PauseAsync(pace.Next(outcome.RetryAfter, IsHasty(since) ? HastyPause : null), late.Token).ConfigureAwait(false);
        }
        if (participant.Over.IsCancellationRequested && !isHopeless) untold = since;
        return participant.GiveUp();
    }

    /// <summary>
    /// After a session that ended here while the connection was away: tells the server so as soon as it can be reached,
    /// if it was not told yet, so that the other side need not wait for the end of the window (chapter 01, step 12).
    /// </summary>
    public async Task TellEndAsync(CancellationToken cancellationToken)
    {
        if (untold is not { } since) return;
        while (!isTold && !IsLate(since) && !cancellationToken.IsCancellationRequested)
        {
            await TryTellAsync(cancellationToken).ConfigureAwait(false);
            if (!isTold) await PauseAsync(pace.Next(default, IsHasty(since) ? HastyPause : null), cancellationToken).ConfigureAwait(false);
        }
    }

    private bool IsLate(Moment since) => since.Elapsed(time) >= window;

    private bool IsHasty(Moment since) => since.Elapsed(time) < Haste;

    private async Task PauseAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The caller looks why.
        }
    }

    private async Task TryTellAsync(CancellationToken cancellationToken)
    {
        if (await TryConnectAsync(AnswerTime, cancellationToken).ConfigureAwait(false) is not { } transport) return;
        await using var _ = transport.ConfigureAwait(false);
        try
        {
            await SendAsync(transport, OwnResume, AnswerTime, cancellationToken).ConfigureAwait(false);
            var arrival = await ReceiveAsync(transport, AnswerTime, cancellationToken).ConfigureAwait(false);
            // Refused as unknown: it needs no telling any more.
            if (arrival.Kind != ArrivalKind.Text || Decode(buffer.AsSpan(0, arrival.Length)) is not (Waiting or Rejoined or Refused { Reason: RefusalReason.Unknown })) return;
            await transport.CloseAsync(cancellationToken).ConfigureAwait(false);
            isTold = true;
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            // The next try follows.
        }
    }

    private Resume OwnResume => new() { Session = paired.Session, Cookie = paired.Cookie };

    private async Task<Outcome> TryAsync(TimeSpan answerTime, CancellationToken cancellationToken)
    {
        isSeated = false;
        if (await TryConnectAsync(answerTime, cancellationToken).ConfigureAwait(false) is not { } transport) return default;
        try
        {
            await SendAsync(transport, OwnResume, answerTime, cancellationToken).ConfigureAwait(false);
            if (await RejoinAsync(transport, answerTime, cancellationToken).ConfigureAwait(false) is { } not) return not;
            return await ShakeHandsAsync(transport, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Closed in good order: the server sends the other side home as well.
            await transport.CloseAsync(CancellationToken.None).ConfigureAwait(false);
            isTold = isSeated;
            return default;
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            return default;
        }
        finally
        {
            transport.Abort();
            await transport.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task<ITransport?> TryConnectAsync(TimeSpan within, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(within, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return await options.Connect(either.Token).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is WebSocketException or HttpRequestException or IOException or TimeoutException or OperationCanceledException)
        {
            return null;
        }
    }

    // Null: REJOINED has come.
    private async Task<Outcome?> RejoinAsync(ITransport transport, TimeSpan answerTime, CancellationToken cancellationToken)
    {
        var limit = answerTime;
        while (true)
        {
            var arrival = await ReceiveAsync(transport, limit, cancellationToken).ConfigureAwait(false);
            if (arrival.Kind == ArrivalKind.Closed) return new Outcome(IsHopeless: (SocketCloseCode)arrival.CloseCode is SocketCloseCode.ResumeRefused or SocketCloseCode.Expired);
            if (arrival.Kind != ArrivalKind.Text) return default(Outcome);
            switch (Decode(buffer.AsSpan(0, arrival.Length)))
            {
                case Rejoined:
                    isSeated = true;
                    return null;
                case Waiting waiting:
                    isSeated = true;
                    limit = TimeSpan.FromSeconds(waiting.Seconds) + AnswerTime;
                    break;
                case Refused { Reason: RefusalReason.Unknown }:
                    return new Outcome(IsHopeless: true);
                case Refused refused:
                    return new Outcome(RetryAfter: TimeSpan.FromSeconds(Math.Min(refused.RetryAfterSeconds, MostRetrySeconds)));
                default:
                    return default(Outcome);
            }
        }
    }

    private async Task<Outcome> ShakeHandsAsync(ITransport transport, CancellationToken cancellationToken)
    {
        var arrival = await ReceiveAsync(transport, StepTime, cancellationToken).ConfigureAwait(false);
        if (arrival.Kind != ArrivalKind.Binary) return default;
        if (participant.Answer(buffer.AsSpan(0, arrival.Length)) is not { } answer)
        {
            await transport.CloseAsync(cancellationToken, (int)SocketCloseCode.ResumeRefused).ConfigureAwait(false);
            return default;
        }
        using var keys = answer.Session;
        await transport.SendAsync(answer.R2, cancellationToken).ConfigureAwait(false);
        return new Outcome(await participant.GoOnAsync(transport, keys).ConfigureAwait(false));
    }

    private async Task<Arrival> ReceiveAsync(ITransport transport, TimeSpan within, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(within, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        return await transport.ReceiveAsync(buffer, either.Token).ConfigureAwait(false);
    }

    private async Task SendAsync(ITransport transport, RendezvousMessage message, TimeSpan within, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(within, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        await transport.SendTextAsync(message.Encode(), either.Token).ConfigureAwait(false);
    }

    private static RendezvousMessage? Decode(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return RendezvousMessage.DecodeForHost(utf8);
        }
        catch (WireFormatException)
        {
            return null;
        }
    }
}
