using System.Runtime.Versioning;
using Nabij.HostCore.Linux;
using Nabij.Protocol.Files;

namespace Nabij.HostCore.Files;

/// <summary>
/// Removes parts that a crash or a loss of power left behind: only files that are called as our parts are, only in folders
/// that are called as ours are, and only where no running program holds them. Folders that are empty then go as well.
/// </summary>
[SupportedOSPlatform("linux")]
public static class StaleParts
{
    /// <summary>Tuning: so many names are looked at in a folder; what is beyond waits for another start.</summary>
    private const int MostNames = 10_000;

    /// <summary>Sweeps the customer's folder for downloads; how many parts were removed. What cannot be removed stays, in silence.</summary>
    public static int Sweep(string downloads)
    {
        try
        {
            using var root = FolderHandle.Open(downloads);
            return root.Names(MostNames).Where(PartNames.IsFolder).Sum(name => SweepIn(root, name, FileLimits.MostLevels));
        }
        catch (TransferException)
        {
            return 0;
        }
    }

    // The folder goes only when something of ours was in it: an empty one may be somebody's own.
    private static int SweepIn(FolderHandle parent, string name, int levels)
    {
        if (levels == 0 || parent.Find(name) is not { IsFolder: true }) return 0;
        var removed = 0;
        try
        {
            using (var folder = parent.OpenFolder(name))
            {
                foreach (var inner in folder.Names(MostNames))
                    removed += PartNames.IsPart(inner) ? TryRemove(folder, inner) : SweepIn(folder, inner, levels - 1);
            }
            if (removed > 0) parent.TryRemoveFolder(name);
        }
        catch (TransferException)
        {
            // Somebody else's by now, or moved away meanwhile.
        }
        return removed;
    }

    private static int TryRemove(FolderHandle folder, string name)
    {
        try
        {
            using var part = folder.OpenFile(name);
            if (!part.TryLock() || folder.Find(name) is not { } there || !there.IsSameFile(part.Status())) return 0;
            folder.Remove(name);
            return 1;
        }
        catch (TransferException)
        {
            return 0;
        }
    }
}
