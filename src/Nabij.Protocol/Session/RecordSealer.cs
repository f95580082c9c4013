using System.Buffers.Binary;
using System.Security.Cryptography;
using Nabij.Protocol.Control;

namespace Nabij.Protocol.Session;

/// <summary>
/// Seals the records of one direction (docs/protocol/03-records.md). One thread at a time. A full epoch is closed by
/// <see cref="SealKeyUpdate"/> right after the record that filled it, an old one before the next record. Owns its keys.
/// </summary>
public sealed class RecordSealer : IDisposable
{
    private readonly Party _self;
    private readonly ChannelTable _channels;
    private readonly TimeProvider _time;
    private readonly RecordEpoch _epoch;
    private readonly SecretBytes _inner = new(RecordLimits.LargestInner);
    private long _epochStart;

    internal RecordSealer(Party self, SecretBytes traffic, ChannelTable channels, TimeProvider time)
    {
        (_self, _channels, _time) = (self, channels, time);
        _epoch = new RecordEpoch(traffic);
        _epochStart = time.GetTimestamp();
    }

    internal RecordEpoch Epoch => _epoch;

    /// <summary>Bytes of the record for a payload on a channel.</summary>
    public int RecordLength(Channel channel, int payloadLength) =>
        RecordLimits.HeaderBytes + KeyDerivation.TagBytes
        + RecordLimits.InnerLength(payloadLength, _channels.RequireSender((byte)channel, _self).IsPadded);

    /// <summary>Whether the epoch has no room for another record: a KEY_UPDATE must leave now.</summary>
    public bool IsEpochFull =>
        _epoch.Sequence >= RecordLimits.LastSequence
        || _epoch.Sum + RecordLimits.LargestSealed + RecordLimits.SealedKeyUpdate > RecordLimits.LargestEpochSum;

    /// <summary>
    /// Whether the epoch has lasted too long: a KEY_UPDATE must leave before the next record. Asked once for each record;
    /// an epoch that grows old while its record is being made still takes that one.
    /// </summary>
    public bool IsEpochOld => _time.GetElapsedTime(_epochStart) >= RecordLimits.EpochLife;

    /// <summary>Seals the last record of this epoch and goes on to the next; returns its length.</summary>
    public int SealKeyUpdate(Span<byte> destination)
    {
        var length = SealRecord(Channel.Control, false, [(byte)ControlMessageType.KeyUpdate], destination);
        _epoch.Advance();
        _epochStart = _time.GetTimestamp();
        return length;
    }

    /// <summary>
    /// Seals one payload of at most 65,530 bytes into <paramref name="destination"/>; returns the record's length.
    /// <paramref name="hasMore"/> says that more pieces of this message follow.
    /// </summary>
    public int Seal(Channel channel, bool hasMore, ReadOnlySpan<byte> payload, Span<byte> destination)
    {
        if (IsEpochFull)
            throw new InvalidOperationException("The epoch is used up.");
        return SealRecord(channel, hasMore, payload, destination);
    }

    /// <summary>Erases the keys.</summary>
    public void Dispose()
    {
        _epoch.Dispose();
        _inner.Dispose();
    }

    private int SealRecord(Channel channel, bool hasMore, ReadOnlySpan<byte> payload, Span<byte> destination)
    {
        var rule = _channels.RequireSender((byte)channel, _self);
        if (payload.Length > RecordLimits.LargestPayload || (hasMore && (!rule.MayFragment || payload.IsEmpty)))
            throw new ArgumentException("The payload does not fit the channel.", nameof(payload));
        var inner = _inner.Span[..RecordLimits.InnerLength(payload.Length, rule.IsPadded)];
        inner[0] = (byte)channel;
        inner[1] = hasMore ? RecordLimits.MoreFlag : (byte)0;
        BinaryPrimitives.WriteUInt32BigEndian(inner[2..], (uint)payload.Length);
        payload.CopyTo(inner[RecordLimits.InnerHeaderBytes..]);
        inner[(RecordLimits.InnerHeaderBytes + payload.Length)..].Clear();

        var record = destination[..(RecordLimits.HeaderBytes + inner.Length + KeyDerivation.TagBytes)];
        var header = record[..RecordLimits.HeaderBytes];
        header[0] = RecordLimits.RecordType;
        header[1] = _epoch.Number;
        BinaryPrimitives.WriteUInt16BigEndian(header[2..], 0);
        BinaryPrimitives.WriteUInt32BigEndian(header[4..], (uint)(inner.Length + KeyDerivation.TagBytes));
        _epoch.Seal(inner, record[RecordLimits.HeaderBytes..], header);
        CryptographicOperations.ZeroMemory(inner);
        return record.Length;
    }
}
