using System.IO.Compression;
using System.Text.Json;
using Nabij.Server.Audit;
using Nabij.Server.Backups;
using Nabij.Server.Organizations;
using Nabij.Server.Storage;

namespace Nabij.Server.Commands;

/// <summary>
/// `nabij-server restore FILE`: makes a server from a backup, in an empty folder and an empty database. The backup may be of
/// the other kind of database, which is also how a server moves from one to the other.
/// </summary>
internal static class RestoreCommand
{
    internal static async Task<int> RunAsync(string[] args, Terminal terminal, CancellationToken cancellation)
    {
        var arguments = Arguments.Parse(args, ["--data", .. DatabaseAddress.Values], [], maximumWords: 1);
        if (arguments.Words is not [var file])
            throw OperatorException.Usage("Name the backup: `nabij-server restore FILE --data DIR`.");
        var folder = new DataFolder(arguments.Require("--data"));
        var address = DatabaseAddress.From(arguments);
        if (Directory.Exists(folder.Path) && Directory.EnumerateFileSystemEntries(folder.Path).Any())
            throw OperatorException.Usage($"{folder.Path} is not empty. Nothing was changed: a restore never overwrites. Give a new folder, or move the old one aside.");

        BackupManifest manifest;
        try
        {
            manifest = await RestoreAsync(file, folder, address, cancellation);
        }
        catch (Exception exception) when (exception is InvalidDataException or JsonException or IOException or UnauthorizedAccessException)
        {
            throw new OperatorException($"{file} cannot be restored: {exception.Message} The folder {folder.Path} and its database stay empty.", cause: exception);
        }

        return await FinishAsync(folder, manifest, terminal, cancellation);
    }

    private static async Task<BackupManifest> RestoreAsync(string file, DataFolder folder, string? address, CancellationToken cancellation)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read);
        await using var archive = await ZipArchive.CreateAsync(stream, ZipArchiveMode.Read, leaveOpen: true, entryNameEncoding: null, cancellation);
        var backup = await BackupReader.OpenAsync(archive, cancellation);
        await backup.CheckAsync(cancellation);
        var isNew = !Directory.Exists(folder.Path);
        folder.Open();
        try
        {
            DatabaseAddress.Keep(folder, address);
            await FillAsync(backup, DatabaseEngine.Of(folder), folder, cancellation);
            return backup.Manifest;
        }
        catch
        {
            Empty(folder, isNew);
            throw;
        }
    }

    private static async Task FillAsync(BackupReader backup, DatabaseEngine engine, DataFolder folder, CancellationToken cancellation)
    {
        await using var connection = engine.Connect();
        await connection.OpenAsync(cancellation);
        await using var transaction = await engine.BeginExclusiveAsync(connection, cancellation);
        if ((await engine.ReadShapeAsync(connection, cancellation)).Tables.Count > 0)
            throw new OperatorException($"There are tables already in {engine.Place}. Nothing was changed: a restore never overwrites. Make an empty database, such as `createdb --owner nabij nabij2`.");
        await backup.FillAsync(engine, connection, TimeProvider.System, cancellation);
        await backup.ExtractAsync(folder, cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>The folder was empty before, so everything in it is of this attempt.</summary>
    private static void Empty(DataFolder folder, bool isNew)
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        if (isNew)
        {
            Directory.Delete(folder.Path, recursive: true);
            return;
        }

        foreach (var file in Directory.EnumerateFiles(folder.Path))
            File.Delete(file);
        foreach (var inner in Directory.EnumerateDirectories(folder.Path))
            Directory.Delete(inner, recursive: true);
    }

    /// <summary>Brings the schema up to this program, checks the audit chains, and says what is left to do.</summary>
    private static async Task<int> FinishAsync(DataFolder folder, BackupManifest manifest, Terminal terminal, CancellationToken cancellation)
    {
        await using var services = await CommandServices.OpenAsync(folder, cancellation);
        var source = services.GetRequiredService<DatabaseSource>();
        var isWhole = true;
        foreach (var organization in await services.GetRequiredService<OrganizationDirectory>().AllAsync(cancellation))
        {
            await using var database = source.Open(organization.Id);
            var report = await services.GetRequiredService<AuditVerification>().VerifyAsync(organization.Id, cancellation, at: manifest.MadeAt);
            isWhole &= report.Problem is null;
            await terminal.Out.WriteLineAsync(report.Problem is { } problem
                ? $"{organization.Slug}: the audit log is BROKEN after {report.Count} events: {problem} It was so when the backup was made; look into it before you go on."
                : $"{organization.Slug}: the audit log is whole, {report.Count} events{(report.Doubt is { } doubt ? $", but NOT PROVEN: {doubt}" : ".")}");
            if (report.Problem is null)
                await services.GetRequiredService<AuditLog>().RecordAsync(database, new AuditEntry("command", BackupAudit.Restored, "", AuditEntry.Done, $"made {manifest.MadeAt:u}"), cancellation);
        }

        await terminal.Out.WriteLineAsync($"Restored into {folder.Path} and {source.Engine.Place}: the state of {manifest.MadeAt:u}. What happened since is gone.");
        await terminal.Out.WriteLineAsync("Look at these before you start it:");
        if (!manifest.HasKeys)
            await terminal.Out.WriteLineAsync($"  - The keys are not in this backup. Copy them to {folder.KeysFolder} first; without them, customers' programs do not trust this server.");
        else if (!manifest.HasKeyRing)
        {
            await terminal.Out.WriteLineAsync(
                $"  - The key ring is not in this backup. If you have a copy of it, put it into {folder.KeyRingFolder} first. Without it authenticator apps no longer serve: " +
                "people sign in by a passkey or a recovery code and set up the app again; type the identity provider's client secret again, and make new secrets for webhooks.");
        }

        await terminal.Out.WriteLineAsync("  - People who were switched off or lost a role since then have it again. Everybody signs in anew; links by which people set passwords have to be made again.");
        await terminal.Out.WriteLineAsync("  - API tokens that were revoked since then work again (page Integration), recovery codes that were used since then too (each person can make new ones), and a password that was changed since then is the old one.");
        await terminal.Out.WriteLineAsync("  - What webhooks had not been told yet is not told any more.");
        await terminal.Out.WriteLineAsync("  - Give the same --origin as before. With another address, package the customers' programs again.");
        await terminal.Out.WriteLineAsync("  - Never run the old server and this one at the same time.");
        return isWhole ? ExitCode.Done : ExitCode.Failed;
    }
}
