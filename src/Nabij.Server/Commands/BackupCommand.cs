using Microsoft.Data.Sqlite;
using Nabij.Server.Storage;

namespace Nabij.Server.Commands;

/// <summary>`nabij-server backup FILE`: a whole copy of the database, also while the server runs. Keys are not in it, on purpose.</summary>
internal static class BackupCommand
{
    internal static async Task<int> RunAsync(string[] args, Terminal terminal, CancellationToken cancellation)
    {
        var arguments = Arguments.Parse(args, ["--data"], [], maximumWords: 1);
        if (arguments.Words is not [var word])
            throw OperatorException.Usage("Name the file to write: `nabij-server backup FILE --data DIR`.");
        var folder = new DataFolder(arguments.Require("--data"));
        var file = Path.GetFullPath(word);
        if (File.Exists(file))
            throw OperatorException.Usage($"{file} exists already. Give a new name; backups are never overwritten.");

        await using var services = await CommandServices.OpenAsync(folder, cancellation);
        await CopyAsync(services.GetRequiredService<DatabaseSource>(), file, cancellation);
        await terminal.Out.WriteLineAsync($"The database is copied to {file}.");
        await terminal.Out.WriteLineAsync($"Not in it: the keys in {folder.KeysFolder}. Keep a copy of them in another safe place; together with the database they are worth more than apart.");
        return ExitCode.Done;
    }

    private static async Task CopyAsync(DatabaseSource source, string file, CancellationToken cancellation)
    {
        var temporary = $"{file}.{Guid.NewGuid():N}.new";
        try
        {
            await using var connection = new SqliteConnection(source.ConnectionString);
            await connection.OpenAsync(cancellation);
            await using var command = connection.CreateCommand();
            command.CommandText = "vacuum into $file";
            command.Parameters.AddWithValue("$file", temporary);
            await command.ExecuteNonQueryAsync(cancellation);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(temporary, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            File.Move(temporary, file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or SqliteException)
        {
            throw new OperatorException($"The backup {file} cannot be written: {exception.Message} No file was left behind. Check the folder and the room on its disk.", cause: exception);
        }
        finally
        {
            if (File.Exists(temporary))
                File.Delete(temporary);
        }
    }
}
