using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.EntityFrameworkCore;
using Nabij.Server.Audit;
using Nabij.Server.Organizations;
using Nabij.Server.People;
using Nabij.Server.Storage;

namespace Nabij.Server.Accounts;

/// <summary>What every way to sign in ends with: refused and counted, not admitted now or here, one step more, or done. Scoped to a request.</summary>
internal sealed class SignInFinish(ServerDatabase database, SignInLockout lockout, SignInStage stage, AuditLog audit, TimeProvider clock)
{
    /// <summary>The one way in that was shown is not enough where a second step is set up or demanded.</summary>
    internal async Task<SignInResult> AfterFirstStepAsync(HttpContext context, Organization organization, Account account, string way)
    {
        if (await RefuseUnlessAdmittedAsync(context, organization, account) is { } refused)
            return refused;
        if (!organization.DemandsSecondFactor && !await SecondFactor.HasAnyAsync(database, account, context.RequestAborted))
            return await CompleteAsync(context, account, way);
        await stage.BeginAsync(context, account, way);
        return new SignInResult(SignInOutcome.SecondFactor);
    }

    /// <summary>What was shown is all that is asked for: a passkey, or a provider that asks for a second factor itself.</summary>
    internal async Task<SignInResult> AfterEverythingAsync(HttpContext context, Organization organization, Account account, string way) =>
        await RefuseUnlessAdmittedAsync(context, organization, account) ?? await CompleteAsync(context, account, way);

    /// <summary>Sets the cookie. Everything has been checked.</summary>
    internal async Task<SignInResult> CompleteAsync(HttpContext context, Account account, string way)
    {
        await SignInLockout.ForgetAsync(database, Pair(context, account), context.RequestAborted);
        await audit.RecordAsync(database, new AuditEntry(account.Id.ToString(), "sign-in.done", "", AuditEntry.Done, way), context.RequestAborted);
        var who = new SignedIn(account.OrganizationId, account.Id, account.DisplayName, SignInId: "") { Way = way };
        await context.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, who.ToPrincipal(CookieAuthenticationDefaults.AuthenticationScheme, []));
        return new SignInResult(SignInOutcome.SignedIn, Home: await HomeAsync(account, context.RequestAborted));
    }

    /// <summary>Whether this person may sign in now and from here; null when so.</summary>
    internal async Task<SignInResult?> RefuseUnlessAdmittedAsync(HttpContext context, Organization organization, Account account)
    {
        if (Admittance.AtSignIn(organization, account, (clock.GetUtcNow(), context.Connection.RemoteIpAddress)) is not { } refusal)
            return null;
        await audit.RecordAsync(database, new AuditEntry(account.Id.ToString(), "sign-in.not-admitted", "", AuditEntry.Refused, refusal.ToString()), context.RequestAborted);
        return new SignInResult(refusal == AdmittanceRefusal.NotNow ? SignInOutcome.NotNow : SignInOutcome.NotHere);
    }

    /// <summary>The pause that this pair still has, as a result; null when it has none.</summary>
    internal async Task<SignInResult?> PausedAsync(string pair, CancellationToken cancellation) =>
        await lockout.FindPauseAsync(database, pair, cancellation) is { } pause ? new SignInResult(SignInOutcome.Paused, pause) : null;

    internal async Task<SignInResult> RefuseAsync(string pair, Account? account, string way, CancellationToken cancellation)
    {
        await lockout.CountFailureAsync(database, pair, cancellation);
        await audit.RecordAsync(database, new AuditEntry("visitor", "sign-in.failed", account?.Id.ToString() ?? "", AuditEntry.Refused, way), cancellation);
        return new SignInResult(SignInOutcome.Refused);
    }

    /// <summary>Somebody signed in has proven again to be there.</summary>
    internal async Task<SignInResult> ConfirmedAsync((Guid Account, string SignIn) who, string pair, string way, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        await SignInLockout.ForgetAsync(database, pair, cancellation);
        await database.Set<SignIn>().Where(row => row.ReferenceHash == who.SignIn).ExecuteUpdateAsync(set => set.SetProperty(row => row.ConfirmedAt, now), cancellation);
        await audit.RecordAsync(database, new AuditEntry(who.Account.ToString(), "sign-in.confirmed", "", AuditEntry.Done, way), cancellation);
        return new SignInResult(SignInOutcome.SignedIn);
    }

    internal static string Pair(HttpContext context, Account account) => SignInLockout.Pair(account.NormalizedEmail ?? "", context.Connection.RemoteIpAddress);

    private async Task<string> HomeAsync(Account account, CancellationToken cancellation)
    {
        var roles = await database.Set<AccountRole>().Where(row => row.AccountId == account.Id).Select(row => row.Role).ToListAsync(cancellation);
        return roles.Contains(Role.Technician) ? LocalPath.Desk : roles.Contains(Role.Owner) || roles.Contains(Role.Admin) ? PeopleFeature.Path : OwnAccountEndpoints.Path;
    }
}
