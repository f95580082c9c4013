using Microsoft.EntityFrameworkCore;
using Nabij.Server.Accounts;
using Nabij.Server.Audit;
using Nabij.Server.Pages;
using Nabij.Server.Storage;

namespace Nabij.Server.Api;

/// <summary>Makes and revokes tokens, each with its line in the audit chain. Scoped to a request of the organization.</summary>
internal sealed class TokenActs(ServerDatabase database, AuditLog audit, TimeProvider clock)
{
    /// <summary>A new token; its text is shown once and stored nowhere.</summary>
    /// <returns>The text, or why there is none.</returns>
    internal async Task<(string? Text, Problem? Problem)> MakeAsync(SignedIn who, TokenForm form, CancellationToken cancellation)
    {
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        var now = clock.GetUtcNow();
        if (await database.Set<ApiToken>().CountAsync(row => row.RevokedAt == null && row.ExpiresAt > now, cancellation) >= ApiToken.Most)
            return (null, new Problem("problem.tokens-many", ApiToken.Most));
        // Asked of the database and not of the request: the roles that count are those of this moment.
        var roles = await database.Set<AccountRole>().Where(row => row.AccountId == who.AccountId).Select(row => row.Role).ToListAsync(cancellation);
        var scopes = Scopes.Held(form.Scopes, roles);
        if (scopes.Count == 0)
            return (null, new Problem("problem.token-scopes").At("scopes"));

        var text = TokenText.Create();
        var row = new ApiToken
        {
            OrganizationId = who.OrganizationId,
            Id = Guid.NewGuid(),
            Name = form.Name,
            Hint = TokenText.Hint(text),
            SecretHash = Reference.Hash(text),
            Scopes = string.Join(' ', scopes),
            Networks = form.Networks,
            MadeBy = who.AccountId,
            CreatedAt = now,
            ExpiresAt = now.AddDays(Math.Min(form.Days, ApiToken.MostDays)),
        };
        database.Add(row);
        await database.SaveChangesAsync(cancellation);
        var details = $"\"{row.Name}\" {row.Hint}, {row.Scopes}, until {row.ExpiresAt:O}, networks {row.Networks?.Replace('\n', ' ') ?? "as the organization"}";
        await audit.RecordAsync(database, new AuditEntry(who.AccountId.ToString(), "token.made", row.Id.ToString(), AuditEntry.Done, details), cancellation);
        await transaction.CommitAsync(cancellation);
        return (text, null);
    }

    /// <summary>False when there is no such token that still counts.</summary>
    internal async Task<bool> RevokeAsync(SignedIn who, Guid id, CancellationToken cancellation)
    {
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        var now = clock.GetUtcNow();
        if (await database.Set<ApiToken>().Where(row => row.Id == id && row.RevokedAt == null).ExecuteUpdateAsync(set => set.SetProperty(row => row.RevokedAt, now), cancellation) == 0)
            return false;
        await audit.RecordAsync(database, new AuditEntry(who.AccountId.ToString(), "token.revoked", id.ToString(), AuditEntry.Done), cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }
}
