using Nabij.Protocol;
using Nabij.Protocol.Files;
using Nabij.Protocol.Wire;

// The worker is made on Linux only, as Start of FileExchange says: what waits for it is never done elsewhere.
#pragma warning disable CA1416

namespace Nabij.HostCore.Files;

/// <summary>
/// What waits for the worker of one participant's files: messages that the gate has let through, the customer's acts, and
/// what opened or closed. Whoever puts never waits; everything is bounded: content that the disk does not take in time
/// ends its transfer, too many messages end the session. Thread-safe; one worker takes.
/// </summary>
internal sealed class FileInbox
{
    /// <summary>Twice what both sides' offers can bring at once after a resume.</summary>
    public const int MostMessages = 4096;

    /// <summary>Bytes of content that may wait: many times what a sender that keeps to its credit has under way.</summary>
    public const int MostContent = 16 * FileLimits.MostCredit;

    /// <summary>More than a person can press while a disk is stuck.</summary>
    public const int MostActs = 256;

    private readonly object gate = new();
    private readonly FileDirection toHost = new(), fromHost = new();
    private readonly Queue<Action<FileWorker>> acts = new();
    private readonly HashSet<uint> drowned = [];
    private Queue<(FileMessage Message, FileWay Way, int Era)> messages = new();
    private int content;
    private bool isAwake, isOver;

    public FileDirection this[FileWay way] => way == FileWay.ToHost ? toHost : fromHost;

    /// <summary>A message that has passed the gate.</summary>
    /// <exception cref="WireFormatException">More wait than an honest peer can send.</exception>
    public void Put(FileMessage message)
    {
        var way = WayOf(message);
        lock (gate)
        {
            if (isOver) return;
            if (message is Chunk chunk)
            {
                if (drowned.Contains(chunk.Id)) return;
                if (messages.Count >= MostMessages || content + chunk.Content.Length > MostContent) drowned.Add(chunk.Id);
                else content += chunk.Content.Length;
            }
            else
            {
                WireReader.Require(messages.Count < MostMessages, WireError.InvalidValue);
            }
            if (message is not Chunk { Id: var id } || !drowned.Contains(id)) messages.Enqueue((message, way, this[way].Era));
            Monitor.Pulse(gate);
        }
    }

    /// <summary>An act of the customer; false when too many wait.</summary>
    public bool TryPut(Action<FileWorker> act)
    {
        lock (gate)
        {
            if (isOver || acts.Count >= MostActs) return false;
            acts.Enqueue(act);
            Monitor.Pulse(gate);
            return true;
        }
    }

    /// <summary>Takes away what is not in force; what waits of it has no effect any more. Returns at once.</summary>
    public void Close(FileWay way, bool isTakenBack)
    {
        lock (gate)
        {
            var one = this[way];
            if (one.IsOpen) one.Close();
            if (isTakenBack && one.HasBeenOpen) one.MustEnd = true;
            Keep(waiting => waiting.Way != way);
            Monitor.Pulse(gate);
        }
    }

    /// <summary>Opens a way that was told to the viewer as open; nothing when it is open.</summary>
    public void Open(FileWay way)
    {
        lock (gate)
        {
            if (this[way].IsOpen || isOver) return;
            this[way].Open();
            Monitor.Pulse(gate);
        }
    }

    /// <summary>There is something to look at: the line has room, or a time has come.</summary>
    public void Wake()
    {
        lock (gate)
        {
            isAwake = true;
            Monitor.Pulse(gate);
        }
    }

    /// <summary>The worker has to leave; nothing is taken any more.</summary>
    public void End()
    {
        lock (gate)
        {
            isOver = true;
            Monitor.Pulse(gate);
        }
    }

    /// <summary>
    /// What the worker has to do next, the most urgent first; waits for it unless the worker has more to do by itself. Null at the end.
    /// </summary>
    public Action<FileWorker>? Take(bool hasMore)
    {
        lock (gate)
        {
            while (true)
            {
                if (isOver) return null;
                if (Turn(FileWay.ToHost) is { } first) return first;
                if (Turn(FileWay.FromHost) is { } second) return second;
                if (drowned.Count > 0) return TakeDrowned();
                if (acts.TryDequeue(out var act)) return act;
                if (messages.TryDequeue(out var next))
                {
                    if (next.Message is Chunk chunk) content -= chunk.Content.Length;
                    return worker => worker.Take(next.Message, next.Way, next.Era);
                }
                if (hasMore || isAwake)
                {
                    isAwake = false;
                    return static _ => { };
                }
                Monitor.Wait(gate);
            }
        }
    }

    /// <summary>Whether nothing waits.</summary>
    public bool IsEmpty
    {
        get { lock (gate) return messages.Count == 0 && acts.Count == 0 && drowned.Count == 0 && !toHost.HasWork && !fromHost.HasWork; }
    }

    /// <summary>Whose way a message is about.</summary>
    public static FileWay WayOf(FileMessage message) => message switch
    {
        TransferMessage about => FileMessage.SenderOf(about.Id) == Party.Viewer ? FileWay.ToHost : FileWay.FromHost,
        Renewed => FileWay.ToHost,
        _ => FileWay.FromHost, // SEEN of what we renewed, and REQUEST
    };

    private Action<FileWorker>? Turn(FileWay way)
    {
        var one = this[way];
        if (!one.HasWork) return null;
        var (end, hold, renew) = (one.MustEnd, one.MustBreak, one.MustRenew);
        (one.MustEnd, one.MustBreak, one.MustRenew) = (false, false, false);
        return worker =>
        {
            if (hold || end) worker.Break(way);
            if (end) worker.EndAll(way);
            if (renew) worker.Renew(way);
        };
    }

    private Action<FileWorker> TakeDrowned()
    {
        var ids = drowned.ToArray();
        drowned.Clear();
        Keep(waiting => waiting.Message is not TransferMessage about || !ids.Contains(about.Id));
        return worker => { foreach (var id in ids) worker.Drown(id); };
    }

    // After a break both sides begin anew, so what was said before it is worth nothing.
    private void Keep(Predicate<(FileMessage Message, FileWay Way, int Era)> wanted)
    {
        if (messages.Count == 0) return;
        var kept = new Queue<(FileMessage Message, FileWay Way, int Era)>(messages.Where(one => wanted(one)));
        content = kept.Sum(one => one.Message is Chunk chunk ? chunk.Content.Length : 0);
        messages = kept;
    }
}
