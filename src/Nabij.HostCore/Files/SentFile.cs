using System.Runtime.Versioning;
using Nabij.HostCore.Linux;
using Nabij.Protocol.Files;

namespace Nabij.HostCore.Files;

/// <summary>
/// One file that the customer has picked, open for reading as long as it is sent: an ordinary file, no link. Notices
/// when it changes meanwhile. Owns the handle; one thread at a time.
/// </summary>
[SupportedOSPlatform("linux")]
public sealed class SentFile : IDisposable
{
    private readonly OpenFile file;
    private readonly FileStatus opened;

    private SentFile(OpenFile file, IReadOnlyList<string> path)
    {
        (this.file, Path) = (file, path);
        opened = file.Status();
        if (opened.Size <= FileLimits.LargestFile) return;
        file.Dispose();
        throw new TransferException(TransferReason.Unreadable, "The file is larger than 10 GB.");
    }

    /// <summary>The components to offer it by, each within the rules of names.</summary>
    public IReadOnlyList<string> Path { get; }

    /// <summary>In bytes, when it was opened.</summary>
    public long Size => opened.Size;

    /// <summary>Milliseconds since 1970, when it was opened.</summary>
    public long Modified => Math.Min(opened.ModifiedMilliseconds, FileLimits.LatestTime);

    /// <summary>False as soon as size or time are not those of the opening.</summary>
    public bool IsUnchanged
    {
        get
        {
            var now = file.Status();
            return (now.Size, now.ModifiedSeconds, now.ModifiedNanoseconds) == (opened.Size, opened.ModifiedSeconds, opened.ModifiedNanoseconds);
        }
    }

    /// <summary>Opens a file by the path that the customer picked.</summary>
    /// <exception cref="TransferException">Unreadable or NameRefused.</exception>
    public static SentFile Open(string picked)
    {
        var name = RequireName(System.IO.Path.GetFileName(picked));
        return new SentFile(FolderHandle.OpenFileByPath(picked), [name]);
    }

    /// <summary>Opens a file in a folder that the customer picked, by the components below it; the folder's own name goes first in the offer.</summary>
    /// <exception cref="TransferException">Unreadable or NameRefused.</exception>
    public static SentFile Open(string pickedFolder, params ReadOnlySpan<string> below)
    {
        var top = RequireName(System.IO.Path.GetFileName(System.IO.Path.TrimEndingDirectorySeparator(pickedFolder)));
        if (below.Length is 0 or >= FileLimits.MostLevels)
            throw new TransferException(TransferReason.NameRefused, "The file lies too many folders deep.");
        foreach (var component in below) RequireName(component);
        var folder = FolderHandle.Open(pickedFolder);
        try
        {
            foreach (var component in below[..^1])
            {
                var next = folder.OpenFolder(component);
                folder.Dispose();
                folder = next;
            }
            return new SentFile(folder.OpenFile(below[^1]), [top, .. below]);
        }
        finally
        {
            folder.Dispose();
        }
    }

    /// <summary>Reads until the buffer is full or the file ends; how many bytes.</summary>
    /// <exception cref="TransferException">Unreadable.</exception>
    public int Read(Span<byte> buffer, long offset) => file.Read(buffer, offset);

    public void Dispose() => file.Dispose();

    private static string RequireName(string name) => FileName.Judge(name) is not NameRefusal.None and var refusal
        ? throw new TransferException(TransferReason.NameRefused, $"The other side would refuse the name: {refusal}.")
        : name;
}
