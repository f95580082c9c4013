using System.Globalization;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
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

    /// <summary>
    /// Says who calls, that it is done, or that somebody else should. What a colleague has taken or done meanwhile stays as it
    /// is, unless <paramref name="over"/> says that it is to be taken from there: no customer is called twice.
    /// </summary>
    internal async Task<CallbackMarked> MarkAsync(Actor who, Guid id, string state, bool over, CancellationToken cancellation)
    {
        await using var database = source.Open(who.OrganizationId);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        var rows = database.Set<CallbackRequest>().AsNoTracking().Where(row => row.Id == id);
        if (await rows.SingleOrDefaultAsync(cancellation) is not { } seen)
            return CallbackMarked.Unknown;
        if (!over && seen.IsOthers(who.Word, state))
            return CallbackMarked.HeldBy(seen.HandledByName);
        if (seen.State == state && (state == CallbackState.Open || seen.HandledBy == who.Word))
            return CallbackMarked.Done;
        var isOpen = state == CallbackState.Open;
        var (by, name, at) = isOpen ? ("", "", default(DateTimeOffset?)) : (who.Word, who.Name, clock.GetUtcNow());
        // Only what was seen: of two at the same moment the second finds another row than that.
        var changed = await rows.Where(row => row.State == seen.State && row.HandledBy == seen.HandledBy).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.State, state).SetProperty(row => row.HandledBy, by).SetProperty(row => row.HandledByName, name).SetProperty(row => row.HandledAt, at), cancellation);
        if (changed == 0)
            return await rows.SingleOrDefaultAsync(cancellation) is { } now ? CallbackMarked.HeldBy(now.HandledByName) : CallbackMarked.Unknown;
        await audit.RecordAsync(database, new AuditEntry(who.Word, $"callback.{state}", id.ToString(), AuditEntry.Done), cancellation);
        await transaction.CommitAsync(cancellation);
        board.Change(who.OrganizationId);
        return CallbackMarked.Done;
    }
}

/// <summary>What became of a wish to change a request.</summary>
/// <param name="Found">There is such a request.</param>
/// <param name="Holder">Name of who has it, because of whom nothing was changed; null when it was done.</param>
internal sealed record CallbackMarked(bool Found, string? Holder)
{
    internal static readonly CallbackMarked Done = new(true, null), Unknown = new(false, null);

    internal static CallbackMarked HeldBy(string name) => new(true, name);
}
