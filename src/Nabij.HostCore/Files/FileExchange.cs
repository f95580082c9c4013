using Nabij.HostCore.Session;
using Nabij.Protocol;
using Nabij.Protocol.Files;
using Nabij.Protocol.Session;
using Nabij.Protocol.Wire;

// The worker is made on Linux only, as Start of FileExchange says: what waits for it is never done elsewhere.
#pragma warning disable CA1416

namespace Nabij.HostCore.Files;

/// <summary>
/// The files of one participant, both ways (docs/protocol/08). Everything that touches a disk happens on a worker of its
/// own, so neither the reader nor the gate's lock nor Stop waits for one: the gate decides, and its effect is a place in a
/// bounded inbox. What is guaranteed: once Stop or a revocation has returned, no message of that way leaves any more, and
/// nothing that came before it is written; only the one call to the system that was already running may end (a chunk into a
/// part, or a whole and verified file getting its name). Thread-safe; the events come from the worker.
/// </summary>
public sealed class FileExchange : IAsyncDisposable
{
    /// <summary>Tuning: a worker that a disk holds for longer than this is left behind; its parts are removed at the next start.</summary>
    public static readonly TimeSpan LongestGoodbye = TimeSpan.FromSeconds(2);

    private readonly ArrivalPlace place;
    private readonly SendQueues queues;
    private readonly TimeProvider time;
    private readonly RandomFill random;
    private readonly FileInbox inbox = new();
    private readonly TaskCompletionSource gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile FilesNow now = FilesNow.None;
    private Thread? worker;

    public FileExchange(ArrivalPlace place, SendQueues queues, TimeProvider time, RandomFill random)
    {
        (this.place, this.queues, this.time, this.random) = (place, queues, time, random);
        queues.FileRoom = inbox.Wake;
    }

    /// <summary>Something is different in <see cref="Now"/>.</summary>
    public event Action? Changed;

    /// <summary>One file has arrived or will not: for the log.</summary>
    public event Action<FileOnItsWay>? Ended;

    /// <summary>The session must end: a WireFormatException when the other side broke the protocol, else a fault of our own.</summary>
    public event Action<Exception>? Failed;

    /// <summary>What is, was and will be copied.</summary>
    public FilesNow Now => now;

    /// <summary>Whether there can be any files: a permission for them has been in force.</summary>
    public bool HasBegun => worker is not null;

    /// <summary>A message that the gate lets through. Returns at once.</summary>
    /// <exception cref="WireFormatException">More wait than an honest peer can send.</exception>
    public void Take(FileMessage message) => inbox.Put(message);

    /// <summary>Closes what is not in force any more, under the gate's lock. Returns at once.</summary>
    public void Close(Permissions granted, Permissions inForce)
    {
        foreach (var way in Enum.GetValues<FileWay>())
        {
            var permission = way.Permission();
            if ((inForce & permission) != 0) continue;
            queues.CloseFiles(way);
            inbox.Close(way, (granted & permission) == 0);
        }
    }

    /// <summary>Opens what is in force, once the viewer has been told so: what is unfinished is offered again behind that word.</summary>
    public void Open(Permissions inForce)
    {
        foreach (var way in Enum.GetValues<FileWay>())
        {
            if ((inForce & way.Permission()) == 0) continue;
            Start();
            queues.OpenFiles(way);
            inbox.Open(way);
        }
    }

    /// <summary>The customer wants these files of the technician.</summary>
    public void Accept(IReadOnlyCollection<uint> ids) => inbox.TryPut(one => one.Answer(ids, isWanted: true));

    /// <summary>The customer does not want them.</summary>
    public void Decline(IReadOnlyCollection<uint> ids) => inbox.TryPut(one => one.Answer(ids, isWanted: false));

    /// <summary>The customer holds one.</summary>
    public void Hold(FileWay way, uint id) => inbox.TryPut(one => one.Hold(way, id, isHeld: true));

    /// <summary>It may go on.</summary>
    public void LetGo(FileWay way, uint id) => inbox.TryPut(one => one.Hold(way, id, isHeld: false));

    /// <summary>The customer ends one.</summary>
    public void Cancel(FileWay way, uint id) => inbox.TryPut(one => one.Cancel(way, id));

    /// <summary>The customer sends files and folders, picked in the system's own dialog or dropped on our window. False when that is not allowed now.</summary>
    public bool TrySend(IReadOnlyList<string> paths)
    {
        if (!inbox[FileWay.FromHost].IsOpen) return false;
        return inbox.TryPut(one => one.Send(paths));
    }

    /// <summary>The customer answers the open request with these; none: no.</summary>
    public void AnswerRequest(IReadOnlyList<string> paths) => inbox.TryPut(one => one.AnswerRequest(paths));

    /// <summary>Lets what is in flight go to its end, and nothing else: what was not agreed to is declined, what the customer holds goes on.</summary>
    public void Finish() => inbox.TryPut(static one => one.Finish());

    /// <summary>New files may come again.</summary>
    public void GoOn() => inbox.TryPut(static one => one.GoOn());

    /// <summary>The session is over: parts and an empty folder are removed, where the disk does it within two seconds.</summary>
    public async ValueTask DisposeAsync()
    {
        inbox.End();
        if (worker is null) return;
        try
        {
            await gone.Task.WaitAsync(LongestGoodbye).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // The disk holds it. The thread ends with the program, and the next start sweeps what it left.
        }
    }

    private void Start()
    {
        if (worker is not null) return;
        if (!OperatingSystem.IsLinux()) throw new PlatformNotSupportedException("Files are copied on Linux only.");
        worker = new Thread(Work) { IsBackground = true, Name = "files" };
        worker.Start();
    }

    private void Work()
    {
        if (!OperatingSystem.IsLinux()) return;
        try
        {
            using var one = new FileWorker(new ReceivedFiles(place, random), inbox, queues, time);
            one.Changed += Publish;
            one.Ended += file => Ended?.Invoke(file);
            one.Run();
        }
        // The top of a thread: what went wrong ends the session, and never in silence.
#pragma warning disable CA1031
        catch (Exception failure)
#pragma warning restore CA1031
        {
            inbox.End();
            Failed?.Invoke(failure);
        }
        finally
        {
            gone.TrySetResult();
        }
    }

    private void Publish(FilesNow changed)
    {
        now = changed;
        Changed?.Invoke();
    }
}
