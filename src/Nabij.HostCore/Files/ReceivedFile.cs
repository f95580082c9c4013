using System.Globalization;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using Nabij.HostCore.Linux;
using Nabij.Protocol.Files;

namespace Nabij.HostCore.Files;

/// <summary>
/// One file while it arrives: a part under a name of our own until length and hash are right, then the file under its
/// name, and nothing in between. One thread at a time. Whoever has begun it ends it: <see cref="Finish(FileHash)"/> or
/// <see cref="Discard"/>.
/// </summary>
[SupportedOSPlatform("linux")]
public sealed class ReceivedFile
{
    private const int MostNumber = 999, ReadBytes = 64 * 1024;
    private const long RoomStep = 16 * 1024 * 1024;

    private readonly ReceivedFiles owner;
    private readonly FolderHandle folder;
    private readonly OpenFile part;
    private readonly FileStatus identity;
    private readonly string partName, origin;
    private readonly Offer offer;
    private IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long roomCheckedAt;
    private bool isOver;

    internal ReceivedFile(ReceivedFiles owner, FolderHandle folder, string partName, Offer offer, string origin)
    {
        (this.owner, this.folder, this.partName, this.offer, this.origin) = (owner, folder, partName, offer, origin);
        part = folder.CreateFile(partName);
        identity = part.Status();
        _ = part.TryLock(); // so that no sweep takes it for a part of the past
    }

    /// <summary>Bytes that are in the part.</summary>
    public long Length { get; private set; }

    /// <summary>SHA-256 of these bytes.</summary>
    public FileHash HashSoFar() => new(hash.GetCurrentHash());

    /// <summary>Adds bytes at the end.</summary>
    /// <exception cref="TransferException">DiskFull or Unwritable.</exception>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (Length >= roomCheckedAt)
        {
            owner.RequireRoom(Math.Min(RoomStep, offer.Size - Length));
            roomCheckedAt = Length + RoomStep;
        }
        part.Write(bytes, Length);
        hash.AppendData(bytes);
        Length += bytes.Length;
    }

    /// <summary>Forgets what lies behind this offset.</summary>
    /// <exception cref="TransferException">The part cannot be read or shortened.</exception>
    public void Rewind(long offset)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, Length);
        if (offset == Length) return;
        hash.Dispose();
        hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[ReadBytes];
        for (var at = 0L; at < offset;)
        {
            var count = part.Read(buffer.AsSpan(0, (int)Math.Min(buffer.Length, offset - at)), at);
            if (count == 0) throw new TransferException(TransferReason.Unwritable, "Somebody else shortened the part.");
            hash.AppendData(buffer, 0, count);
            at += count;
        }
        part.Truncate(offset);
        (Length, roomCheckedAt) = (offset, offset);
    }

    /// <summary>Verifies the whole and gives it its name, with a number behind it where that is taken; the name it has now.</summary>
    /// <exception cref="TransferException">Mismatch, DiskFull or Unwritable; the part is still to be discarded.</exception>
    public string Finish(FileHash expected) => Finish(expected, null)!;

    /// <summary>The same; null, and the part stays, when the answer is no once the bytes are on the disk.</summary>
    public string? Finish(FileHash expected, Func<bool>? mayHaveName)
    {
        if (Length != offer.Size || part.Status().Size != Length || !HashSoFar().Equals(expected))
            throw new TransferException(TransferReason.Mismatch, "What arrived is not what was sent.");
        part.Mark(origin, offer.Modified);
        part.Flush();
        // The name of the part may have been given to something else meanwhile; that must not get the file's name.
        if (folder.Find(partName) is not { } there || !there.IsSameFile(identity))
            throw new TransferException(TransferReason.Unwritable, "Somebody else moved the part away.");
        if (mayHaveName?.Invoke() == false) return null;
        part.ReleaseLock();
        var wanted = offer.Path[^1];
        for (var number = 1; number <= MostNumber; number++)
        {
            var name = number == 1 ? wanted : Numbered(wanted, number);
            if (!folder.TryMove(partName, folder, name)) continue;
            folder.Flush();
            Close();
            return name;
        }
        throw new TransferException(TransferReason.Unwritable, "Too many files have this name.");
    }

    /// <summary>Removes the part. Nothing happens after <see cref="Finish(FileHash)"/>.</summary>
    public void Discard()
    {
        if (isOver) return;
        try
        {
            if (folder.Find(partName) is { } there && there.IsSameFile(identity)) folder.Remove(partName);
        }
        catch (TransferException)
        {
            // The folder became read-only or its disk is gone: then nothing of ours can be removed there.
        }
        Close();
    }

    private void Close()
    {
        isOver = true;
        part.Dispose();
        folder.Dispose();
        hash.Dispose();
        owner.Forget(this, offer.Path.AsSpan());
    }

    internal static string Numbered(string name, int number)
    {
        var dot = name.LastIndexOf('.');
        var stem = dot > 0 ? name[..dot] : name;
        return string.Create(CultureInfo.InvariantCulture, $"{stem} ({number}){name[stem.Length..]}");
    }
}
