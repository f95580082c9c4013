using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Nabij.Server.Audit;

namespace Nabij.Server.Storage;

/// <summary>
/// Deletes rows that were kept long enough and writes into the audit chain what they were: of which kind, how many, of which
/// time, and the SHA-256 of their keys, each followed by a line end, in the order of their times. Who still has a copy can
/// show that a row was among them; nobody can read from it what was in them.
/// </summary>
internal sealed class RetentionProof(DatabaseSource source, AuditLog audit)
{
    internal const string Action = "retention.deleted";

    /// <summary>A row as the proof names it.</summary>
    internal sealed record Line(string Key, DateTimeOffset At);

    /// <param name="organization">Whose rows.</param>
    /// <param name="kind">As the audit log calls them, such as "session".</param>
    /// <param name="old">The rows that go.</param>
    /// <param name="lines">The same, by time and key.</param>
    /// <param name="cancellation">Of the caller.</param>
    /// <returns>How many went.</returns>
    internal async Task<int> DeleteAsync<T>(
        Guid organization, string kind, Func<ServerDatabase, IQueryable<T>> old, Func<IQueryable<T>, IQueryable<Line>> lines, CancellationToken cancellation)
        where T : class
    {
        await using var database = source.Open(organization);
        if (!await old(database).AnyAsync(cancellation))
            return 0;
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (count, first, last) = (0, default(DateTimeOffset), default(DateTimeOffset));
        await foreach (var line in lines(old(database)).AsAsyncEnumerable().WithCancellation(cancellation))
        {
            digest.AppendData(Encoding.UTF8.GetBytes(line.Key + "\n"));
            (count, first, last) = (count + 1, count == 0 ? line.At : first, line.At);
        }

        if (count == 0)
            return 0;
        await old(database).ExecuteDeleteAsync(cancellation);
        var details = string.Create(
            CultureInfo.InvariantCulture, $"{count} of {first:yyyy-MM-dd'T'HH:mm:ss'Z'} to {last:yyyy-MM-dd'T'HH:mm:ss'Z'}, sha256 of their keys {Convert.ToHexStringLower(digest.GetHashAndReset())}");
        await audit.RecordAsync(database, new AuditEntry("system", Action, kind, AuditEntry.Done, details), cancellation);
        await transaction.CommitAsync(cancellation);
        return count;
    }
}
