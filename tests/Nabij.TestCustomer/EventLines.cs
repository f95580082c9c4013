using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Nabij.HostCore.Files;
using Nabij.Protocol;

namespace Nabij.TestCustomer;

/// <summary>One JSON line for each event, on standard output and in the event log. Thread-safe.</summary>
internal sealed class EventLines : IDisposable
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Lock gate = new();
    private readonly StreamWriter? log;

    public EventLines(string? logFile) => log = logFile is null ? null : new StreamWriter(logFile, append: true) { AutoFlush = true };

    /// <summary>Writes an event with its members, in order.</summary>
    public void Write(string name, params ReadOnlySpan<(string Name, object Value)> members)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Plain))
        {
            json.WriteStartObject();
            json.WriteString("event", name);
            foreach (var (member, value) in members) Write(json, member, value);
            json.WriteEndObject();
        }
        var line = Encoding.UTF8.GetString(bytes.ToArray());
        lock (gate)
        {
            Console.Out.WriteLine(line);
            Console.Out.Flush();
            log?.WriteLine(line);
        }
    }

    public void Dispose() => log?.Dispose();

    private static void Write(Utf8JsonWriter json, string member, object value)
    {
        if (value is int number) json.WriteNumber(member, number);
        else if (value is Permissions permissions) WriteWords(json, member, permissions);
        else json.WriteString(member, (string)value);
    }

    private static void WriteWords(Utf8JsonWriter json, string member, Permissions permissions)
    {
        json.WriteStartArray(member);
        if (permissions.HasFlag(Permissions.View)) json.WriteStringValue("look");
        if (permissions.HasFlag(Permissions.Draw)) json.WriteStringValue("point");
        if (permissions.HasFlag(Permissions.Pointer | Permissions.Keyboard)) json.WriteStringValue("control");
        if (permissions.HasFlag(Permissions.ClipboardToHost)) json.WriteStringValue("clipboard");
        if (permissions.HasFlag(FileWays.Both)) json.WriteStringValue("files");
        else if (permissions.HasFlag(Permissions.FilesToHost)) json.WriteStringValue("files-to-host");
        else if (permissions.HasFlag(Permissions.FilesFromHost)) json.WriteStringValue("files-from-host");
        if (permissions.HasFlag(Permissions.Chat)) json.WriteStringValue("chat");
        json.WriteEndArray();
    }
}
