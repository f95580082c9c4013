namespace Nabij.Protocol.Session;

/// <summary>
/// Turns what waits in a <see cref="RecordScheduler"/> into records, one at a time, with KEY_UPDATE where it is due
/// (docs/protocol/03-records.md). One thread at a time: the write loop. Owns the sealer, not the queues.
/// </summary>
public sealed class MessageSender : IDisposable
{
    private readonly RecordSealer _sealer;
    private readonly RecordScheduler _waiting;
    private ScheduledPiece? _next;

    /// <summary>Takes over the sealer.</summary>
    public MessageSender(RecordSealer sealer, RecordScheduler waiting)
    {
        ArgumentNullException.ThrowIfNull(sealer);
        ArgumentNullException.ThrowIfNull(waiting);
        (_sealer, _waiting) = (sealer, waiting);
    }

    /// <summary>
    /// Seals the next record into <paramref name="destination"/> (<see cref="RecordLimits.LargestRecord"/> bytes always
    /// suffice); 0 when nothing waits.
    /// </summary>
    public int TrySealNext(Span<byte> destination)
    {
        if (_sealer.IsEpochFull)
            return _sealer.SealKeyUpdate(destination);
        if (_next is null && _waiting.TryTake(out var taken))
            _next = taken;
        if (_next is not { } piece)
            return 0;
        if (_sealer.IsEpochOld)
            return _sealer.SealKeyUpdate(destination);
        _next = null;
        return _sealer.Seal(piece.Channel, piece.HasMore, piece.Payload.Span, destination);
    }

    /// <summary>Erases the keys.</summary>
    public void Dispose() => _sealer.Dispose();
}
