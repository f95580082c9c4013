using Microsoft.EntityFrameworkCore;
using Nabij.Server.Accounts;
using Nabij.Server.Audit;
using Nabij.Server.Storage;

namespace Nabij.Server.HelpPage;

/// <summary>Reads and keeps the organization's own words on its help page. Scoped to a unit of work that has entered the organization.</summary>
internal sealed class HelpTexts(ServerDatabase database, AuditLog audit, TimeProvider clock)
{
    /// <summary>All languages that have words of their own.</summary>
    internal async Task<IReadOnlyList<HelpText>> AllAsync(CancellationToken cancellation) =>
        await database.Set<HelpText>().AsNoTracking().OrderBy(row => row.Language).ToListAsync(cancellation);

    internal async Task KeepAsync(SignedIn who, (string Language, string Notice, string Welcome, string About) words, CancellationToken cancellation)
    {
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        var row = await database.Set<HelpText>().SingleOrDefaultAsync(one => one.Language == words.Language, cancellation);
        if (row is null)
        {
            row = new HelpText { OrganizationId = who.OrganizationId, Language = words.Language, Notice = "", Welcome = "", About = "", ChangedAt = default };
            database.Add(row);
        }

        (row.Notice, row.Welcome, row.About, row.ChangedAt) = (words.Notice, words.Welcome, words.About, clock.GetUtcNow());
        await database.SaveChangesAsync(cancellation);
        await audit.RecordAsync(database, new AuditEntry(who.AccountId.ToString(), "help-text.changed", words.Language, AuditEntry.Done), cancellation);
        await transaction.CommitAsync(cancellation);
    }
}
