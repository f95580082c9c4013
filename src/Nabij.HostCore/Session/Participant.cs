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

namespace Nabij.HostCore.Session;

/// <summary>
/// One technician (or other viewer) in a session: own keys, own grants behind an own gate, own picture, own held keys.
/// It outlives its connection: when that is lost, everything is shut until the viewer has come back on a new one.
/// The customer's acts come from any thread and take effect before they return, whatever the network does.
/// </summary>
public sealed partial class Participant : IAsyncDisposable
{
    private static readonly TimeSpan LeastBetweenLocalInputs = TimeSpan.FromSeconds(1);

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

    /// <summary>Tells the viewer that the customer is told of this picture. What happens while it is away it is not told: it asks again.</summary>
    internal void Answer(PictureNoted noted)
    {
        if (Lost is null) queues.PutControl(noted.Encode());
    }

    /// <summary>Has the technician countersign this log, which ends when this participant leaves. Before the connection runs.</summary>
    /// <param name="log">The log.</param>
    /// <param name="end">Writes why this participant has left.</param>
    internal void Witness(CustomerLog log, Action<EndReason?> end)
    {
        witness = new LogWitness(log, queues, end);
        Intake.Countersigned = Countersign;
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

    // What is drawn stands on the screen as it was.
    private void ClearDrawing(ScreenLayout layout) => drawing.Clear();

    private void LoseScreen(string why)
    {
        decided ??= SessionEnd.ScreenLost;
        End(EndReason.ProgramClosed);
    }
}
