// What differs between the two databases that this server runs on (decision 0026), and nothing else: how to connect, how
// EF is set up, and how one process at a time changes the schema. Everything above this file is the same on both.

using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace Nabij.Server.Storage;

internal abstract class DatabaseEngine
{
    /// <summary>How long a statement waits for another writer.</summary>
    protected const int BusySeconds = 5;

    /// <summary>Name of the folder under Migrations/ that holds its scripts.</summary>
    internal abstract string Name { get; }

    /// <summary>What an operator calls this database in a sentence, without any secret.</summary>
    internal abstract string Place { get; }

    /// <summary>Creates the table that remembers which scripts were applied, where it is missing.</summary>
    internal abstract string VersionTable { get; }

    /// <summary>Statements that read one row and write one page, each to be run alone.</summary>
    internal abstract IReadOnlyList<string> Touch { get; }

    /// <summary>The database that this data folder belongs to.</summary>
    internal static DatabaseEngine Of(DataFolder folder) =>
        DatabaseAddress.Find(folder) is { } address ? new PostgresEngine(address) : new SqliteEngine(folder.DatabaseFile);

    /// <summary>A closed connection; who opened it disposes it.</summary>
    /// <param name="busySeconds">How long its statements wait for another writer.</param>
    /// <param name="mayCreate">Whether opening may make the database.</param>
    internal abstract DbConnection Connect(int busySeconds = BusySeconds, bool mayCreate = true);

    internal abstract void Configure(DbContextOptionsBuilder options);

    /// <summary>Begins a transaction that keeps every other writer out, of this process and of others, and sees all organizations.</summary>
    internal abstract Task<DbTransaction> BeginExclusiveAsync(DbConnection connection, CancellationToken cancellation);

    /// <summary>Begins a transaction that reads everything as it is at this moment, while others write.</summary>
    internal abstract Task<DbTransaction> BeginSnapshotAsync(DbConnection connection, CancellationToken cancellation);

    internal abstract Task<DatabaseShape> ReadShapeAsync(DbConnection connection, CancellationToken cancellation);

    /// <summary>What is set up behind the scripts, in the same transaction.</summary>
    internal abstract Task FinishUpdateAsync(DbConnection connection, CancellationToken cancellation);
}
