using Microsoft.EntityFrameworkCore;
using Nabij.Server.Storage;

namespace Nabij.Server.Accounts;

/// <summary>
/// Ends sign-ins of one person: first their rows, in the caller's transaction, then, once that stands, what they opened. What
/// is ended by another process or node <see cref="SignInWatch"/> finds within seconds.
/// </summary>
internal sealed class SignInEnding(LiveSignIns live)
{
    /// <param name="database">The unit of work of the person's organization.</param>
    /// <param name="account">Whose sign-ins end.</param>
    /// <param name="except">The one that stays, as <see cref="SignedIn.SignInId"/>; null for none.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>What <see cref="Close"/> takes after the commit.</returns>
    internal static async Task<IReadOnlyList<string>> RemoveAsync(ServerDatabase database, Guid account, string? except, CancellationToken cancellation)
    {
        var rows = database.Set<SignIn>().Where(row => row.AccountId == account && row.ReferenceHash != except);
        var ended = await rows.Select(row => row.ReferenceHash).ToListAsync(cancellation);
        await rows.ExecuteDeleteAsync(cancellation);
        return ended;
    }

    /// <summary>One sign-in of the person; whether there was such a one.</summary>
    internal async Task<bool> EndOneAsync(ServerDatabase database, Guid account, string signIn, CancellationToken cancellation)
    {
        if (await database.Set<SignIn>().Where(row => row.AccountId == account && row.ReferenceHash == signIn).ExecuteDeleteAsync(cancellation) == 0)
            return false;
        live.End(signIn);
        return true;
    }

    /// <summary>Closes the sockets of sign-ins, whether these go on or not: what opens one again is checked anew.</summary>
    internal void Close(IEnumerable<string> signIns)
    {
        foreach (var signIn in signIns)
            live.End(signIn);
    }
}
