using System.Text.Json.Serialization;

namespace Nabij.Server.Backups;

/// <summary>What a backup says about itself (docs/operating.md): the last entry of the file, so that a cut-off one has none.</summary>
internal sealed record BackupManifest
{
    internal const int CurrentFormat = 1;

    internal const string Entry = "backup.json", TablesFolder = "tables/", FilesFolder = "files/";

    public required int Format { get; init; }

    public required string ProgramVersion { get; init; }

    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>Kind of the database that it was made from, as the folder of the scripts is named. It can be restored into either.</summary>
    public required string Engine { get; init; }

    public required bool HasKeys { get; init; }

    /// <summary>The key ring lies among the files: written only on request, so that it is not where the database is.</summary>
    [JsonIgnore]
    internal bool HasKeyRing => Files.Any(file => file.Path.StartsWith("keys/ring/", StringComparison.Ordinal));

    public required IReadOnlyList<Script> Scripts { get; init; }

    public required IReadOnlyList<Table> Tables { get; init; }

    public required IReadOnlyList<File> Files { get; init; }

    /// <summary>A script that the database had seen.</summary>
    internal sealed record Script(int Number, string Sha256);

    /// <param name="Name">Name of the table; its rows are the entry tables/NAME.jsonl, one JSON array a line.</param>
    /// <param name="Columns">Names, in the order of the arrays.</param>
    /// <param name="Rows">How many lines.</param>
    /// <param name="Sha256">Of the entry's bytes, in hex.</param>
    internal sealed record Table(string Name, IReadOnlyList<string> Columns, long Rows, string Sha256);

    /// <param name="Path">Path inside the data folder, with "/"; the entry is files/PATH.</param>
    /// <param name="Sha256">Of its bytes, in hex.</param>
    internal sealed record File(string Path, string Sha256);
}

[JsonSerializable(typeof(BackupManifest))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
internal sealed partial class BackupJson : JsonSerializerContext;
