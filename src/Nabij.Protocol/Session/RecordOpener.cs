using System.Buffers.Binary;
using Nabij.Protocol.Control;

namespace Nabij.Protocol.Session;

/// <summary>
/// Opens the records of one direction, in order (docs/protocol/03-records.md). One thread at a time. The first refusal
/// is the last: the keys are erased and every later record is refused. Owns its keys.
/// </summary>
public sealed class RecordOpener : IDisposable
{
    private readonly Party _peer;
    private readonly ChannelTable _channels;
    private readonly RecordEpoch _epoch;
    private readonly SecretBytes _inner = new(RecordLimits.LargestInner);
    private bool _isResumedDue;
    private bool _isClosed;

    internal RecordOpener(Party peer, SecretBytes traffic, ChannelTable channels, bool isAfterResume)
    {
        (_peer, _channels, _isResumedDue) = (peer, channels, isAfterResume);
        _epoch = new RecordEpoch(traffic);
    }

    internal RecordEpoch Epoch => _epoch;

    /// <summary>Opens one record. A KEY_UPDATE takes effect before this returns; its payload is the type byte.</summary>
    /// <exception cref="RecordRefusedException">Anything at all is wrong.</exception>
    public OpenedRecord Open(ReadOnlySpan<byte> record)
    {
        if (!_isClosed && IsAcceptable(record))
        {
            var sealedBytes = record[RecordLimits.HeaderBytes..];
            var inner = _inner.Span[..(sealedBytes.Length - KeyDerivation.TagBytes)];
            if (_epoch.TryOpen(sealedBytes, inner, record[..RecordLimits.HeaderBytes]) && TryRead(inner, out var opened))
                return opened;
        }

        Dispose();
        throw new RecordRefusedException();
    }

    /// <summary>Erases the keys; every later record is refused.</summary>
    public void Dispose()
    {
        _isClosed = true;
        _epoch.Dispose();
        _inner.Dispose();
    }

    internal void RequireResumed() => _isResumedDue = true;

    // type 0x17, epoch u8, reserved u16, length u32
    private bool IsAcceptable(ReadOnlySpan<byte> record)
    {
        if (record.Length is < RecordLimits.HeaderBytes + RecordLimits.LeastSealed or > RecordLimits.LargestRecord)
            return false;
        var length = BinaryPrimitives.ReadUInt32BigEndian(record[4..]);
        return record[0] == RecordLimits.RecordType && record[1] == _epoch.Number
            && BinaryPrimitives.ReadUInt16BigEndian(record[2..]) == 0
            && length == record.Length - RecordLimits.HeaderBytes
            && _epoch.Sum + length <= RecordLimits.LargestEpochSum;
    }

    // channel u8, flags u8, payload length u32, payload, padding
    private bool TryRead(ReadOnlySpan<byte> inner, out OpenedRecord opened)
    {
        opened = default;
        var (rule, flags) = (_channels.Find(inner[0]), inner[1]);
        var length = BinaryPrimitives.ReadUInt32BigEndian(inner[2..]);
        if (rule is null || (rule.Sender ?? _peer) != _peer || flags > RecordLimits.MoreFlag
            || length > inner.Length - RecordLimits.InnerHeaderBytes)
            return false;
        var payload = inner.Slice(RecordLimits.InnerHeaderBytes, (int)length);
        var padding = inner[(RecordLimits.InnerHeaderBytes + (int)length)..];
        var hasMore = flags == RecordLimits.MoreFlag;
        if (inner.Length != RecordLimits.InnerLength((int)length, rule.IsPadded) || padding.ContainsAnyExcept((byte)0)
            || (hasMore && (!rule.MayFragment || payload.IsEmpty)))
            return false;
        if (!TryFollow(rule, payload))
            return false;
        opened = new OpenedRecord(rule, hasMore, payload);
        return true;
    }

    private bool TryFollow(ChannelRule rule, ReadOnlySpan<byte> payload)
    {
        var isControl = rule.Number == (byte)Channel.Control;
        var isKeyUpdate = isControl && payload.StartsWith([(byte)ControlMessageType.KeyUpdate]);
        var isResumed = isControl && payload.SequenceEqual([(byte)ControlMessageType.Resumed]);
        if ((isKeyUpdate && payload.Length != 1)
            || (_epoch.Sequence > RecordLimits.LastSequence && !isKeyUpdate)
            || (_isResumedDue && !isResumed))
            return false;
        _isResumedDue = false;
        if (isKeyUpdate)
            _epoch.Advance();
        return true;
    }
}
