using System.Text.Json;
using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Rendezvous;

/// <summary>REJOINED: both sides of a run are back; from now on everything is the other side's.</summary>
public sealed record Rejoined : RendezvousMessage
{
    internal const string Name = "rejoined";

    // session

    /// <summary>16 bytes: the server's own number for the run.</summary>
    public required ReadOnlyMemory<byte> Session { get; init; }

    private protected override string TypeName => Name;

    internal static Rejoined Read(JsonMembers members) =>
        new() { Session = members.Hex("session", RendezvousText.SessionBytes) };

    private protected override void WriteMembers(Utf8JsonWriter writer) =>
        RendezvousText.WriteHex(writer, "session", Session);
}
