using Nabij.HostCore.Picture;

namespace Nabij.HostCore.Tests.Picture;

/// <summary>A screen during each capture of which something else happens.</summary>
internal sealed class InterruptedScreen(SyntheticScreen screen, Action interruption) : IScreenSource
{
    public ScreenLayout Layout => screen.Layout;

    public IReadOnlyList<DesktopDisplay> Displays => screen.Displays;

    public void Share(DisplayChoice choice) => screen.Share(choice);

    public PixelView Pixels => screen.Pixels;

    public CursorImage? Cursor => screen.Cursor;

    public (int X, int Y)? PointerPosition => screen.PointerPosition;

    public ScreenChanges Wait() => screen.Wait();

    public void Wake() => screen.Wake();

    public bool Capture(BlockMap damaged)
    {
        var isCaptured = screen.Capture(damaged);
        interruption();
        return isCaptured;
    }

    public void Dispose() => screen.Dispose();
}
