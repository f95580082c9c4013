using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Nabij.Server.Audit;
using Nabij.Server.Organizations;
using Nabij.Server.Pages;
using Nabij.Server.Storage;

namespace Nabij.Server.Invitations;

/// <summary>
/// Makes, finds and ends invitations of customers. A reference is nothing secret: who has it reads the words that the technician
/// wrote, and what everybody may read on the help page. Thread-safe.
/// </summary>
internal sealed class CustomerInvitations(DatabaseSource source, AuditLog audit, TimeProvider clock)
{
    internal const int NameBytes = 64, MessageBytes = 1000, TicketBytes = 64, MostListed = 100;

    /// <summary>How long an invitation can last.</summary>
    internal static readonly IReadOnlyList<int> Hours = [4, 24, 72, 168];

    /// <summary>Letters and digits that are not taken for each other.</summary>
    private const string Letters = "abcdefghjkmnpqrstuvwxyz23456789";

    private const int ReferenceLetters = 12;

    /// <summary>What a technician, or a ticket system, wants.</summary>
    /// <param name="CustomerName">May be empty.</param>
    /// <param name="Message">May be empty; lines end with one character.</param>
    /// <param name="Ticket">Number of a ticket elsewhere; may be empty.</param>
    /// <param name="Language">Of the page and the message.</param>
    /// <param name="Life">One of <see cref="Hours"/>.</param>
    internal sealed record Wish(string CustomerName, string Message, string Ticket, string Language, int Life);

    internal static IReadOnlyList<Problem> Check(Wish wish)
    {
        var problems = new List<Problem>();
        if (!IsText(wish.CustomerName, NameBytes, isLine: true))
            problems.Add(new Problem("problem.invite-name", NameBytes).At("customer"));
        if (!IsText(wish.Message, MessageBytes, isLine: false))
            problems.Add(new Problem("problem.invite-message", MessageBytes).At("message"));
        if (!IsText(wish.Ticket, TicketBytes, isLine: true))
            problems.Add(new Problem("problem.invite-ticket", TicketBytes).At("ticket"));
        if (Texts.Find(wish.Language) is null)
            problems.Add(new Problem("problem.language", string.Join(", ", Texts.All.Order(StringComparer.Ordinal))).At("language"));
        if (!Hours.Contains(wish.Life))
            problems.Add(new Problem("problem.invite-life").At("life"));
        return problems;
    }

    /// <summary>Makes an invitation for a wish that <see cref="Check"/> let pass.</summary>
    /// <param name="organization">Whose.</param>
    /// <param name="maker">An account's id and the name that the customer reads.</param>
    /// <param name="wish">What is wanted.</param>
    /// <param name="cancellation">Ends the wait.</param>
    internal async Task<CustomerInvitation> MakeAsync(Guid organization, (string Id, string Name) maker, Wish wish, CancellationToken cancellation)
    {
        await using var database = source.Open(organization);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        var made = await MakeAsync(database, maker, wish, cancellation);
        await transaction.CommitAsync(cancellation);
        return made;
    }

    /// <summary>As above, within the caller's unit of work and its transaction.</summary>
    internal async Task<CustomerInvitation> MakeAsync(ServerDatabase database, (string Id, string Name) maker, Wish wish, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var made = new CustomerInvitation
        {
            OrganizationId = database.CurrentOrganizationId,
            Id = new Guid(RandomNumberGenerator.GetBytes(16)),
            Reference = RandomNumberGenerator.GetString(Letters, ReferenceLetters),
            MadeBy = maker.Id,
            MadeByName = maker.Name,
            CustomerName = wish.CustomerName,
            Message = wish.Message,
            Ticket = wish.Ticket,
            Language = wish.Language,
            CreatedAt = now,
            ExpiresAt = now + TimeSpan.FromHours(wish.Life),
        };
        database.Add(made);
        await database.SaveChangesAsync(cancellation);
        await audit.RecordAsync(database, new AuditEntry(maker.Id, "customer.invited", made.Id.ToString(), AuditEntry.Done, $"for {wish.Life} hours"), cancellation);
        return made;
    }

    /// <summary>The invitation of an address, whatever became of it; notes that it was opened.</summary>
    internal async Task<CustomerInvitation?> OpenAsync(Guid organization, string reference, CancellationToken cancellation)
    {
        if (!IsReference(reference))
            return null;
        await using var database = source.Open(organization);
        if (await database.Set<CustomerInvitation>().SingleOrDefaultAsync(row => row.Reference == reference, cancellation) is not { } found)
            return null;
        if (found.OpenedAt is null && IsLive(found))
        {
            found.OpenedAt = clock.GetUtcNow();
            await database.SaveChangesAsync(cancellation);
        }

        return found;
    }

    /// <summary>What the page of this reference shows; null for what never was one.</summary>
    internal async Task<InvitationWords?> WordsAsync(Organization organization, string reference, CancellationToken cancellation)
    {
        if (!IsReference(reference))
            return null;
        return await OpenAsync(organization.Id, reference, cancellation) is { } found && IsLive(found)
            ? new InvitationWords(true, found.Reference, found.MadeByName, found.CustomerName, found.Message, found.Language)
            : InvitationWords.Over;
    }

    /// <summary>Whether its words are still shown: in time, not taken back, not accepted before.</summary>
    internal bool IsLive(CustomerInvitation invitation) => invitation.RevokedAt is null && invitation.AcceptedAt is null && clock.GetUtcNow() < invitation.ExpiresAt;

    /// <summary>The terms were accepted on the page of the invitation: its one customer has come.</summary>
    internal async Task AcceptedAsync(Guid organization, string reference, CancellationToken cancellation)
    {
        if (!IsReference(reference))
            return;
        var now = clock.GetUtcNow();
        await using var database = source.Open(organization);
        await database.Set<CustomerInvitation>().Where(row => row.Reference == reference && row.AcceptedAt == null && row.RevokedAt == null && row.ExpiresAt > now)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.AcceptedAt, now), cancellation);
    }

    /// <summary>The newest.</summary>
    internal async Task<IReadOnlyList<CustomerInvitation>> ListAsync(Guid organization, CancellationToken cancellation)
    {
        await using var database = source.Open(organization);
        return await database.Set<CustomerInvitation>().AsNoTracking().OrderByDescending(row => row.CreatedAt).ThenBy(row => row.Id).Take(MostListed).ToListAsync(cancellation);
    }

    internal async Task<CustomerInvitation?> FindAsync(Guid organization, Guid id, CancellationToken cancellation)
    {
        await using var database = source.Open(organization);
        return await database.Set<CustomerInvitation>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellation);
    }

    /// <summary>False: there is no such invitation.</summary>
    internal async Task<bool> RevokeAsync(Guid organization, Guid id, string by, CancellationToken cancellation)
    {
        await using var database = source.Open(organization);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        if (await database.Set<CustomerInvitation>().SingleOrDefaultAsync(row => row.Id == id, cancellation) is not { } found)
            return false;
        found.RevokedAt ??= clock.GetUtcNow();
        await database.SaveChangesAsync(cancellation);
        await audit.RecordAsync(database, new AuditEntry(by, "customer.uninvited", id.ToString(), AuditEntry.Done), cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    /// <summary>Where the customer goes.</summary>
    internal static string AddressOf(string origin, string slug, CustomerInvitation invitation) => $"{origin}/o/{slug}/i/{invitation.Reference}";

    private static bool IsReference(string text) => text.Length == ReferenceLetters && text.All(letter => Letters.Contains(letter, StringComparison.Ordinal));

    private static bool IsText(string text, int bytes, bool isLine) =>
        Encoding.UTF8.GetByteCount(text) <= bytes && !text.Any(letter => char.IsControl(letter) && (isLine || letter != '\n'));
}
