using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Nabij.Server.Audit;
using Nabij.Server.Organizations;
using Nabij.Server.People;
using Nabij.Server.Storage;

namespace Nabij.Server.Accounts;

/// <summary>The checks of one sign-in, in order, each with its line in the audit chain. Scoped to a request.</summary>
internal sealed class SignInSteps(
    ServerDatabase database, PasswordCheck passwords, SignInLockout lockout, SecondFactor factor, SignInStage stage, AuditLog audit, TimeProvider clock)
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

        return await AfterPasswordAsync(context, organization, account);
    }

    /// <summary>The password has been proven, or just been set by a link: asks for the second factor, or signs in without one.</summary>
    internal async Task<SignInResult> AfterPasswordAsync(HttpContext context, Organization organization, Account account)
    {
        if (Admittance.AtSignIn(organization, account, (clock.GetUtcNow(), context.Connection.RemoteIpAddress)) is { } refusal)
        {
            await audit.RecordAsync(database, new AuditEntry(account.Id.ToString(), "sign-in.not-admitted", "", AuditEntry.Refused, refusal.ToString()), context.RequestAborted);
            return new SignInResult(refusal == AdmittanceRefusal.NotNow ? SignInOutcome.NotNow : SignInOutcome.NotHere);
        }

        if (!organization.DemandsSecondFactor && !account.TwoFactorEnabled)
            return await CompleteAsync(context, account, SignInLockout.Pair(account.NormalizedEmail ?? "", context.Connection.RemoteIpAddress));
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

    /// <summary>Somebody signed in proves again to be there: a code of the second factor, or the password where there is none.</summary>
    internal async Task<SignInResult> ConfirmAsync(HttpContext context, Account account, string typed)
    {
        var cancellation = context.RequestAborted;
        var pair = SignInLockout.Pair(account.NormalizedEmail ?? "", context.Connection.RemoteIpAddress);
        if (await lockout.FindPauseAsync(database, pair, cancellation) is { } pause)
            return new SignInResult(SignInOutcome.Paused, pause);
        bool? matches = account.TwoFactorEnabled
            ? await factor.TakeAsync(account, typed, cancellation)
            : typed.Length <= CommonPasswordRule.MaximumLength ? await passwords.MatchesAsync(account, typed, cancellation) : false;
        if (matches is null)
            return new SignInResult(SignInOutcome.Busy);
        if (matches is false)
            return await RefuseAsync(pair, account, cancellation);
        await SignInLockout.ForgetAsync(database, pair, cancellation);
        await MarkConfirmedAsync(SignedIn.Of(context), cancellation);
        return new SignInResult(SignInOutcome.SignedIn);
    }

    internal async Task MarkConfirmedAsync(SignedIn who, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        await database.Set<SignIn>().Where(row => row.ReferenceHash == who.SignInId).ExecuteUpdateAsync(set => set.SetProperty(row => row.ConfirmedAt, now), cancellation);
        await audit.RecordAsync(database, new AuditEntry(who.AccountId.ToString(), "sign-in.confirmed", "", AuditEntry.Done), cancellation);
    }

    private async Task<SignInResult> CompleteAsync(HttpContext context, Account account, string pair)
    {
        await SignInLockout.ForgetAsync(database, pair, context.RequestAborted);
        await audit.RecordAsync(database, new AuditEntry(account.Id.ToString(), "sign-in.done", "", AuditEntry.Done), context.RequestAborted);
        var who = new SignedIn(account.OrganizationId, account.Id, account.DisplayName, SignInId: "");
        await context.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, who.ToPrincipal(CookieAuthenticationDefaults.AuthenticationScheme, []));
        return new SignInResult(SignInOutcome.SignedIn, Home: await HomeAsync(account, context.RequestAborted));
    }

    private async Task<string> HomeAsync(Account account, CancellationToken cancellation)
    {
        var roles = await database.Set<AccountRole>().Where(row => row.AccountId == account.Id).Select(row => row.Role).ToListAsync(cancellation);
        return roles.Contains(Role.Technician) ? LocalPath.Desk : roles.Contains(Role.Owner) || roles.Contains(Role.Admin) ? PeopleFeature.Path : OwnAccountEndpoints.Path;
    }

    private async Task<SignInResult> RefuseAsync(string pair, Account? account, CancellationToken cancellation)
    {
        await lockout.CountFailureAsync(database, pair, cancellation);
        await audit.RecordAsync(database, new AuditEntry("visitor", "sign-in.failed", account?.Id.ToString() ?? "", AuditEntry.Refused), cancellation);
        return new SignInResult(SignInOutcome.Refused);
    }
}
