// The programs in DIR/downloads (DIR/downloads/{slug} for one of several organizations). A file is served only when its
// block is the organization's own, for the present origin; the check is repeated whenever the file changes. However many
// visitors ask at once, a file is read once, by a bounded buffer. Thread-safe.

using System.Collections.Concurrent;
using System.Security.Cryptography;
using Nabij.Protocol;
using Nabij.Protocol.Organizations;
using Nabij.Protocol.Wire;
using Nabij.Server.Organizations;
using Nabij.Server.Storage;
using Nabij.Server.Web;

namespace Nabij.Server.Downloads;

internal sealed partial class DownloadShelf(DataFolder folder, OrganizationDocuments documents, PublicOrigin origin, ILogger<DownloadShelf> logger)
{
    private const long MaximumBytes = 512L * 1024 * 1024;

    private readonly ConcurrentDictionary<string, Reading> _readings = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Checked> _checked = new(StringComparer.Ordinal);
    private int _filesRead;

    /// <summary>How often a file has been read whole since the start.</summary>
    internal int FilesRead => Volatile.Read(ref _filesRead);

    internal async Task<IReadOnlyList<DownloadFile>> AvailableAsync(Organization organization, CancellationToken cancellation)
    {
        var found = new List<DownloadFile>();
        foreach (var platform in Platform.All)
        {
            if (await FindAsync(organization, platform, cancellation) is { } file)
                found.Add(file);
        }
        return found;
    }

    internal async Task<DownloadFile?> FindAsync(Organization organization, Platform platform, CancellationToken cancellation)
    {
        var file = new FileInfo(Path.Combine(folder.DownloadsFolder, organization.Slug, platform.FileName));
        if (!file.Exists)
            file = new FileInfo(Path.Combine(folder.DownloadsFolder, platform.FileName));
        if (!file.Exists || file.Length is 0 or > MaximumBytes)
            return null;

        var key = $"{organization.Id:N} {file.FullName}";
        var reading = ReadingOf(file);
        if (_checked.TryGetValue(key, out var known) && known.Reading == reading && known.Origin == origin.Value.Text)
            return known.File;
        // The visitor may go; the reading goes on for the others.
        var contents = await reading.Contents.Value.WaitAsync(cancellation);
        var result = new Checked(reading, origin.Value.Text, Check(organization, platform, (file, contents)));
        _checked[key] = result;
        return result.File;
    }

    private Reading ReadingOf(FileInfo file)
    {
        var stamp = new Stamp(file.LastWriteTimeUtc.Ticks, file.Length);
        return _readings.AddOrUpdate(file.FullName, _ => New(), (_, known) => known.Stamp == stamp ? known : New());

        // Lazy: of those made at once only the one that is kept reads.
        Reading New() => new(stamp, new Lazy<Task<Contents?>>(() => Task.Run(() => ReadAsync(file, stamp))));
    }

    private async Task<Contents?> ReadAsync(FileInfo file, Stamp stamp)
    {
        Interlocked.Increment(ref _filesRead);
        try
        {
            await using var stream = new FileStream(file.FullName, new FileStreamOptions
            {
                Mode = FileMode.Open,
                Access = FileAccess.Read,
                Share = FileShare.ReadWrite | FileShare.Delete,
                Options = FileOptions.Asynchronous | FileOptions.SequentialScan,
            });
            if (stream.Length != stamp.Length)
                return null;
            var block = BlockOf(stream);
            stream.Position = 0;
            return new Contents(block, stamp.Length, Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, CancellationToken.None)));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            LogUnreadable(logger, file.Name, exception.Message);
            return null;
        }
    }

    /// <summary>The signed document in a program; empty when there is none that is whole.</summary>
    private static byte[] BlockOf(FileStream program)
    {
        try
        {
            return OrganizationBlock.Find(program);
        }
        catch (WireFormatException)
        {
            return [];
        }
    }

    private DownloadFile? Check(Organization organization, Platform platform, (FileInfo File, Contents? Contents) from)
    {
        if (from.Contents is not { } contents)
            return null;
        try
        {
            if (contents.Block.Length > 0 && documents.IsOwn(OrganizationDocument.Open(contents.Block), organization, origin.Value.Text))
                return new DownloadFile(platform, from.File.FullName, contents.Bytes, contents.Sha256);
        }
        catch (Exception exception) when (exception is WireFormatException or HandshakeException)
        {
            // Said below, with what to do.
        }
        LogForeign(logger, from.File.Name, organization.Slug, origin.Value.Text);
        return null;
    }

    [LoggerMessage(1, LogLevel.Error,
        "{File} is not served: it does not carry the block of {Slug} for {Origin}. Run nabij-server package on the published program again.")]
    private static partial void LogForeign(ILogger logger, string file, string slug, string origin);

    [LoggerMessage(2, LogLevel.Error, "{File} is not served: it cannot be read: {Reason}")]
    private static partial void LogUnreadable(ILogger logger, string file, string reason);

    private readonly record struct Stamp(long Time, long Length);

    /// <summary>One state of one file and what was read of it, once; null contents when it could not be read.</summary>
    private sealed record Reading(Stamp Stamp, Lazy<Task<Contents?>> Contents);

    private sealed record Contents(byte[] Block, long Bytes, string Sha256);

    private sealed record Checked(Reading Reading, string Origin, DownloadFile? File);
}
