// Says in plain words what a database error means. Nothing is half-written in any of these cases: the running transaction
// is rolled back.

using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Nabij.Server.Storage;

/// <param name="Name">A stable word for logs and tests.</param>
/// <param name="ForOperator">What happened and what to do, for the person who runs the server.</param>
internal sealed record StorageProblem(string Name, string ForOperator)
{
    private const int Busy = 5, Locked = 6, ReadOnly = 8, InputOutput = 10, Corrupt = 11, Full = 13, CannotOpen = 14, Constraint = 19, NotADatabase = 26;

    internal static StorageProblem? Find(Exception exception) => exception switch
    {
        SqliteException sqlite => From(sqlite),
        PostgresException postgres => From(postgres),
        NpgsqlException npgsql => From(npgsql),
        DbUpdateException { InnerException: SqliteException sqlite } => From(sqlite),
        { InnerException: { } inner } => Find(inner),
        _ => null,
    };

    /// <summary>Whether a row was refused because another one has the same key.</summary>
    internal static bool IsDuplicate(Exception exception) => exception switch
    {
        // The extended codes of SQLite for a primary key and a unique index.
        SqliteException { SqliteErrorCode: Constraint } sqlite => sqlite.SqliteExtendedErrorCode is 1555 or 2067,
        PostgresException postgres => postgres.SqlState == PostgresErrorCodes.UniqueViolation,
        { InnerException: { } inner } => IsDuplicate(inner),
        _ => false,
    };

    private static StorageProblem? From(SqliteException exception) => exception.SqliteErrorCode switch
    {
        Full => new("full", "The disk of the data folder is full. Nothing was changed. Make room, then try again."),
        ReadOnly => new("read-only", "The database nabij.db may not be written. Nothing was changed. Check the permissions of the data folder and whether its disk is mounted read-only."),
        Busy or Locked => new("locked", "Another program keeps the database nabij.db locked. Nothing was changed. Close that program (a backup or a database browser, for example), then try again."),
        InputOutput => new("disk-error", "The disk of the data folder reports an error, or it is full. Nothing was changed. Check the disk before anything else."),
        CannotOpen => new("cannot-open", "The database nabij.db cannot be opened. Check the permissions of the data folder and of the files in it."),
        Corrupt or NotADatabase => new("damaged", "The file nabij.db is damaged or is not a database of this program. Put it aside and restore your last backup."),
        _ => null,
    };

    private static StorageProblem? From(PostgresException exception) => exception.SqlState switch
    {
        PostgresErrorCodes.DiskFull => new("full", "The disk of the PostgreSQL server is full. Nothing was changed. Make room there, then try again."),
        PostgresErrorCodes.ReadOnlySqlTransaction => new("read-only", "PostgreSQL takes no changes: it is a standby, or set to read-only. Nothing was changed. Give the address of the primary."),
        PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.QueryCanceled =>
            new("locked", "Something else keeps the PostgreSQL database busy. Nothing was changed. Look for long transactions (pg_stat_activity), then try again."),
        PostgresErrorCodes.IoError => new("disk-error", "The disk of the PostgreSQL server reports an error. Nothing was changed. Check that disk before anything else."),
        PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted => new("damaged", "PostgreSQL says that the database is damaged. Stop this server and restore your last backup."),
        PostgresErrorCodes.InvalidCatalogName => new("cannot-open", "PostgreSQL has no database of this name. Make it first: `createdb --owner nabij nabij`."),
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
            new("refused", "PostgreSQL refuses this server's name or password. Check the file \"database\" of the data folder and PostgreSQL's pg_hba.conf."),
        PostgresErrorCodes.InsufficientPrivilege or PostgresErrorCodes.InvalidSchemaName =>
            new("refused", "This server's PostgreSQL role may not do that. It must own the database: `alter database nabij owner to nabij`."),
        PostgresErrorCodes.TooManyConnections => new("cannot-open", "PostgreSQL has no connection left. Raise its max_connections, or lower \"Maximum Pool Size\" in the file \"database\" of the data folder."),
        PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow =>
            new("cannot-open", "PostgreSQL stops or starts just now. Nothing was changed. Try again in a moment."),
        _ => null,
    };

    private static StorageProblem? From(NpgsqlException exception) =>
        exception.InnerException is SocketException or IOException or TimeoutException || exception.IsTransient
            ? new("cannot-open", "The PostgreSQL server cannot be reached. Check that it runs, and the file \"database\" of the data folder.")
            : null;
}
