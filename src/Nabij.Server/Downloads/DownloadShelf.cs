// The programs in DIR/downloads (DIR/downloads/{slug} for one of several organizations). A file is served only when its
// block is the organization's own, for the present origin; the check is repeated whenever the file changes.

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

    private readonly ConcurrentDictionary<string, Checked> _checked = new(StringComparer.Ordinal);

    internal IEnumerable<DownloadFile> Available(Organization organization) =>
        Platform.All.Select(platform => Find(organization, platform)).OfType<DownloadFile>();

    internal DownloadFile? Find(Organization organization, Platform platform)
    {
        var file = new FileInfo(Path.Combine(folder.DownloadsFolder, organization.Slug, platform.FileName));
        if (!file.Exists)
            file = new FileInfo(Path.Combine(folder.DownloadsFolder, platform.FileName));
        if (!file.Exists || file.Length is 0 or > MaximumBytes)
            return null;

        var key = $"{organization.Id:N} {file.FullName}";
        var stamp = (file.LastWriteTimeUtc.Ticks, file.Length, origin.Value.Text);
        if (_checked.TryGetValue(key, out var known) && known.Stamp == stamp)
            return known.File;
        var result = new Checked(stamp, Check(organization, platform, file));
        _checked[key] = result;
        return result.File;
    }

    private DownloadFile? Check(Organization organization, Platform platform, FileInfo file)
    {
        try
        {
            var bytes = File.ReadAllBytes(file.FullName);
            var block = OrganizationBlock.Find(bytes);
            if (!block.IsEmpty && documents.IsOwn(OrganizationDocument.Open(block), organization, origin.Value.Text))
                return new DownloadFile(platform, file.FullName, bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes)));
            LogForeign(logger, file.Name, organization.Slug, origin.Value.Text);
        }
        catch (Exception exception) when (exception is WireFormatException or HandshakeException)
        {
            LogForeign(logger, file.Name, organization.Slug, origin.Value.Text);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            LogUnreadable(logger, file.Name, exception.Message);
        }

        return null;
    }

    [LoggerMessage(1, LogLevel.Error,
        "{File} is not served: it does not carry the block of {Slug} for {Origin}. Run nabij-server package on the published program again.")]
    private static partial void LogForeign(ILogger logger, string file, string slug, string origin);

    [LoggerMessage(2, LogLevel.Error, "{File} is not served: it cannot be read: {Reason}")]
    private static partial void LogUnreadable(ILogger logger, string file, string reason);

    private sealed record Checked((long Time, long Length, string Origin) Stamp, DownloadFile? File);
}
