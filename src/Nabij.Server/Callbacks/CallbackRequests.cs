using System.Globalization;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Nabij.Server.Accounts;
using Nabij.Server.Audit;
using Nabij.Server.Storage;
using Nabij.Server.Webhooks;

namespace Nabij.Server.Callbacks;

/// <summary>Keeps who asked to be called back, and who did it. Bounded for each organization. Thread-safe.</summary>
internal sealed class CallbackRequests(DatabaseSource source, CallbackBoard board, AuditLog audit, WebhookOutbox outbox, TimeProvider clock)
{
    /// <summary>More than this many that nobody has done yet are not taken: the customer is told to call.</summary>
    internal const int MostWaiting = 500;

    /// <summary>Done ones that lists show.</summary>
    internal const int MostDone = 50;

    /// <summary>Who sends the same again so soon gets the same answer.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(10);

    private const int CheckNumbers = 10_000;

    /// <summary>Keeps a request that <see cref="CallbackForm.Check"/> let pass; null when too many wait.</summary>
    internal async Task<CallbackRequest?> AskAsync(Guid organization, CallbackForm form, (string Language, string Consent) read, CancellationToken cancellation)
    {
        await using var database = source.Open(organization);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        var now = clock.GetUtcNow();
        var soon = now - Again;
        var waiting = await database.Set<CallbackRequest>().Where(row => row.State != CallbackState.Done).ToListAsync(cancellation);
        if (waiting.Find(row => row.AskedAt > soon && row.Name == form.Name && row.Phone == form.Phone && row.Email == form.Email && row.Problem == form.Problem) is { } same)
            return same;
        if (waiting.Count >= MostWaiting)
            return null;
        var asked = new CallbackRequest
        {
            OrganizationId = organization,
            Id = new Guid(RandomNumberGenerator.GetBytes(16)),
            Name = form.Name,
            Phone = form.Phone,
            Email = form.Email,
            Problem = form.Problem,
            Language = read.Language,
            Consent = read.Consent,
            CheckNumber = RandomNumberGenerator.GetInt32(CheckNumbers).ToString("D4", CultureInfo.InvariantCulture),
            State = CallbackState.Open,
            AskedAt = now,
        };
        database.Add(asked);
        await database.SaveChangesAsync(cancellation);
        await audit.RecordAsync(database, new AuditEntry("customer", "callback.asked", asked.Id.ToString(), AuditEntry.Done), cancellation);
        await outbox.TellCallbackAsync(database, (asked.Id, asked.AskedAt), cancellation);
        await transaction.CommitAsync(cancellation);
        board.Change(organization);
        return asked;
    }

    /// <summary>Those to be called, longest waiting first.</summary>
    internal async Task<IReadOnlyList<CallbackRequest>> WaitingAsync(Guid organization, CancellationToken cancellation)
    {
        await using var database = source.Open(organization);
        return await database.Set<CallbackRequest>().AsNoTracking().Where(row => row.State != CallbackState.Done).OrderBy(row => row.AskedAt).ThenBy(row => row.Id).Take(MostWaiting).ToListAsync(cancellation);
    }

    /// <summary>Those that were called, newest first.</summary>
    internal async Task<IReadOnlyList<CallbackRequest>> DoneAsync(Guid organization, CancellationToken cancellation)
    {
        await using var database = source.Open(organization);
        return await database.Set<CallbackRequest>().AsNoTracking().Where(row => row.State == CallbackState.Done).OrderByDescending(row => row.HandledAt).ThenBy(row => row.Id).Take(MostDone).ToListAsync(cancellation);
    }

    internal async Task<bool> HasAsync(Guid organization, Guid id, CancellationToken cancellation)
    {
        await using var database = source.Open(organization);
        return await database.Set<CallbackRequest>().AnyAsync(row => row.Id == id, cancellation);
    }

    /// <summary>Says who calls, that it is done, or that somebody else should. False: there is no such request.</summary>
    internal async Task<bool> MarkAsync(SignedIn who, Guid id, string state, CancellationToken cancellation)
    {
        await using var database = source.Open(who.OrganizationId);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        if (await database.Set<CallbackRequest>().SingleOrDefaultAsync(row => row.Id == id, cancellation) is not { } request)
            return false;
        request.State = state;
        var isOpen = state == CallbackState.Open;
        request.HandledBy = isOpen ? "" : who.AccountId.ToString();
        request.HandledByName = isOpen ? "" : who.DisplayName;
        request.HandledAt = isOpen ? null : clock.GetUtcNow();
        await database.SaveChangesAsync(cancellation);
        await audit.RecordAsync(database, new AuditEntry(who.AccountId.ToString(), $"callback.{state}", id.ToString(), AuditEntry.Done), cancellation);
        await transaction.CommitAsync(cancellation);
        board.Change(who.OrganizationId);
        return true;
    }
}
