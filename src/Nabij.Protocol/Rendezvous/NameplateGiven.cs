using System.Text.Json;
using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Rendezvous;

/// <summary>NAMEPLATE: the server gives a host its nameplate, a lease to claim it again, and the times.</summary>
public sealed record NameplateGiven : RendezvousMessage
{
    internal const string Name = "nameplate";

    // Chapter 01. Zero would have a host make new digits without end.
    private const ulong ShortestSeconds = 60, LongestSecretSeconds = 3600, LongestNameplateSeconds = 86_400;

    // nameplate, lease, secretSeconds, nameplateSeconds, time

    /// <summary>Three digits beginning 0-7, or four beginning 8-9.</summary>
    public required string Nameplate { get; init; }

    /// <summary>32 bytes; a secret.</summary>
    public required ReadOnlyMemory<byte> Lease { get; init; }

    /// <summary>How long secret digits may serve: 60-3600.</summary>
    public required ulong SecretSeconds { get; init; }

    /// <summary>How long the nameplate is kept: 60-86400.</summary>
    public required ulong NameplateSeconds { get; init; }

    /// <summary>The server's clock, Unix seconds.</summary>
    public required ulong Time { get; init; }

    private protected override string TypeName => Name;

    internal static NameplateGiven Read(JsonMembers members) => new()
    {
        Nameplate = RendezvousText.ReadNameplate(members, "nameplate"),
        Lease = members.Hex("lease", RendezvousText.SecretBytes),
        SecretSeconds = ReadSeconds(members, "secretSeconds", LongestSecretSeconds),
        NameplateSeconds = ReadSeconds(members, "nameplateSeconds", LongestNameplateSeconds),
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

    private static ulong ReadSeconds(JsonMembers members, string name, ulong longest)
    {
        var seconds = members.Number(name, longest);
        WireReader.Require(seconds >= ShortestSeconds, WireError.InvalidValue);
        return seconds;
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
