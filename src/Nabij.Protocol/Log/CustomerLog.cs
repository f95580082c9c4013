using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using Nabij.Protocol.Organizations;
using Nabij.Protocol.Session;

namespace Nabij.Protocol.Log;

/// <summary>
/// The log of one session while it is written (docs/protocol/10-customer-log.md). It makes the session's own key, signs the
/// chain at each entry and forgets the key with the last one. Bounded; what comes after the end is not written. Thread-safe.
/// </summary>
public sealed class CustomerLog : IDisposable
{
    /// <summary>The most entries; the last place is for the end.</summary>
    public const int MostEntries = 4096;

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly HashSet<(byte Channel, byte Type, byte Person)> _refused = [];
    private readonly LogShares _shares = new();
    private readonly List<(LogEntry Entry, byte[] Encoded, byte[] Signature, byte[] Head)> _entries = [];
    private readonly SortedDictionary<uint, byte[]> _countersigned = [];
    private readonly byte[] _opening;
    private byte[] _head;
    private ulong _lastTime;
    private bool _isOver;

    /// <summary>Opens the log of a session.</summary>
    public CustomerLog(LogSubject subject, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(subject);
        ArgumentNullException.ThrowIfNull(time);
        _time = time;
        _lastTime = Now();
        Opening = new LogOpening
        {
            SessionId = subject.SessionId,
            LogKey = P256.PointOf(_key),
            OrganizationKey = subject.OrganizationKey,
            Certificate = subject.Certificate,
            Consent = subject.Consent,
            CheckNumber = subject.CheckNumber,
            Time = _lastTime,
            Receipt = subject.Receipt,
        };
        _opening = Opening.Encode();
        _head = LogChain.First(_opening);
    }

    /// <summary>An entry was written, and this is the head up to it. Under the log's lock: must return at once.</summary>
    public event Action<LogEntry, ReadOnlyMemory<byte>>? Written;

    /// <summary>Whose session it is.</summary>
    public LogOpening Opening { get; }

    /// <summary>The numbers of the entries that the technician's key has countersigned, rising.</summary>
    public IReadOnlyList<uint> Countersigned
    {
        get { lock (_gate) return [.. _countersigned.Keys]; }
    }

    /// <summary>What has happened so far, oldest first.</summary>
    public IReadOnlyList<LogEntry> Entries
    {
        get { lock (_gate) return [.. _entries.Select(one => one.Entry)]; }
    }

    /// <summary>The customer allowed, took back or did not allow these; nothing is written for none.</summary>
    public void Add(LogEntryKind kind, Permissions permissions, byte person = 1)
    {
        var known = permissions & Permissions.All;
        if (known != Permissions.None) Append((number, time) => LogEntry.About(number, time, kind, known) with { Person = person });
    }

    /// <summary>The session is held for this reason, or for another one than before; null: for none any more. <paramref name="person"/>: the relative who stopped it, 0 for none.</summary>
    public void AddPause(StopReason? reason, byte person = 0) => Append((number, time) => reason is { } why
        ? new LogEntry(number, time, LogEntryKind.Stopped, new[] { (byte)why }) { Person = person }
        : new LogEntry(number, time, LogEntryKind.WentOn, ReadOnlyMemory<byte>.Empty));

    /// <summary>The customer shares so many displays.</summary>
    public void AddDisplays(int count) =>
        Append((number, time) => new LogEntry(number, time, LogEntryKind.Displays, new[] { (byte)Math.Min(count, byte.MaxValue) }));

    /// <summary>A message was refused; the first of its channel and type is written.</summary>
    public void AddRefused(Channel channel, byte type, byte person = 1)
    {
        lock (_gate)
            if (!_refused.Add(((byte)channel, type, person))) return;
        Append((number, time) => new LogEntry(number, time, LogEntryKind.Refused, new[] { (byte)channel, type }) { Person = person });
    }

    /// <summary>What became of a file: FileReceived or FileSent; once for each, when it has arrived or its transfer has ended.</summary>
    public void AddFile(LogEntryKind kind, LoggedFile file, byte person = 1)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (kind is not (LogEntryKind.FileReceived or LogEntryKind.FileSent)) throw new ArgumentOutOfRangeException(nameof(kind));
        Append((number, time) => new LogEntry(number, time, kind, file.Encode()) { Person = person });
    }

    /// <summary>A text came onto the customer's clipboard or went from it: ClipboardPlaced or ClipboardGiven.</summary>
    /// <param name="kind">Which of the two.</param>
    /// <param name="length">Bytes of UTF-8; nothing is written for none.</param>
    /// <param name="person">Whose it was, or who got it.</param>
    public void AddClipboard(LogEntryKind kind, int length, byte person = 1)
    {
        if (kind is not (LogEntryKind.ClipboardPlaced or LogEntryKind.ClipboardGiven)) throw new ArgumentOutOfRangeException(nameof(kind));
        if (length > 0) Append((number, time) => LogEntry.Counting(number, time, kind, (uint)length) with { Person = person });
    }

    /// <summary>So many facts about the computer went to the technician; nothing is written for none.</summary>
    public void AddFacts(int count, byte person = 1)
    {
        if (count > 0)
            Append((number, time) => new LogEntry(number, time, LogEntryKind.FactsGiven, new[] { (byte)Math.Min(count, byte.MaxValue) }) { Person = person });
    }

    /// <summary>The technician says that a picture of the screen is kept, under this number. False when it finds no room, or the session is over: then it must not be.</summary>
    public bool TryAddPicture(Guid picture, byte person = 1) =>
        Append((number, time) => new LogEntry(number, time, LogEntryKind.PictureKept, picture.ToByteArray(bigEndian: true)) { Person = person });

    /// <summary>The connection was lost.</summary>
    public void AddLost(byte person = 1) => Append((number, time) => new LogEntry(number, time, LogEntryKind.Lost, ReadOnlyMemory<byte>.Empty) { Person = person });

    /// <summary>The technician was back, and these were allowed no longer because of the absence; may be none.</summary>
    public void AddResumed(Permissions takenBack, byte person = 1) =>
        Append((number, time) => LogEntry.About(number, time, LogEntryKind.Resumed, takenBack & Permissions.All) with { Person = person });

    /// <summary>The customer let one more in.</summary>
    public void AddJoined(byte person, LoggedPerson who)
    {
        ArgumentNullException.ThrowIfNull(who);
        Append((number, time) => new LogEntry(number, time, LogEntryKind.Joined, who.Encode()) { Person = person });
    }

    /// <summary>This one left and others go on; null when the protocol has no word for why.</summary>
    public void AddLeft(byte person, EndReason? reason) =>
        Append((number, time) => new LogEntry(number, time, LogEntryKind.Left, new[] { (byte)(reason ?? 0) }) { Person = person });

    /// <summary>The session is over; null when the protocol has no word for why. Nothing is written after it.</summary>
    public void End(EndReason? reason) =>
        Append((number, time) => new LogEntry(number, time, LogEntryKind.Ended, new[] { (byte)(reason ?? 0) }));

    /// <summary>Takes the technician's signature over the head of this entry; false when it does not verify. A second one changes nothing.</summary>
    public bool TryCountersign(uint number, ReadOnlySpan<byte> signature)
    {
        lock (_gate)
        {
            if (number == 0 || number > _entries.Count) return false;
            var signed = LogChain.Countersigned(Opening, _entries[(int)number - 1].Head);
            if (!P256.Verify(Opening.Certificate.PublicKey.Span, signed, signature)) return false;
            _countersigned.TryAdd(number, signature.ToArray());
            return true;
        }
    }

    /// <summary>The block of the log as it stands.</summary>
    public byte[] Block()
    {
        lock (_gate)
        {
            var block = new ArrayBufferWriter<byte>();
            WriteCounted(block, _opening);
            WriteU16(block, (ushort)_entries.Count);
            foreach (var (_, encoded, signature, _) in _entries)
            {
                WriteCounted(block, encoded);
                block.Write(signature);
            }

            WriteU16(block, (ushort)_countersigned.Count);
            foreach (var (number, signature) in _countersigned)
            {
                WriteU32(block, number);
                block.Write(signature);
            }

            return block.WrittenSpan.ToArray();
        }
    }

    /// <summary>Forgets the key; what is written stays readable.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isOver = true;
            _key.Dispose();
        }
    }

    private bool Append(Func<uint, ulong, LogEntry> make)
    {
        lock (_gate)
        {
            if (_isOver) return false;
            _lastTime = Math.Max(_lastTime, Now()); // a clock that is set back does not turn the order around
            var entry = make((uint)_entries.Count + 1, _lastTime);
            var isEnd = entry.Kind == LogEntryKind.Ended;
            if (!isEnd && (_entries.Count >= MostEntries - 1 || !_shares.TryTake(entry.Kind))) return false;
            var encoded = entry.Encode();
            _head = LogChain.Next(_head, encoded);
            _entries.Add((entry, encoded, P256.Sign(_key, LogChain.Signed(_head)), _head));
            _isOver = isEnd;
            Written?.Invoke(entry, _head);
            return true;
        }
    }

    private ulong Now() => (ulong)_time.GetUtcNow().ToUnixTimeSeconds();

    private static void WriteCounted(ArrayBufferWriter<byte> block, ReadOnlySpan<byte> bytes)
    {
        WriteU16(block, (ushort)bytes.Length);
        block.Write(bytes);
    }

    private static void WriteU32(ArrayBufferWriter<byte> block, uint value)
    {
        BinaryPrimitives.WriteUInt32BigEndian(block.GetSpan(sizeof(uint)), value);
        block.Advance(sizeof(uint));
    }

    private static void WriteU16(ArrayBufferWriter<byte> block, ushort value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(block.GetSpan(sizeof(ushort)), value);
        block.Advance(sizeof(ushort));
    }
}
