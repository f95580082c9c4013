using Nabij.HostApp.Screens;
using Nabij.HostCore.Rendezvous;

namespace Nabij.HostApp.Flow;

/// <summary>
/// One stage of the customer's way through the program. It lives on the UI thread from <see cref="Enter"/> until
/// the flow goes to the next stage; its timers and its work in the background end with it.
/// </summary>
internal abstract class Stage(CustomerFlow flow) : IDisposable
{
    private readonly List<ITimer> _timers = [];
    private readonly CancellationTokenSource _left = new();

    protected CustomerFlow Flow { get; } = flow;

    protected Phrases Phrases => Flow.Phrases;

    /// <summary>Shows what this stage begins with.</summary>
    public abstract void Enter();

    /// <summary>Takes what a person did. Also happenings of screens that have just gone may come: a stage ignores what it does not know.</summary>
    public abstract void Take(Happening happening);

    /// <summary>Takes what the session engine says.</summary>
    public virtual void Hear(CustomerEvent told)
    {
    }

    /// <summary>Shows the same again, in the language that was just chosen.</summary>
    public virtual void Refresh() => Enter();

    public void Dispose()
    {
        _left.Cancel();
        foreach (var timer in _timers)
            timer.Dispose();
        Leave();
        _left.Dispose();
    }

    /// <summary>Lets go of what the stage holds beside timers and work.</summary>
    protected virtual void Leave()
    {
    }

    protected void Show(Screen screen) => Flow.Window.Show(CustomerFlow.MainWindow, screen);

    /// <summary>Does something on the UI thread every second while this stage lasts.</summary>
    protected void EverySecond(Action tick)
    {
        var second = TimeSpan.FromSeconds(1);
        _timers.Add(Flow.Time.CreateTimer(_ => Post(tick), null, second, second));
    }

    /// <summary>A timer that is not running; at its time it does something on the UI thread while this stage lasts.</summary>
    protected ITimer Alarm(Action work)
    {
        var timer = Flow.Time.CreateTimer(_ => Post(work), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timers.Add(timer);
        return timer;
    }

    /// <summary>Does something on the UI thread unless this stage is over by then. From any thread.</summary>
    protected void Post(Action work) => Flow.Window.Post(() => DoIfHere(work));

    /// <summary>Runs work off the UI thread and brings its result back to it, unless this stage is over by then.</summary>
    protected void Work<T>(Func<CancellationToken, Task<T>> work, Action<T> done)
    {
        var token = _left.Token;
        _ = RunAsync();

        async Task RunAsync()
        {
            try
            {
                var result = await Task.Run(() => work(token), token).ConfigureAwait(false);
                Post(() => done(result));
            }
            catch (OperationCanceledException) when (token.IsCancellationRequested)
            {
                // The stage is over; nobody waits for the result.
            }
            // Work turns every expected trouble into a value. What is left is our own fault and is told as such.
#pragma warning disable CA1031
            catch (Exception failure)
#pragma warning restore CA1031
            {
                Post(() => Flow.Fail(failure));
            }
        }
    }

    private void DoIfHere(Action work)
    {
        if (ReferenceEquals(Flow.Stage, this))
            work();
    }

    /// <summary>Writes a file that the customer chose, whole or not at all; false when that cannot be done there.</summary>
    protected static async Task<bool> TrySaveAsync(string path, byte[] bytes, CancellationToken cancellationToken)
    {
        var part = path + ".part";
        try
        {
            await File.WriteAllBytesAsync(part, bytes, cancellationToken).ConfigureAwait(false);
            File.Move(part, path, overwrite: true); // the dialog has asked
            return true;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            TryRemove(part);
            return false;
        }
    }

    private static void TryRemove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // Where nothing can be written, nothing was.
        }
    }
}
