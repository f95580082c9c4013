using Microsoft.AspNetCore.Http.HttpResults;
using Nabij.Server.Desk.Waiting;
using Nabij.Server.Rendezvous;

namespace Nabij.Server.Desk;

/// <summary>
/// Refusals of the desk's addresses as problem details. <c>title</c> is a stable word for the page, which has the text
/// for people in its languages; <c>detail</c> says the same in English for whoever reads the traffic.
/// </summary>
internal static class DeskProblem
{
    internal static ProblemHttpResult Invalid(string detail) =>
        TypedResults.Problem(title: "invalid", detail: detail, statusCode: StatusCodes.Status400BadRequest);

    internal static ProblemHttpResult NotFound() =>
        TypedResults.Problem(title: "unknown", detail: "There is no such record of yours that this fits.", statusCode: StatusCodes.Status404NotFound);

    /// <summary>Too many wrong codes.</summary>
    internal static ProblemHttpResult Paused(JoinPause pause, HttpContext context)
    {
        if (pause.Scope is JoinPauseScope.Organization)
        {
            return TypedResults.Problem(
                title: "stopped",
                detail: "Too many wrong codes of the whole organization in one day. Nobody joins until an administrator has looked into it and releases the organization.",
                statusCode: StatusCodes.Status403Forbidden);
        }
        if (pause.RetryAfter <= TimeSpan.Zero)
        {
            return TypedResults.Problem(
                title: "locked",
                detail: "Too many wrong codes in one day. An administrator of the organization has to release this account.",
                statusCode: StatusCodes.Status403Forbidden);
        }
        context.Response.Headers.RetryAfter = $"{(long)Math.Ceiling(pause.RetryAfter.TotalSeconds)}";
        return TypedResults.Problem(
            title: "paused",
            detail: pause.Scope is JoinPauseScope.Address
                ? "Too many wrong codes from this network address in one day. Joining from it is paused to protect customers."
                : "Too many wrong codes. Joining is paused for a while to protect customers.",
            statusCode: StatusCodes.Status429TooManyRequests);
    }

    /// <summary>Offline mode: the organization's key has not signed this browser's key, or the certificate has ended.</summary>
    internal static ProblemHttpResult Uncertified(DateTimeOffset? endedAt) => endedAt is { } ended
        ? TypedResults.Problem(
            title: "certificate-expired",
            detail: $"The certificate of this browser ended at {ended:O}. An administrator signs a new one where the organization's key is kept.",
            statusCode: StatusCodes.Status409Conflict)
        : TypedResults.Problem(
            title: "uncertified",
            detail: "The organization's key is kept elsewhere and has not certified this browser yet. An administrator does it there.",
            statusCode: StatusCodes.Status409Conflict);

    /// <summary>A colleague has taken this customer; <c>by</c> is the colleague's name.</summary>
    internal static ProblemHttpResult Claimed(CustomerClaim claim) => TypedResults.Problem(
        title: "claimed", detail: "A colleague has taken this customer. Take it over only when the two of you agreed.", statusCode: StatusCodes.Status409Conflict,
        extensions: new Dictionary<string, object?>(StringComparer.Ordinal) { ["by"] = claim.Name });

    /// <summary>A colleague calls this customer back, or has; <c>by</c> is the colleague's name.</summary>
    internal static ProblemHttpResult Taken(string by) => TypedResults.Problem(
        title: "taken", detail: "A colleague has taken this request. Take it over only when the two of you agreed.", statusCode: StatusCodes.Status409Conflict,
        extensions: new Dictionary<string, object?>(StringComparer.Ordinal) { ["by"] = by });

    internal static ProblemHttpResult TooManyClaims() => TypedResults.Problem(
        title: "too-many-claims", detail: $"One technician takes at most {ClaimBook.MostPerTechnician} customers at once. Give one back first.",
        statusCode: StatusCodes.Status409Conflict);

    internal static ProblemHttpResult TooManyStreams() =>
        TypedResults.Problem(title: "too-many-streams", detail: "Too many desks of this account are open at once. Close one.", statusCode: StatusCodes.Status429TooManyRequests);
}
