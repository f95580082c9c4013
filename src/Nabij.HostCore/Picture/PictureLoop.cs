namespace Nabij.HostCore.Picture;

/// <summary>
/// The picture thread: it alone touches the screen source. It sleeps until the screen changes, a viewer can take more,
/// or a time is due, and then does what <see cref="PictureSchedule"/> says.
/// </summary>
public sealed class PictureLoop : IDisposable
{
    private static readonly TimeSpan LongestClose = TimeSpan.FromSeconds(2);

    private readonly IScreenSource source;
    private readonly ITimer timer;
    private readonly Thread thread;
    private readonly PictureSchedule schedule;
    // Held while the thread reacts to one wait: a change of what is shared falls between two turns, never into one.
    private readonly Lock turn = new();
    private DisplayChoice? wanted;
    private volatile ScreenLayout layout;
    private volatile IReadOnlyList<DesktopDisplay> displays;
    private volatile ActiveWindow? activeWindow;
    private volatile bool isEnding;

    /// <param name="source">The screen; this class disposes it.</param>
    /// <param name="time">Clock for pace and checks.</param>
    public PictureLoop(IScreenSource source, TimeProvider time)
    {
        this.source = source;
        (layout, displays, activeWindow) = (source.Layout, source.Displays, source.ActiveWindow);
        schedule = new PictureSchedule(source);
        timer = time.CreateTimer(_ => source.Wake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        thread = new Thread(Run) { IsBackground = true, Name = "picture" };
    }

    /// <summary>Runs on the picture thread when there is no screen any more; the text is for people.</summary>
    public event Action<string>? ScreenLost;

    /// <summary>The fault of our own that ended the picture thread, for a report; set before <see cref="ScreenLost"/>.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>Runs on the picture thread when the customer used the own mouse or keyboard.</summary>
    public event Action? LocalInput;

    /// <summary>
    /// Something else is shared from now on, or the same elsewhere. On the thread that made it so, between two turns of
    /// the picture thread: handlers never wait.
    /// </summary>
    public event Action<ScreenLayout>? LayoutChanged;

    /// <summary>Runs on the picture thread when the computer has other displays, or shares others.</summary>
    public event Action? DisplaysChanged;

    /// <summary>
    /// Another window is in front, or it has another title. Runs on the picture thread before it captures anything of it;
    /// must return soon.
    /// </summary>
    public event Action<ActiveWindow?>? ActiveWindowChanged;

    /// <summary>The window in front; null where there is none, or none is known.</summary>
    public ActiveWindow? ActiveWindow => activeWindow;

    /// <summary>What is shared; empty while a new choice is on its way to the screen.</summary>
    public ScreenLayout Layout => layout;

    /// <summary>All displays of the computer, shared or not.</summary>
    public IReadOnlyList<DesktopDisplay> Displays => displays;

    public void Start() => thread.Start();

    /// <summary>
    /// Shares these displays. Once this returns, nothing of the others is captured or coded any more; what was put into
    /// queues before is for the caller to drop. It waits for the update that is being coded, never for the line.
    /// </summary>
    public void Share(DisplayChoice choice)
    {
        lock (turn)
        {
            wanted = choice;
            layout = ScreenLayout.Empty;
            LayoutChanged?.Invoke(layout);
        }
        Wake();
    }

    public void Add(ViewerPicture picture)
    {
        schedule.Add(picture);
        Wake();
    }

    /// <summary>Once this returns, the picture thread does not touch this picture any more, so that it may be disposed.</summary>
    public void Remove(ViewerPicture picture)
    {
        lock (turn) schedule.Remove(picture);
    }

    /// <summary>Something outside the screen changed: a picture was opened, presented, or its queue ran empty. Any thread.</summary>
    public void Wake()
    {
        if (!isEnding) source.Wake();
    }

    public void Dispose()
    {
        if (isEnding) return;
        isEnding = true;
        source.Wake();
        timer.Dispose();
        if (!thread.IsAlive)
        {
            source.Dispose();
            return;
        }
        // The thread disposes the source: nothing of it may be touched from outside. It never waits for the line.
        thread.Join(LongestClose);
    }

    private void Run()
    {
        try
        {
            while (!isEnding)
            {
                var changes = source.Wait();
                if (isEnding) break;
                TimeSpan wait;
                lock (turn) wait = TakeTurn(changes);
                // Timers count whole milliseconds: rounded down they would be early, again and again.
                if (wait > TimeSpan.Zero) wait = TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds));
                if (!isEnding) timer.Change(wait, Timeout.InfiniteTimeSpan);
            }
        }
        catch (ScreenLostException lost)
        {
            if (!isEnding) ScreenLost?.Invoke(lost.Message);
        }
        // The top of this thread: whatever else goes wrong here ends the sessions, and is told, instead of the process.
#pragma warning disable CA1031
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Fault = failure;
            if (!isEnding) ScreenLost?.Invoke("The screen can no longer be read.");
        }
        finally
        {
            isEnding = true;
            timer.Dispose();
            source.Dispose();
        }
    }

    private TimeSpan TakeTurn(ScreenChanges changes)
    {
        if ((changes & ScreenChanges.LocalInput) != 0) LocalInput?.Invoke();
        if ((changes & ScreenChanges.ActiveWindow) != 0)
        {
            activeWindow = source.ActiveWindow;
            ActiveWindowChanged?.Invoke(activeWindow);
        }
        if (wanted is { } choice)
        {
            source.Share(choice);
            wanted = null;
            changes |= ScreenChanges.Layout | ScreenChanges.Displays;
        }
        if ((changes & ScreenChanges.Layout) != 0)
        {
            layout = source.Layout;
            LayoutChanged?.Invoke(layout);
        }
        if ((changes & (ScreenChanges.Layout | ScreenChanges.Displays)) != 0)
        {
            displays = source.Displays;
            DisplaysChanged?.Invoke();
        }
        return schedule.Run(changes);
    }
}
