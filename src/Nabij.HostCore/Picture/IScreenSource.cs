namespace Nabij.HostCore.Picture;

/// <summary>
/// The customer's screen: real, or synthetic for tests. Pixels of displays that are not shared are never read. All members belong to one thread, the picture thread, except
/// <see cref="Wake"/>. A source reports damage and never polls: while nothing changes, <see cref="Wait"/> sleeps in
/// the operating system.
/// </summary>
public interface IScreenSource : IDisposable
{
    /// <summary>What is shared, as of the last <see cref="Share"/> or the last <see cref="Wait"/> that reported a change of layout.</summary>
    ScreenLayout Layout { get; }

    /// <summary>All displays of the computer, shared or not; a new list whenever a <see cref="Wait"/> reports a change of displays.</summary>
    IReadOnlyList<DesktopDisplay> Displays { get; }

    /// <summary>The pixels as captured last; borrowed, see <see cref="PixelView"/>.</summary>
    PixelView Pixels { get; }

    /// <summary>The pointer's image, or null when there is none to show.</summary>
    CursorImage? Cursor { get; }

    /// <summary>Where the pointer is, in pixels of the screen; null while it is on no shared display.</summary>
    (int X, int Y)? PointerPosition { get; }

    /// <summary>The window in front, as of the last <see cref="Wait"/>; null where there is none, or none is known.</summary>
    ActiveWindow? ActiveWindow => null;

    /// <summary>From here on these displays are captured and no others; <see cref="Layout"/> says what that comes to.</summary>
    void Share(DisplayChoice choice);

    /// <summary>
    /// Blocks until something changed or <see cref="Wake"/> was called, then says what. Damage is reported once until
    /// it is captured. Throws <see cref="ScreenLostException"/> when there is no screen any more.
    /// </summary>
    ScreenChanges Wait();

    /// <summary>Makes the current or the next <see cref="Wait"/> return. Any thread.</summary>
    void Wake();

    /// <summary>Brings <see cref="Pixels"/> up to date and marks the blocks that may differ; false when the size changed meanwhile.</summary>
    bool Capture(BlockMap damaged);
}
