using Nabij.Server.HelpPage;

namespace Nabij.Server.Downloads;

/// <summary>What the download page shows.</summary>
public sealed record DownloadPageView
{
    /// <summary>The program for this visitor's kind of computer, else the first there is; null when there is none.</summary>
    public required DownloadFile? Best { get; init; }

    public required IReadOnlyList<DownloadFile> Others { get; init; }

    public required Device Device { get; init; }

    public required string ShortAddress { get; init; }

    /// <summary>The answer about the backup: "yes", "no" or "help".</summary>
    public required string Backup { get; init; }

    public required DateTimeOffset AcceptedAt { get; init; }

    public required string TermsVersion { get; init; }

    public required string TermsSha256 { get; init; }
}
