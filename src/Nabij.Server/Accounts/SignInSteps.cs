using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Nabij.Server.Audit;
using Nabij.Server.Organizations;
using Nabij.Server.Storage;

namespace Nabij.Server.Accounts;

/// <summary>The checks of one sign-in, in order, each with its line in the audit chain. Scoped to a request.</summary>
internal sealed class SignInSteps(
    ServerDatabase database, OrganizationScope scope, PasswordCheck passwords, SignInLockout lockout, AuditLog audit, UpperInvariantLookupNormalizer normalizer)
{
    internal async Task<SignInResult> PasswordAsync(HttpContext context, Organization organization, string email, string password)
    {
        var cancellation = context.RequestAborted;
        scope.Enter(organization.Id);
        var normalized = normalizer.NormalizeEmail(email) ?? "";
        var pair = SignInLockout.Pair(normalized, context.Connection.RemoteIpAddress);
        if (await lockout.FindPauseAsync(database, pair, cancellation) is { } pause)
            return new SignInResult(SignInOutcome.Paused, pause);

        var account = await database.Set<Account>().SingleOrDefaultAsync(row => row.NormalizedEmail == normalized && row.DisabledAt == null, cancellation);
        var matches = password.Length <= CommonPasswordRule.MaximumLength ? await passwords.MatchesAsync(account, password, cancellation) : false;
        if (matches is null)
            return new SignInResult(SignInOutcome.Busy);
        if (matches is false || account is null)
            return await RefuseAsync(pair, account, cancellation);

        await SignInLockout.ForgetAsync(database, pair, cancellation);
        return await CompleteAsync(context, account);
    }

    private async Task<SignInResult> CompleteAsync(HttpContext context, Account account)
    {
        await audit.RecordAsync(database, new AuditEntry(account.Id.ToString(), "sign-in.done", "", AuditEntry.Done), context.RequestAborted);
        var who = new SignedIn(account.OrganizationId, account.Id, account.DisplayName, SignInId: "");
        await context.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, who.ToPrincipal(CookieAuthenticationDefaults.AuthenticationScheme, []));
        return new SignInResult(SignInOutcome.SignedIn);
    }

    private async Task<SignInResult> RefuseAsync(string pair, Account? account, CancellationToken cancellation)
    {
        await lockout.CountFailureAsync(database, pair, cancellation);
        await audit.RecordAsync(database, new AuditEntry("visitor", "sign-in.failed", account?.Id.ToString() ?? "", AuditEntry.Refused), cancellation);
        return new SignInResult(SignInOutcome.Refused);
    }
}
