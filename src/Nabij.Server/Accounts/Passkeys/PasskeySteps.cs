using Nabij.Server.Organizations;

namespace Nabij.Server.Accounts.Passkeys;

/// <summary>
/// Signing in and confirming by a passkey, which counts as both factors. Failures are counted per passkey and address, so
/// that a removed one that a browser still offers pauses nobody else. Scoped to a request.
/// </summary>
internal sealed class PasskeySteps(PasskeyBook book, SignInStage stage, SignInFinish finish)
{
    internal async Task<SignInResult> SignInAsync(HttpContext context, Organization organization, string answer)
    {
        var pair = Pair(context, answer);
        if (await finish.PausedAsync(pair, context.RequestAborted) is { } paused)
            return paused;
        return await book.ProveAsync(context, (PasskeyPurpose.SignIn, ""), answer) is { } account
            ? await finish.AfterEverythingAsync(context, organization, account, SignInWay.Passkey)
            : await finish.RefuseAsync(pair, account: null, SignInWay.Passkey, context.RequestAborted);
    }

    /// <summary>After a password or a provider, in place of a code.</summary>
    internal async Task<SignInResult> SecondStepAsync(HttpContext context, Account account, string answer)
    {
        var pair = Pair(context, answer);
        if (await finish.PausedAsync(pair, context.RequestAborted) is { } paused)
            return paused;
        var shown = await book.ProveAsync(context, (PasskeyPurpose.SecondStep, stage.Name(context)), answer);
        return shown?.Id == account.Id
            ? await finish.CompleteAsync(context, account, SignInWay.Passkey)
            : await finish.RefuseAsync(pair, account, SignInWay.Passkey, context.RequestAborted);
    }

    internal async Task<SignInResult> ConfirmAsync(HttpContext context, Account account, string answer)
    {
        var (who, pair) = (SignedIn.Of(context), Pair(context, answer));
        if (await finish.PausedAsync(pair, context.RequestAborted) is { } paused)
            return paused;
        var shown = await book.ProveAsync(context, (PasskeyPurpose.Confirm, who.SignInId), answer);
        return shown?.Id == account.Id
            ? await finish.ConfirmedAsync((account.Id, who.SignInId), pair, SignInWay.Passkey, context.RequestAborted)
            : await finish.RefuseAsync(pair, account, SignInWay.Passkey, context.RequestAborted);
    }

    private static string Pair(HttpContext context, string answer) => SignInLockout.Pair($"passkey {PasskeyBook.CredentialOf(answer)}", context.Connection.RemoteIpAddress);
}
