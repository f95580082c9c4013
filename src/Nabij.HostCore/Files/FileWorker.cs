using System.Runtime.Versioning;
using Nabij.HostCore.Session;
using Nabij.Protocol;
using Nabij.Protocol.Files;
using Nabij.Protocol.Wire;

namespace Nabij.HostCore.Files;

/// <summary>
/// Does what one participant's files need of a disk: takes from the inbox, writes, reads, and hands the line one message at
/// a time. Looks right before each write, and before each file gets its name, whether its way is still in force. Lives on
/// its thread from <see cref="Run"/> to <see cref="Dispose"/>, which removes what is not whole.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed class FileWorker : IDisposable
{
    /// <summary>So many answers wait for the line at most: twice what a renewal of both sides can bring.</summary>
    private const int MostWaiting = 4 * FileLimits.MostOffers;

    /// <summary>Tuning: progress is told so often.</summary>
    private static readonly TimeSpan TellEvery = TimeSpan.FromMilliseconds(200);

    private readonly ReceivedFiles store;
    private readonly FileInbox inbox;
    private readonly SendQueues queues;
    private readonly TimeProvider time;
    private readonly IncomingFiles incoming;
    private readonly OutgoingFiles outgoing;
    private readonly FileList list;
    private readonly Queue<(FileWay Way, FileMessage Message)> waiting = new();
    private readonly HashSet<(FileWay Way, uint Id)> held = [];
    private int eraOfMessage;
    private uint lastRequest;
    private bool isFinishing;
    private long toldAt;
    private bool isOther;

    public FileWorker(ReceivedFiles store, FileInbox inbox, SendQueues queues, TimeProvider time)
    {
        (this.store, this.inbox, this.queues, this.time) = (store, inbox, queues, time);
        incoming = new IncomingFiles(Party.Viewer, store, message => Put(FileWay.ToHost, message), () => IsCurrent(FileWay.ToHost, eraOfMessage));
        outgoing = new OutgoingFiles(Party.Host, message => Put(FileWay.FromHost, message));
        list = new FileList(incoming, outgoing, store);
        incoming.Offered += Consider;
        incoming.Ended += (offer, outcome) =>
        {
            // Refused at the first look: its name, or no room.
            if (!list.Has(FileWay.ToHost, offer.Id)) list.Add(FileWay.ToHost, offer);
            End(FileWay.ToHost, offer.Id, outcome);
        };
        outgoing.Ended += (id, outcome) => End(FileWay.FromHost, id, outcome);
    }

    /// <summary>There is another state of things.</summary>
    public event Action<FilesNow>? Changed;

    /// <summary>One file has arrived or will not.</summary>
    public event Action<FileOnItsWay>? Ended;

    /// <summary>Works until the inbox is over.</summary>
    public void Run()
    {
        var hasMore = false;
        while (inbox.Take(hasMore) is { } work)
        {
            work(this);
            hasMore = Send();
            Tell(isAtRest: !hasMore && inbox.IsEmpty);
        }
    }

    /// <summary>A message, unless what it was about has changed since the gate let it through.</summary>
    public void Take(FileMessage message, FileWay way, int era)
    {
        if (message is Request request) Consider(request);
        else if (IsCurrent(way, era) && (inbox[way].IsOpen || message is TransferEnd))
        {
            eraOfMessage = era;
            if (way == FileWay.ToHost) incoming.Take(message);
            else outgoing.Take(message);
            // A break ends every hold, the customer's wish stays: it is said again.
            if (message is Offer { Id: var id } && held.Contains((way, id))) incoming.Hold(id);
            isOther |= message is not (Chunk or Credit);
        }
    }

    /// <summary>The way is not in force: nothing of it goes on, and the parts stay.</summary>
    public void Break(FileWay way)
    {
        if (way == FileWay.ToHost) incoming.Break();
        else outgoing.Break();
        DropWaiting(way);
        // Who asked before a break asks again after it, if it still matters.
        if (way == FileWay.FromHost) list.Asked = null;
        isOther = true;
    }

    /// <summary>It was taken back: both sides know.</summary>
    public void EndAll(FileWay way)
    {
        if (way == FileWay.ToHost) incoming.EndAll(TransferReason.NotAllowed);
        else outgoing.EndAll(TransferReason.NotAllowed);
    }

    /// <summary>It is in force, and the viewer knows.</summary>
    public void Renew(FileWay way)
    {
        if (way == FileWay.ToHost) incoming.Renew();
        else outgoing.Renew();
        foreach (var one in held.Where(one => one.Way == FileWay.FromHost && way == FileWay.FromHost)) outgoing.Hold(one.Id);
        isOther = true;
    }

    /// <summary>Content of it came faster than the disk takes it, against the credit: it cannot become whole.</summary>
    public void Drown(uint id) => incoming.Cancel(id, TransferReason.Unwritable);

    public void Answer(IReadOnlyCollection<uint> ids, bool isWanted)
    {
        foreach (var id in ids)
        {
            if (isWanted) incoming.Accept(id);
            else incoming.Decline(id);
            if (isWanted) list.Accept(id);
        }
        isOther = true;
    }

    public void Hold(FileWay way, uint id, bool isHeld)
    {
        if (isHeld) held.Add((way, id));
        else held.Remove((way, id));
        switch (way, isHeld)
        {
            case (FileWay.ToHost, true): incoming.Hold(id); break;
            case (FileWay.ToHost, false): incoming.LetGo(id); break;
            case (FileWay.FromHost, true): outgoing.Hold(id); break;
            default: outgoing.LetGo(id); break;
        }
        isOther = true;
    }

    public void Cancel(FileWay way, uint id)
    {
        if (way == FileWay.ToHost) incoming.Cancel(id);
        else outgoing.Cancel(id);
    }

    public void Send(IReadOnlyList<string> paths)
    {
        if (!isFinishing) Offer(paths);
    }

    public void AnswerRequest(IReadOnlyList<string> paths)
    {
        if (list.Asked is not { } asked) return;
        list.Asked = null;
        Put(FileWay.FromHost, new Answer(asked.Number, paths.Count > 0 && Offer(paths) is { } group ? group : 0));
        isOther = true;
    }

    /// <summary>What is agreed to goes to its end; everything else is over.</summary>
    public void Finish()
    {
        isFinishing = true;
        AnswerRequest([]);
        incoming.DeclineAll();
        foreach (var file in list.Unfinished()) Hold(file.Way, file.Id, isHeld: false);
        isOther = true;
    }

    /// <summary>New files may come again.</summary>
    public void GoOn() => isFinishing = false;

    /// <summary>Hands the line the next message, when it has room; true when there is more to do at once.</summary>
    public bool Send()
    {
        while (waiting.TryPeek(out var next))
        {
            if (queues.PutFile(next.Way, next.Message.Encode(), hasContent: false) == SlotAnswer.Full) return false;
            waiting.Dequeue(); // what a closed way drops is offered again, or over
        }
        var era = inbox[FileWay.FromHost].Era;
        if (!queues.HasFileRoom || !inbox[FileWay.FromHost].IsOpen || !outgoing.TryNext(out var message)) return false;
        if (message is null) return true;
        isOther |= message is not Chunk;
        if (IsCurrent(FileWay.FromHost, era)) queues.PutFile(FileWay.FromHost, message.Encode(), message is Chunk);
        return false;
    }

    /// <summary>Ends everything; parts are removed.</summary>
    public void Dispose()
    {
        incoming.Break();
        outgoing.Break();
        incoming.EndAll(TransferReason.NotAllowed);
        outgoing.EndAll(TransferReason.NotAllowed);
        outgoing.Dispose();
        Changed?.Invoke(list.Now());
        store.Dispose();
    }

    private bool IsCurrent(FileWay way, int era) => inbox[way].Era == era;

    private void Put(FileWay way, FileMessage message)
    {
        // Who makes us answer without end and takes nothing is no viewer.
        WireReader.Require(waiting.Count < MostWaiting, WireError.InvalidValue);
        waiting.Enqueue((way, message));
    }

    private void DropWaiting(FileWay way)
    {
        for (var left = waiting.Count; left > 0; left--)
        {
            var one = waiting.Dequeue();
            if (one.Way != way) waiting.Enqueue(one);
        }
    }

    private void Consider(Offer offer)
    {
        list.Add(FileWay.ToHost, offer);
        isOther = true;
        if (isFinishing) incoming.Decline(offer.Id);
    }

    // Who asks again while one is open, or too often, is not answered.
    private void Consider(Request request)
    {
        if (request.Number <= lastRequest || list.Asked is not null || !inbox[FileWay.FromHost].IsOpen) return;
        lastRequest = request.Number;
        if (list.Requests++ >= FileLimits.MostRequests) return;
        list.Asked = request;
        isOther = true;
        if (isFinishing) AnswerRequest([]);
    }

    private uint? Offer(IReadOnlyList<string> paths)
    {
        var picked = PickedFiles.Open(paths, outgoing.OffersLeft);
        list.LeftOut = picked.LeftOut;
        foreach (var (name, reason) in picked.Unreadable) list.AddUnreadable(name, reason);
        isOther = true;
        if (picked.Files.Count == 0) return null;
        var ids = outgoing.Offer(picked.Files);
        for (var i = 0; i < ids.Count; i++)
            list.Add(FileWay.FromHost, new Offer(ids[i], outgoing.LastGroup, picked.Files[i].Size, picked.Files[i].Modified, [.. picked.Files[i].Path]));
        return outgoing.LastGroup;
    }

    private void End(FileWay way, uint id, TransferOutcome outcome)
    {
        isOther = true;
        held.Remove((way, id));
        Ended?.Invoke(list.End(way, id, outcome));
    }

    // At once when things have come to rest and something is other than progress; progress in between.
    private void Tell(bool isAtRest)
    {
        var isFinished = isFinishing && !list.HasMoving && waiting.Count == 0 && queues.HasFileRoom;
        isOther |= isFinished != list.IsFinished;
        list.IsFinished = isFinished;
        if (!(isOther && isAtRest) && time.GetElapsedTime(toldAt) < TellEvery) return;
        if (!isOther && !list.HasMoving) return;
        (isOther, toldAt) = (false, time.GetTimestamp());
        Changed?.Invoke(list.Now());
    }
}
