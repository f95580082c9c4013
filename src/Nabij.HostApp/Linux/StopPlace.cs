namespace Nabij.HostApp.Linux;

/// <summary>Where the bar's Stop stands: the X window of the bar, and the place in it in device pixels.</summary>
internal sealed record StopPlace(nint Window, int X, int Y, int Width, int Height)
{
    public bool Holds(int x, int y) => x >= X && y >= Y && x < X + Width && y < Y + Height;
}
