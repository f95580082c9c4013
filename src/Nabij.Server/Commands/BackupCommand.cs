using Nabij.Server.Audit;
using Nabij.Server.Backups;
using Nabij.Server.Organizations;
using Nabij.Server.Storage;

namespace Nabij.Server.Commands;

/// <summary>`nabij-server backup FILE`: everything of this server in one file, also while it runs.</summary>
internal static class BackupCommand
{
    internal static async Task<int> RunAsync(string[] args, Terminal terminal, CancellationToken cancellation)
    {
        var arguments = Arguments.Parse(args, ["--data"], ["--without-keys", "--with-key-ring"], maximumWords: 1);
        if (arguments.Words is not [var word])
            throw OperatorException.Usage("Name the file to write: `nabij-server backup FILE --data DIR`.");
        var folder = new DataFolder(arguments.Require("--data"));
        var file = Path.GetFullPath(word);
        if (File.Exists(file))
            throw OperatorException.Usage($"{file} exists already. Give a new name; backups are never overwritten.");
        if (file.StartsWith(folder.Path + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            throw OperatorException.Usage($"{file} lies in the data folder itself. What destroys that folder would take the backup along; give a place elsewhere.");

        await using var services = await CommandServices.OpenAsync(folder, cancellation);
        if (arguments.Has("--without-keys") && arguments.Has("--with-key-ring"))
            throw OperatorException.Usage("Give either --without-keys or --with-key-ring, not both.");
        var with = (Keys: !arguments.Has("--without-keys"), Ring: arguments.Has("--with-key-ring"));
        var source = services.GetRequiredService<DatabaseSource>();
        var manifest = await WriteAsync(new BackupWriter(source, folder, services.GetRequiredService<TimeProvider>()), file, with, cancellation);
        await RecordAsync(services, source, with, cancellation);
        await TellAsync(terminal, folder, file, manifest);
        return ExitCode.Done;
    }

    private static async Task TellAsync(Terminal terminal, DataFolder folder, string file, BackupManifest manifest)
    {
        await terminal.Out.WriteLineAsync(
            $"{file} holds the database ({manifest.Tables.Count} tables, {manifest.Tables.Sum(table => table.Rows)} rows) and {manifest.Files.Count} files of {folder.Path}.");
        await terminal.Out.WriteLineAsync(manifest.HasKeys
            ? "WARNING: the organization's keys are in it. Whoever reads this file can pose as your technicians. Keep it where nobody but you can read it, " +
              "encrypted when it leaves this machine."
            : $"The keys in {folder.KeysFolder} are NOT in it. Keep a copy of them in another safe place: a server restored without them must package and hand out its programs anew.");
        if (manifest.HasKeys)
        {
            await terminal.Out.WriteLineAsync(manifest.HasKeyRing
                ? $"WARNING: the key ring is in it as well. With the database it opens the secrets of authenticator apps; it should lie somewhere else (docs/operating.md)."
                : $"The key ring ({folder.KeyRingFolder}) is NOT in it, on purpose. Copy that folder once to another place than this file; it changes every three months. A server restored without it asks for recovery codes.");
        }
    }

    /// <summary>Written beside its final name with mode 0600 from its first byte, so that nobody reads the keys meanwhile.</summary>
    private static async Task<BackupManifest> WriteAsync(BackupWriter writer, string file, (bool Keys, bool Ring) with, CancellationToken cancellation)
    {
        var temporary = $"{file}.{Guid.NewGuid():N}.new";
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            BackupManifest manifest;
            await using (var stream = new FileStream(temporary, options))
            {
                manifest = await writer.WriteAsync(stream, with, cancellation);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, file);
            return manifest;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new OperatorException($"The backup {file} cannot be written: {exception.Message} No file was left behind. Check the folder and the room on its disk.", cause: exception);
        }
        finally
        {
            if (File.Exists(temporary))
                File.Delete(temporary);
        }
    }

    /// <summary>The audit log tells who took a copy away, and the health page how old the last one is.</summary>
    private static async Task RecordAsync(ServiceProvider services, DatabaseSource source, (bool Keys, bool Ring) with, CancellationToken cancellation)
    {
        foreach (var organization in await services.GetRequiredService<OrganizationDirectory>().AllAsync(cancellation))
        {
            await using var database = source.Open(organization.Id);
            await services.GetRequiredService<AuditLog>().RecordAsync(
                database, new AuditEntry("command", BackupAudit.Made, "", AuditEntry.Done, with.Ring ? "with keys and key ring" : with.Keys ? "with keys" : "without keys"), cancellation);
        }
    }
}
