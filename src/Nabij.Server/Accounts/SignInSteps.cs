using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Nabij.Server.Accounts.Passkeys;
using Nabij.Server.Organizations;
using Nabij.Server.Storage;

namespace Nabij.Server.Accounts;

/// <summary>Signing in by what people type: password, code, recovery code. Each step is counted and stands in the audit chain. Scoped to a request.</summary>
internal sealed class SignInSteps(ServerDatabase database, PasswordCheck passwords, SecondFactor factor, SignInStage stage, SignInFinish finish)
{
    /// <summary>How the audit chain names the second step after a password or a provider.</summary>
    private const string Code = "code";

    private static readonly UpperInvariantLookupNormalizer Normalizer = new();

    internal async Task<SignInResult> PasswordAsync(HttpContext context, Organization organization, string email, string password)
    {
        var cancellation = context.RequestAborted;
        var normalized = Normalizer.NormalizeEmail(email) ?? "";
        var pair = SignInLockout.Pair(normalized, context.Connection.RemoteIpAddress);
        if (await finish.PausedAsync(pair, cancellation) is { } paused)
            return paused;

        var account = await FindAsync(normalized, cancellation);
        bool? matches = organization.PasswordsOff ? false : await MatchesAsync(account, password, cancellation);
        if (matches is null)
            return new SignInResult(SignInOutcome.Busy);
        return matches is false || account is null
            ? await finish.RefuseAsync(pair, account, SignInWay.Password, cancellation)
            : await finish.AfterFirstStepAsync(context, organization, account, SignInWay.Password);
    }

    /// <param name="context">The request.</param>
    /// <param name="account">Whose first step is done.</param>
    /// <param name="code">Of the authenticator, or a recovery code.</param>
    /// <param name="enrolling">The first code of a new authenticator.</param>
    internal async Task<SignInResult> SecondFactorAsync(HttpContext context, Account account, string code, bool enrolling)
    {
        var cancellation = context.RequestAborted;
        var pair = SignInFinish.Pair(context, account);
        if (await finish.PausedAsync(pair, cancellation) is { } paused)
            return paused;
        return await factor.TakeAsync(account, code, enrolling, cancellation)
            ? await finish.CompleteAsync(context, account, await stage.WayAsync(context))
            : await RefuseCodeAsync(pair, account, cancellation);
    }

    private async Task<SignInResult> RefuseCodeAsync(string pair, Account account, CancellationToken cancellation)
    {
        var refused = await finish.RefuseAsync(pair, account, Code, cancellation);
        return factor.IsUnreadable(account) ? new SignInResult(SignInOutcome.Unreadable) : refused;
    }

    /// <summary>Somebody signed in proves again to be there: a code of the second factor, or the password where there is no second factor.</summary>
    internal async Task<SignInResult> ConfirmAsync(HttpContext context, Organization organization, Account account, string typed)
    {
        var cancellation = context.RequestAborted;
        var pair = SignInFinish.Pair(context, account);
        if (await finish.PausedAsync(pair, cancellation) is { } paused)
            return paused;
        var byCode = await SecondFactor.HasAnyAsync(database, account, cancellation);
        var matches = byCode ? await factor.TakeAsync(account, typed, enrolling: false, cancellation)
            : organization.PasswordsOff ? false : await MatchesAsync(account, typed, cancellation);
        if (matches is null)
            return new SignInResult(SignInOutcome.Busy);
        if (matches is false)
            return byCode ? await RefuseCodeAsync(pair, account, cancellation) : await finish.RefuseAsync(pair, account, SignInWay.Password, cancellation);
        return await finish.ConfirmedAsync((account.Id, SignedIn.Of(context).SignInId), pair, byCode ? Code : SignInWay.Password, cancellation);
    }

    /// <summary>
    /// A recovery code in place of a lost passkey, for who has no password that counts. It opens one page only, the one that
    /// makes a new passkey.
    /// </summary>
    internal async Task<SignInResult> RecoverAsync(HttpContext context, Organization organization, string email, string code)
    {
        var cancellation = context.RequestAborted;
        var normalized = Normalizer.NormalizeEmail(email) ?? "";
        var pair = SignInLockout.Pair(normalized, context.Connection.RemoteIpAddress);
        if (await finish.PausedAsync(pair, cancellation) is { } paused)
            return paused;
        var account = await FindAsync(normalized, cancellation);
        if (account is null || (account.PasswordHash is not null && !organization.PasswordsOff) ||
            !await database.Set<Passkey>().AnyAsync(row => row.AccountId == account.Id, cancellation))
            return await finish.RefuseAsync(pair, account, SignInWay.Recovery, cancellation);
        // Only who has a code hears that it is not the time or the place: otherwise this would tell who has an account.
        if (!await SecondFactor.IsRecoveryCodeAsync(database, account, code, cancellation))
            return await finish.RefuseAsync(pair, account, SignInWay.Recovery, cancellation);
        if (await finish.RefuseUnlessAdmittedAsync(context, organization, account) is { } notNow)
            return notNow;
        if (!await factor.TakeRecoveryCodeAsync(account, code, cancellation))
            return await finish.RefuseAsync(pair, account, SignInWay.Recovery, cancellation);
        await stage.BeginAsync(context, account, SignInWay.Recovery);
        return new SignInResult(SignInOutcome.SecondFactor);
    }

    private Task<Account?> FindAsync(string normalized, CancellationToken cancellation) =>
        database.Set<Account>().SingleOrDefaultAsync(row => row.NormalizedEmail == normalized && row.DisabledAt == null, cancellation);

    private async Task<bool?> MatchesAsync(Account? account, string password, CancellationToken cancellation) =>
        password.Length <= CommonPasswordRule.MaximumLength ? await passwords.MatchesAsync(account, password, cancellation) : false;
}
