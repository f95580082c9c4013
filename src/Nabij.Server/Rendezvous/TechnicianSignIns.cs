using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Nabij.Server.Accounts;
using Nabij.Server.Storage;

namespace Nabij.Server.Rendezvous;

/// <summary>
/// Whether the sign-in behind a ticket still stands. <see cref="LiveSignIns"/> ends sockets at once; this is the truth
/// that is asked at the join and from time to time, which also finds what another node changed.
/// </summary>
internal sealed class TechnicianSignIns(DatabaseSource source, IOptions<SignInTimes> times, TimeProvider time)
{
    /// <summary>
    /// True while the sign-in exists and its account is an enabled technician. A running session counts as activity, so
    /// that helping for an hour does not end in the idle time.
    /// </summary>
    internal async Task<bool> KeepAsync(Ticket ticket, CancellationToken cancellation)
    {
        // A relative's run ends with the session (SessionLedger.HasTechnicianAsync).
        if (ticket.IsRelative)
            return true;
        await using var database = source.Open(ticket.Organization);
        var now = time.GetUtcNow();
        var stands = await times.Value.Running(database.Set<SignIn>(), now).AnyAsync(row => row.ReferenceHash == ticket.SignIn && row.AccountId == ticket.Technician, cancellation);
        if (!stands || !await IsTechnicianAsync(database, ticket.Technician, cancellation))
            return false;
        await database.Set<SignIn>().Where(row => row.ReferenceHash == ticket.SignIn)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.SeenAt, now), cancellation);
        return true;
    }

    private static async Task<bool> IsTechnicianAsync(ServerDatabase database, Guid account, CancellationToken cancellation) =>
        await database.Set<Account>().AnyAsync(row => row.Id == account && row.DisabledAt == null, cancellation) &&
        await database.Set<AccountRole>().AnyAsync(row => row.AccountId == account && row.Role == Role.Technician, cancellation);
}
