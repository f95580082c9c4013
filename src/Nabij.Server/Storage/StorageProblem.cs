// Says in plain words what a database error means. Nothing is half-written in any of these cases: SQLite rolls the
// running transaction back.

using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Nabij.Server.Storage;

/// <param name="Name">A stable word for logs and tests.</param>
/// <param name="ForOperator">What happened and what to do, for the person who runs the server.</param>
internal sealed record StorageProblem(string Name, string ForOperator)
{
    private const int Busy = 5, Locked = 6, ReadOnly = 8, InputOutput = 10, Corrupt = 11, Full = 13, CannotOpen = 14, NotADatabase = 26;

    internal static StorageProblem? Find(Exception exception) => exception switch
    {
        SqliteException sqlite => From(sqlite),
        DbUpdateException { InnerException: SqliteException sqlite } => From(sqlite),
        { InnerException: { } inner } => Find(inner),
        _ => null,
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
}
