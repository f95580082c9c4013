using Microsoft.EntityFrameworkCore;
using Nabij.Server.Accounts;
using Nabij.Server.Organizations;
using Nabij.Server.Storage;

namespace Nabij.Server.Api;

/// <summary>Reads what the page of tokens shows. Scoped to a request of the organization.</summary>
internal sealed class TokenReader(ServerDatabase database, TimeProvider clock)
{
    /// <summary>Expired and revoked ones are shown for a while, and then no longer.</summary>
    private static readonly TimeSpan Shown = TimeSpan.FromDays(90);

    internal async Task<IReadOnlyList<TokenLine>> ListAsync(Organization organization, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var oldest = now - Shown;
        var rows = await database.Set<ApiToken>().AsNoTracking().Where(row => row.ExpiresAt > oldest && (row.RevokedAt == null || row.RevokedAt > oldest))
            .OrderByDescending(row => row.CreatedAt).ToListAsync(cancellation);
        var makers = rows.Select(row => row.MadeBy).Distinct().ToList();
        var names = await database.Set<Account>().AsNoTracking().Where(row => makers.Contains(row.Id)).ToDictionaryAsync(row => row.Id, row => row.DisplayName, cancellation);
        var time = OrganizationTime.Of(organization);
        var lines = new List<TokenLine>();
        foreach (var row in rows)
        {
            var held = await TokenCheck.HeldAsync(database, row, cancellation);
            lines.Add(new TokenLine
            {
                Id = row.Id,
                Name = row.Name,
                Hint = row.Hint,
                Scopes = held.Count == 0 ? row.ScopeList : held,
                Maker = names.GetValueOrDefault(row.MadeBy, ""),
                Until = time.Words(row.ExpiresAt),
                UsedAt = row.UsedAt is { } used ? time.Words(used) : "",
                UsedFrom = row.UsedFrom,
                Networks = (row.Networks ?? "").Replace('\n', ' '),
                State = row.RevokedAt is not null ? "revoked" : row.ExpiresAt <= now ? "expired" : held.Count == 0 ? "orphaned" : "live",
            });
        }

        return [.. lines.OrderBy(line => line.State != "live")];
    }
}
