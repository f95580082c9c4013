using System.Text.Json;
using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Rendezvous;

/// <summary>JOIN: a viewer asks to be paired with a nameplate, by a single-use ticket.</summary>
public sealed record Join : RendezvousMessage
{
    internal const string Name = "join";

    // ticket, nameplate

    /// <summary>32 bytes; a secret.</summary>
    public required ReadOnlyMemory<byte> Ticket { get; init; }

    /// <summary>Three or four digits.</summary>
    public required string Nameplate { get; init; }

    private protected override string TypeName => Name;

    internal static Join Read(JsonMembers members) => new()
    {
        Ticket = members.Hex("ticket", RendezvousText.SecretBytes),
        Nameplate = RendezvousText.ReadNameplate(members, "nameplate"),
    };

    private protected override void WriteMembers(Utf8JsonWriter writer)
    {
        RendezvousText.WriteHex(writer, "ticket", Ticket);
        writer.WriteString("nameplate", Nameplate);
    }

    // A ticket is a secret: it belongs in no log and no exception text.
    /// <inheritdoc/>
    protected override bool PrintMembers(System.Text.StringBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Append("Nameplate = ").Append(Nameplate);
        return true;
    }
}
