using System.Text.Json;
using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Rendezvous;

/// <summary>PAIRED, to the host: from now on everything is the viewer's.</summary>
public sealed record PairedHost : RendezvousMessage
{
    internal const string Name = "paired";

    // session

    /// <summary>16 bytes: the server's own number for this run.</summary>
    public required ReadOnlyMemory<byte> Session { get; init; }

    private protected override string TypeName => Name;

    internal static PairedHost Read(JsonMembers members) =>
        new() { Session = members.Hex("session", RendezvousText.SessionBytes) };

    private protected override void WriteMembers(Utf8JsonWriter writer) =>
        RendezvousText.WriteHex(writer, "session", Session);
}
