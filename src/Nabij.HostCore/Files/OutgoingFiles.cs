using System.Runtime.Versioning;
using Nabij.Protocol;
using Nabij.Protocol.Files;
using Nabij.Protocol.Wire;

namespace Nabij.HostCore.Files;

/// <summary>
/// The sending side of docs/protocol/08 for one participant: offers files, sends the accepted ones in order, one at a
/// time, never beyond the credit, and offers what is unfinished again after a break. Knows no line and no window: what it
/// says in answer goes to <paramref name="put"/>, chunks are taken by <see cref="TryNext"/> when the line has room.
/// Owns the files. One thread at a time.
/// </summary>
/// <param name="self">Whose files these are.</param>
/// <param name="put">Takes a message for the other side; at most a few for each call.</param>
[SupportedOSPlatform("linux")]
public sealed class OutgoingFiles(Party self, Action<FileMessage> put) : IDisposable
{
    private readonly SortedDictionary<uint, OutgoingTransfer> live = [];
    private uint nextId = self == Party.Viewer ? 1u : 2u, nextGroup = 1;
    private int offered;
    private uint round;
    private bool isBroken, isRenewing;

    /// <summary>A transfer has ended: its id, and how.</summary>
    public event Action<uint, TransferOutcome>? Ended;

    /// <summary>Transfers that have not ended.</summary>
    public int Unfinished => live.Count;

    /// <summary>Offers still possible in this session.</summary>
    public int OffersLeft => FileLimits.MostOffers - offered;

    /// <summary>How many bytes the other side has confirmed, and of how many.</summary>
    public (long Confirmed, long Size)? Progress(uint id) => live.TryGetValue(id, out var one) ? (one.Confirmed, one.File.Size) : null;

    /// <summary>How far a transfer is; null when it has ended.</summary>
    public TransferLook? Look(uint id) => live.TryGetValue(id, out var one)
        ? new TransferLook(one.Confirmed, one.IsSending, one.IsHeldHere, one.IsHeldThere)
        : null;

    /// <summary>The number of the files that were offered last.</summary>
    public uint LastGroup => nextGroup - 1;

    /// <summary>Offers files that were picked together; their ids. The files are this class's from now on.</summary>
    /// <exception cref="InvalidOperationException">More than <see cref="OffersLeft"/>.</exception>
    public IReadOnlyList<uint> Offer(IReadOnlyCollection<SentFile> files)
    {
        if (files.Count > OffersLeft) throw new InvalidOperationException("So many files do not go in one session.");
        var group = nextGroup++;
        var ids = new List<uint>(files.Count);
        foreach (var file in files)
        {
            var one = new OutgoingTransfer(new Offer(nextId, group, file.Size, file.Modified, [.. file.Path]), file);
            nextId += 2;
            offered++;
            live.Add(one.Id, one);
            ids.Add(one.Id);
            Put(one.Offer);
        }
        return ids;
    }

    /// <summary>Takes a message about one of these files, or SEEN.</summary>
    /// <exception cref="WireFormatException">The other side broke the protocol.</exception>
    public void Take(FileMessage message)
    {
        if (message is Seen seen)
        {
            WireReader.Require(seen.Round <= round, WireError.InvalidValue);
            if (seen.Round == round) isRenewing = false;
            return;
        }
        WireReader.Require(message is TransferMessage about && FileMessage.SenderOf(about.Id) == self && about.Id < nextId, WireError.InvalidValue);
        if (live.TryGetValue(((TransferMessage)message).Id, out var one)) Take(one, message);
    }

    private void Take(OutgoingTransfer one, FileMessage message)
    {
        switch (message)
        {
            // What was under way when everything was offered again speaks of before.
            case Accept or Credit or Pause or Proceed when isRenewing:
                break;
            case Accept accept:
                one.Accept(accept);
                break;
            case Credit credit:
                one.Raise(credit.Limit);
                break;
            case Pause or Proceed:
                one.IsHeldThere = message is Pause;
                break;
            case Verified verified:
                // Who has verified what was never sent whole has something else.
                End(one, one.WholeHash is { } whole ? new TransferOutcome(verified.Name, whole, null) : TransferOutcome.Of(TransferReason.Mismatch));
                break;
            case TransferEnd end:
                End(one, TransferOutcome.Of(end.Reason));
                break;
            default:
                throw new WireFormatException(WireError.InvalidValue);
        }
    }

    /// <summary>
    /// The next message of the file that is being sent, or false when nothing may go now. Reads one chunk, or, before a
    /// file goes on from its middle, a bounded piece of its beginning; then there may be more to do and no message yet.
    /// </summary>
    /// <param name="message">START, CHUNK, FINISH, CANCEL, or null: call again.</param>
    public bool TryNext(out FileMessage? message)
    {
        message = null;
        if (isBroken || Current() is not { } one) return false;
        try
        {
            return one.TryNext(out message);
        }
        catch (TransferException trouble)
        {
            message = new Cancel(one.Id, trouble.Reason);
            End(one, TransferOutcome.Of(trouble.Reason));
            return true;
        }
    }

    public void Hold(uint id) => Hold(id, true);

    public void LetGo(uint id) => Hold(id, false);

    /// <summary>Ends a transfer from here.</summary>
    public void Cancel(uint id, TransferReason reason = TransferReason.Canceled)
    {
        if (!live.TryGetValue(id, out var one)) return;
        Put(new Cancel(id, reason));
        End(one, TransferOutcome.Of(reason));
    }

    /// <summary>The line is gone, or Stop holds: nothing goes until <see cref="Renew"/>.</summary>
    public void Break() => isBroken = true;

    /// <summary>The line is back, or the permission: everything unfinished is offered again.</summary>
    public void Renew()
    {
        isBroken = false;
        isRenewing = true;
        put(new Renewed(++round, live.Count));
        foreach (var one in live.Values)
        {
            one.Renew();
            put(one.Offer);
        }
    }

    /// <summary>The permission was taken back, or the session is over: both sides know, so nothing is said.</summary>
    public void EndAll(TransferReason reason)
    {
        foreach (var one in live.Values.ToArray()) End(one, TransferOutcome.Of(reason));
    }

    public void Dispose() => EndAll(TransferReason.NotAllowed);

    // One file at a time: the first that was accepted and is not held, until it has ended.
    private OutgoingTransfer? Current()
    {
        foreach (var one in live.Values)
            if (one.IsUnderWay && !one.IsHeld) return one;
        return null;
    }

    private void Hold(uint id, bool isHeld)
    {
        if (!live.TryGetValue(id, out var one) || one.IsHeldHere == isHeld) return;
        one.IsHeldHere = isHeld;
        Put(isHeld ? new Pause(id) : new Proceed(id));
    }

    private void Put(FileMessage message)
    {
        if (!isBroken) put(message);
    }

    private void End(OutgoingTransfer one, TransferOutcome outcome)
    {
        live.Remove(one.Id);
        one.Dispose();
        Ended?.Invoke(one.Id, outcome);
    }
}
