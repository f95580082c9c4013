using System.Globalization;
using System.Runtime.Versioning;
using System.Text;
using Nabij.HostCore.Linux;
using Nabij.Protocol.Files;
using Nabij.Protocol.Session;

namespace Nabij.HostCore.Files;

/// <summary>
/// Files that would be replaced or moved through us are moved in here first, kept for 30 days, and can be put back. Each
/// has a folder of its own with its content and a note of where it stood, so that no list can go wrong for all of them.
/// Moving is one rename: the file is there or here, never in between, and nothing is ever replaced. A file on another
/// disk is not taken, and its replacing must not happen. One thread at a time.
/// </summary>
[SupportedOSPlatform("linux")]
public sealed class SafetyCopies(string folder, TimeProvider time, RandomFill random)
{
    private const string Content = "content", Note = "stood-at", Stamp = "yyyyMMddHHmmss";
    private const int RandomBytes = 8, MostNumber = 999, MostNoteBytes = 16 * 1024;

    /// <summary>Takes an ordinary file out of the way.</summary>
    /// <exception cref="TransferException">It cannot be kept, and is where it was.</exception>
    public SafetyCopy Keep(string path)
    {
        var full = Path.GetFullPath(path);
        using var parent = FolderHandle.Open(Path.GetDirectoryName(full)!);
        var original = Path.GetFileName(full);
        if (parent.Find(original) is not { IsOrdinary: true })
            throw new TransferException(TransferReason.Unreadable, "This is no ordinary file.");
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        using var copies = FolderHandle.Open(folder);
        var now = time.GetUtcNow();
        var bytes = new byte[RandomBytes];
        random(bytes);
        var name = $"{now.UtcDateTime.ToString(Stamp, CultureInfo.InvariantCulture)}-{Convert.ToHexStringLower(bytes)}";
        using var own = copies.CreateFolder(name) ?? throw new TransferException(TransferReason.Unwritable, "Could not make a fresh folder.");
        try
        {
            using (var note = own.CreateFile(Note))
            {
                note.Write(Encoding.UTF8.GetBytes(full), 0);
                note.Flush();
            }
            if (!parent.TryMove(original, own, Content)) throw new TransferException(TransferReason.Unwritable, "Something is in the way.");
            own.Flush();
            copies.Flush();
            return new SafetyCopy(name, full, now);
        }
        catch
        {
            own.Remove(Note);
            copies.TryRemoveFolder(name);
            throw;
        }
    }

    /// <summary>Puts one file in the place and under the name of another, which is kept. Nothing is ever without a place: when the second step fails, the first is undone.</summary>
    /// <exception cref="TransferException">Nothing was changed.</exception>
    public SafetyCopy Replace(string source, string target)
    {
        var copy = Keep(target);
        try
        {
            using var from = FolderHandle.Open(Path.GetDirectoryName(Path.GetFullPath(source))!);
            using var to = FolderHandle.Open(Path.GetDirectoryName(copy.OriginalPath)!);
            if (from.Find(Path.GetFileName(source)) is not { IsOrdinary: true })
                throw new TransferException(TransferReason.Unreadable, "The file is not there any more.");
            if (!from.TryMove(Path.GetFileName(source), to, Path.GetFileName(copy.OriginalPath)))
                throw new TransferException(TransferReason.Unwritable, "Something is in the way.");
            to.Flush();
            return copy;
        }
        catch
        {
            PutBack(copy);
            throw;
        }
    }

    /// <summary>What is kept, the newest first.</summary>
    public IReadOnlyList<SafetyCopy> List()
    {
        if (!Directory.Exists(folder)) return [];
        return [.. Directory.GetDirectories(folder).Select(path => Read(Path.GetFileName(path))).OfType<SafetyCopy>()
            .OrderByDescending(copy => copy.Name, StringComparer.Ordinal)];
    }

    /// <summary>Puts a file back where it stood, with a number behind its name when something stands there now; its path.</summary>
    /// <exception cref="TransferException">Its folder is gone or not writable; the copy stays.</exception>
    public string PutBack(SafetyCopy copy)
    {
        using var copies = FolderHandle.Open(folder);
        using var own = copies.OpenFolder(copy.Name);
        using var parent = FolderHandle.Open(Path.GetDirectoryName(copy.OriginalPath)!);
        var wanted = Path.GetFileName(copy.OriginalPath);
        for (var number = 1; number <= MostNumber; number++)
        {
            var name = number == 1 ? wanted : ReceivedFile.Numbered(wanted, number);
            if (!own.TryMove(Content, parent, name)) continue;
            parent.Flush();
            own.Remove(Note);
            copies.TryRemoveFolder(copy.Name);
            return Path.Combine(Path.GetDirectoryName(copy.OriginalPath)!, name);
        }
        throw new TransferException(TransferReason.Unwritable, "Too many files have this name.");
    }

    /// <summary>Removes what was kept for 30 days; how many.</summary>
    public int RemoveExpired()
    {
        var expired = List().Where(copy => time.GetUtcNow() - copy.Kept >= SafetyCopy.KeptFor).ToList();
        foreach (var copy in expired)
        {
            using var copies = FolderHandle.Open(folder);
            using var own = copies.OpenFolder(copy.Name);
            own.Remove(Content);
            own.Remove(Note);
            copies.TryRemoveFolder(copy.Name);
        }
        return expired.Count;
    }

    private SafetyCopy? Read(string name)
    {
        if (!DateTime.TryParseExact(name.Split('-')[0], Stamp, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var kept))
            return null;
        try
        {
            using var copies = FolderHandle.Open(folder);
            using var own = copies.OpenFolder(name);
            if (own.Find(Content) is not { IsOrdinary: true }) return null;
            using var note = own.OpenFile(Note);
            var bytes = new byte[MostNoteBytes];
            return new SafetyCopy(name, Encoding.UTF8.GetString(bytes, 0, note.Read(bytes, 0)), new DateTimeOffset(kept));
        }
        catch (TransferException)
        {
            return null; // not one of ours, or being removed
        }
    }
}
