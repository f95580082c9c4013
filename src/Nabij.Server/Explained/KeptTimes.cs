using Nabij.Server.Api;
using Nabij.Server.Organizations;
using Nabij.Server.Storage;
using Nabij.Server.Webhooks;

namespace Nabij.Server.Explained;

/// <summary>How long this server keeps things for one organization: the times that the sweep goes by, from the one place where they are.</summary>
public sealed record KeptTimes
{
    public required int AcceptanceMonths { get; init; }

    public required int SessionMonths { get; init; }

    /// <summary>Requests to be called back, and invitations of customers.</summary>
    public required int CallbackDays { get; init; }

    /// <summary>Sign-ins, failed tries, network addresses.</summary>
    public required int SignInHours { get; init; }

    /// <summary>Answers to other programs, for those who ask the same again.</summary>
    public required int AnswerHours { get; init; }

    /// <summary>Messages to other programs.</summary>
    public required int WebhookDays { get; init; }

    /// <summary>How long the cookie of an acceptance opens the download.</summary>
    public required int DownloadHours { get; init; }

    internal static KeptTimes Of(Organization organization, Retention retention) => Of(RetentionTimes.Of(organization, retention), retention);

    private static KeptTimes Of(RetentionTimes times, Retention retention) => new()
    {
        AcceptanceMonths = times.AcceptanceMonths,
        SessionMonths = times.SessionMonths,
        CallbackDays = times.CallbackDays,
        // The sweep comes every hour: so long at most.
        SignInHours = (int)(RetentionSweep.SignInsKept + RetentionSweep.Period).TotalHours,
        AnswerHours = (int)(OnceOnly.Kept + RetentionSweep.Period).TotalHours,
        WebhookDays = (int)WebhookSender.Kept.TotalDays,
        DownloadHours = (int)Math.Ceiling(retention.AcceptanceOpensDownload.TotalHours),
    };
}
