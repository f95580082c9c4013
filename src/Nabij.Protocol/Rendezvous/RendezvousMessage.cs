using System.Text.Json;
using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Rendezvous;

/// <summary>
/// One JSON text message between host or viewer and server (docs/protocol/01-rendezvous.md), at most 4,096 bytes of
/// UTF-8. Unknown members are ignored; everything else is strict.
/// </summary>
public abstract record RendezvousMessage
{
    /// <summary>Longest message, in bytes.</summary>
    public const int LargestBytes = 4096;

    private protected RendezvousMessage()
    {
    }

    private protected abstract string TypeName { get; }

    /// <summary>The server reads what a host sent: REGISTER, PARTICIPANT or RESUME.</summary>
    /// <exception cref="WireFormatException">Any rule of the chapter is broken.</exception>
    public static RendezvousMessage DecodeFromHost(ReadOnlySpan<byte> utf8)
    {
        using var json = Parse(utf8);
        var members = Members(json, out var type);
        return type switch
        {
            Register.Name => Register.Read(members),
            RegisterParticipant.Name => RegisterParticipant.Read(members),
            Resume.Name => Resume.Read(members),
            _ => throw new WireFormatException(WireError.UnknownType),
        };
    }

    /// <summary>The server reads what a viewer sent: JOIN or RESUME.</summary>
    /// <exception cref="WireFormatException">Any rule of the chapter is broken.</exception>
    public static RendezvousMessage DecodeFromViewer(ReadOnlySpan<byte> utf8)
    {
        using var json = Parse(utf8);
        var members = Members(json, out var type);
        return type switch
        {
            Join.Name => Join.Read(members),
            Resume.Name => Resume.Read(members),
            _ => throw new WireFormatException(WireError.UnknownType),
        };
    }

    /// <summary>The host reads what the server sent: NAMEPLATE, PAIRED, WAITING, REJOINED or REFUSED.</summary>
    /// <exception cref="WireFormatException">Any rule of the chapter is broken.</exception>
    public static RendezvousMessage DecodeForHost(ReadOnlySpan<byte> utf8)
    {
        using var json = Parse(utf8);
        var members = Members(json, out var type);
        return type switch
        {
            NameplateGiven.Name => NameplateGiven.Read(members),
            PairedHost.Name => PairedHost.Read(members),
            Waiting.Name => Waiting.Read(members),
            Rejoined.Name => Rejoined.Read(members),
            Refused.Name => Refused.Read(members),
            _ => throw new WireFormatException(WireError.UnknownType),
        };
    }

    /// <summary>The viewer reads what the server sent: PAIRED, WAITING, REJOINED or REFUSED.</summary>
    /// <exception cref="WireFormatException">Any rule of the chapter is broken.</exception>
    public static RendezvousMessage DecodeForViewer(ReadOnlySpan<byte> utf8)
    {
        using var json = Parse(utf8);
        var members = Members(json, out var type);
        return type switch
        {
            PairedViewer.Name => PairedViewer.Read(members),
            Waiting.Name => Waiting.Read(members),
            Rejoined.Name => Rejoined.Read(members),
            Refused.Name => Refused.Read(members),
            _ => throw new WireFormatException(WireError.UnknownType),
        };
    }

    /// <summary>The message as UTF-8 JSON.</summary>
    /// <exception cref="ArgumentException">A member is outside its limits.</exception>
    public byte[] Encode()
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("type", TypeName);
            WriteMembers(writer);
            writer.WriteEndObject();
        }

        return buffer.Length <= LargestBytes
            ? buffer.ToArray()
            : throw new InvalidOperationException("The rendezvous message is longer than the protocol allows.");
    }

    private protected abstract void WriteMembers(Utf8JsonWriter writer);

    private static JsonDocument Parse(ReadOnlySpan<byte> utf8)
    {
        WireReader.Require(utf8.Length <= LargestBytes, WireError.LengthOutOfRange);
        WireText.Decode(utf8);
        return JsonMembers.Parse(utf8.ToArray(), allowDuplicates: false)
            ?? throw new WireFormatException(WireError.InvalidText);
    }

    private static JsonMembers Members(JsonDocument json, out string type)
    {
        var members = new JsonMembers(json.RootElement, WireError.InvalidValue);
        type = members.Text("type", 0, LargestBytes);
        return members;
    }
}
