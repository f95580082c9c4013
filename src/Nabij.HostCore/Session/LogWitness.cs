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
    private volatile LogHead? newest;
    private volatile bool hasSigned, isEnded;

    public LogWitness(CustomerLog log, SendQueues queues)
    {
        (this.log, this.queues) = (log, queues);
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

    /// <summary>The session has ended; null when the protocol has no word for why.</summary>
    public void End(EndReason? reason) => log.End(reason);

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
        if (entry.Kind is not (LogEntryKind.Allowed or LogEntryKind.TakenBack or LogEntryKind.Ended)) return;
        newest = new LogHead(entry.Number, head);
        isEnded |= entry.Kind == LogEntryKind.Ended;
        queues.PutControl(newest.Encode());
    }
}
