using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using Nabij.HostCore.Clipboard;
using Nabij.HostCore.Drawing;
using Nabij.HostCore.Facts;
using Nabij.HostCore.Files;
using Nabij.HostCore.Input;
using Nabij.HostCore.Picture;
using Nabij.Protocol;
using Nabij.Protocol.Control;
using Nabij.Protocol.Log;
using Nabij.Protocol.People;
using Nabij.Protocol.Session;
using Nabij.Protocol.Wire;

namespace Nabij.HostCore.Session;

/// <summary>
/// One technician (or other viewer) in a session: own keys, own grants behind an own gate, own picture, own held keys.
/// It outlives its connection: when that is lost, everything is shut until the viewer has come back on a new one.
/// The customer's acts come from any thread and take effect before they return, whatever the network does.
/// </summary>
public sealed partial class Participant : IAsyncDisposable
{
    private static readonly TimeSpan LeastBetweenLocalInputs = TimeSpan.FromSeconds(1);

    // Chapter 02, "Resume", step 5.
    private static readonly TimeSpan FullReturn = TimeSpan.FromSeconds(60);

    // What a private moment holds back.
    private const Permissions Private = Permissions.View | Permissions.ClipboardToHost | Permissions.ClipboardFromHost;

    private readonly Lock announcing = new();
    private readonly EstablishedSession established;
    private readonly HostDesktop desktop;
    private readonly SendQueues queues;
    private readonly ResumeSecrets secrets;
    private readonly ResumeHost resuming;
    private readonly CancellationTokenSource over = new();
    private readonly TimeProvider time;
    private volatile SealedConnection connection;
    private readonly PermissionGate gate;
    private readonly RemoteInput input;
    private readonly RemoteDrawing drawing;
    private readonly ViewerPicture picture;
    private readonly AskLimit asks;
    private readonly Conversation conversation;
    private readonly EventPace localInputPace;
    private uint number;
    private (StopReason Reason, Permissions Kept)? toldPause;
    private SessionEnd? decided;
    private Loss? lost;
    private int losses;
    private Exception? fault;
    private LogWitness? witness;
    // Granted before a long absence: what was being copied waits for the customer's word.
    private volatile Permissions awaited;

    /// <param name="established">What the handshake has proven; this object's from here on.</param>
    /// <param name="transport">The road; this object's as well.</param>
    /// <param name="desktop">The caller's.</param>
    /// <param name="time">The clock.</param>
    /// <param name="place">Where the technician's files arrive; null where nothing can be copied.</param>
    /// <param name="relative">What the customer calls the relative; null for a technician.</param>
    public Participant(EstablishedSession established, ITransport transport, HostDesktop desktop, TimeProvider time, ArrivalPlace? place = null, string? relative = null)
    {
        Role = relative is null ? ParticipantRole.Technician : ParticipantRole.Relative;
        Name = relative ?? established.Technician.DisplayName;
        this.established = established;
        this.desktop = desktop;
        this.time = time;
        secrets = new ResumeSecrets(established);
        resuming = new ResumeHost(secrets, time);
        queues = new SendQueues(time);
        Files = place is null ? null : new FileExchange(place, queues, time, RandomNumberGenerator.Fill);
        gate = new PermissionGate(time, (granted, inForce) => Files?.Close(granted | awaited, inForce), Role);
        asks = new AskLimit(time);
        localInputPace = new EventPace(LeastBetweenLocalInputs, time);
        conversation = new Conversation(queues);
        Facts = new FactsExchange(queues, time);
        Clipboard = new ClipboardExchange(queues, gate, desktop.Clipboard, time);
        input = new RemoteInput(desktop.Sink, time, () => picture!.Shows(desktop.Shared));
        input.GaveWay += TellLocalInput;
        drawing = new RemoteDrawing(desktop.Board, time, () => picture!.Shows(desktop.Shared));
        picture = new ViewerPicture(queues, desktop.TakeEncoder(), time, input);
        Intake = new Intake(gate, time)
        {
            Input = input, Drawing = drawing, Facts = Facts, Picture = picture, Pictures = desktop.Pictures, Conversation = conversation, Asks = asks, Ceiling = Ceiling,
            Clipboard = Clipboard, Files = Files,
        };
        if (Files is not null) Files.Failed += FailFiles;
        connection = Bind(new SealedConnection(transport, established.Keys, queues, time));
        queues.ScreenDrained = desktop.Pictures.Wake;
        desktop.Pictures.LocalInput += input.NoteLocalInput;
        desktop.Pictures.LayoutChanged += ClearDrawing;
        desktop.Pictures.ActiveWindowChanged += input.NoteWindow;
        desktop.Pictures.ScreenLost += LoseScreen;
        desktop.Pictures.Add(picture);
    }

    /// <summary>What comes from the viewer and is let through, for whoever shows it.</summary>
    internal Intake Intake { get; }

    /// <summary>What is copied, both ways; null where nothing can be.</summary>
    public FileExchange? Files { get; }

    /// <summary>Copied text to and from the viewer.</summary>
    internal ClipboardExchange Clipboard { get; }

    /// <summary>Requests for facts about the computer.</summary>
    internal FactsExchange Facts { get; }

    /// <summary>The viewer has come back; what is granted no longer because it was away for long.</summary>
    internal event Action<Permissions>? CameBack;

    /// <summary>The loss that lasts; null while it is there, and when the session is over.</summary>
    internal Loss? Lost
    {
        get { lock (announcing) return lost; }
    }

    /// <summary>Canceled when this participant leaves for good.</summary>
    internal CancellationToken Over => over.Token;

    /// <summary>Who it is, verified.</summary>
    public TechnicianIdentity Technician => established.Technician;

    /// <summary>Four digits that both people may compare.</summary>
    public string CheckNumber => established.CheckNumber;

    /// <summary>What the customer has granted.</summary>
    public Permissions Granted => gate.Granted;

    /// <summary>True while anything holds the session.</summary>
    public bool IsStopped => gate.IsStopped;

    /// <summary>Messages refused at the gate so far.</summary>
    public int Refusals => gate.Refusals;

    /// <summary>Has the technician countersign this log, which ends when this participant leaves. Before the connection runs.</summary>
    /// <param name="log">The log.</param>
    /// <param name="end">Writes why this participant has left.</param>
    internal void Witness(CustomerLog log, Action<EndReason?> end)
    {
        witness = new LogWitness(log, queues, end);
        Intake.Countersigned = Countersign;
    }

    /// <summary>
    /// Runs until the participant has left, or the connection is lost (<see cref="Lost"/> is set then); says why. A fault
    /// of our own comes out as it is, after everything is shut.
    /// </summary>
    public async Task<SessionEnd> RunAsync(CancellationToken cancellationToken)
    {
        SessionEnd seen;
        try
        {
            seen = await connection.RunAsync(Intake.Take, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            ShutDown();
            throw;
        }
        if (seen == SessionEnd.ConnectionLost && !cancellationToken.IsCancellationRequested && TrySuspend()) return seen;
        ShutDown();
        if (fault is not null) ExceptionDispatchInfo.Throw(fault);
        return decided ?? seen;
    }

    /// <summary>Answers R1 (chapter 02); null when it is refused, which costs nothing.</summary>
    internal (ResumedSession Session, byte[] R2)? Answer(ReadOnlySpan<byte> r1)
    {
        lock (announcing)
        {
            if (lost is null) return null;
            try
            {
                IReadOnlyList<LastMessageId> ids = conversation.Heard is > 0 and var heard ? [new LastMessageId((byte)Channel.Chat, heard)] : [];
                return (resuming.Answer(r1, ids, out var r2), r2);
            }
            catch (Exception refusal) when (refusal is ResumeException or WireFormatException)
            {
                return null;
            }
        }
    }

    /// <summary>Goes on over another transport, as <see cref="RunAsync"/>. Nothing is in force before the viewer's RESUMED has come.</summary>
    internal async Task<SessionEnd> GoOnAsync(ITransport transport, ResumedSession resumed)
    {
        var before = connection;
        connection = Bind(new SealedConnection(transport, resumed.Keys, queues, time, () => ComeBack(resumed)));
        await before.DisposeAsync().ConfigureAwait(false);
        if (over.IsCancellationRequested) connection.Abort();
        return await RunAsync(CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>The viewer has not come back in time.</summary>
    internal SessionEnd GiveUp()
    {
        ShutDown();
        if (fault is not null) ExceptionDispatchInfo.Throw(fault);
        return decided ?? SessionEnd.ConnectionLost;
    }

    /// <summary>The customer allows these, within the ceiling.</summary>
    public void Grant(Permissions permissions)
    {
        lock (announcing)
        {
            asks.Answer();
            GiveBack(permissions);
        }
    }

    /// <summary>Allows again what was taken away for a moment: no answer to what the technician asks.</summary>
    internal void GiveBack(Permissions permissions)
    {
        lock (announcing)
        {
            permissions &= Ceiling;
            if (permissions == Permissions.None) return;
            var all = gate.Grant(permissions);
            Announce(() => new Grant(++number, all));
            awaited &= ~permissions;
            TellPause();
            OpenFiles();
            ShowPicture();
        }
    }

    /// <summary>The customer says no to what was asked.</summary>
    public void Decline(Permissions permissions)
    {
        lock (announcing)
        {
            asks.Answer();
            if (permissions != Permissions.None) Announce(() => new Declined(++number, permissions));
        }
    }

    /// <summary>The customer takes these back.</summary>
    public void Revoke(Permissions permissions)
    {
        awaited &= ~permissions;
        gate.Revoke(permissions);
        HidePicture();
        ReleaseHeld();
        Clipboard.GiveUp(gate.InForce);
        GiveUpFacts();
        lock (announcing)
        {
            HidePicture();
            Announce(() => new Revoke(++number, gate.Granted));
            TellPause();
        }
    }

    /// <summary>Takes the picture away, and all that needs it, until it is granted again; returns what was taken.</summary>
    internal Permissions Rest()
    {
        const Permissions NeedsPicture = Permissions.View | Permissions.Draw | Permissions.Pointer | Permissions.Keyboard;
        if ((gate.InForce & Permissions.View) == 0) return Permissions.None;
        var taken = gate.Granted & NeedsPicture;
        Revoke(taken);
        return taken;
    }

    /// <summary>Stop, a private moment and the like: first the gate, the picture and everything held, then the word to the technician (invariant 3).</summary>
    public void Pause(Pauses why)
    {
        if (!gate.Pause(why)) return;
        picture.Close();
        ReleaseHeld();
        Clipboard.GiveUp(gate.InForce);
        GiveUpFacts();
        lock (announcing)
        {
            HidePicture(); // a grant on another thread may have opened it in between
            TellPause();
            OpenFiles(); // one pause may keep what another one did not
        }
    }

    /// <summary>Takes pauses away: once none is left, what was granted is in force again.</summary>
    public void Lift(Pauses why)
    {
        lock (announcing)
        {
            if (!gate.Lift(why)) return;
            TellPause();
            OpenFiles();
            ShowPicture();
        }
    }

    /// <summary>
    /// The customer writes this, in the form that travels. Also after Stop: the customer may want to say why. False when
    /// the chat is not granted, or too much of it has not arrived.
    /// </summary>
    public bool TrySay(string text) => MayHear && conversation.TrySay(text);

    /// <summary>All lines that came stand before the customer.</summary>
    public void ShowLines()
    {
        if ((gate.Granted & Permissions.Chat) != 0) conversation.Show();
    }

    /// <summary>Ends the session from this side: at once here, and told by CLOSE where the line still carries it.</summary>
    public void End(EndReason reason)
    {
        decided ??= (SessionEnd)reason;
        ShutDown();
        WriteEnd();
        queues.PutControl(new Close(reason).Encode());
        connection.EndSoon();
    }

    public async ValueTask DisposeAsync()
    {
        ShutDown();
        witness?.Dispose();
        desktop.Pictures.LocalInput -= input.NoteLocalInput;
        desktop.Pictures.LayoutChanged -= ClearDrawing;
        desktop.Pictures.ActiveWindowChanged -= input.NoteWindow;
        desktop.Pictures.ScreenLost -= LoseScreen;
        desktop.Pictures.Remove(picture);
        picture.Dispose();
        drawing.Dispose();
        try
        {
            input.Dispose();
        }
        finally
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            if (Files is not null) await Files.DisposeAsync().ConfigureAwait(false);
            queues.Dispose();
            gate.Dispose();
            established.Dispose();
            over.Dispose();
        }
    }

    // What the technician did not request in the handshake it cannot be given either (docs/protocol/02).
    private Permissions Ceiling => established.Host.Ceiling & established.RequestedPermissions;

    private SealedConnection Bind(SealedConnection made)
    {
        made.ViewerClosed = EndByViewer;
        made.AwaitsAnswer = () => witness is { IsAwaited: true };
        return made;
    }

    // The reader's thread. True while the technician's program may still sign the end of the log.
    private bool EndByViewer(SessionEnd reason)
    {
        decided ??= reason;
        ShutDown();
        WriteEnd();
        return witness is { IsAwaited: true };
    }

    // Where the program has a word of its own for why, the protocol has none.
    private void WriteEnd() => witness?.End(decided is { } end && Enum.IsDefined((EndReason)end) ? (EndReason)end : null);

    private void Countersign(Countersigned signature)
    {
        if (witness is not { } log) return;
        var wasAwaited = log.IsAwaited;
        log.Take(signature);
        if (wasAwaited && !log.IsAwaited) connection.Leave();
    }

    private void ShowPicture()
    {
        if ((gate.InForce & Permissions.View) == 0 || picture.IsOpen) return;
        picture.Open();
        desktop.Pictures.Wake();
    }

    // Behind the word that they are in force; closing happens with the gate.
    private void OpenFiles()
    {
        if (lost is null && Files is not null) gate.Observe(Files.Open);
    }

    // On the worker's thread. The other side broke the protocol, or we did.
    private void FailFiles(Exception failure)
    {
        if (failure is WireFormatException)
        {
            End(EndReason.ProtocolError);
            return;
        }
        fault ??= failure;
        connection.Abort();
    }

    // Says what holds the session now, where that is new. Privacy is no matter to whom sees nothing of the computer anyway.
    private void TellPause()
    {
        var pauses = gate.Pauses;
        if ((gate.Granted & Private) == 0) pauses &= ~(Pauses.Private | Pauses.Guard | Pauses.Copied | Pauses.Facts);
        (StopReason, Permissions)? now = PauseRules.Told(pauses) is { } reason ? (reason, PauseRules.Kept(pauses)) : null;
        if (now == toldPause) return;
        toldPause = now;
        Announce(() => now is var (why, kept) ? new Stopped(++number, why, kept) : new Continued(++number, gate.Granted));
    }

    // The reader's thread, at the pace of what was dropped.
    private void TellLocalInput()
    {
        if (localInputPace.IsDue()) queues.PutControl(new LocalInput().Encode());
    }

    private void GiveUpFacts()
    {
        if ((gate.Granted & Permissions.SystemInformation) == 0 || PauseRules.EndsFacts(gate.Pauses)) Facts.Forget();
    }

    private void HidePicture()
    {
        if ((gate.InForce & Permissions.View) == 0) picture.Close();
    }

    private void ShutDown()
    {
        gate.Close();
        picture.Close();
        ReleaseHeld();
        Clipboard.Forget();
        Facts.Forget();
        lock (announcing)
        {
            picture.Close();
            lost = null;
            // There is no resume after an end.
            secrets.Dispose();
        }
        try
        {
            over.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It is over already.
        }
    }

    // The viewer may come back: everything is shut, and nothing of it forgotten. False when the session is over anyway.
    private bool TrySuspend()
    {
        gate.Suspend();
        picture.Close();
        ReleaseHeld();
        Clipboard.Forget();
        Facts.Forget();
        lock (announcing)
        {
            picture.Close();
            queues.DropAll();
            if (decided is not null || fault is not null || over.IsCancellationRequested) return false;
            lost ??= new Loss(++losses, connection.LastHeard);
            return true;
        }
    }

    // The viewer's RESUMED has opened. It knows nothing of what is in force until it is told, from number 1 on.
    private void ComeBack(ResumedSession resumed)
    {
        var held = Permissions.None;
        lock (announcing)
        {
            if (lost is not { Since: var since }) return;
            secrets.Confirm(resumed.Generation);
            conversation.Learn(resumed.PeerIds.FirstOrDefault(last => last.Channel == (byte)Channel.Chat).Id);
            if (since.Elapsed(time) >= FullReturn)
            {
                held = gate.Granted & ~(Permissions.View | Permissions.Chat);
                awaited = held & FileWays.Both;
                gate.Revoke(held);
            }
            lost = null;
            number = 0;
            gate.Restore();
            toldPause = null;
            Announce(() => gate.Granted == Permissions.None ? new Revoke(++number, Permissions.None) : new Grant(++number, gate.Granted));
            TellPause();
            if (MayHear) conversation.SayAgain();
            OpenFiles();
            ShowPicture();
        }
        witness?.Begin();
        CameBack?.Invoke(held);
    }

    // Under the lock. What happens while the viewer is away it is told when it is back.
    private void Announce(Func<ControlMessage> message)
    {
        if (lost is null) queues.PutControl(message().Encode());
    }

    // The customer's acts come from threads that must survive: a desktop that fails here ends the session instead.
    private void ReleaseHeld()
    {
        if ((gate.InForce & Permissions.Draw) == 0) drawing.Clear();
        ReleaseInput();
    }

    private void ReleaseInput()
    {
        try
        {
            input.Release();
        }
#pragma warning disable CA1031
        catch (Exception failure)
#pragma warning restore CA1031
        {
            fault ??= failure;
            connection.Abort();
        }
    }

    // What is drawn stands on the screen as it was.
    private void ClearDrawing(ScreenLayout layout) => drawing.Clear();

    private void LoseScreen(string why)
    {
        decided ??= SessionEnd.ScreenLost;
        End(EndReason.ProgramClosed);
    }
}
