namespace Nabij.HostCore.Picture;

/// <summary>
/// What happens each time the picture thread wakes: one capture for all pictures that can take newer pixels, then what
/// follows an update, then whatever was approximated is made exact. While no picture can take anything, nothing is
/// captured at all. It has no thread and no timer of its own; one caller at a time, but for <see cref="Add"/> and
/// <see cref="Remove"/>.
/// </summary>
internal sealed class PictureSchedule(IScreenSource source)
{
    private readonly Lock gate = new();
    private BlockMap damaged = new(source.Layout.Width, source.Layout.Height);
    private volatile ViewerPicture[] pictures = [];
    private bool hasDamage, hasPointerMoved;

    public void Add(ViewerPicture picture)
    {
        lock (gate) pictures = [.. pictures, picture];
    }

    public void Remove(ViewerPicture picture)
    {
        lock (gate) pictures = [.. pictures.Where(other => other != picture)];
    }

    /// <summary>Does what is due; returns the time until something will be, if nothing happens before, or infinite.</summary>
    public TimeSpan Run(ScreenChanges changes)
    {
        React(changes);
        var open = pictures;
        SendNewest(open);
        var wait = Timeout.InfiniteTimeSpan;
        foreach (var picture in open) wait = Sooner(wait, Follow(picture));
        hasPointerMoved = false;
        return wait;
    }

    private void React(ScreenChanges changes)
    {
        if ((changes & ScreenChanges.Damage) != 0) hasDamage = true;
        if ((changes & (ScreenChanges.PointerPosition | ScreenChanges.Damage | ScreenChanges.CursorShape)) != 0) hasPointerMoved = true;
        if ((changes & ScreenChanges.Layout) == 0) return;
        damaged = new BlockMap(source.Layout.Width, source.Layout.Height);
        foreach (var picture in pictures) picture.ScreenReplaced();
    }

    private void SendNewest(ViewerPicture[] open)
    {
        var isCaptured = false;
        foreach (var picture in open)
        {
            if (picture.UntilReady(hasDamage || isCaptured) != TimeSpan.Zero) continue;
            if (!isCaptured && !(isCaptured = Capture(open))) return;
            picture.Send(source);
        }
    }

    private bool Capture(ViewerPicture[] open)
    {
        damaged.Clear();
        if (!source.Capture(damaged)) return false;
        hasDamage = false;
        foreach (var picture in open) picture.Captured(damaged);
        return true;
    }

    // Cursor, refinement and hash, and when this picture wants to be looked at again.
    private TimeSpan Follow(ViewerPicture picture)
    {
        var wait = Timeout.InfiniteTimeSpan;
        if (!picture.IsOpen) return wait;
        picture.SendCursor(source);
        if ((hasPointerMoved || picture.HasWaitingCursor) && picture.UntilPosition() is var place && place > TimeSpan.Zero) wait = Sooner(wait, place);
        if (picture.UntilReady(hasDamage) is { } ready && ready > TimeSpan.Zero) wait = Sooner(wait, ready);
        if (!hasDamage && picture.UntilRefinement() == TimeSpan.Zero) picture.Refine();
        if (!hasDamage && picture.UntilRefinement() is { } refinement) wait = Sooner(wait, refinement);
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
