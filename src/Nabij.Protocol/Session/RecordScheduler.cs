namespace Nabij.Protocol.Session;

/// <summary>
/// The outgoing queues of one connection, with strict priority (docs/protocol/04-channels.md): before each record the
/// channel with the lowest priority number that has something to say goes, and a long message goes in pieces, so that
/// nothing waits behind more than one piece. Any thread may add; one thread, the write loop, takes. Messages are not
/// copied: whoever adds one leaves it alone until it was taken.
/// </summary>
public sealed class RecordScheduler : IDisposable
{
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _added = new(0, 1);
    private readonly WaitingChannel[] _channels;

    /// <summary>Makes empty queues for what <paramref name="self"/> may send.</summary>
    public RecordScheduler(Party self)
        : this(self, ChannelTable.Version1)
    {
    }

    internal RecordScheduler(Party self, ChannelTable channels) => _channels =
    [
        .. channels.Rules.Where(rule => (rule.Sender ?? self) == self)
            .OrderBy(rule => rule.Priority).ThenBy(rule => rule.Number).Select(rule => new WaitingChannel(rule)),
    ];

    /// <summary>Whether anything waits.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_lock)
                return Array.TrueForAll(_channels, channel => channel.IsEmpty);
        }
    }

    /// <summary>Adds a message at the end of its channel; false when the channel is full: the producer must wait or drop.</summary>
    public bool TryAdd(Channel channel, ReadOnlyMemory<byte> message) => TryAdd(channel, message, kind: null);

    /// <summary>
    /// Adds a message of which only the newest of its kind matters (its type byte, say): one that waits and has not
    /// begun to leave is replaced, in its place.
    /// </summary>
    public bool TryAddNewest(Channel channel, byte kind, ReadOnlyMemory<byte> message) => TryAdd(channel, message, kind);

    /// <summary>
    /// Forgets what waits on a channel, the rest of a message that has begun to leave too; returns how many messages.
    /// Only with STOPPED or a REVOKE of VIEW, which the peer takes as the sign to forget the beginning
    /// (docs/protocol/04-channels.md): add that one first.
    /// </summary>
    public int Drop(Channel channel)
    {
        lock (_lock)
            return Find(channel).Drop();
    }

    /// <summary>How many bytes wait on a channel.</summary>
    public long WaitingBytes(Channel channel)
    {
        lock (_lock)
            return Find(channel).Bytes;
    }

    /// <summary>Takes the next piece, if anything waits.</summary>
    public bool TryTake(out ScheduledPiece piece)
    {
        lock (_lock)
        {
            foreach (var channel in _channels)
            {
                if (channel.IsEmpty)
                    continue;
                piece = channel.Take();
                return true;
            }
        }

        piece = default;
        return false;
    }

    /// <summary>Waits until something was added. May return early: ask <see cref="TryTake"/>.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) =>
        IsEmpty ? _added.WaitAsync(cancellationToken) : Task.CompletedTask;

    /// <summary>Ends the use of the queues.</summary>
    public void Dispose() => _added.Dispose();

    private bool TryAdd(Channel channel, ReadOnlyMemory<byte> message, byte? kind)
    {
        lock (_lock)
        {
            if (!Find(channel).TryAdd(message, kind))
                return false;
            if (_added.CurrentCount == 0)
                _added.Release();
            return true;
        }
    }

    private WaitingChannel Find(Channel channel)
    {
        foreach (var waiting in _channels)
        {
            if (waiting.Rule.Number == (byte)channel)
                return waiting;
        }

        throw new ArgumentOutOfRangeException(nameof(channel), "This side does not send on that channel.");
    }
}
