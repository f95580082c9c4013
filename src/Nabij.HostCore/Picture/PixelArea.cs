namespace Nabij.HostCore.Picture;

/// <summary>A rectangle of pixels; a width or height of zero is empty.</summary>
public readonly record struct PixelArea(int X, int Y, int Width, int Height)
{
    /// <summary>The first column to the right of it.</summary>
    public int Right => X + Width;

    /// <summary>The first row below it.</summary>
    public int Bottom => Y + Height;

    /// <summary>How many pixels it holds.</summary>
    public long Size => (long)Width * Height;

    public bool IsEmpty => Width <= 0 || Height <= 0;

    public bool Contains(int x, int y) => x >= X && x < Right && y >= Y && y < Bottom;

    /// <summary>What both have in common; empty when nothing.</summary>
    public PixelArea Intersect(PixelArea other)
    {
        var (left, top) = (Math.Max(X, other.X), Math.Max(Y, other.Y));
        var (right, bottom) = (Math.Min(Right, other.Right), Math.Min(Bottom, other.Bottom));
        return right <= left || bottom <= top ? default : new PixelArea(left, top, right - left, bottom - top);
    }

    /// <summary>The smallest rectangle around both.</summary>
    public PixelArea Around(PixelArea other)
    {
        var (left, top) = (Math.Min(X, other.X), Math.Min(Y, other.Y));
        return new PixelArea(left, top, Math.Max(Right, other.Right) - left, Math.Max(Bottom, other.Bottom) - top);
    }
}
