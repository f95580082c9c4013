namespace Nabij.Server.Storage;

/// <summary>How long things are kept. Settings; the help page shows them from here.</summary>
internal sealed class Retention
{
    internal const string Section = "Retention";

    /// <summary>How long one acceptance opens the download.</summary>
    public TimeSpan AcceptanceOpensDownload { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How long the record of an acceptance is kept, as claims may arise from it.</summary>
    public int AcceptanceMonths { get; set; } = 60;

    /// <summary>How long it is kept who helped whom and when.</summary>
    public int SessionMonths { get; set; } = 13;

    internal static bool IsValid(Retention retention) =>
        retention.AcceptanceOpensDownload > TimeSpan.Zero && retention.AcceptanceOpensDownload <= TimeSpan.FromDays(7) &&
        retention.AcceptanceMonths is >= 1 and <= 240 && retention.SessionMonths is >= 1 and <= 13;
}
