using Nabij.Protocol;
using Nabij.Protocol.Control;
using Nabij.Protocol.Log;
using Nabij.Protocol.Wire;

namespace Nabij.HostCore.Session;

/// <summary>
/// Has the technician's certified key countersign the customer's log (docs/protocol/10, "Countersignatures"): sends the
/// log's key and its heads, takes the signatures. Nothing of it touches the customer's computer. Any thread; what it
/// sends goes into the queue and waits for nobody.
/// </summary>
internal sealed class LogWitness : IDisposable
{
    private readonly CustomerLog log;
    private readonly SendQueues queues;
    private readonly Action<EndReason?> end;
    private volatile LogHead? newest;
    private volatile bool hasSigned, isEnded;

    /// <param name="log">The log.</param>
    /// <param name="queues">Where to what is sent.</param>
    /// <param name="end">Writes that this technician has left, which ends the log when nobody else goes on.</param>
    public LogWitness(CustomerLog log, SendQueues queues, Action<EndReason?> end)
    {
        (this.log, this.queues, this.end) = (log, queues, end);
        log.Written += Note;
        Begin();
    }

    /// <summary>True while the end is written, and a technician's program that has signed before may still sign it.</summary>
    public bool IsAwaited => isEnded && hasSigned && newest is { } end && !log.Countersigned.Contains(end.Entry);

    /// <summary>On each connection: the log's key, and the newest head where there is one.</summary>
    public void Begin()
    {
        queues.PutControl(new LogKey(log.Opening.LogKey).Encode());
        if (newest is { } head) queues.PutControl(head.Encode());
    }

    /// <summary>The technician has left; null when the protocol has no word for why.</summary>
    public void End(EndReason? reason) => end(reason);

    /// <summary>Takes one signature.</summary>
    /// <exception cref="WireFormatException">It is for no head that was sent, or not the technician's.</exception>
    public void Take(Countersigned signature)
    {
        WireReader.Require(newest is { } sent && signature.Entry <= sent.Entry, WireError.InvalidValue);
        WireReader.Require(log.TryCountersign(signature.Entry, signature.Signature.Span), WireError.InvalidValue);
        hasSigned = true;
    }

    public void Dispose() => log.Written -= Note;

    private void Note(LogEntry entry, ReadOnlyMemory<byte> head)
    {
        var isLast = entry.Kind == LogEntryKind.Ended || entry is { Kind: LogEntryKind.Left, Person: HostSession.FirstPerson };
        if (isEnded || !isLast && entry.Kind is not (LogEntryKind.Allowed or LogEntryKind.TakenBack)) return;
        newest = new LogHead(entry.Number, head);
        isEnded |= isLast;
        queues.PutControl(newest.Encode());
    }
}
