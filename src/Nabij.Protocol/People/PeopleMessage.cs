using Nabij.Protocol.Wire;

namespace Nabij.Protocol.People;

/// <summary>One message of the people channel (docs/protocol/13-participants.md): type u8, then its fields.</summary>
public abstract record PeopleMessage
{
    private protected PeopleMessage()
    {
    }

    /// <summary>The type byte.</summary>
    public abstract PeopleMessageType Type { get; }

    /// <summary>Whether the table lets <paramref name="sender"/> send this type.</summary>
    public static bool MaySend(Party sender, PeopleMessageType type) => type switch
    {
        PeopleMessageType.People or PeopleMessageType.Invitation => sender == Party.Host,
        PeopleMessageType.Invite or PeopleMessageType.Withdraw or PeopleMessageType.TakeControl or PeopleMessageType.Halt => sender == Party.Viewer,
        _ => false,
    };

    /// <summary>Reads one message that <paramref name="sender"/> sent; a type that only the other side sends is unknown.</summary>
    /// <exception cref="WireFormatException">Any rule of the chapter is broken.</exception>
    public static PeopleMessage Decode(ReadOnlySpan<byte> payload, Party sender)
    {
        var reader = new WireReader(payload);
        var type = (PeopleMessageType)reader.ReadU8();
        WireReader.Require(MaySend(sender, type), WireError.UnknownType);
        PeopleMessage message = type switch
        {
            PeopleMessageType.People => Everybody.Read(ref reader),
            PeopleMessageType.Invitation => Invitation.Read(ref reader),
            PeopleMessageType.Invite => Invite.Read(ref reader),
            PeopleMessageType.Withdraw => new Withdraw(ReadNumber(ref reader)),
            PeopleMessageType.TakeControl => new TakeControl(),
            _ => new Halt(),
        };
        reader.RequireEnd();
        return message;
    }

    /// <summary>The bytes of this message.</summary>
    public byte[] Encode()
    {
        var writer = new WireWriter(stackalloc byte[PeopleLimits.LargestMessage]);
        writer.WriteU8((byte)Type);
        WriteFields(ref writer);
        return writer.Bytes.ToArray();
    }

    private protected virtual void WriteFields(ref WireWriter writer)
    {
    }

    private protected static uint ReadNumber(ref WireReader reader)
    {
        var number = reader.ReadU32();
        WireReader.Require(number != 0, WireError.InvalidValue);
        return number;
    }

    private protected static string ReadName(ref WireReader reader) => reader.ReadText(1, PeopleLimits.NameBytes);
}
