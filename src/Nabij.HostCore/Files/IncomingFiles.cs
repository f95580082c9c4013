using System.Runtime.Versioning;
using Nabij.Protocol;
using Nabij.Protocol.Files;
using Nabij.Protocol.Wire;

namespace Nabij.HostCore.Files;

/// <summary>
/// The receiving side of docs/protocol/08 for one participant: asks its person, writes what comes, gives credit as the
/// disk takes it, verifies, and tells a renewed offer where its transfer stands. Knows no line and no window. One thread
/// at a time, and never the one that Stop waits for: a disk may be slow.
/// </summary>
/// <param name="peer">Whose files these are.</param>
/// <param name="store">Where they go; belongs to the caller.</param>
/// <param name="put">Takes a message for the other side; at most a few for each call.</param>
/// <param name="isInForce">Asked right before a file gets its name, which comes after a wait for the disk; false leaves the part as it is.</param>
[SupportedOSPlatform("linux")]
public sealed class IncomingFiles(Party peer, ReceivedFiles store, Action<FileMessage> put, Func<bool>? isInForce = null)
{
    private readonly Dictionary<uint, IncomingTransfer> known = [];
    private int renewalsLeft;
    private bool isBroken;

    /// <summary>A file is offered whose name and size may be shown: answer by <see cref="Accept"/> or <see cref="Decline"/>.</summary>
    public event Action<Offer>? Offered;

    /// <summary>A transfer has ended: its offer, and how.</summary>
    public event Action<Offer, TransferOutcome>? Ended;

    /// <summary>Transfers that have not ended.</summary>
    public int Unfinished => known.Values.Count(one => !one.HasEnded);

    /// <summary>How many bytes are here, and of how many.</summary>
    public (long Received, long Size)? Progress(uint id) => known.TryGetValue(id, out var one) ? (one.Received, one.Offer.Size) : null;

    /// <summary>How far a transfer is; null when it was never offered.</summary>
    public TransferLook? Look(uint id) => known.TryGetValue(id, out var one)
        ? new TransferLook(one.Received, one.IsReceiving, one.IsHeld, one.IsHeldThere)
        : null;

    /// <summary>Takes a message about one of the peer's files.</summary>
    /// <exception cref="WireFormatException">The other side broke the protocol.</exception>
    public void Take(FileMessage message)
    {
        switch (message)
        {
            case Offer offer:
                Take(offer);
                break;
            case Renewed renewed:
                renewalsLeft = renewed.Offers;
                Lose();
                Put(new Seen(renewed.Round));
                if (renewalsLeft == 0) EndWithdrawn();
                break;
            case TransferMessage about:
                WireReader.Require(FileMessage.SenderOf(about.Id) == peer, WireError.InvalidValue);
                if (known.TryGetValue(about.Id, out var one) && !one.HasEnded) Take(one, about);
                break;
            default:
                throw new WireFormatException(WireError.InvalidValue);
        }
    }

    /// <summary>The person wants it.</summary>
    public void Accept(uint id)
    {
        if (!known.TryGetValue(id, out var one) || one.HasEnded || one.IsAccepted) return;
        one.IsAccepted = true;
        Try(one, () =>
        {
            store.Check(one.Offer);
            if (!one.IsLost) Put(one.Answer());
        });
    }

    /// <summary>The person does not want it.</summary>
    public void Decline(uint id)
    {
        if (known.TryGetValue(id, out var one) && !one.HasEnded && !one.IsAccepted) Refuse(one, TransferReason.Declined);
    }

    /// <summary>The person wants nothing that was not wanted before.</summary>
    public void DeclineAll()
    {
        foreach (var id in known.Where(one => !one.Value.IsAccepted).Select(one => one.Key).ToArray()) Decline(id);
    }

    /// <summary>Ends a transfer from here; its part is removed.</summary>
    public void Cancel(uint id, TransferReason reason = TransferReason.Canceled)
    {
        if (known.TryGetValue(id, out var one) && !one.HasEnded) Fail(one, reason);
    }

    public void Hold(uint id) => Hold(id, true);

    public void LetGo(uint id) => Hold(id, false);

    /// <summary>The line is gone, or Stop holds: parts stay, and what still comes of before is ignored.</summary>
    public void Break()
    {
        isBroken = true;
        Lose();
    }

    /// <summary>The line is back, or the permission: messages go out again.</summary>
    public void Renew() => isBroken = false;

    /// <summary>The permission was taken back, or the session is over: both sides know, so nothing is said. Parts are removed.</summary>
    public void EndAll(TransferReason reason)
    {
        foreach (var one in known.Values.Where(one => !one.HasEnded).ToArray())
        {
            one.Outcome = new Cancel(one.Offer.Id, reason);
            End(one, TransferOutcome.Of(reason));
        }
    }

    private void Take(Offer offer)
    {
        if (known.TryGetValue(offer.Id, out var one))
        {
            WireReader.Require(one.Offer.Equals(offer), WireError.InvalidValue);
            one.Find();
            if (one.Outcome is { } outcome) Put(outcome);
            else if (one.IsAccepted) Put(one.Answer());
        }
        else
        {
            TakeNew(offer);
        }
        if (renewalsLeft > 0 && --renewalsLeft == 0) EndWithdrawn();
    }

    private void TakeNew(Offer offer)
    {
        WireReader.Require(known.Count < FileLimits.MostOffers, WireError.InvalidValue);
        var one = new IncomingTransfer(offer);
        known.Add(offer.Id, one);
        try
        {
            store.Check(offer);
        }
        catch (TransferException trouble)
        {
            Refuse(one, trouble.Reason);
            return;
        }
        Offered?.Invoke(offer);
    }

    private void Lose()
    {
        foreach (var one in known.Values) one.Lose();
    }

    private void EndWithdrawn()
    {
        foreach (var one in known.Values.Where(one => one.IsLost && !one.HasEnded).ToArray()) End(one, TransferOutcome.Of(TransferReason.Withdrawn));
    }

    private void Take(IncomingTransfer one, TransferMessage message)
    {
        switch (message)
        {
            case Start start when !one.IsLost:
                WireReader.Require(one.IsAccepted && start.Offset <= one.Received, WireError.InvalidValue);
                Try(one, () => one.Start(store, start.Offset));
                break;
            case Chunk chunk when one.IsReceiving:
                Try(one, () => Write(one, chunk));
                break;
            case Finish finish when one.IsReceiving:
                WireReader.Require(one.Received == one.Offer.Size, WireError.InvalidValue);
                Try(one, () => Verify(one, finish.Hash));
                break;
            case Pause or Proceed when !one.IsLost:
                one.IsHeldThere = message is Pause;
                break;
            case Cancel cancel:
                one.Outcome = cancel;
                End(one, TransferOutcome.Of(cancel.Reason));
                break;
        }
    }

    private void Write(IncomingTransfer one, Chunk chunk)
    {
        WireReader.Require(one.MayTake(chunk), WireError.InvalidValue);
        one.Write(chunk);
        if (one.RaisedLimit() is { } limit) Put(new Credit(one.Offer.Id, limit));
    }

    private void Verify(IncomingTransfer one, FileHash hash)
    {
        // Not in force any more: the part waits as it is for a renewal, or for its end.
        if (one.Finish(hash, isInForce) is not { } name) return;
        one.Outcome = new Verified(one.Offer.Id, name);
        Put(one.Outcome);
        End(one, new TransferOutcome(name, hash, null));
    }

    private void Try(IncomingTransfer one, Action act)
    {
        try
        {
            act();
        }
        catch (TransferException trouble)
        {
            Fail(one, trouble.Reason);
        }
    }

    private void Refuse(IncomingTransfer one, TransferReason reason)
    {
        one.Outcome = new Refuse(one.Offer.Id, reason);
        Put(one.Outcome);
        End(one, TransferOutcome.Of(reason));
    }

    private void Fail(IncomingTransfer one, TransferReason reason)
    {
        one.Outcome = new Cancel(one.Offer.Id, reason);
        Put(one.Outcome);
        End(one, TransferOutcome.Of(reason));
    }

    private void Hold(uint id, bool isHeld)
    {
        if (!known.TryGetValue(id, out var one) || one.HasEnded || one.IsHeld == isHeld) return;
        one.IsHeld = isHeld;
        Put(isHeld ? new Pause(id) : new Proceed(id));
    }

    private void Put(FileMessage message)
    {
        if (!isBroken) put(message);
    }

    private void End(IncomingTransfer one, TransferOutcome outcome)
    {
        one.Outcome ??= new Cancel(one.Offer.Id, outcome.Reason!.Value);
        one.Discard();
        Ended?.Invoke(one.Offer, outcome);
    }
}
