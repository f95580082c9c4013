using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Nabij.Server.Storage;
using Nabij.Server.Web;

namespace Nabij.Server.Accounts;

/// <summary>
/// Remembers, between password and second factor, whose password was right: by a random reference in a cookie of a few
/// minutes. It signs nobody in.
/// </summary>
internal sealed class SignInStage(ServerDatabase database, CookieRules cookies, IOptions<SignInTimes> times, TimeProvider clock)
{
    private const string CookieName = "nabij-step";

    private const int LongestReference = 100;

    internal async Task BeginAsync(HttpContext context, Account account)
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
        });
        await database.SaveChangesAsync(context.RequestAborted);
        context.Response.Cookies.Append(cookies.Name(CookieName), reference, cookies.Create(SameSiteMode.Strict, times.Value.SecondFactor));
    }

    /// <summary>The account whose password was right a moment ago; tracked.</summary>
    internal async Task<Account?> FindAsync(HttpContext context)
    {
        if (context.Request.Cookies[cookies.Name(CookieName)] is not { Length: > 0 and < LongestReference } reference)
            return null;
        var hash = Reference.Hash(reference);
        var earliest = clock.GetUtcNow() - times.Value.SecondFactor;
        var row = await database.Set<SignIn>().AsNoTracking().SingleOrDefaultAsync(
            one => one.ReferenceHash == hash && one.Stage == SignIn.SecondFactor && one.CreatedAt > earliest, context.RequestAborted);
        return row is null
            ? null
            : await database.Set<Account>().SingleOrDefaultAsync(account => account.Id == row.AccountId && account.DisabledAt == null, context.RequestAborted);
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
