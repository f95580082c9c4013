using Nabij.Protocol.Log;
using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Control;

/// <summary>
/// One message of the control channel (docs/protocol/04-channels.md): type u8, then its fields. A control record holds
/// exactly one.
/// </summary>
public abstract record ControlMessage
{
    private const int LargestBytes = 72, PictureBytes = 16;

    private protected ControlMessage()
    {
    }

    /// <summary>The type byte.</summary>
    public abstract ControlMessageType Type { get; }

    /// <summary>Reads one message that <paramref name="sender"/> sent; a type that only the other side sends is unknown.</summary>
    /// <exception cref="WireFormatException">Any rule of the chapter is broken.</exception>
    public static ControlMessage Decode(ReadOnlySpan<byte> payload, Party sender)
    {
        var reader = new WireReader(payload);
        var type = (ControlMessageType)reader.ReadU8();
        WireReader.Require(MaySend(sender, type), WireError.UnknownType);
        var message = Decode(type, ref reader);
        reader.RequireEnd();
        return message;
    }

    /// <summary>The bytes of this message.</summary>
    public byte[] Encode()
    {
        Span<byte> bytes = stackalloc byte[LargestBytes];
        var writer = new WireWriter(bytes);
        writer.WriteU8((byte)Type);
        WriteFields(ref writer);
        return writer.Bytes.ToArray();
    }

    /// <summary>Whether the table lets <paramref name="sender"/> send this type.</summary>
    public static bool MaySend(Party sender, ControlMessageType type) => type switch
    {
        ControlMessageType.KeyUpdate or ControlMessageType.Close or ControlMessageType.Resumed
            or ControlMessageType.Keepalive => true,
        ControlMessageType.Grant or ControlMessageType.Revoke or ControlMessageType.Stopped
            or ControlMessageType.Continued or ControlMessageType.Declined or ControlMessageType.LocalInput
            or ControlMessageType.PictureNoted or ControlMessageType.LogKey or ControlMessageType.LogHead => sender == Party.Host,
        ControlMessageType.Ask or ControlMessageType.PictureKept or ControlMessageType.Countersigned => sender == Party.Viewer,
        _ => false,
    };

    private protected virtual void WriteFields(ref WireWriter writer)
    {
    }

    private static ControlMessage Decode(ControlMessageType type, ref WireReader reader) => type switch
    {
        ControlMessageType.KeyUpdate => new KeyUpdate(),
        ControlMessageType.Close => Close.Read(ref reader),
        ControlMessageType.Resumed => new Resumed(),
        ControlMessageType.Grant => Grant.Read(ref reader),
        ControlMessageType.Revoke => Revoke.Read(ref reader),
        ControlMessageType.Stopped => Stopped.Read(ref reader),
        ControlMessageType.Continued => Continued.Read(ref reader),
        ControlMessageType.Ask => Ask.Read(ref reader),
        ControlMessageType.Declined => Declined.Read(ref reader),
        ControlMessageType.Keepalive => new Keepalive(),
        ControlMessageType.LocalInput => new LocalInput(),
        ControlMessageType.PictureKept => PictureKept.Read(ref reader),
        ControlMessageType.PictureNoted => PictureNoted.Read(ref reader),
        ControlMessageType.LogKey => LogKey.Read(ref reader),
        ControlMessageType.LogHead => LogHead.Read(ref reader),
        ControlMessageType.Countersigned => Countersigned.Read(ref reader),
        _ => throw new WireFormatException(WireError.UnknownType),
    };

    private protected static uint ReadEntry(ref WireReader reader)
    {
        var entry = reader.ReadU32();
        WireReader.Require(entry is >= 1 and <= CustomerLog.MostEntries, WireError.InvalidValue);
        return entry;
    }

    private protected static Guid ReadPicture(ref WireReader reader) => new(reader.ReadBytes(PictureBytes), bigEndian: true);

    private protected static void WritePicture(ref WireWriter writer, Guid picture) => writer.WriteBytes(picture.ToByteArray(bigEndian: true));

    private protected static uint ReadNumber(ref WireReader reader)
    {
        var number = reader.ReadU32();
        WireReader.Require(number != 0, WireError.InvalidValue);
        return number;
    }
}
