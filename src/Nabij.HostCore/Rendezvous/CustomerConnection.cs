using System.Net.WebSockets;
using Nabij.HostCore.Clipboard;
using Nabij.HostCore.Facts;
using Nabij.HostCore.Guard;
using System.Security.Cryptography;
using Nabij.HostCore.Picture;
using Nabij.HostCore.Rehearsal;
using Nabij.HostCore.Session;
using Nabij.Protocol;
using Nabij.Protocol.Log;
using Nabij.Protocol.Organizations;
using Nabij.Protocol.People;
using Nabij.Protocol.Rendezvous;
using Nabij.Protocol.Session;

namespace Nabij.HostCore.Rendezvous;

/// <summary>
/// The whole way of a customer: registers with the server, keeps a code fresh, proves a technician, and runs the one
/// session that follows. Tells everything by <see cref="Happened"/>; the customer's acts come from any thread and take
/// effect before they return. Over after Ended, InTheWay, TooManyWrong or Faulted: another session needs another connection.
/// </summary>
public sealed class CustomerConnection : IAsyncDisposable
{
    /// <summary>Tuning: how long a waiting host tries to get back to a server that went away.</summary>
    private static readonly TimeSpan LongestAbsence = TimeSpan.FromMinutes(2);
    /// <summary>Tuning: how often a waiting host looks at the wall clock, which alone goes on while the computer sleeps.</summary>
    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(15);
    /// <summary>Tuning: so long a program that closes still tries to tell the server of an end.</summary>
    private static readonly TimeSpan PartingTime = TimeSpan.FromSeconds(1);

    private readonly CustomerOptions options;
    private readonly TimeProvider time;
    private readonly CodeState code;
    private readonly RetryPace pace;
    private readonly CancellationTokenSource ending = new(), leaving = new();
    private ReadOnlyMemory<byte>? lease;
    private RunOutcome outcome = RunOutcome.None;
    private CodeNews news = CodeNews.First;
    private Task running = Task.CompletedTask, parting = Task.CompletedTask;
    private volatile Attention? attention;
    private volatile WindowGuard? guard;
    private volatile Guests? guests;

    public CustomerConnection(CustomerOptions options)
    {
        this.options = options;
        time = options.Time;
        code = new CodeState(time);
        pace = new RetryPace(time);
    }

    /// <summary>What happens, in order, from threads of the engine; handlers must return soon and may call the acts below.</summary>
    public event Action<CustomerEvent>? Happened;

    /// <summary>The session and who takes part in it.</summary>
    public HostSession Session { get; } = new();

    /// <summary>Begins; call once, after <see cref="Happened"/> has its handler.</summary>
    public void Start() => running = Task.Run(() => RunAsync(ending.Token), CancellationToken.None);

    /// <summary>The customer allows these; to the technician who has been here longest, or to the person named.</summary>
    public void Grant(Permissions permissions, byte person = 0) => Session.Grant(permissions, person);

    /// <summary>The customer says no to what was asked.</summary>
    public void Decline(Permissions permissions, byte person = 0) => Session.Decline(permissions, person);

    /// <summary>The customer takes these back.</summary>
    public void Revoke(Permissions permissions, byte person = 0) => Session.Revoke(permissions, person);

    /// <summary>Ends it for one of several; with the last technician it ends for all.</summary>
    public void Remove(byte person, EndReason reason = EndReason.CustomerEnded) => Session.Find(person)?.End(reason);

    /// <summary>The customer says whether a colleague may come, after InviteAsked: InviteReady or InviteOver follows.</summary>
    public void AnswerInvite(bool agrees) => guests?.Answer(agrees);

    /// <summary>The customer invites a relative to watch: InviteReady or InviteOver follows. False when nobody can be invited now.</summary>
    /// <param name="name">What the customer calls the relative, 1-64 bytes of UTF-8, no control characters.</param>
    public bool TryInviteRelative(string name) => guests?.TryInviteRelative(name) == true;

    /// <summary>The customer takes the open invitation back.</summary>
    public void WithdrawInvite() => guests?.Withdraw();

    /// <summary>Shares these displays of the desktop from here on, and no others.</summary>
    public void Share(DisplayChoice choice) => Session.Share(options.Desktop, choice);

    /// <summary>Stop: no picture and no input from here on; the session stays (invariant 3).</summary>
    public void Stop()
    {
        Session.Pause(Pauses.Stop);
        // A second Stop also ends what the first one let finish.
        Session.Lift(Pauses.Finishing);
    }

    /// <summary>After Stop: what is being copied goes to its end, unseen; then the session ends by itself.</summary>
    public void LetFinish()
    {
        Session.LetFinish();
        EndWhenFinished();
    }

    /// <summary>The computer was locked, or its screen saver began: held until the customer goes on.</summary>
    public void NoteLocked() => attention?.NoteLocked();

    /// <summary>What was in force before Stop, or before the session paused itself, is in force again; a private moment goes on.</summary>
    public void GoOn()
    {
        attention?.Confirm();
        foreach (var one in Session.Participants) one.Files?.GoOn();
        Session.Lift(Attention.Held | Pauses.Finishing);
    }

    /// <summary>The customer says that the technician is still helping.</summary>
    public void ConfirmHelp() => attention?.Confirm();

    /// <summary>The customer shows the window in front although it looks private: this one, as long as it looks the same.</summary>
    public void ShowAnyway() => guard?.ShowAnyway();

    /// <summary>A private moment: as Stop for the picture and all input, with words of its own.</summary>
    public void BeginPrivateMoment() => Session.Pause(Pauses.Private);

    /// <summary>The private moment is over.</summary>
    public void EndPrivateMoment() => Session.Lift(Pauses.Private);

    /// <summary>The customer writes a line, as <see cref="Protocol.Chat.ChatLine.TryForm"/> gives it; false when it cannot be taken now.</summary>
    public bool TrySay(string text) => Session.TrySay(text);

    /// <summary>The chat stands before the customer: the technician is told that all that was written is shown.</summary>
    public void ShowLines() => Session.ShowLines();

    /// <summary>The customer says whether what was copied goes, after CopiedAsked; and that what was shown is shown no longer, also after CopiedUnasked.</summary>
    public void AnswerCopied(bool send) => Session.Copied?.Answer(send);

    /// <summary>The customer says whether the facts go, after FactsAsked; and that what was shown is shown no longer, also after FactsUnasked.</summary>
    public void AnswerFacts(bool send) => Session.Facts?.Answer(send);

    /// <summary>The customer would like to send what was copied: CopiedAsked or NothingCopied follows, unless nobody may get it.</summary>
    public void OfferCopied()
    {
        if (Session.Participants.FirstOrDefault(one => one.Granted.HasFlag(Permissions.ClipboardFromHost)) is { } receiver) Session.Copied?.Ask(receiver.Clipboard, 0, receiver.Person);
    }

    /// <summary>Ends the session, or the wait for one.</summary>
    public void End(EndReason reason)
    {
        var hadSession = Session.Participants.Count > 0;
        Session.End(reason);
        if (!hadSession) ending.Cancel();
    }

    public async ValueTask DisposeAsync()
    {
        Session.End(EndReason.ProgramClosed);
        if (Session.Participants.Count == 0) await ending.CancelAsync().ConfigureAwait(false);
        // A session that was told to end leaves within a second, whatever the network does; so does its last word.
        await running.ConfigureAwait(false);
        await Task.WhenAny(parting, Task.Delay(PartingTime, time)).ConfigureAwait(false);
        await leaving.CancelAsync().ConfigureAwait(false);
        await parting.ConfigureAwait(false);
        if (guests is not null) await guests.Parting.ConfigureAwait(false);
        leaving.Dispose();
        code.Dispose();
        ending.Dispose();
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        void LoseScreen(string why) => Tell(new CustomerEvent.InTheWay(new Trouble(TroubleKind.Screen)));
        options.Desktop.Pictures.ScreenLost += LoseScreen;
        try
        {
            CustomerEvent? last = null;
            while (last is null) last = await RunOnceAsync(() => options.Desktop.Pictures.ScreenLost -= LoseScreen, cancellationToken).ConfigureAwait(false);
            Tell(options.Desktop.Pictures.Fault is { } fault ? new CustomerEvent.Faulted(fault) : last);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The customer left before there was a session.
        }
        // The top of the engine: a fault of our own is told as such, and never in silence.
#pragma warning disable CA1031
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Tell(new CustomerEvent.Faulted(failure));
        }
        finally
        {
            options.Desktop.Pictures.ScreenLost -= LoseScreen;
        }
    }

    // One socket from REGISTER to the end of its run. Null: there is another one to come.
    private async Task<CustomerEvent?> RunOnceAsync(Action sessionBegins, CancellationToken cancellationToken)
    {
        if (!VersionOffer.CanServe(options.Organization)) return new CustomerEvent.InTheWay(new Trouble(TroubleKind.Outdated));
        var (socket, given, trouble) = await RegisterAsync(cancellationToken).ConfigureAwait(false);
        if (socket is null || given is null) return new CustomerEvent.InTheWay(trouble!);
        var transport = socket.Transport;
        try
        {
            if (Trouble.OfClocks(time.GetUtcNow(), DateTimeOffset.FromUnixTimeSeconds((long)Math.Min(given.Time, MostSeconds))) is { } clocks)
                return new CustomerEvent.InTheWay(clocks);
            lease = given.Lease;
            outcome = RunOutcome.None;
            FirstSecond.Prepare(options.Desktop);
            code.Give(given.Nameplate, TimeSpan.FromSeconds(Math.Min(given.SecretSeconds, CodeState.LongestSecretTime.TotalSeconds)));
            var waited = await WaitAsync(socket, TimeSpan.FromSeconds(given.NameplateSeconds), cancellationToken).ConfigureAwait(false);
            if (waited.Trouble is not null) return new CustomerEvent.InTheWay(waited.Trouble);
            if (waited.Value is null)
            {
                news = CodeNews.BackAgain;
                await PauseAsync(transport, cancellationToken).ConfigureAwait(false);
                return null;
            }
            Tell(new CustomerEvent.Joined());
            var step = await ShakeHandsAsync(socket, cancellationToken).ConfigureAwait(false);
            if (step.Session is null) return await AfterFailureAsync(step, transport, cancellationToken).ConfigureAwait(false);
            sessionBegins();
            return new CustomerEvent.Ended(await ServeAsync(step.Session, transport, (waited.Value, socket.SidC)).ConfigureAwait(false));
        }
        finally
        {
            await transport.DisposeAsync().ConfigureAwait(false);
        }
    }

    private const ulong MostSeconds = 253_402_300_799; // the year 9999

    private async Task<(HostSocket?, NameplateGiven?, Trouble?)> RegisterAsync(CancellationToken cancellationToken)
    {
        var since = time.GetTimestamp();
        while (true)
        {
            var (socket, given, trouble) = await TryRegisterAsync(cancellationToken).ConfigureAwait(false);
            if (given is not null) return (socket, given, null);
            // Only who had a number waits for a server that restarts; the first time the answer is given at once.
            var isWorthWaiting = trouble is null or { Kind: TroubleKind.Network or TroubleKind.Server } || trouble.RetryAfter > TimeSpan.Zero;
            var asked = trouble?.RetryAfter ?? TimeSpan.Zero;
            if (lease is null || !isWorthWaiting || time.GetElapsedTime(since) + asked >= LongestAbsence)
                return (null, null, trouble ?? new Trouble(TroubleKind.Network));
            await Task.Delay(pace.Next(asked), time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<(HostSocket?, NameplateGiven?, Trouble?)> TryRegisterAsync(CancellationToken cancellationToken)
    {
        ITransport transport;
        try
        {
            transport = await options.Connect(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is WebSocketException or HttpRequestException or IOException or TimeoutException
            || failure is OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return (null, null, Trouble.Of(failure));
        }
        var socket = new HostSocket(transport, time);
        RendezvousResult<NameplateGiven> answer = default;
        try
        {
            answer = await socket.RegisterAsync(options, lease, outcome, cancellationToken).ConfigureAwait(false);
            return (socket, answer.Value, answer.Trouble);
        }
        finally
        {
            if (answer.Value is null) await transport.DisposeAsync().ConfigureAwait(false);
        }
    }

    // A socket that is left before a pause is closed first: the server would take the wait for a wait.
    private async Task PauseAsync(ITransport transport, CancellationToken cancellationToken)
    {
        await transport.DisposeAsync().ConfigureAwait(false);
        await Task.Delay(pace.Next(), time, cancellationToken).ConfigureAwait(false);
    }

    // Shows the code and renews its secret digits every ten minutes until somebody is paired or the nameplate is over.
    private async Task<RendezvousResult<PairedHost>> WaitAsync(HostSocket socket, TimeSpan nameplateTime, CancellationToken cancellationToken)
    {
        TellCode(news);
        var begun = Moment.Now(time);
        pace.BeginWait();
        var paired = socket.WaitForPairAsync(cancellationToken);
        while (true)
        {
            using var renewal = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var expiry = Task.Delay(NextLook(code.Left, nameplateTime - begun.Elapsed(time)), time, renewal.Token);
            var first = await Task.WhenAny(paired, expiry).ConfigureAwait(false);
            await renewal.CancelAsync().ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            if (first == paired)
            {
                pace.EndWait();
                return await paired.ConfigureAwait(false);
            }
            // The server closes at the same time; where it cannot be heard any more, this side ends the wait by itself.
            if (begun.Elapsed(time) >= nameplateTime) return new(null, new Trouble(TroubleKind.Expired));
            if (code.Left > TimeSpan.Zero) continue;
            code.Renew();
            TellCode(CodeNews.Renewed);
        }
    }

    private static TimeSpan NextLook(TimeSpan code, TimeSpan nameplate)
    {
        var next = code < nameplate ? code : nameplate;
        return next <= TimeSpan.Zero ? TimeSpan.Zero : next < LongestLook ? next : LongestLook;
    }

    private async Task<HandshakeStep> ShakeHandsAsync(HostSocket socket, CancellationToken cancellationToken)
    {
        var identity = HostIdentities.Of(options, ParticipantRole.Technician);
        using var handshake = new CustomerHandshake(
            CustomerHandshakeOptions.For(options.Organization, code.Secret!, code.Nameplate, socket.SidC, identity, time));
        return await HandshakeRun.RunAsync(handshake, socket.Transport, time, cancellationToken).ConfigureAwait(false);
    }

    private async Task<CustomerEvent?> AfterFailureAsync(HandshakeStep step, ITransport transport, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await transport.CloseAsync(cancellationToken).ConfigureAwait(false);
        var refused = RefusedTechnician(step.Failure);
        var isBurnt = step.IsSecretBurnt && !step.IsBrokenOff;
        outcome = isBurnt && refused is null ? RunOutcome.WrongCode : RunOutcome.BrokenOff;
        news = !isBurnt ? CodeNews.BrokenOff : refused ?? CodeNews.WrongCode;
        if (!isBurnt)
        {
            await PauseAsync(transport, cancellationToken).ConfigureAwait(false);
            return null;
        }
        Tell(refused is null ? new CustomerEvent.WrongCode() : new CustomerEvent.TechnicianRefused(refused == CodeNews.Revoked));
        code.CountWrong();
        if (code.IsOver) return new CustomerEvent.TooManyWrong();
        if (!code.IsPauseDue) return null;
        Tell(new CustomerEvent.Paused(time.GetUtcNow() + CodeState.PauseTime));
        await Task.Delay(CodeState.PauseTime, time, cancellationToken).ConfigureAwait(false);
        return null;
    }

    // The code was right in these: the certificate is looked at only after the proof.
    private static CodeNews? RefusedTechnician(HandshakeFailure? failure) => failure?.Error switch
    {
        HandshakeError.CertificateRevoked => CodeNews.Revoked,
        HandshakeError.CertificateExpired or HandshakeError.CertificateNotYetValid or HandshakeError.CertificateSignature => CodeNews.Uncertified,
        _ => null,
    };

    // From the first technician's handshake until the last technician has left; why that one, or the first, did.
    private async Task<SessionEnd> ServeAsync(EstablishedSession established, ITransport transport, (PairedHost Paired, byte[] SidC) run)
    {
        code.ForgetWrong();
        using var watch = Watch();
        using var log = new CustomerLog(SubjectOf(established, run), time);
        Session.Log = log;
        using var copied = new ClipboardQuestion(Session, options.Desktop.Clipboard, time, Tell);
        Session.Copied = copied;
        using var facts = new FactsQuestion(
            Session, options.Facts ?? (() => ComputerFacts.Read(options.Desktop.Displays, options.Program)), time, Tell);
        Session.Facts = facts;
        using var care = PayAttention();
        void TellPeople() => Tell(new CustomerEvent.PeopleChanged());
        Session.PeopleChanged += TellPeople;
        await using var limit = time.CreateTimer(_ => Session.End(EndReason.Expired), null, HostSession.LongestTime, Timeout.InfiniteTimeSpan);
        Guests others = null!;
        others = guests = new Guests(options, Session, Tell, leaving.Token) { Attach = Attach };
        Session.Ending += others.Close;
        try
        {
            var end = await ServeFirstAsync(established, transport, run.Paired, Attach).ConfigureAwait(false);
            await others.WhenOverAsync().ConfigureAwait(false);
            return end;
        }
        finally
        {
            Session.Ending -= others.Close;
            others.Dispose();
            Session.PeopleChanged -= TellPeople;
            log.End(null); // unless somebody has written why
        }

        ParticipantLeg Attach(Participant participant) => new(options, Session, participant, Tell)
        {
            Shared = (copied, facts, attention!), Wanted = others.Take, Gone = others.Forget,
        };
    }

    private async Task<SessionEnd> ServeFirstAsync(
        EstablishedSession established, ITransport transport, PairedHost paired, Func<Participant, ParticipantLeg> attach)
    {
        await using var participant = new Participant(established, transport, options.Desktop, time, options.Files) { Run = paired };
        participant.Witness(Session.Log!, reason => Session.WriteLeft(participant, reason));
        var isAdded = Session.TryAdd(participant);
        var leg = attach(participant);
        // First who it is: nothing that the technician does may be told before.
        Tell(new CustomerEvent.TechnicianConnected(
            participant.Name, options.Organization.DisplayName, participant.CheckNumber, established.RequestedPermissions));
        var running = participant.RunAsync(CancellationToken.None);
        guard?.Tell();
        if (!isAdded || ending.IsCancellationRequested) participant.End(EndReason.ProgramClosed);
        var end = await leg.RunAsync(running).ConfigureAwait(false);
        parting = leg.TellEndAsync(leaving.Token);
        if (Session.GoesOn) Tell(new CustomerEvent.ParticipantLeft(participant.Person, participant.Name, end));
        return end;
    }

    // From before anything can be granted: what looks private is guarded from the first picture on.
    private Subscription Watch()
    {
        var pictures = options.Desktop.Pictures;
        var watching = new WindowGuard(Session, Tell);
        guard = watching;
        pictures.ActiveWindowChanged += watching.Note;
        watching.Note(pictures.ActiveWindow);
        return new Subscription(() => pictures.ActiveWindowChanged -= watching.Note);
    }

    private Subscription PayAttention()
    {
        var paid = new Attention(Session, time, Tell);
        attention = paid;
        options.Desktop.Pictures.LocalInput += paid.NoteInput;
        return new Subscription(() =>
        {
            options.Desktop.Pictures.LocalInput -= paid.NoteInput;
            paid.Dispose();
        });
    }

    private void EndWhenFinished()
    {
        if (Session.HasFinished) Session.End(EndReason.CustomerEnded);
    }

    /// <summary>Undoes what was set up, once.</summary>
    private sealed class Subscription(Action end) : IDisposable
    {
        public void Dispose() => end();
    }

    private LogSubject SubjectOf(EstablishedSession established, (PairedHost Paired, byte[] SidC) run)
    {
        var certificate = established.Technician.Certificate!; // a relative is nobody's first technician
        var key = KeyOf(certificate);
        return new LogSubject(established.SessionId, established.CheckNumber, certificate, key, options.Consent)
        {
            Receipt = ServerReceipt.Find(run.Paired.Receipt.Span, key.Span, run.SidC, options.Consent),
        };
    }

    // The handshake has shown that the certificate names one of them.
    private ReadOnlyMemory<byte> KeyOf(TechnicianCertificate certificate) =>
        options.Organization.Keys.First(key => SHA256.HashData(key.Span).AsSpan().SequenceEqual(certificate.OrganizationKeyHash.Span));

    private void TellCode(CodeNews why) => Tell(new CustomerEvent.CodeReady(code.Show(), time.GetUtcNow() + code.Left, why));

    private void Tell(CustomerEvent what) => Happened?.Invoke(what);
}
