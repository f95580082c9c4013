using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Files;

/// <summary>
/// One message of the files channel (docs/protocol/08-files.md): type u8, then its fields. Both sides may send a file;
/// the id tells whose it is: odd from the viewer, even from the host.
/// </summary>
public abstract record FileMessage
{
    private protected FileMessage()
    {
    }

    /// <summary>The type byte.</summary>
    public abstract FileMessageType Type { get; }

    private protected virtual int FieldBytes => 0;

    /// <summary>Whether this side may send messages of this type.</summary>
    public static bool MaySend(Party party, FileMessageType type) => type switch
    {
        FileMessageType.Request => party == Party.Viewer,
        FileMessageType.Answer => party == Party.Host,
        _ => true,
    };

    /// <summary>Whose file a transfer of this id sends.</summary>
    public static Party SenderOf(uint id) => id % 2 == 1 ? Party.Viewer : Party.Host;

    /// <summary>Reads one message of <paramref name="from"/>; the result shares no memory with <paramref name="payload"/>.</summary>
    /// <exception cref="WireFormatException">Any rule of the chapter is broken.</exception>
    public static FileMessage Decode(ReadOnlySpan<byte> payload, Party from)
    {
        var reader = new WireReader(payload);
        var type = (FileMessageType)reader.ReadU8();
        WireReader.Require(MaySend(from, type), WireError.UnknownType);
        var message = Read(ref reader, type, from);
        reader.RequireEnd();
        return message;
    }

    /// <summary>The bytes of this message.</summary>
    public byte[] Encode()
    {
        var bytes = new byte[1 + FieldBytes];
        var writer = new WireWriter(bytes);
        writer.WriteU8((byte)Type);
        WriteFields(ref writer);
        return writer.Written == bytes.Length ? bytes : bytes[..writer.Written];
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

    private protected static long ReadUpTo(ref WireReader reader, long most)
    {
        var value = reader.ReadU64();
        WireReader.Require(value <= (ulong)most, WireError.InvalidValue);
        return (long)value;
    }

    private protected static long ReadOffset(ref WireReader reader) => ReadUpTo(ref reader, FileLimits.LargestFile);

    private protected static FileHash ReadHash(ref WireReader reader) => new(reader.ReadBytes(FileLimits.HashBytes));

    private static FileMessage Read(ref WireReader reader, FileMessageType type, Party from)
    {
        if (type == FileMessageType.Renewed) return Renewed.Read(ref reader);
        if (type == FileMessageType.Seen) return Seen.Read(ref reader);
        if (type == FileMessageType.Request) return Request.Read(ref reader);
        if (type == FileMessageType.Answer) return Answer.Read(ref reader);
        WireReader.Require(type is >= FileMessageType.Offer and <= FileMessageType.Cancel, WireError.UnknownType);
        var id = ReadNumber(ref reader);
        var isSenders = SenderOf(id) == from;
        switch (type)
        {
            case FileMessageType.Offer or FileMessageType.Start or FileMessageType.Chunk or FileMessageType.Finish:
                WireReader.Require(isSenders, WireError.InvalidValue);
                break;
            case FileMessageType.Accept or FileMessageType.Refuse or FileMessageType.Credit or FileMessageType.Verified:
                WireReader.Require(!isSenders, WireError.InvalidValue);
                break;
        }

        return type switch
        {
            FileMessageType.Offer => Offer.Read(ref reader, id),
            FileMessageType.Accept => Accept.Read(ref reader, id),
            FileMessageType.Refuse => new Refuse(id, TransferEnd.ReadReason(ref reader)),
            FileMessageType.Start => new Start(id, ReadOffset(ref reader)),
            FileMessageType.Chunk => Chunk.Read(ref reader, id),
            FileMessageType.Credit => new Credit(id, ReadOffset(ref reader)),
            FileMessageType.Pause => new Pause(id),
            FileMessageType.Proceed => new Proceed(id),
            FileMessageType.Finish => new Finish(id, ReadHash(ref reader)),
            FileMessageType.Verified => new Verified(id, reader.ReadText(1, FileLimits.StoredNameBytes)),
            _ => new Cancel(id, TransferEnd.ReadReason(ref reader)),
        };
    }
}
