using Nabij.Server.Storage;

namespace Nabij.Server.Organizations;

/// <summary>
/// How long an organization keeps things: its own choice, else the server's setting. The one source of the sweep, the help
/// page and the privacy texts, so that what is told is what is done.
/// </summary>
/// <param name="AcceptanceMonths">Records that terms were accepted.</param>
/// <param name="SessionMonths">Records of who helped whom and when.</param>
/// <param name="CallbackDays">Requests to be called back.</param>
internal sealed record RetentionTimes(int AcceptanceMonths, int SessionMonths, int CallbackDays)
{
    internal const int MostAcceptanceMonths = 240, MostSessionMonths = 13, MostCallbackDays = 90;

    internal static RetentionTimes Of(Organization organization, Retention server) => new(
        organization.AcceptanceMonths ?? server.AcceptanceMonths, organization.SessionMonths ?? server.SessionMonths, organization.CallbackDays ?? server.CallbackDays);
}
