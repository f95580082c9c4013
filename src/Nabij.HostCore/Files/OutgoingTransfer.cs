using System.Runtime.Versioning;
using System.Security.Cryptography;
using Nabij.Protocol.Files;
using Nabij.Protocol.Wire;

namespace Nabij.HostCore.Files;

/// <summary>One file on its way out: where it stands between offer and end. Owns the file.</summary>
[SupportedOSPlatform("linux")]
internal sealed class OutgoingTransfer(Offer offer, SentFile file) : IDisposable
{
    private const int CheckBytes = 1024 * 1024;

    private readonly byte[] buffer = new byte[FileLimits.LargestContent];
    private IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private Accept? accepted;
    private long hashed, limit;
    private Stage stage = Stage.Offered;

    private enum Stage
    {
        Offered,
        /// <summary>Accepted: the beginning is read to see whether the other side has the same.</summary>
        Checking,
        Sending,
        Finished,
    }

    public uint Id => offer.Id;

    public Offer Offer => offer;

    public SentFile File => file;

    public bool IsHeldHere { get; set; }

    public bool IsHeldThere { get; set; }

    public bool IsHeld => IsHeldHere || IsHeldThere;

    /// <summary>Accepted and not ended, so that no other file may go before it.</summary>
    public bool IsUnderWay => stage != Stage.Offered;

    /// <summary>START has gone out since the last break.</summary>
    public bool IsSending => stage is Stage.Sending or Stage.Finished;

    /// <summary>Bytes that the other side has, as far as it said.</summary>
    public long Confirmed { get; private set; }

    /// <summary>SHA-256 of the whole file; null before FINISH was sent.</summary>
    public FileHash? WholeHash { get; private set; }

    /// <summary>ACCEPT may come again: one that was under way at a break, and the one that answers the renewal.</summary>
    public void Accept(Accept accept)
    {
        WireReader.Require(accept.Offset <= offer.Size && accept.Limit <= offer.Size, WireError.InvalidValue);
        (accepted, limit, Confirmed, stage) = (accept, accept.Limit, accept.Offset, Stage.Checking);
        RestartHash();
    }

    public void Raise(long newLimit)
    {
        if (stage is Stage.Offered or Stage.Checking || accepted is null) return; // from before a break
        WireReader.Require(newLimit >= limit && newLimit <= Math.Min(offer.Size, hashed + FileLimits.MostCredit), WireError.InvalidValue);
        Confirmed = Math.Max(Confirmed, Math.Min(hashed, newLimit - FileLimits.MostCredit));
        limit = newLimit;
    }

    public void Renew() => (stage, IsHeldHere, IsHeldThere) = (Stage.Offered, false, false);

    /// <summary>See <see cref="OutgoingFiles.TryNext"/>.</summary>
    public bool TryNext(out FileMessage? message)
    {
        message = stage switch
        {
            Stage.Checking => Check(),
            Stage.Sending when hashed == offer.Size => Finish(),
            Stage.Sending when hashed < limit => Chunk(),
            _ => null,
        };
        return message is not null || stage == Stage.Checking;
    }

    public void Dispose()
    {
        file.Dispose();
        hash.Dispose();
    }

    private Start? Check()
    {
        var offset = accepted!.Offset;
        for (var left = (long)CheckBytes; hashed < offset && left > 0;)
        {
            var count = Read(Math.Min(buffer.Length, offset - hashed));
            left -= count;
        }
        if (hashed < offset) return null;
        if (!new FileHash(hash.GetCurrentHash()).Equals(accepted.Hash))
        {
            // What is there is not the beginning of this file: from the start, within what was allowed for there.
            RestartHash();
            limit = Math.Min(offer.Size, limit - offset);
            Confirmed = 0;
        }
        stage = Stage.Sending;
        return new Start(Id, hashed);
    }

    private Chunk Chunk()
    {
        var offset = hashed;
        var count = Read(Math.Min(buffer.Length, limit - offset));
        return new Chunk(Id, offset, buffer.AsSpan(0, count).ToArray());
    }

    private Finish Finish()
    {
        if (!file.IsUnchanged) throw new TransferException(TransferReason.Changed, "The file changed while it was sent.");
        stage = Stage.Finished;
        WholeHash = new FileHash(hash.GetCurrentHash());
        return new Finish(Id, WholeHash);
    }

    private int Read(long wanted)
    {
        var count = file.Read(buffer.AsSpan(0, (int)wanted), hashed);
        if (count != wanted) throw new TransferException(TransferReason.Changed, "The file became shorter while it was sent.");
        hash.AppendData(buffer, 0, count);
        hashed += count;
        return count;
    }

    private void RestartHash()
    {
        hash.Dispose();
        (hash, hashed) = (IncrementalHash.CreateHash(HashAlgorithmName.SHA256), 0);
    }
}
