using System.Buffers.Binary;
using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Log;

/// <summary>
/// One entry of the customer's log (docs/protocol/10-customer-log.md): lv(number u32, time u64, kind u8, person u8, detail).
/// Equal when every byte is.
/// </summary>
/// <param name="Number">1 for the first.</param>
/// <param name="Time">Unix seconds of the customer's clock.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Detail">As the kind says, big-endian.</param>
public sealed record LogEntry(uint Number, ulong Time, LogEntryKind Kind, ReadOnlyMemory<byte> Detail)
{
    /// <summary>Bytes of the largest entry.</summary>
    public const int LargestBytes = 288;

    private const int PictureBytes = 16;

    /// <summary>Makes an entry about permissions: Allowed, TakenBack, NotAllowed or Resumed.</summary>
    public static LogEntry About(uint number, ulong time, LogEntryKind kind, Permissions permissions) =>
        Counting(number, time, kind, (uint)permissions);

    /// <summary>Whose doing it was, or whom it concerns: 1 for the technician of the opening; 0 for the whole session.</summary>
    public byte Person { get; init; } = UsualPerson(Kind);

    internal static LogEntry Counting(uint number, ulong time, LogEntryKind kind, uint value)
    {
        var detail = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(detail, value);
        return new LogEntry(number, time, kind, detail);
    }

    /// <summary>The permissions of Allowed, TakenBack, NotAllowed, and of Resumed: those that ended with the absence.</summary>
    public Permissions Permissions => (Permissions)BinaryPrimitives.ReadUInt32BigEndian(Detail.Span);

    /// <summary>Why the session is held, of Stopped.</summary>
    public StopReason StopReason => (StopReason)Detail.Span[0];

    /// <summary>How many displays are shared, of Displays.</summary>
    public int DisplayCount => Detail.Span[0];

    /// <summary>Channel and type of the message, of Refused.</summary>
    public (byte Channel, byte Type) Message => (Detail.Span[0], Detail.Span[1]);

    /// <summary>What became of a file, of FileReceived and FileSent.</summary>
    public LoggedFile File => LoggedFile.Decode(Detail.Span);

    /// <summary>How much text, in bytes of UTF-8, of ClipboardPlaced and ClipboardGiven.</summary>
    public uint ClipboardBytes => BinaryPrimitives.ReadUInt32BigEndian(Detail.Span);

    /// <summary>How many facts, of FactsGiven.</summary>
    public int FactCount => Detail.Span[0];

    /// <summary>Who came, of Joined.</summary>
    public LoggedPerson Joined => LoggedPerson.Decode(Detail.Span);

    /// <summary>The picture's own number, of PictureKept.</summary>
    public Guid Picture => new(Detail.Span, bigEndian: true);

    /// <summary>Why, of Ended and Left; null when it is the program's own reason.</summary>
    public EndReason? Reason => Detail.Span[0] is 0 ? null : (EndReason)Detail.Span[0];

    /// <summary>The entry's bytes.</summary>
    public byte[] Encode()
    {
        var writer = new WireWriter(stackalloc byte[LargestBytes]);
        writer.WriteItemU32(Number);
        writer.WriteItemU64(Time);
        writer.WriteItemU8((byte)Kind);
        writer.WriteItemU8(Person);
        writer.WriteItem(Detail.Span);
        return writer.Bytes.ToArray();
    }

    /// <summary>Reads one entry.</summary>
    /// <exception cref="WireFormatException">A rule of the chapter is broken.</exception>
    public static LogEntry Decode(ReadOnlySpan<byte> encoded)
    {
        var reader = new WireReader(encoded);
        reader.RequireItems(5);
        var (number, time, kind) = (reader.ReadItemU32(), reader.ReadItemU64(), (LogEntryKind)reader.ReadItemU8());
        WireReader.Require(number != 0 && Enum.IsDefined(kind), WireError.InvalidValue);
        var person = reader.ReadItemU8();
        var (least, most) = DetailBytes(kind);
        var entry = new LogEntry(number, time, kind, reader.ReadItem(least, most).ToArray()) { Person = person };
        WireReader.Require(entry.IsPersonValid && entry.IsDetailValid, WireError.InvalidValue);
        return entry;
    }

    /// <inheritdoc/>
    public bool Equals(LogEntry? other) =>
        other is not null && (Number, Time, Kind, Person) == (other.Number, other.Time, other.Kind, other.Person) && Detail.Span.SequenceEqual(other.Detail.Span);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Number, Time, Kind);

    private bool IsPersonValid => Kind switch
    {
        LogEntryKind.WentOn or LogEntryKind.Displays or LogEntryKind.Ended => Person == 0,
        LogEntryKind.Stopped => true,
        LogEntryKind.Joined => Person > 1,
        _ => Person > 0,
    };

    private bool IsDetailValid => Kind switch
    {
        LogEntryKind.Allowed or LogEntryKind.TakenBack or LogEntryKind.NotAllowed =>
            Permissions != Permissions.None && (Permissions & ~Permissions.All) == 0,
        LogEntryKind.Resumed => (Permissions & ~Permissions.All) == 0,
        LogEntryKind.Stopped => Enum.IsDefined(StopReason),
        LogEntryKind.Ended or LogEntryKind.Left => Reason is null || Enum.IsDefined(Reason.Value),
        LogEntryKind.FileReceived or LogEntryKind.FileSent => File.Size >= 0, // reading it is the check
        LogEntryKind.ClipboardPlaced or LogEntryKind.ClipboardGiven => ClipboardBytes != 0,
        LogEntryKind.FactsGiven => FactCount != 0,
        LogEntryKind.Joined => Joined.Name.Length > 0, // reading it is the check
        _ => true,
    };

    private static byte UsualPerson(LogEntryKind kind) => kind switch
    {
        LogEntryKind.Stopped or LogEntryKind.WentOn or LogEntryKind.Displays or LogEntryKind.Ended => 0,
        LogEntryKind.Joined => 2,
        _ => 1,
    };

    private static (int Least, int Most) DetailBytes(LogEntryKind kind) => kind switch
    {
        LogEntryKind.WentOn or LogEntryKind.Lost => (0, 0),
        LogEntryKind.Stopped or LogEntryKind.Displays or LogEntryKind.Ended or LogEntryKind.FactsGiven or LogEntryKind.Left => (1, 1),
        LogEntryKind.Refused => (2, 2),
        LogEntryKind.PictureKept => (PictureBytes, PictureBytes),
        LogEntryKind.Joined => (LoggedPerson.LeastBytes, LoggedPerson.MostBytes),
        LogEntryKind.FileReceived or LogEntryKind.FileSent => (LoggedFile.LeastBytes, LoggedFile.MostBytes),
        _ => (sizeof(uint), sizeof(uint)),
    };
}
