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
    ServerDatabase database, PasswordCheck passwords, SignInLockout lockout, SecondFactor factor, SignInStage stage, AuditLog audit)
{
    private static readonly UpperInvariantLookupNormalizer Normalizer = new();

    internal async Task<SignInResult> PasswordAsync(HttpContext context, Organization organization, string email, string password)
    {
        var cancellation = context.RequestAborted;
        var normalized = Normalizer.NormalizeEmail(email) ?? "";
        var pair = SignInLockout.Pair(normalized, context.Connection.RemoteIpAddress);
        if (await lockout.FindPauseAsync(database, pair, cancellation) is { } pause)
            return new SignInResult(SignInOutcome.Paused, pause);

        var account = await database.Set<Account>().SingleOrDefaultAsync(row => row.NormalizedEmail == normalized && row.DisabledAt == null, cancellation);
        var matches = password.Length <= CommonPasswordRule.MaximumLength ? await passwords.MatchesAsync(account, password, cancellation) : false;
        if (matches is null)
            return new SignInResult(SignInOutcome.Busy);
        if (matches is false || account is null)
            return await RefuseAsync(pair, account, cancellation);

        if (!organization.DemandsSecondFactor)
            return await CompleteAsync(context, account, pair);
        await stage.BeginAsync(context, account);
        return new SignInResult(SignInOutcome.SecondFactor);
    }

    internal async Task<SignInResult> SecondFactorAsync(HttpContext context, Account account, string code)
    {
        var cancellation = context.RequestAborted;
        var pair = SignInLockout.Pair(account.NormalizedEmail ?? "", context.Connection.RemoteIpAddress);
        if (await lockout.FindPauseAsync(database, pair, cancellation) is { } pause)
            return new SignInResult(SignInOutcome.Paused, pause);
        return await factor.TakeAsync(account, code, cancellation)
            ? await CompleteAsync(context, account, pair)
            : await RefuseAsync(pair, account, cancellation);
    }

    private async Task<SignInResult> CompleteAsync(HttpContext context, Account account, string pair)
    {
        await SignInLockout.ForgetAsync(database, pair, context.RequestAborted);
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
