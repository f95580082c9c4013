using System.Text.Json;
using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Rendezvous;

/// <summary>RESUME: a side whose connection was lost wants to be put together with the other side of its run again.</summary>
public sealed record Resume : RendezvousMessage
{
    internal const string Name = "resume";

    /// <summary>Bytes of a resume cookie.</summary>
    public const int CookieBytes = 80;

    // session, cookie

    /// <summary>16 bytes: the server's own number for the run.</summary>
    public required ReadOnlyMemory<byte> Session { get; init; }

    /// <summary>80 bytes of PAIRED; a secret.</summary>
    public required ReadOnlyMemory<byte> Cookie { get; init; }

    private protected override string TypeName => Name;

    internal static Resume Read(JsonMembers members) => new()
    {
        Session = members.Hex("session", RendezvousText.SessionBytes),
        Cookie = members.Hex("cookie", CookieBytes),
    };

    private protected override void WriteMembers(Utf8JsonWriter writer)
    {
        RendezvousText.WriteHex(writer, "session", Session);
        RendezvousText.WriteHex(writer, "cookie", Cookie);
    }

    // A cookie is a secret: it belongs in no log and no exception text.
    /// <inheritdoc/>
    protected override bool PrintMembers(System.Text.StringBuilder builder) => RendezvousText.PrintSession(builder, Session);
}
