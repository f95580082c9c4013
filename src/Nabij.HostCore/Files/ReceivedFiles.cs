using System.Runtime.Versioning;
using Nabij.HostCore.Linux;
using Nabij.Protocol.Files;
using Nabij.Protocol.Session;

namespace Nabij.HostCore.Files;

/// <summary>
/// Where the files of one session arrive (docs/protocol/08): a fresh folder below the customer's downloads, made at the
/// first file, held open and never looked up again. Folders in it are those that this class made; nothing is replaced.
/// One thread at a time. Disposing removes what is not whole, and the folder if nothing has arrived.
/// </summary>
[SupportedOSPlatform("linux")]
public sealed class ReceivedFiles(ArrivalPlace place, RandomFill random) : IDisposable
{
    /// <summary>So many bytes of the customer's disk stay free, whatever is sent.</summary>
    public const long KeptFree = 64 * 1024 * 1024;

    private const int MostTries = 8, RandomBytes = 4, PartBytes = 8;

    private readonly Dictionary<string, FileStatus> made = new(StringComparer.Ordinal);
    private readonly HashSet<ReceivedFile> open = [];
    private FolderHandle? downloads, root;
    private string? name;
    private bool isDisposed;

    /// <summary>The folder's path, for the customer to open; null before the first file.</summary>
    public string? Path => name is null ? null : System.IO.Path.Combine(place.Downloads, name);

    /// <summary>Whether a file of this size may come: name and depth are allowed and there is room.</summary>
    /// <exception cref="TransferException">NameRefused, DiskFull or Unwritable.</exception>
    public void Check(Offer offer)
    {
        foreach (var component in offer.Path)
            if (FileName.Judge(component) is not NameRefusal.None and var refusal)
                throw new TransferException(TransferReason.NameRefused, $"The name was refused: {refusal}.");
        RequireRoom(offer.Size);
    }

    /// <summary>Begins a file: makes its folders and its part.</summary>
    /// <exception cref="TransferException">Anything is in the way.</exception>
    public ReceivedFile Begin(Offer offer)
    {
        Check(offer);
        var folder = OpenFolder(offer.Path.AsSpan(0, offer.Path.Length - 1));
        try
        {
            var part = PartNames.Of(Hex(PartBytes));
            var file = new ReceivedFile(this, folder, part, offer, place.Origin);
            open.Add(file);
            return file;
        }
        catch
        {
            folder.Dispose();
            RemoveEmptyFolders(offer.Path.AsSpan());
            throw;
        }
    }

    public void Dispose()
    {
        if (isDisposed) return;
        foreach (var file in open.ToArray()) file.Discard();
        isDisposed = true;
        if (name is not null && root is not null && downloads!.Find(name) is { } there && there.IsSameFile(root.Status))
            downloads.TryRemoveFolder(name);
        root?.Dispose();
        downloads?.Dispose();
    }

    /// <summary>While writing: the disk must not run full because of us.</summary>
    internal void RequireRoom(long bytes)
    {
        if (Root().FreeBytes() - bytes < KeptFree) throw new TransferException(TransferReason.DiskFull, "There is no room for the file.");
    }

    internal void Forget(ReceivedFile file, ReadOnlySpan<string> path)
    {
        open.Remove(file);
        RemoveEmptyFolders(path);
    }

    private FolderHandle Root()
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        if (root is not null) return root;
        downloads ??= FolderHandle.Open(place.Downloads);
        var organization = FileName.Judge(place.Organization) == NameRefusal.None && place.Organization.Length <= 64 ? place.Organization : "Nabij";
        for (var attempt = 0; attempt < MostTries; attempt++)
        {
            var fresh = PartNames.FolderOf(organization, place.Date, Hex(RandomBytes));
            root = downloads.CreateFolder(fresh);
            if (root is null) continue;
            name = fresh;
            return root;
        }
        throw new TransferException(TransferReason.Unwritable, "Could not make a fresh folder.");
    }

    // Each folder is made by us or is, by device and number, the one that we made: a link or a folder of somebody else's is refused.
    private FolderHandle OpenFolder(ReadOnlySpan<string> components)
    {
        var current = Root().OpenFolder(".");
        try
        {
            var key = "";
            foreach (var component in components)
            {
                key = $"{key}/{component}";
                var next = made.TryGetValue(key, out var known) ? current.OpenFolder(component) : current.CreateFolder(component);
                if (next is null || made.ContainsKey(key) && !next.Status.IsSameFile(known))
                {
                    next?.Dispose();
                    throw new TransferException(TransferReason.Unwritable, "Something else stands where the folder should be.");
                }
                current.Dispose();
                current = next;
                made[key] = next.Status;
            }
            return current;
        }
        catch
        {
            current.Dispose();
            throw;
        }
    }

    private void RemoveEmptyFolders(ReadOnlySpan<string> path)
    {
        for (var levels = path.Length - 1; levels >= 1; levels--)
        {
            var key = "/" + string.Join('/', path[..levels].ToArray());
            if (!made.ContainsKey(key)) continue;
            try
            {
                using var parent = OpenFolder(path[..(levels - 1)]);
                if (!parent.TryRemoveFolder(path[levels - 1])) return;
                made.Remove(key);
            }
            catch (TransferException)
            {
                return; // somebody moved it away: it is theirs now
            }
        }
    }

    private string Hex(int count)
    {
        var bytes = new byte[count];
        random(bytes);
        return Convert.ToHexStringLower(bytes);
    }
}
