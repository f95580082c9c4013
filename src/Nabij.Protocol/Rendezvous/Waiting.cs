using System.Text.Json;
using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Rendezvous;

/// <summary>WAITING: the other side of a run that is to be resumed is not back yet.</summary>
/// <param name="Seconds">How long the server still waits for it: 1-900.</param>
public sealed record Waiting(ulong Seconds) : RendezvousMessage
{
    internal const string Name = "waiting";

    // seconds
    private protected override string TypeName => Name;

    internal static Waiting Read(JsonMembers members) => new(members.Number("seconds", RendezvousText.LongestResumeSeconds, 1));

    private protected override void WriteMembers(Utf8JsonWriter writer) => writer.WriteNumber("seconds", Seconds);
}
