using Microsoft.EntityFrameworkCore;
using Nabij.Server.Pages;
using Nabij.Server.Storage;

namespace Nabij.Server.Accounts.Passkeys;

/// <summary>Sets a passkey by a link, in place of a password. Scoped to a request of the link's organization.</summary>
internal sealed class LinkPasskey(ServerDatabase database, AccountLinks links, PasskeyBook book, SecondFactor factor)
{
    internal async Task<string> InviteAsync(HttpContext context, AccountLink link, string shop) =>
        await book.InviteAsync(context, await OwnerAsync(link, context.RequestAborted), Purpose(link), shop);

    /// <summary>Adds the passkey and uses the link up, both or neither. What opened the account before opens nothing any more.</summary>
    /// <returns>The account and its recovery codes, shown once; or why not; neither when the link has just been used.</returns>
    internal async Task<(Account? Account, IReadOnlyList<string> Codes, Problem? Problem)> TakeAsync(HttpContext context, AccountLink link, string answer)
    {
        var cancellation = context.RequestAborted;
        var (made, wrong) = await book.ReadAsync(context, await OwnerAsync(link, cancellation), Purpose(link), (answer, ""));
        if (made is null)
            return (null, [], wrong);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        if (await links.UseUpAsync(link, cancellation) is not { } account)
            return (null, [], null);
        account.PasswordHash = null;
        await SecondFactor.ForgetAsync(database, account, cancellation);
        if (await book.KeepAsync(made, account.Id.ToString(), cancellation) is { } problem)
            return (null, [], problem);
        var codes = await factor.RenewCodesAsync(account, cancellation);
        await links.FinishAsync(link, account, transaction, cancellation);
        return (account, codes, null);
    }

    private static (string Purpose, string BoundTo) Purpose(AccountLink link) => (PasskeyPurpose.Link, link.SecretHash);

    private Task<Account> OwnerAsync(AccountLink link, CancellationToken cancellation) => database.Set<Account>().SingleAsync(row => row.Id == link.AccountId, cancellation);
}
