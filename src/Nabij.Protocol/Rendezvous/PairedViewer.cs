using System.Text.Json;
using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Rendezvous;

/// <summary>PAIRED, to the viewer: what the host registered, then everything is the host's.</summary>
public sealed record PairedViewer : RendezvousMessage
{
    internal const string Name = "paired";

    // sidC, versions, suites, session, cookie, resumeSeconds

    /// <summary>sid_c of the handshake, 16 bytes.</summary>
    public required ReadOnlyMemory<byte> SidC { get; init; }

    /// <summary>Versions of RS1, falling; not authenticated.</summary>
    public required IReadOnlyList<byte> Versions { get; init; }

    /// <summary>Suites of RS1, falling; not authenticated.</summary>
    public required IReadOnlyList<ushort> Suites { get; init; }

    /// <summary>16 bytes: the server's own number for this run.</summary>
    public required ReadOnlyMemory<byte> Session { get; init; }

    /// <summary>80 bytes with which the viewer comes back after a lost connection; a secret.</summary>
    public required ReadOnlyMemory<byte> Cookie { get; init; }

    /// <summary>How long after a loss the server takes the viewer back: 60-900.</summary>
    public required ulong ResumeSeconds { get; init; }

    private protected override string TypeName => Name;

    internal static PairedViewer Read(JsonMembers members) => new()
    {
        SidC = members.Hex("sidC", RendezvousText.SidBytes),
        Versions = RendezvousText.ReadVersions(members),
        Suites = RendezvousText.ReadSuites(members),
        Session = members.Hex("session", RendezvousText.SessionBytes),
        Cookie = members.Hex("cookie", Resume.CookieBytes),
        ResumeSeconds = RendezvousText.ReadResumeSeconds(members),
    };

    private protected override void WriteMembers(Utf8JsonWriter writer)
    {
        RendezvousText.WriteHex(writer, "sidC", SidC);
        RendezvousText.WriteNumbers(writer, "versions", Versions.Select(number => (int)number));
        RendezvousText.WriteNumbers(writer, "suites", Suites.Select(number => (int)number));
        RendezvousText.WriteHex(writer, "session", Session);
        RendezvousText.WriteHex(writer, "cookie", Cookie);
        writer.WriteNumber("resumeSeconds", ResumeSeconds);
    }

    // A cookie is a secret: it belongs in no log and no exception text.
    /// <inheritdoc/>
    protected override bool PrintMembers(System.Text.StringBuilder builder) => RendezvousText.PrintSession(builder, Session);
}
