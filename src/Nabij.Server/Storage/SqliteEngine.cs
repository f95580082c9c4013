using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Nabij.Server.Storage;

/// <summary>The database in one file of the data folder. One writer at a time, by SQLite's own lock.</summary>
internal sealed class SqliteEngine(string file) : DatabaseEngine
{
    /// <summary>
    /// How long a statement waits for another writer. SQLite's writers ask again and again and are not served in turn, and
    /// the first ones of a server that has just started are slow. As long as a customer's program waits for its answer.
    /// </summary>
    private const int WriterSeconds = 10;

    private static readonly SqliteLetters Letters = new();

    internal override string Name => "Sqlite";

    internal override string Place => $"the file {file}";

    internal override string VersionTable => """
        create table if not exists schema_version (
            number integer primary key,
            name text not null,
            script_sha256 text not null,
            applied_at integer not null
        ) strict;
        """;

    // The user version is a number of SQLite's file head that nothing here uses otherwise; setting it always writes.
    internal override IReadOnlyList<string> Touch => ["select 1 from organization limit 1", "pragma user_version = 1"];

    internal override DbConnection Connect(int busySeconds = WriterSeconds, bool mayCreate = true) => new SqliteConnection(Text(busySeconds, mayCreate));

    internal override void Configure(DbContextOptionsBuilder options) => options.UseSqlite(Text(WriterSeconds, mayCreate: false)).AddInterceptors(Letters);

    internal override async Task<DbTransaction> BeginExclusiveAsync(DbConnection connection, CancellationToken cancellation)
    {
        await connection.ExecuteAsync("pragma journal_mode = wal; pragma synchronous = normal;", cancellation);
        return await connection.BeginTransactionAsync(cancellation);
    }

    internal override Task<DbTransaction> BeginSnapshotAsync(DbConnection connection, CancellationToken cancellation) =>
        Task.FromResult<DbTransaction>(((SqliteConnection)connection).BeginTransaction(deferred: true));

    internal override Task<DatabaseShape> ReadShapeAsync(DbConnection connection, CancellationToken cancellation) => DatabaseShape.ReadAsync(
        connection,
        """select t.name, c.name, c.type from sqlite_schema t join pragma_table_info(t.name) c where t.type = 'table' and t.name not like 'sqlite\_%' escape '\'""",
        """select t.name, f."table" from sqlite_schema t join pragma_foreign_key_list(t.name) f where t.type = 'table'""",
        cancellation);

    internal override Task FinishUpdateAsync(DbConnection connection, CancellationToken cancellation) => Task.CompletedTask;

    private string Text(int busySeconds, bool mayCreate) => new SqliteConnectionStringBuilder
    {
        DataSource = file,
        Mode = mayCreate ? SqliteOpenMode.ReadWriteCreate : SqliteOpenMode.ReadWrite,
        ForeignKeys = true,
        DefaultTimeout = busySeconds,
    }.ToString();
}
