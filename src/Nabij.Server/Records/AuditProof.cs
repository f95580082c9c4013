using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Nabij.Server.Audit;
using Nabij.Server.Organizations;
using Nabij.Server.Storage;

namespace Nabij.Server.Records;

/// <summary>
/// The audit log as a file that proves itself (docs/records.md): a line that says what it is, a line for each event with all
/// that its hash covers, and a line with the signed checkpoint of the last one. JSON, one object a line.
/// </summary>
internal sealed class AuditProof(AuditCheckpoints checkpoints, DatabaseSource source)
{
    internal const string Kind = "nabij audit log", CheckpointName = "checkpoint";

    private const int Batch = 200;

    private static readonly byte[] LineEnd = [(byte)'\n'];

    /// <returns>Writes the file; null when the chain is broken, for then nothing is signed.</returns>
    internal async Task<Func<Stream, Task>?> PrepareAsync(Organization organization, CancellationToken cancellation) =>
        await checkpoints.MakeAsync(organization.Id, cancellation) is { } made
            ? output => WriteAsync(organization, made.Point.Seq, made.Signed, output)
            : null;

    private async Task WriteAsync(Organization organization, long last, SignedStatement signed, Stream output)
    {
        await using var json = new Utf8JsonWriter(output, new JsonWriterOptions { SkipValidation = true });
        json.WriteStartObject();
        json.WriteString("kind", Kind);
        json.WriteNumber("version", 1);
        json.WriteString("organization", organization.Id);
        json.WriteString("slug", organization.Slug);
        json.WriteNumber("events", last);
        await EndLineAsync(json, output);
        await using var database = source.Open(organization.Id);
        var held = 0;
        await foreach (var line in database.Set<AuditEvent>().AsNoTracking().Where(row => row.Seq <= last).OrderBy(row => row.Seq).AsAsyncEnumerable())
        {
            ExportTables.Audit.WriteObject(json, line);
            await NewLineAsync(json, output, ++held % Batch == 0);
        }

        json.WriteStartObject();
        json.WriteString(CheckpointName, Convert.ToBase64String(signed.Encode()));
        await EndLineAsync(json, output);
    }

    private static Task EndLineAsync(Utf8JsonWriter json, Stream output)
    {
        json.WriteEndObject();
        return NewLineAsync(json, output, isFlushed: true);
    }

    private static async Task NewLineAsync(Utf8JsonWriter json, Stream output, bool isFlushed)
    {
        // The writer knows no line ends of its own between values.
        await json.FlushAsync();
        json.Reset();
        await output.WriteAsync(LineEnd);
        if (isFlushed)
            await output.FlushAsync();
    }
}
