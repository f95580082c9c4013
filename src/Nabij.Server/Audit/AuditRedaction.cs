using System.Globalization;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Nabij.Server.Storage;

namespace Nabij.Server.Audit;

/// <summary>
/// Takes the details of events away, as the erasure of a person demands, and leaves the chain verifiable: the hash covers a
/// commitment that stays, and an event of its own names every event whose details went. Events from before commitments
/// existed keep theirs. Inside the caller's transaction.
/// </summary>
internal sealed class AuditRedaction(AuditLog audit)
{
    /// <summary>Names in its details, as "1 5 9", the events whose details were taken away.</summary>
    internal const string Action = "audit.redacted";

    /// <summary>
    /// Events that can name a customer, and so the only ones that a search for a person reads or takes details from: nobody
    /// covers up an act on accounts, rules or the log itself as the erasure of a person.
    /// </summary>
    internal static readonly Expression<Func<AuditEvent, bool>> IsAboutCustomers = row =>
        EF.Functions.Like(row.Action, "session.%") || EF.Functions.Like(row.Action, "callback.%") || EF.Functions.Like(row.Action, "customer.%")
        || EF.Functions.Like(row.Action, "consent.%") || EF.Functions.Like(row.Action, "note.%") || EF.Functions.Like(row.Action, "time.%");

    /// <returns>How many lost their details.</returns>
    internal async Task<int> RedactAsync(ServerDatabase database, (string Actor, string Object) by, IReadOnlyCollection<long> events, CancellationToken cancellation)
    {
        var lines = await database.Set<AuditEvent>().Where(IsAboutCustomers).Where(row => events.Contains(row.Seq) && row.Salt != null)
            .OrderBy(row => row.Seq).ToListAsync(cancellation);
        foreach (var line in lines)
            (line.Details, line.Salt) = ("", null);
        await database.SaveChangesAsync(cancellation);
        foreach (var details in Names(lines.Select(line => line.Seq)))
            await audit.RecordAsync(database, new AuditEntry(by.Actor, Action, by.Object, AuditEntry.Done, details), cancellation);
        return lines.Count;
    }

    /// <summary>The events that such an event names.</summary>
    internal static IEnumerable<long> Named(string details)
    {
        foreach (var word in details.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var seq))
                yield return seq;
        }
    }

    // As many lines as the numbers need, each within the longest that an event holds.
    private static IEnumerable<string> Names(IEnumerable<long> events)
    {
        var text = "";
        foreach (var word in events.Select(seq => seq.ToString(CultureInfo.InvariantCulture)))
        {
            if (text.Length + 1 + word.Length > AuditLog.MaximumDetails)
            {
                yield return text;
                text = "";
            }

            text = text.Length == 0 ? word : $"{text} {word}";
        }

        if (text.Length > 0)
            yield return text;
    }
}
