using System.Runtime.Versioning;
using Nabij.Protocol.Files;

namespace Nabij.HostCore.Files;

/// <summary>One file on its way in: where it stands between offer and end. After the end only the outcome is kept, for a renewed offer.</summary>
[SupportedOSPlatform("linux")]
internal sealed class IncomingTransfer(Offer offer)
{
    // Steps that tell the sender in time what has arrived, and still are few messages: the viewer keeps what is under way so
    // small by them that no key waits behind a file.
    private const int CreditStep = FileLimits.MostCredit / 16;

    private ReceivedFile? file;
    private long limit;

    public Offer Offer => offer;

    public bool IsAccepted { get; set; }

    public bool IsHeld { get; set; }

    /// <summary>The sender holds it.</summary>
    public bool IsHeldThere { get; set; }

    /// <summary>There was a break, and the file was not offered again since.</summary>
    public bool IsLost { get; private set; }

    /// <summary>START has come since the last break: chunks count.</summary>
    public bool IsReceiving { get; private set; }

    /// <summary>The last word to the other side, once the transfer has ended.</summary>
    public FileMessage? Outcome { get; set; }

    public bool HasEnded => Outcome is not null;

    public long Received => file?.Length ?? 0;

    public void Lose() => (IsLost, IsReceiving, IsHeld, IsHeldThere) = (true, false, false, false);

    public void Find() => (IsLost, IsReceiving, IsHeldThere) = (false, false, false);

    /// <summary>ACCEPT with what is here.</summary>
    public Accept Answer()
    {
        limit = CreditFrom(Received);
        return new Accept(offer.Id, Received, file?.HashSoFar() ?? FileHash.OfNothing, limit);
    }

    public void Start(ReceivedFiles store, long offset)
    {
        if (file is null) file = store.Begin(offer);
        else file.Rewind(offset);
        limit = CreditFrom(offset);
        IsReceiving = true;
    }

    public bool MayTake(Chunk chunk) => chunk.Offset == Received && chunk.Offset + chunk.Content.Length <= limit;

    public void Write(Chunk chunk) => file!.Write(chunk.Content.Span);

    /// <summary>A new credit, when it is time for one.</summary>
    public long? RaisedLimit()
    {
        var raised = CreditFrom(Received);
        if (raised == limit || raised - limit < CreditStep && raised != offer.Size) return null;
        return limit = raised;
    }

    /// <summary>The name it has now; null when it may not have one any more.</summary>
    public string? Finish(FileHash hash, Func<bool>? mayHaveName)
    {
        var name = file!.Finish(hash, mayHaveName);
        if (name is null) IsReceiving = false;
        return name;
    }

    public void Discard()
    {
        file?.Discard();
        file = null;
        IsReceiving = false;
    }

    private long CreditFrom(long offset) => Math.Min(offer.Size, offset + FileLimits.MostCredit);
}
