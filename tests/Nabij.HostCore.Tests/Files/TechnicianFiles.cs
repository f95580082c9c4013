using System.Runtime.Versioning;
using Nabij.HostCore.Files;
using Nabij.HostCore.Tests.Session;
using Nabij.Protocol;
using Nabij.Protocol.Control;
using Nabij.Protocol.Files;

namespace Nabij.HostCore.Tests.Files;

/// <summary>
/// A technician's end of transfers over a whole session in memory: takes what the host says, follows what is in force as a
/// viewer must (docs/protocol/08, "Interactions" 7 and 8), and answers. The test's thread moves it.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed class TechnicianFiles : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(Environment.GetEnvironmentVariable("NABIJ_FULL") is { Length: > 0 } ? 600 : 60);

    private readonly ArrivalFolder place = new();
    private readonly Queue<FileMessage> waiting = new();
    private TechnicianPeer peer;
    private Permissions granted, kept = Permissions.All, inForce;
    private int heard;

    public TechnicianFiles(TechnicianPeer peer)
    {
        this.peer = peer;
        Outgoing = new OutgoingFiles(Party.Viewer, waiting.Enqueue);
        Incoming = new IncomingFiles(Party.Host, place.Store, waiting.Enqueue);
        Incoming.Offered += offer => { if (Accepts) Incoming.Accept(offer.Id); };
        Incoming.Ended += (offer, outcome) => Ended.Add((offer.Id, outcome));
        Outgoing.Ended += (id, outcome) => Ended.Add((id, outcome));
    }

    public OutgoingFiles Outgoing { get; }

    public IncomingFiles Incoming { get; }

    public List<(uint Id, TransferOutcome Outcome)> Ended { get; } = [];

    public List<Answer> Answers { get; } = [];

    /// <summary>Messages of the host about files that came while none was in force.</summary>
    public int OutOfForce { get; private set; }

    public bool Accepts { get; set; } = true;

    /// <summary>False: takes and answers, and sends no content.</summary>
    public bool Sends { get; set; } = true;

    /// <summary>Where the customer's files arrive.</summary>
    public string Root => place.Root;

    /// <summary>Goes on over another connection.</summary>
    public void Move(TechnicianPeer next)
    {
        (peer, heard, granted, kept) = (next, 0, Permissions.None, Permissions.All);
        waiting.Clear();
        Follow();
    }

    public Task SayAsync(FileMessage message) => peer.SendAsync(message);

    /// <summary>Moves both directions until this holds.</summary>
    public async Task UntilAsync(Func<bool> condition, string what)
    {
        var begun = System.Diagnostics.Stopwatch.StartNew();
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        while (!condition())
        {
            Assert.True(begun.Elapsed < Limit, $"waited {Limit.TotalSeconds} s in vain until {what}");
            if (!await StepAsync()) await pause.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }

    public void Dispose()
    {
        Outgoing.Dispose();
        place.Dispose();
    }

    // True when something has moved.
    private async Task<bool> StepAsync()
    {
        var hasMoved = false;
        while (peer.HasArrived && !peer.IsClosed)
        {
            hasMoved |= await peer.TakeAsync();
            while (heard < peer.Heard.Count) Hear(peer.Heard[heard++]);
            while (peer.Files.TryDequeue(out var message)) Take(message);
        }
        while (waiting.TryDequeue(out var message))
        {
            hasMoved = true;
            await TrySendAsync(message);
        }
        if (!Sends || !Outgoing.TryNext(out var next)) return hasMoved;
        if (next is not null) await TrySendAsync(next);
        return true;
    }

    private async Task TrySendAsync(FileMessage message)
    {
        try
        {
            await peer.SendAsync(message);
        }
        catch (IOException)
        {
            // The road is cut; a renewal follows.
        }
    }

    private void Take(FileMessage message)
    {
        var way = message switch
        {
            TransferMessage about => FileMessage.SenderOf(about.Id) == Party.Viewer ? FileWay.ToHost : FileWay.FromHost,
            Seen => FileWay.ToHost,
            _ => FileWay.FromHost,
        };
        if ((inForce & way.Permission()) == 0) OutOfForce++;
        if (message is Answer answer) Answers.Add(answer);
        else if (way == FileWay.ToHost) Outgoing.Take(message);
        else Incoming.Take(message);
    }

    private void Hear(ControlMessage message)
    {
        switch (message)
        {
            case Grant grant: granted = grant.Permissions; break;
            case Revoke revoke: granted = revoke.Permissions; break;
            case Stopped stopped: kept = stopped.Kept; break;
            case Continued continued: (granted, kept) = (continued.Permissions, Permissions.All); break;
            default: return;
        }
        Follow(isTakenBack: message is Revoke);
    }

    private void Follow(bool isTakenBack = false)
    {
        var now = granted & kept;
        var (lost, gained) = (inForce & ~now, now & ~inForce);
        inForce = now;
        if ((lost & Permissions.FilesToHost) != 0) Outgoing.Break();
        if ((lost & Permissions.FilesFromHost) != 0) Incoming.Break();
        if (isTakenBack && (granted & Permissions.FilesToHost) == 0) Outgoing.EndAll(TransferReason.NotAllowed);
        if (isTakenBack && (granted & Permissions.FilesFromHost) == 0) Incoming.EndAll(TransferReason.NotAllowed);
        if ((gained & Permissions.FilesToHost) != 0) Outgoing.Renew();
        if ((gained & Permissions.FilesFromHost) != 0) Incoming.Renew();
    }
}
