using System.Net;
using Microsoft.EntityFrameworkCore;
using Nabij.Server.Accounts;
using Nabij.Server.Organizations;
using Nabij.Server.Storage;

namespace Nabij.Server.Api;

/// <summary>
/// Decides about a token, anew at each request: whether it is there and lives, whether its maker may still do what it is for,
/// and whether it may be used from here. Thread-safe.
/// </summary>
internal sealed class TokenCheck(DatabaseSource source, TimeProvider clock)
{
    /// <summary>How stale the time of the last use may be, so that not every request writes.</summary>
    private static readonly TimeSpan UsedStep = TimeSpan.FromMinutes(1);

    internal async Task<(TokenCaller? Caller, ApiProblem? Refusal)> FindAsync(string text, IPAddress? address, CancellationToken cancellation)
    {
        if (!TokenText.IsWellFormed(text))
            return (null, ApiProblem.TokenUnknown);
        var hash = Reference.Hash(text);
        await using var all = source.OpenUnscoped();
        var row = await all.Set<ApiToken>().OfEveryOrganization().AsNoTracking().SingleOrDefaultAsync(one => one.SecretHash == hash, cancellation);
        if (row is null)
            return (null, ApiProblem.TokenUnknown);
        if (row.RevokedAt is not null)
            return (null, ApiProblem.TokenRevoked);
        return row.ExpiresAt <= clock.GetUtcNow() ? (null, ApiProblem.TokenExpired) : await AdmitAsync(row, address, cancellation);
    }

    private async Task<(TokenCaller?, ApiProblem?)> AdmitAsync(ApiToken row, IPAddress? address, CancellationToken cancellation)
    {
        await using var database = source.Open(row.OrganizationId);
        var organization = await database.Set<Organization>().AsNoTracking().SingleAsync(one => one.Id == row.OrganizationId, cancellation);
        var scopes = await HeldAsync(database, row, cancellation);
        if (scopes.Count == 0)
            return (null, ApiProblem.TokenOrphaned);
        if (!AllowedNetworks.Stored(row.Networks ?? organization.Networks).Contains(address))
            return (null, ApiProblem.NetworkRefused);
        await TouchAsync(database, row, address, cancellation);
        return (new TokenCaller(row.OrganizationId, row.Id, row.Name, scopes), null);
    }

    /// <summary>The token's scopes that its maker holds now; none when its maker is switched off.</summary>
    internal static async Task<IReadOnlyList<string>> HeldAsync(ServerDatabase database, ApiToken row, CancellationToken cancellation)
    {
        if (!await database.Set<Account>().AnyAsync(one => one.Id == row.MadeBy && one.DisabledAt == null, cancellation))
            return [];
        var roles = await database.Set<AccountRole>().Where(one => one.AccountId == row.MadeBy).Select(one => one.Role).ToListAsync(cancellation);
        return Scopes.Held(row.ScopeList, roles);
    }

    private async Task TouchAsync(ServerDatabase database, ApiToken row, IPAddress? address, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (row.UsedAt is { } used && now - used < UsedStep)
            return;
        var from = address is null ? "" : (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();
        await database.Set<ApiToken>().Where(one => one.Id == row.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.UsedAt, now).SetProperty(one => one.UsedFrom, from), cancellation);
    }
}
