using System.Text.Json;
using Nabij.Protocol.People;
using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Rendezvous;

/// <summary>PARTICIPANT: a host asks for a nameplate for one more in its running session (docs/protocol/13-participants.md).</summary>
public sealed record RegisterParticipant : RendezvousMessage
{
    internal const string Name = "participant";

    private const string TechnicianWord = "technician", RelativeWord = "relative";

    // session, cookie, sidC, versions, suites, role

    /// <summary>16 bytes: the server's own number for a run of this host that is going on.</summary>
    public required ReadOnlyMemory<byte> Session { get; init; }

    /// <summary>80 bytes: this side's resume cookie of that run; a secret.</summary>
    public required ReadOnlyMemory<byte> Cookie { get; init; }

    /// <summary>sid_c of the handshake, 16 bytes, fresh.</summary>
    public required ReadOnlyMemory<byte> SidC { get; init; }

    /// <summary>Versions of RS1, falling.</summary>
    public required IReadOnlyList<byte> Versions { get; init; }

    /// <summary>Suites of RS1, falling.</summary>
    public required IReadOnlyList<ushort> Suites { get; init; }

    /// <summary>Who may join.</summary>
    public required ParticipantRole Role { get; init; }

    private protected override string TypeName => Name;

    internal static RegisterParticipant Read(JsonMembers members)
    {
        var role = members.Text("role", 1, LargestBytes);
        WireReader.Require(role is TechnicianWord or RelativeWord, WireError.InvalidValue);
        return new RegisterParticipant
        {
            Session = members.Hex("session", RendezvousText.SessionBytes),
            Cookie = members.Hex("cookie", Resume.CookieBytes),
            SidC = members.Hex("sidC", RendezvousText.SidBytes),
            Versions = RendezvousText.ReadVersions(members),
            Suites = RendezvousText.ReadSuites(members),
            Role = role == RelativeWord ? ParticipantRole.Relative : ParticipantRole.Technician,
        };
    }

    private protected override void WriteMembers(Utf8JsonWriter writer)
    {
        RendezvousText.WriteHex(writer, "session", Session);
        RendezvousText.WriteHex(writer, "cookie", Cookie);
        RendezvousText.WriteHex(writer, "sidC", SidC);
        RendezvousText.WriteNumbers(writer, "versions", Versions.Select(number => (int)number));
        RendezvousText.WriteNumbers(writer, "suites", Suites.Select(number => (int)number));
        writer.WriteString("role", Role == ParticipantRole.Relative ? RelativeWord : TechnicianWord);
    }

    // A cookie is a secret: it belongs in no log and no exception text.
    /// <inheritdoc/>
    protected override bool PrintMembers(System.Text.StringBuilder builder) => RendezvousText.PrintSession(builder, Session);
}
