using System.Text.Json;
using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Rendezvous;

/// <summary>NAMEPLATE: the server gives a host its nameplate, a lease to claim it again, and the times.</summary>
public sealed record NameplateGiven : RendezvousMessage
{
    internal const string Name = "nameplate";

    // nameplate, lease, secretSeconds, nameplateSeconds, time

    /// <summary>Three digits beginning 0-7, or four beginning 8-9.</summary>
    public required string Nameplate { get; init; }

    /// <summary>32 bytes; a secret.</summary>
    public required ReadOnlyMemory<byte> Lease { get; init; }

    /// <summary>How long secret digits may serve.</summary>
    public required ulong SecretSeconds { get; init; }

    /// <summary>How long the nameplate is kept.</summary>
    public required ulong NameplateSeconds { get; init; }

    /// <summary>The server's clock, Unix seconds.</summary>
    public required ulong Time { get; init; }

    private protected override string TypeName => Name;

    internal static NameplateGiven Read(JsonMembers members) => new()
    {
        Nameplate = RendezvousText.ReadNameplate(members, "nameplate"),
        Lease = members.Hex("lease", RendezvousText.SecretBytes),
        SecretSeconds = members.Number("secretSeconds", RendezvousText.LargestNumber),
        NameplateSeconds = members.Number("nameplateSeconds", RendezvousText.LargestNumber),
        Time = members.Number("time", RendezvousText.LargestNumber),
    };

    private protected override void WriteMembers(Utf8JsonWriter writer)
    {
        writer.WriteString("nameplate", Nameplate);
        RendezvousText.WriteHex(writer, "lease", Lease);
        writer.WriteNumber("secretSeconds", SecretSeconds);
        writer.WriteNumber("nameplateSeconds", NameplateSeconds);
        writer.WriteNumber("time", Time);
    }

    // A lease is a secret: it belongs in no log and no exception text.
    /// <inheritdoc/>
    protected override bool PrintMembers(System.Text.StringBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Append("Nameplate = ").Append(Nameplate);
        return true;
    }
}
