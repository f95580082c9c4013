using System.Text.Json.Serialization;

namespace Nabij.Server.Desk.Notes;

/// <summary>Everything the addresses of notes read and write.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(NoteRequest))]
[JsonSerializable(typeof(TimeRequest))]
[JsonSerializable(typeof(NoteAnswer))]
[JsonSerializable(typeof(NoteSaved))]
[JsonSerializable(typeof(NotesSetup))]
[JsonSerializable(typeof(RecentSessions))]
internal sealed partial class NotesJson : JsonSerializerContext;
