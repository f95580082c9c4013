// Which database a data folder belongs to. Without an address it is nabij.db in the folder. An address of PostgreSQL stands
// in the folder's file "database" (mode 0600), where `--database` puts it at the set-up or the first start, or in the
// environment variable NABIJ_Database. It is never taken from a command line with a password in it.

using Nabij.Server.Commands;
using Npgsql;

namespace Nabij.Server.Storage;

internal static class DatabaseAddress
{
    internal const string Variable = "NABIJ_Database";

    internal static readonly string[] Values = ["--database", "--database-file"];

    private const string Example = "\"Host=/run/postgresql;Database=nabij;Username=nabij\"";

    /// <summary>The address of this folder's PostgreSQL database, or null for SQLite.</summary>
    /// <exception cref="OperatorException">It cannot be read, or two places name a database.</exception>
    internal static string? Find(DataFolder folder)
    {
        if (Stored(folder) is { } stored)
            return stored;
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } given)
            return null;
        return File.Exists(folder.DatabaseFile)
            ? throw new OperatorException($"{Variable} names a PostgreSQL database, but this data folder has its own in {folder.DatabaseFile}. Nothing was started. Unset the variable, or give another folder.")
            : Check(given, Variable);
    }

    /// <summary>Whether this folder has a database at all, so that a mistyped --data makes no new one.</summary>
    internal static bool Exists(DataFolder folder) => File.Exists(folder.DatabaseFile) || Find(folder) is not null;

    /// <summary>The address that the options give, checked; null when they give none.</summary>
    internal static string? From(Arguments arguments)
    {
        var (plain, file) = (arguments.Find("--database"), arguments.Find("--database-file"));
        if (plain is not null && file is not null)
            throw OperatorException.Usage("Give either --database or --database-file, not both.");
        if (file is not null)
            return Check(ReadFile(file), file);
        if (plain is null)
            return null;
        var address = Check(plain, "--database");
        return string.IsNullOrEmpty(new NpgsqlConnectionStringBuilder(address).Password)
            ? address
            : throw OperatorException.Usage(
                "--database holds a password, which every user of this machine could read. Put the whole text into a file of mode 0600 and give --database-file FILE; " +
                "the server keeps its own copy in the data folder.");
    }

    /// <summary>Remembers the address for all commands of this folder. The folder must be open.</summary>
    /// <exception cref="OperatorException">The folder belongs to another database already.</exception>
    internal static void Keep(DataFolder folder, string? address)
    {
        if (address is null || address == Stored(folder))
            return;
        if (Stored(folder) is { } other)
            throw new OperatorException(
                $"This data folder belongs to {new PostgresEngine(other).Place}, not to {new PostgresEngine(address).Place}. Nothing was changed. When the database has moved, change the file {folder.DatabaseAddressFile}; for a new server take a new folder.");
        if (File.Exists(folder.DatabaseFile))
            throw new OperatorException(
                $"This data folder has its database in {folder.DatabaseFile}. Nothing was changed. To move it to PostgreSQL: `nabij-server backup`, then `nabij-server restore` into a new folder with --database.");
        DataFolder.WriteSecret(folder.DatabaseAddressFile, System.Text.Encoding.UTF8.GetBytes(address + "\n"));
    }

    private static string? Stored(DataFolder folder) =>
        File.Exists(folder.DatabaseAddressFile) ? Check(ReadFile(folder.DatabaseAddressFile), folder.DatabaseAddressFile) : null;

    private static string ReadFile(string file)
    {
        try
        {
            return File.ReadAllText(file).Trim();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new OperatorException($"{file}, which says where the database is, cannot be read: {exception.Message}", cause: exception);
        }
    }

    /// <summary>The message names the place and never the text, which may hold a password.</summary>
    private static string Check(string address, string place)
    {
        try
        {
            var parts = new NpgsqlConnectionStringBuilder(address);
            if (!string.IsNullOrEmpty(parts.Host) && !string.IsNullOrEmpty(parts.Database))
                return address;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or KeyNotFoundException or InvalidCastException)
        {
            // Told below, without the text.
        }

        throw OperatorException.Usage($"{place} is not an address of a PostgreSQL database. It must name at least Host and Database, such as {Example}.");
    }
}
