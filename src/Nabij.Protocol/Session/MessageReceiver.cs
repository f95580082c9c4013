using System.Buffers;
using Nabij.Protocol.Control;

namespace Nabij.Protocol.Session;

/// <summary>
/// Opens records and puts the pieces of messages together again (docs/protocol/03-records.md). One thread at a time:
/// the read loop. Holds at most one unfinished message for each channel, never more than the channel's largest. The
/// only check left to the session is RESUMED: it comes once after a resume and never otherwise.
/// </summary>
public sealed class MessageReceiver : IDisposable
{
    private readonly RecordOpener _opener;
    private readonly Dictionary<byte, ArrayBufferWriter<byte>> _unfinished = [];
    private ArrayBufferWriter<byte>? _lent;

    /// <summary>Takes over the opener.</summary>
    public MessageReceiver(RecordOpener opener)
    {
        ArgumentNullException.ThrowIfNull(opener);
        _opener = opener;
    }

    /// <summary>Takes one record; the message, if this record completes one.</summary>
    /// <exception cref="RecordRefusedException">Anything at all is wrong: close the connection.</exception>
    public ReceivedMessage Receive(ReadOnlySpan<byte> record)
    {
        ReturnLent();
        var opened = _opener.Open(record);
        if (opened.Channel == Channel.Control && opened.Payload.SequenceEqual([(byte)ControlMessageType.KeyUpdate]))
            return default;
        var isContinued = _unfinished.TryGetValue(opened.Rule.Number, out var parts);
        if ((parts?.WrittenCount ?? 0) + opened.Payload.Length > opened.Rule.LargestMessage)
        {
            Dispose();
            throw new RecordRefusedException();
        }

        if (!isContinued && !opened.HasMore)
            return new ReceivedMessage(opened.Channel, opened.Payload);
        parts ??= _unfinished[opened.Rule.Number] = new ArrayBufferWriter<byte>();
        parts.Write(opened.Payload);
        if (opened.HasMore)
            return default;
        _unfinished.Remove(opened.Rule.Number);
        _lent = parts;
        return new ReceivedMessage(opened.Channel, parts.WrittenSpan);
    }

    /// <summary>
    /// Forgets the unfinished message of a channel: the viewer does so on cursor and screen with STOPPED and with a REVOKE
    /// that takes VIEW away, because the host begins anew (docs/protocol/04-channels.md).
    /// </summary>
    public void ForgetUnfinished(Channel channel)
    {
        if (_unfinished.Remove((byte)channel, out var parts))
            parts.Clear();
    }

    /// <summary>Erases keys and unfinished messages.</summary>
    public void Dispose()
    {
        _opener.Dispose();
        ReturnLent();
        foreach (var parts in _unfinished.Values)
            parts.Clear();
        _unfinished.Clear();
    }

    private void ReturnLent()
    {
        _lent?.Clear();
        _lent = null;
    }
}
