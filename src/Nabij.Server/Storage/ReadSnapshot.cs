using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Nabij.Server.Storage;

/// <summary>
/// A transaction in which a unit of work reads everything as it is at this moment, while others write: unlike EF's own it
/// takes no writer's lock, on either database. Nothing may be written in it. Ends when disposed, before the unit of work.
/// </summary>
internal sealed class ReadSnapshot : IAsyncDisposable
{
    private readonly DbTransaction _transaction;
    private readonly IDbContextTransaction? _used;

    private ReadSnapshot(DbTransaction transaction, IDbContextTransaction? used) => (_transaction, _used) = (transaction, used);

    internal static async Task<ReadSnapshot> BeginAsync(ServerDatabase database, DatabaseEngine engine, CancellationToken cancellation)
    {
        await database.Database.OpenConnectionAsync(cancellation);
        var transaction = await engine.BeginSnapshotAsync(database.Database.GetDbConnection(), cancellation);
        return new ReadSnapshot(transaction, await database.Database.UseTransactionAsync(transaction, cancellation));
    }

    public async ValueTask DisposeAsync()
    {
        if (_used is not null)
            await _used.DisposeAsync();
        await _transaction.DisposeAsync();
    }
}
