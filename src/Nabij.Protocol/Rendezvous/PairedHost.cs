using System.Text.Json;
using Nabij.Protocol.Log;
using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Rendezvous;

/// <summary>PAIRED, to the host: from now on everything is the viewer's.</summary>
public sealed record PairedHost : RendezvousMessage
{
    internal const string Name = "paired";

    // session, cookie, resumeSeconds, receipt

    /// <summary>16 bytes: the server's own number for this run.</summary>
    public required ReadOnlyMemory<byte> Session { get; init; }

    /// <summary>80 bytes with which the host comes back after a lost connection; a secret.</summary>
    public required ReadOnlyMemory<byte> Cookie { get; init; }

    /// <summary>How long after a loss the server takes the host back: 60-900.</summary>
    public required ulong ResumeSeconds { get; init; }

    /// <summary>0-512 bytes: the server's receipt for the consent (docs/protocol/10-customer-log.md), empty for none.</summary>
    public ReadOnlyMemory<byte> Receipt { get; init; }

    private protected override string TypeName => Name;

    internal static PairedHost Read(JsonMembers members) => new()
    {
        Session = members.Hex("session", RendezvousText.SessionBytes),
        Cookie = members.Hex("cookie", Resume.CookieBytes),
        ResumeSeconds = RendezvousText.ReadResumeSeconds(members),
        Receipt = members.HexUpTo("receipt", ServerReceipt.LargestBytes),
    };

    private protected override void WriteMembers(Utf8JsonWriter writer)
    {
        RendezvousText.WriteHex(writer, "session", Session);
        RendezvousText.WriteHex(writer, "cookie", Cookie);
        writer.WriteNumber("resumeSeconds", ResumeSeconds);
        RendezvousText.WriteHex(writer, "receipt", Receipt);
    }

    // A cookie is a secret: it belongs in no log and no exception text.
    /// <inheritdoc/>
    protected override bool PrintMembers(System.Text.StringBuilder builder) => RendezvousText.PrintSession(builder, Session);
}
