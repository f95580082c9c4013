namespace Nabij.Protocol.Session;

/// <summary>What waits to leave on one channel; guarded by its scheduler's lock.</summary>
internal sealed class WaitingChannel(ChannelRule rule)
{
    private readonly LinkedList<(ReadOnlyMemory<byte> Message, byte? Kind)> _waiting = [];
    private ReadOnlyMemory<byte>? _begun;

    public ChannelRule Rule => rule;

    public long Bytes { get; private set; }

    public bool IsEmpty => _begun is null && _waiting.Count == 0;

    public bool TryAdd(ReadOnlyMemory<byte> message, byte? kind)
    {
        if (message.Length > rule.LargestMessage)
            throw new ArgumentException("The message is larger than its channel allows.", nameof(message));
        for (var node = _waiting.First; node is not null && kind is not null; node = node.Next)
        {
            if (node.Value.Kind != kind)
                continue;
            Bytes += message.Length - node.Value.Message.Length;
            node.Value = (message, kind);
            return true;
        }

        if (_waiting.Count >= WaitingLimits.Messages((Channel)rule.Number)
            || Bytes + message.Length > WaitingLimits.MostBytes)
            return false;
        Bytes += message.Length;
        _waiting.AddLast((message, kind));
        return true;
    }

    public ScheduledPiece Take()
    {
        var message = _begun ?? TakeFirst();
        var pieceBytes = rule.MayFragment ? ChannelTable.PieceBytes : RecordLimits.LargestPayload;
        var hasMore = message.Length > pieceBytes;
        var piece = hasMore ? message[..pieceBytes] : message;
        _begun = hasMore ? message[pieceBytes..] : default(ReadOnlyMemory<byte>?);
        Bytes -= piece.Length;
        return new ScheduledPiece((Channel)rule.Number, hasMore, piece);
    }

    public int Drop()
    {
        var dropped = _waiting.Count + (_begun is null ? 0 : 1);
        _waiting.Clear();
        _begun = null;
        Bytes = 0;
        return dropped;
    }

    private ReadOnlyMemory<byte> TakeFirst()
    {
        var message = _waiting.First!.Value.Message;
        _waiting.RemoveFirst();
        return message;
    }
}
