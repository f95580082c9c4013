namespace Nabij.Server.Storage;

/// <summary>How long things are kept where the organization has not chosen a time of its own (Organizations/RetentionTimes.cs).</summary>
internal sealed class Retention
{
    internal const string Section = "Retention";

    /// <summary>How long one acceptance opens the download.</summary>
    public TimeSpan AcceptanceOpensDownload { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How long the record of an acceptance is kept, as claims may arise from it.</summary>
    public int AcceptanceMonths { get; set; } = 60;

    /// <summary>How long it is kept who helped whom and when.</summary>
    public int SessionMonths { get; set; } = 13;

    /// <summary>How long a request to be called back is kept, done or not.</summary>
    public int CallbackDays { get; set; } = 30;

    internal static bool IsValid(Retention retention) =>
        retention.AcceptanceOpensDownload > TimeSpan.Zero && retention.AcceptanceOpensDownload <= TimeSpan.FromDays(7) &&
        retention.AcceptanceMonths is >= 1 and <= 240 && retention.SessionMonths is >= 1 and <= 13 &&
        retention.CallbackDays is >= 1 and <= 90;
}
