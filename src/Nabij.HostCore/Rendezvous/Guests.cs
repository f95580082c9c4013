using System.Net.WebSockets;
using Nabij.HostCore.Session;
using Nabij.Protocol;
using Nabij.Protocol.People;
using Nabij.Protocol.Rendezvous;
using Nabij.Protocol.Session;

namespace Nabij.HostCore.Rendezvous;

/// <summary>
/// Everybody in a session beside the first technician (docs/protocol/13): invitations, one at a time, from the wish over the
/// customer's answer and the code to the one who proves it; and the run of each who came. Thread-safe; what it tells comes
/// from threads of the engine, some of it under its lock: handlers return soon and may call its acts.
/// </summary>
/// <param name="options">The customer's side.</param>
/// <param name="session">The session.</param>
/// <param name="tell">Hears what happens.</param>
/// <param name="leaving">The program leaves for good.</param>
internal sealed class Guests(CustomerOptions options, HostSession session, Action<CustomerEvent> tell, CancellationToken leaving) : IDisposable
{
    /// <summary>So long the customer has for an answer: whether somebody may come, and whether the one who came may look.</summary>
    public static readonly TimeSpan AnswerWithin = TimeSpan.FromMinutes(2);

    private readonly Lock gate = new();
    private readonly TimeProvider time = options.Time;
    private readonly InvitationLimit limit = new(options.Time);
    private readonly List<Task> running = [], partings = [];
    private Wish? open;
    private bool isOver;

    /// <summary>Makes the leg of one who came and is in the session.</summary>
    public required Func<Participant, ParticipantLeg> Attach { get; init; }

    /// <summary>What is still said to the server after those who came have left.</summary>
    public Task Parting
    {
        get { lock (gate) return Task.WhenAll(partings); }
    }

    /// <summary>One invitation. Who is null was invited by the customer.</summary>
    private sealed record Wish(Participant? From, uint Number, InvitePurpose Purpose, string Name, ParticipantRole Role) : IDisposable
    {
        public CancellationTokenSource Ending { get; } = new();

        /// <summary>The customer agreed.</summary>
        public bool IsAgreed { get; set; }

        public ITimer? Patience { get; set; }

        public void Dispose()
        {
            Patience?.Dispose();
            Ending.Cancel();
        }
    }

    /// <summary>What a participant would like.</summary>
    public void Take(Participant from, PeopleMessage message)
    {
        switch (message)
        {
            case Invite invite:
                Ask(from, invite);
                break;
            case Withdraw withdraw:
                EndIf(wish => wish.From == from && wish.Number == withdraw.Number, InvitationState.Withdrawn);
                break;
            case TakeControl:
                session.Seat.Take(from);
                break;
            case Halt when from.IsIn:
                session.Pause(Pauses.Stop, from.Person);
                tell(new CustomerEvent.Halted(from.Person, from.Name));
                break;
            default:
                break;
        }
    }

    /// <summary>The customer says whether the colleague may come, after InviteAsked.</summary>
    public void Answer(bool agrees)
    {
        lock (gate)
        {
            if (open is not { IsAgreed: false } wish) return;
            if (agrees) Agree(wish);
            else End(wish, InvitationState.Declined);
        }
    }

    /// <summary>The customer invites a relative to watch; false when nobody can be invited now.</summary>
    public bool TryInviteRelative(string name)
    {
        lock (gate)
        {
            if (Refusal() is not null || !limit.TryBegin()) return false;
            open = new Wish(null, 0, InvitePurpose.ComeAlong, name, ParticipantRole.Relative);
            Agree(open);
            return true;
        }
    }

    /// <summary>The customer takes the open invitation back.</summary>
    public void Withdraw() => EndIf(_ => true, InvitationState.Withdrawn);

    /// <summary>This one has left or is away: what it began for itself ends.</summary>
    public void Forget(Participant participant) =>
        EndIf(wish => wish.From == participant && !(wish.IsAgreed && wish.Purpose == InvitePurpose.TakeOver), InvitationState.Withdrawn);

    /// <summary>Until no technician is left; then nobody can come any more, and everybody has left.</summary>
    public async Task WhenOverAsync()
    {
        while (true)
        {
            Task[] guests;
            lock (gate)
            {
                if (!session.GoesOn) Close();
                running.RemoveAll(one => one.IsCompletedSuccessfully);
                guests = [.. running];
            }
            if (guests.Length == 0) return;
            await (await Task.WhenAny(guests).ConfigureAwait(false)).ConfigureAwait(false);
        }
    }

    /// <summary>Nobody can come any more: an invitation that is open is over.</summary>
    public void Close()
    {
        lock (gate)
        {
            isOver = true;
            if (open is { } wish) End(wish, InvitationState.Withdrawn);
        }
    }

    /// <summary>As <see cref="Close"/>, without a word of it.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            isOver = true;
            open?.Dispose();
            open = null;
        }
    }

    private void Ask(Participant from, Invite invite)
    {
        lock (gate)
        {
            var refusal = Refusal() ?? (from.IsStopped || (from.Granted & Permissions.View) == 0 ? InvitationState.Declined : null);
            if (refusal is null && !limit.TryBegin()) refusal = InvitationState.TooOften;
            from.Tell(new Invitation(invite.Number, refusal ?? InvitationState.Asked));
            if (refusal is not null) return;
            var wish = new Wish(from, invite.Number, invite.Purpose, invite.Name, ParticipantRole.Technician);
            open = wish;
            wish.Patience = time.CreateTimer(_ => EndIf(one => one == wish && !one.IsAgreed, InvitationState.Expired), null, AnswerWithin, Timeout.InfiniteTimeSpan);
            tell(new CustomerEvent.InviteAsked(from.Person, invite.Name, invite.Reason, invite.Purpose));
        }
    }

    private InvitationState? Refusal() =>
        open is not null || isOver ? InvitationState.TooOften
        : session.Participants.Count >= HostSession.MostParticipants ? InvitationState.Full
        : null;

    // Under the lock.
    private void Agree(Wish wish)
    {
        wish.IsAgreed = true;
        wish.Patience?.Dispose();
        running.Add(Task.Run(() => ReceiveAsync(wish)));
    }

    private void EndIf(Func<Wish, bool> which, InvitationState why)
    {
        lock (gate)
            if (open is { } wish && which(wish)) End(wish, why);
    }

    // Under the lock.
    private void End(Wish wish, InvitationState why)
    {
        if (open != wish) return;
        open = null;
        limit.End();
        wish.Dispose();
        wish.From?.Tell(new Invitation(wish.Number, why));
        tell(new CustomerEvent.InviteOver(why, wish.Name, wish.Role));
    }

    // From the customer's yes to the end of the one who came, if anybody did.
    private async Task ReceiveAsync(Wish wish)
    {
        var (established, transport, paired) = await TryMeetAsync(wish).ConfigureAwait(false);
        if (established is null) return;
        try
        {
            await ServeAsync(wish, established, transport!, paired!).ConfigureAwait(false);
        }
        catch
        {
            // A fault of our own: it comes out with the end of the session.
            session.End(EndReason.ProgramClosed);
            throw;
        }
    }

    private async Task<(EstablishedSession?, ITransport?, PairedHost?)> TryMeetAsync(Wish wish)
    {
        try
        {
            return await MeetAsync(wish).ConfigureAwait(false);
        }
        catch (Exception gone) when (gone is WebSocketException or HttpRequestException or IOException or TimeoutException or OperationCanceledException)
        {
            EndIf(one => one == wish, InvitationState.Unavailable);
            return default;
        }
    }

    private async Task<(EstablishedSession?, ITransport?, PairedHost?)> MeetAsync(Wish wish)
    {
        if (GuestSocket.FindRun(session) is not { } run) return Over(InvitationState.Unavailable);
        var transport = await options.Connect(wish.Ending.Token).ConfigureAwait(false);
        var isKept = false;
        try
        {
            var socket = new HostSocket(transport, time);
            var answer = await socket.RegisterAsync(run, wish.Role, wish.Ending.Token).ConfigureAwait(false);
            if (answer.Value is not { } given) return Over(answer.Trouble?.Kind == TroubleKind.Full ? InvitationState.Full : InvitationState.Unavailable);
            using var code = new CodeState(time);
            code.Give(given.Nameplate, TimeSpan.FromSeconds(Math.Min(given.SecretSeconds, CodeState.LongestSecretTime.TotalSeconds)));
            TellCode(wish, code);
            if (await WaitAsync(wish, socket, code).ConfigureAwait(false) is not { } paired) return default;
            var step = await ShakeHandsAsync(wish, socket, code).ConfigureAwait(false);
            if (step.Session is null) return Over(step is { IsSecretBurnt: true, IsBrokenOff: false } ? InvitationState.WrongCode : InvitationState.Unavailable);
            isKept = true;
            return (step.Session, transport, paired);
        }
        finally
        {
            if (!isKept) await transport.DisposeAsync().ConfigureAwait(false);
        }

        (EstablishedSession?, ITransport?, PairedHost?) Over(InvitationState why)
        {
            EndIf(one => one == wish, why);
            return default;
        }
    }

    private void TellCode(Wish wish, CodeState code)
    {
        lock (gate)
        {
            if (open != wish) return;
            var digits = code.Show();
            // A relative's code goes over no line: the customer tells it.
            wish.From?.Tell(new Invitation(wish.Number, InvitationState.Code, (ushort)code.Left.TotalSeconds, digits));
            tell(new CustomerEvent.InviteReady(digits, time.GetUtcNow() + code.Left, wish.Name, wish.Role));
        }
    }

    // Null: nobody came, and the invitation is over.
    private async Task<PairedHost?> WaitAsync(Wish wish, HostSocket socket, CodeState code)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(wish.Ending.Token);
        await using var expiry = time.CreateTimer(_ => EndIf(one => one == wish, InvitationState.Expired), null, code.Left, Timeout.InfiniteTimeSpan);
        var paired = await socket.WaitForPairAsync(late.Token).ConfigureAwait(false);
        // Behind this the code is no longer waited with: who came in the last moment may still prove it.
        if (paired.Value is { } run) return run;
        EndIf(one => one == wish, InvitationState.Unavailable);
        return null;
    }

    private async Task<HandshakeStep> ShakeHandsAsync(Wish wish, HostSocket socket, CodeState code)
    {
        var handshakeOptions = CustomerHandshakeOptions.For(
            options.Organization, code.Secret!, code.Nameplate, socket.SidC, HostIdentities.Of(options, wish.Role), time);
        using var handshake = new CustomerHandshake(handshakeOptions with { IsRelative = wish.Role == ParticipantRole.Relative });
        return await HandshakeRun.RunAsync(handshake, socket.Transport, time, wish.Ending.Token).ConfigureAwait(false);
    }

    private async Task ServeAsync(Wish wish, EstablishedSession established, ITransport transport, PairedHost paired)
    {
        var relative = wish.Role == ParticipantRole.Relative ? wish.Name : null;
        await using var participant = new Participant(
            established, transport, options.Desktop, time, relative is null ? options.Files : null, relative)
        {
            Run = paired, TakesOver = wish is { Role: ParticipantRole.Technician, Purpose: InvitePurpose.TakeOver },
        };
        if (!session.TryAdd(participant))
        {
            participant.End(EndReason.Declined);
            EndIf(one => one == wish, session.GoesOn ? InvitationState.Full : InvitationState.Withdrawn);
            return;
        }
        var leg = Attach(participant);
        tell(new CustomerEvent.ParticipantConnected(participant.Person, participant.Role, participant.Name, participant.CheckNumber));
        EndIf(one => one == wish, InvitationState.Joined);
        // Whom the customer does not answer has no part in the session, and keeps nobody else out of it, or in it.
        await using var patience = time.CreateTimer(_ => { if (!participant.IsIn) participant.End(EndReason.Declined); }, null, AnswerWithin, Timeout.InfiniteTimeSpan);
        var end = await leg.RunAsync(participant.RunAsync(CancellationToken.None)).ConfigureAwait(false);
        if (session.GoesOn) tell(new CustomerEvent.ParticipantLeft(participant.Person, participant.Name, end));
        lock (gate) partings.Add(leg.TellEndAsync(leaving));
    }
}
