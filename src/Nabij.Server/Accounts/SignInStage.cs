using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Nabij.Server.Storage;
using Nabij.Server.Web;

namespace Nabij.Server.Accounts;

/// <summary>
/// Remembers, between the first step and the second, whose first step was right: by a random reference in a cookie of a few
/// minutes. It signs nobody in.
/// </summary>
internal sealed class SignInStage(ServerDatabase database, CookieRules cookies, IOptions<SignInTimes> times, TimeProvider clock)
{
    private const string CookieName = "nabij-step";

    private const int LongestReference = 100;

    /// <param name="context">The request.</param>
    /// <param name="account">Whose first step was right.</param>
    /// <param name="way">Of <see cref="SignInWay"/>: what was shown.</param>
    internal async Task BeginAsync(HttpContext context, Account account, string way)
    {
        var reference = Reference.Create();
        var now = clock.GetUtcNow();
        database.Add(new SignIn
        {
            OrganizationId = account.OrganizationId,
            ReferenceHash = Reference.Hash(reference),
            AccountId = account.Id,
            Stage = SignIn.SecondFactor,
            CreatedAt = now,
            SeenAt = now,
            Way = way,
        });
        await database.SaveChangesAsync(context.RequestAborted);
        context.Response.Cookies.Append(cookies.Name(CookieName), reference, cookies.Create(SameSiteMode.Strict, times.Value.SecondFactor));
    }

    /// <summary>The account whose first step was right a moment ago; tracked.</summary>
    /// <param name="context">The request.</param>
    /// <param name="recovering">A recovery code was shown, which opens nothing but the page for a new passkey.</param>
    internal async Task<Account?> FindAsync(HttpContext context, bool recovering = false)
    {
        var row = await RowAsync(context);
        return row is null || row.Way == SignInWay.Recovery != recovering
            ? null
            : await database.Set<Account>().SingleOrDefaultAsync(account => account.Id == row.AccountId && account.DisabledAt == null, context.RequestAborted);
    }

    /// <summary>What the first step was.</summary>
    internal async Task<string> WayAsync(HttpContext context) => (await RowAsync(context))?.Way ?? "";

    /// <summary>Names this stage, for what belongs to it; empty when there is none.</summary>
    internal string Name(HttpContext context) =>
        context.Request.Cookies[cookies.Name(CookieName)] is { Length: > 0 and < LongestReference } reference ? Reference.Hash(reference) : "";

    private async Task<SignIn?> RowAsync(HttpContext context)
    {
        if (context.Request.Cookies[cookies.Name(CookieName)] is not { Length: > 0 and < LongestReference } reference)
            return null;
        var hash = Reference.Hash(reference);
        var earliest = clock.GetUtcNow() - times.Value.SecondFactor;
        return await database.Set<SignIn>().AsNoTracking().SingleOrDefaultAsync(
            one => one.ReferenceHash == hash && one.Stage == SignIn.SecondFactor && one.CreatedAt > earliest, context.RequestAborted);
    }

    internal async Task EndAsync(HttpContext context)
    {
        if (context.Request.Cookies[cookies.Name(CookieName)] is not { } reference)
            return;
        var hash = Reference.Hash(reference);
        await database.Set<SignIn>().Where(row => row.ReferenceHash == hash && row.Stage == SignIn.SecondFactor).ExecuteDeleteAsync(context.RequestAborted);
        context.Response.Cookies.Delete(cookies.Name(CookieName), cookies.Create(SameSiteMode.Strict, TimeSpan.Zero));
    }
}
