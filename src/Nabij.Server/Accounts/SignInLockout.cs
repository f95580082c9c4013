using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Nabij.Server.Storage;
using Nabij.Server.Web;

namespace Nabij.Server.Accounts;

/// <summary>
/// After five failures a pause of one minute, then five, then fifteen, for one account name from one address. A
/// stranger can never lock an owner out from elsewhere. Counts survive a restart.
/// </summary>
internal sealed class SignInLockout(IOptions<SignInTimes> times, TimeProvider clock)
{
    /// <summary>How long this pair must still wait; null when it need not.</summary>
    internal async Task<TimeSpan?> FindPauseAsync(ServerDatabase database, string pair, CancellationToken cancellation)
    {
        var row = await database.Set<SignInFailure>().AsNoTracking().SingleOrDefaultAsync(one => one.PairHash == pair, cancellation);
        return row is not null && row.LockedUntil > clock.GetUtcNow() ? row.LockedUntil - clock.GetUtcNow() : null;
    }

    internal async Task CountFailureAsync(ServerDatabase database, string pair, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        await database.Set<SignInFailure>().Where(row => row.FailedAt < now - times.Value.FailuresKept).ExecuteDeleteAsync(cancellation);
        var row = await database.Set<SignInFailure>().SingleOrDefaultAsync(one => one.PairHash == pair, cancellation);
        if (row is null)
        {
            row = new SignInFailure { OrganizationId = database.CurrentOrganizationId, PairHash = pair, Failures = 0, FailedAt = now, LockedUntil = DateTimeOffset.UnixEpoch };
            database.Add(row);
        }

        row.Failures++;
        row.FailedAt = now;
        if (row.Failures % times.Value.FailuresBeforePause == 0)
            row.LockedUntil = now + Pause(row.Failures / times.Value.FailuresBeforePause);
        await database.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    internal static Task ForgetAsync(ServerDatabase database, string pair, CancellationToken cancellation) =>
        database.Set<SignInFailure>().Where(row => row.PairHash == pair).ExecuteDeleteAsync(cancellation);

    /// <summary>Names the pair without keeping the address or the typed name.</summary>
    internal static string Pair(string normalizedEmail, IPAddress? address) => Reference.Hash($"{normalizedEmail}\n{RateLimits.AddressKey(address)}");

    private TimeSpan Pause(int round) => times.Value.Pauses[Math.Min(round, times.Value.Pauses.Length) - 1];
}
