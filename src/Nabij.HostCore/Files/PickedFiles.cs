using System.Runtime.Versioning;
using Nabij.Protocol.Files;

namespace Nabij.HostCore.Files;

/// <summary>
/// What the customer picked or dropped, opened for sending: files as they are, folders as their files, at most 8 levels
/// deep, without following links. What cannot be sent is told by name, and never silently.
/// </summary>
/// <param name="Files">Opened; the taker's.</param>
/// <param name="Unreadable">Names and reasons of what cannot be sent.</param>
/// <param name="LeftOut">So many more than a session takes.</param>
[SupportedOSPlatform("linux")]
internal sealed record PickedFiles(List<SentFile> Files, List<(string Name, TransferReason Reason)> Unreadable, int LeftOut)
{
    /// <summary>Folders are looked through for so many names at most.</summary>
    private const int MostNames = 20_000;

    public static PickedFiles Open(IReadOnlyList<string> paths, int most)
    {
        var picked = new PickedFiles([], [], 0);
        var leftOut = 0;
        foreach (var (path, below) in paths.SelectMany(Find).Take(MostNames))
        {
            if (picked.Files.Count >= most) leftOut++;
            else picked.Add(path, below);
        }
        return picked with { LeftOut = leftOut };
    }

    private void Add(string path, string[] below)
    {
        try
        {
            Files.Add(below.Length == 0 ? SentFile.Open(path) : SentFile.Open(path, below));
        }
        catch (TransferException trouble)
        {
            Unreadable.Add((below.Length == 0 ? Path.GetFileName(path) : below[^1], trouble.Reason));
        }
    }

    // A folder that is a link was picked by the customer and is followed; links in it are not.
    private static IEnumerable<(string Path, string[] Below)> Find(string path)
    {
        if (!Directory.Exists(path)) return [(path, [])];
        var options = new EnumerationOptions
        {
            RecurseSubdirectories = true,
            MaxRecursionDepth = FileLimits.MostLevels,
            AttributesToSkip = FileAttributes.ReparsePoint,
            IgnoreInaccessible = true,
        };
        var top = Path.TrimEndingDirectorySeparator(path);
        return Directory.EnumerateFiles(top, "*", options).Select(file => (top, Path.GetRelativePath(top, file).Split(Path.DirectorySeparatorChar)));
    }
}
