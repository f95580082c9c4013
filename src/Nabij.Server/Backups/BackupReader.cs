// Reads a backup into an empty data folder and an empty database. Everything is compared with the manifest's hashes
// before any of it counts; the tables are filled in one transaction, so that a file that turns out to be damaged leaves
// an empty database.

using System.Data.Common;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Nabij.Server.Storage;

namespace Nabij.Server.Backups;

internal sealed class BackupReader(ZipArchive archive, BackupManifest manifest)
{
    /// <summary>More than any backup of ours; what a file claims is not believed beyond it.</summary>
    private const int MaximumManifestBytes = 64 * 1024 * 1024;

    internal BackupManifest Manifest => manifest;

    /// <summary>Opens the file and reads what it says about itself. Disposing the archive is the caller's part.</summary>
    /// <exception cref="InvalidDataException">It is no backup, it is cut off, or it is of a newer format.</exception>
    internal static async Task<BackupReader> OpenAsync(ZipArchive archive, CancellationToken cancellation)
    {
        var entry = archive.GetEntry(BackupManifest.Entry) ?? throw new InvalidDataException("it has no table of contents: it was cut off, or it is no backup.");
        if (entry.Length > MaximumManifestBytes)
            throw new InvalidDataException("its table of contents is larger than any that this program writes.");
        await using var stream = await entry.OpenAsync(cancellation);
        var manifest = await JsonSerializer.DeserializeAsync(stream, BackupJson.Default.BackupManifest, cancellation);
        if (manifest is not { Format: >= 1 })
            throw new InvalidDataException("its table of contents says nothing.");
        return manifest.Format <= BackupManifest.CurrentFormat
            ? new BackupReader(archive, manifest)
            : throw new InvalidDataException("it was made by a newer version of nabij-server. Install that version.");
    }

    /// <summary>Compares every part with its hash, before anything is made from it.</summary>
    internal async Task CheckAsync(CancellationToken cancellation)
    {
        foreach (var (name, expected) in manifest.Tables.Select(table => (TableEntry(table), table.Sha256)).Concat(manifest.Files.Select(file => (BackupManifest.FilesFolder + file.Path, file.Sha256))))
        {
            await using var stream = await Entry(name).OpenAsync(cancellation);
            if (Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellation)) != expected)
                throw new InvalidDataException($"its part {name} is damaged.");
        }
    }

    /// <summary>Rows that a restore leaves out: an older backup does not have every table.</summary>
    private static readonly (string Table, string Which)[] Ended =
        [("sign_in", ""), ("account_link", ""), ("passkey_ceremony", ""), ("provider_journey", ""), ("kept_answer", ""), ("webhook_delivery", " where next_at is not null")];

    /// <summary>Makes the schema that the backup had and fills it. The caller's transaction decides whether it counts.</summary>
    internal async Task FillAsync(DatabaseEngine engine, DbConnection connection, TimeProvider clock, CancellationToken cancellation)
    {
        await SchemaUpdate.ApplyAsync(engine, connection, Scripts(engine), clock, cancellation);
        var shape = await engine.ReadShapeAsync(connection, cancellation);
        if (manifest.Tables.FirstOrDefault(table => !shape.Tables.ContainsKey(table.Name)) is { } unknown)
            throw new InvalidDataException($"it has a table {unknown.Name} that this program does not know.");
        foreach (var table in manifest.Tables.OrderBy(table => shape.Depth(table.Name)))
        {
            await using var stream = await Entry(TableEntry(table)).OpenAsync(cancellation);
            var rows = await TableRows.ReadAsync(connection, table, shape.Tables[table.Name], stream, cancellation);
            if (rows != table.Rows)
                throw new InvalidDataException($"its table {table.Name} has {rows} rows and should have {table.Rows}.");
        }

        // What was ended, used or answered since must not come back: whoever was signed in then signs in again, links and
        // half-done ceremonies are made anew, and no program is told of events from before.
        foreach (var (table, which) in Ended)
        {
            if (shape.Tables.ContainsKey(table))
                await connection.ExecuteAsync($"delete from {table}{which}", cancellation);
        }
    }

    /// <summary>Writes the files of the backup into the folder, each readable by this account only.</summary>
    internal async Task ExtractAsync(DataFolder folder, CancellationToken cancellation)
    {
        foreach (var file in manifest.Files)
        {
            var path = Path.GetFullPath(Path.Combine(folder.Path, file.Path));
            if (!path.StartsWith(folder.Path + Path.DirectorySeparatorChar, StringComparison.Ordinal) || folder.IsDatabase(path))
                throw new InvalidDataException($"its file {file.Path} has no place in a data folder.");
            DataFolder.CreatePrivate(Path.GetDirectoryName(path) ?? folder.Path);
            await using var stream = await Entry(BackupManifest.FilesFolder + file.Path).OpenAsync(cancellation);
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            await using var target = new FileStream(path, options);
            await stream.CopyToAsync(target, cancellation);
        }
    }

    private List<SchemaScript> Scripts(DatabaseEngine engine)
    {
        var own = SchemaScript.Of(engine.Name).ToDictionary(script => script.Number);
        if (manifest.Scripts.Any(script => !own.ContainsKey(script.Number)))
            throw new InvalidDataException("it was made by a newer version of nabij-server. Install that version.");
        if (manifest.Engine == engine.Name && manifest.Scripts.Any(script => own[script.Number].Hash != script.Sha256))
            throw new InvalidDataException("its schema is not that of any release of this program.");
        return [.. manifest.Scripts.OrderBy(script => script.Number).Select(script => own[script.Number])];
    }

    private ZipArchiveEntry Entry(string name) => archive.GetEntry(name) ?? throw new InvalidDataException($"its part {name} is missing.");

    private static string TableEntry(BackupManifest.Table table) => $"{BackupManifest.TablesFolder}{table.Name}.jsonl";
}
