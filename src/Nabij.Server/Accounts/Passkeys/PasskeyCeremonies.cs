using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Nabij.Server.Storage;
using Nabij.Server.Web;

namespace Nabij.Server.Accounts.Passkeys;

/// <summary>
/// Challenges: each serves once, for a few minutes, in the browser that asked for it, for what it was asked for. Scoped to a
/// request.
/// </summary>
internal sealed class PasskeyCeremonies(ServerDatabase database, CookieRules cookies, IOptions<SignInTimes> times, TimeProvider clock)
{
    private const string CookieName = "nabij-passkey";

    private const int LongestReference = 100;

    /// <param name="context">Whose browser gets the reference.</param>
    /// <param name="purpose">What for, and what it belongs to.</param>
    /// <param name="state">What the handler wants back.</param>
    internal async Task BeginAsync(HttpContext context, (string Purpose, string BoundTo) purpose, string state)
    {
        var reference = Reference.Create();
        var now = clock.GetUtcNow();
        await database.Set<PasskeyCeremony>().Where(row => row.ExpiresAt < now).ExecuteDeleteAsync(context.RequestAborted);
        database.Add(new PasskeyCeremony
        {
            OrganizationId = database.CurrentOrganizationId,
            ReferenceHash = Reference.Hash(reference),
            Purpose = purpose.Purpose,
            BoundTo = purpose.BoundTo,
            State = state,
            ExpiresAt = now + times.Value.PasskeyCeremony,
        });
        await database.SaveChangesAsync(context.RequestAborted);
        context.Response.Cookies.Append(cookies.Name(CookieName), reference, cookies.Create(SameSiteMode.Strict, times.Value.PasskeyCeremony));
    }

    /// <summary>What was begun in this browser for this; null when there is nothing, when it is over, or when it was answered already.</summary>
    internal async Task<string?> TakeAsync(HttpContext context, (string Purpose, string BoundTo) purpose)
    {
        if (context.Request.Cookies[cookies.Name(CookieName)] is not { Length: > 0 and < LongestReference } reference)
            return null;
        context.Response.Cookies.Delete(cookies.Name(CookieName), cookies.Create(SameSiteMode.Strict, TimeSpan.Zero));
        var hash = Reference.Hash(reference);
        var row = await database.Set<PasskeyCeremony>().AsNoTracking().SingleOrDefaultAsync(one => one.ReferenceHash == hash, context.RequestAborted);
        // The statement that deletes it decides who is first when one answer is sent twice at once.
        return row is not null && await database.Set<PasskeyCeremony>().Where(one => one.ReferenceHash == hash).ExecuteDeleteAsync(context.RequestAborted) == 1 &&
            row.ExpiresAt > clock.GetUtcNow() && row.Purpose == purpose.Purpose && row.BoundTo == purpose.BoundTo
            ? row.State : null;
    }
}
