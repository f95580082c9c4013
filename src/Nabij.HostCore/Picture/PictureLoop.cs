namespace Nabij.HostCore.Picture;

/// <summary>
/// The picture thread: it alone touches the screen source. It sleeps until the screen changes, a viewer can take more,
/// or a time is due, captures once, and lets each open picture send its own difference. While no picture can take
/// anything, nothing is captured at all.
/// </summary>
public sealed class PictureLoop : IDisposable
{
    private static readonly TimeSpan LongestClose = TimeSpan.FromSeconds(2);

    private readonly IScreenSource source;
    private readonly ITimer timer;
    private readonly Thread thread;
    private BlockMap damaged;
    private volatile ViewerPicture[] pictures = [];
    private readonly Lock gate = new();
    private volatile bool isEnding;
    private bool hasDamage, hasPointerMoved;

    /// <param name="source">The screen; this class disposes it.</param>
    /// <param name="time">Clock for pace and checks.</param>
    public PictureLoop(IScreenSource source, TimeProvider time)
    {
        this.source = source;
        damaged = new BlockMap(source.Layout.Width, source.Layout.Height);
        timer = time.CreateTimer(_ => source.Wake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        thread = new Thread(Run) { IsBackground = true, Name = "picture" };
    }

    /// <summary>Runs on the picture thread when there is no screen any more; the text is for people.</summary>
    public event Action<string>? ScreenLost;

    /// <summary>The fault of our own that ended the picture thread, for a report; set before <see cref="ScreenLost"/>.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>Runs on the picture thread when the customer used the own mouse or keyboard.</summary>
    public event Action? LocalInput;

    public void Start() => thread.Start();

    public void Add(ViewerPicture picture)
    {
        lock (gate) pictures = [.. pictures, picture];
        Wake();
    }

    public void Remove(ViewerPicture picture)
    {
        lock (gate) pictures = [.. pictures.Where(other => other != picture)];
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
                React(source.Wait());
                if (!isEnding) Step();
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

    private void React(ScreenChanges changes)
    {
        if ((changes & ScreenChanges.LocalInput) != 0) LocalInput?.Invoke();
        if ((changes & ScreenChanges.Damage) != 0) hasDamage = true;
        if ((changes & (ScreenChanges.PointerPosition | ScreenChanges.Damage | ScreenChanges.CursorShape)) != 0) hasPointerMoved = true;
        if ((changes & ScreenChanges.Layout) == 0) return;
        damaged = new BlockMap(source.Layout.Width, source.Layout.Height);
        foreach (var picture in pictures) picture.ScreenReplaced();
    }

    private void Step()
    {
        var open = pictures;
        var wait = Timeout.InfiniteTimeSpan;
        var isCaptured = false;
        foreach (var picture in open)
        {
            if (!hasDamage && !picture.HasPending || picture.UntilReady() is not { } left) continue;
            if (left > TimeSpan.Zero)
            {
                wait = Sooner(wait, left);
                continue;
            }
            if (!isCaptured && !(isCaptured = Capture(open))) break;
            if (picture.HasPending) picture.Send(source);
        }
        foreach (var picture in open) wait = Sooner(wait, Follow(picture));
        hasPointerMoved = false;
        if (!isEnding) timer.Change(wait, Timeout.InfiniteTimeSpan);
    }

    private bool Capture(ViewerPicture[] open)
    {
        damaged.Clear();
        if (!source.Capture(damaged)) return false;
        hasDamage = false;
        foreach (var picture in open) picture.Captured(damaged);
        return true;
    }

    // Cursor and hash, and when this picture wants to be looked at again.
    private TimeSpan Follow(ViewerPicture picture)
    {
        var wait = Timeout.InfiniteTimeSpan;
        if (!picture.IsOpen) return wait;
        picture.SendCursor(source);
        if (hasPointerMoved && picture.UntilPosition() is var place && place > TimeSpan.Zero) wait = Sooner(wait, place);
        if (picture.HasPending && picture.UntilReady() is { } ready && ready > TimeSpan.Zero) wait = Sooner(wait, ready);
        if (picture.UntilCheck() is not { } left) return wait;
        if (left > TimeSpan.Zero) return Sooner(wait, left);
        picture.SendCheck();
        return wait;
    }

    private static TimeSpan Sooner(TimeSpan a, TimeSpan b)
    {
        if (a == Timeout.InfiniteTimeSpan) return b;
        return b == Timeout.InfiniteTimeSpan || a < b ? a : b;
    }
}
