// Writes a backup: a zip file of the tables as they were at one moment, and then of the other files of the data folder.
// The server may run meanwhile: the tables are read in one snapshot, the files are small and are replaced whole.

using System.Data.Common;
using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;
using Nabij.Server.Storage;

namespace Nabij.Server.Backups;

internal sealed class BackupWriter(DatabaseSource source, DataFolder folder, TimeProvider clock)
{
    internal async Task<BackupManifest> WriteAsync(Stream stream, (bool Keys, bool Ring) with, CancellationToken cancellation)
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        await using var connection = source.Connect();
        await connection.OpenAsync(cancellation);
        await using var snapshot = await source.Engine.BeginSnapshotAsync(connection, cancellation);
        var manifest = new BackupManifest
        {
            Format = BackupManifest.CurrentFormat,
            ProgramVersion = typeof(BackupWriter).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "",
            MadeAt = clock.GetUtcNow(),
            Engine = source.Engine.Name,
            HasKeys = with.Keys,
            Scripts = [.. (await SchemaUpdate.ReadAppliedAsync(connection, cancellation)).OrderBy(one => one.Key).Select(one => new BackupManifest.Script(one.Key, one.Value))],
            Tables = await WriteTablesAsync(archive, connection, cancellation),
            Files = await WriteFilesAsync(archive, with, cancellation),
        };
        await using var entry = await archive.CreateEntry(BackupManifest.Entry).OpenAsync(cancellation);
        await JsonSerializer.SerializeAsync(entry, manifest, BackupJson.Default.BackupManifest, cancellation);
        return manifest;
    }

    private async Task<List<BackupManifest.Table>> WriteTablesAsync(ZipArchive archive, DbConnection connection, CancellationToken cancellation)
    {
        var tables = new List<BackupManifest.Table>();
        var names = (await source.Engine.ReadShapeAsync(connection, cancellation)).Tables.Keys.Where(name => name != SchemaUpdate.Table);
        foreach (var name in names.Order(StringComparer.Ordinal))
        {
            using var hash = SHA256.Create();
            (IReadOnlyList<string> Columns, long Rows) written;
            await using (var entry = await archive.CreateEntry($"{BackupManifest.TablesFolder}{name}.jsonl").OpenAsync(cancellation))
            await using (var hashed = new CryptoStream(entry, hash, CryptoStreamMode.Write))
            await using (var buffered = new BufferedStream(hashed, 64 * 1024))
                written = await TableRows.WriteAsync(connection, name, buffered, cancellation);
            tables.Add(new BackupManifest.Table(name, written.Columns, written.Rows, Convert.ToHexStringLower(hash.Hash ?? [])));
        }

        return tables;
    }

    private async Task<List<BackupManifest.File>> WriteFilesAsync(ZipArchive archive, (bool Keys, bool Ring) with, CancellationToken cancellation)
    {
        var files = new List<BackupManifest.File>();
        foreach (var path in folder.FilesBesideDatabase().Where(path => folder.IsKeyRing(path) ? with.Ring : with.Keys || !folder.IsKey(path)))
        {
            using var hash = SHA256.Create();
            await using (var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete))
            await using (var entry = await archive.CreateEntry(BackupManifest.FilesFolder + Relative(path)).OpenAsync(cancellation))
            await using (var hashed = new CryptoStream(entry, hash, CryptoStreamMode.Write))
                await file.CopyToAsync(hashed, cancellation);
            files.Add(new BackupManifest.File(Relative(path), Convert.ToHexStringLower(hash.Hash ?? [])));
        }

        return files;
    }

    private string Relative(string path) => Path.GetRelativePath(folder.Path, path).Replace(Path.DirectorySeparatorChar, '/');
}
