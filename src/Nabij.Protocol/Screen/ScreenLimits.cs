namespace Nabij.Protocol.Screen;

/// <summary>Limits of docs/protocol/05-screen.md; a promise to the peer, not tuning.</summary>
public static class ScreenLimits
{
    /// <summary>Least width and height of a screen, in pixels.</summary>
    public const int LeastSide = 16;

    /// <summary>Greatest width and height of a screen, in pixels.</summary>
    public const int GreatestSide = 16384;

    /// <summary>Greatest number of pixels of a screen.</summary>
    public const int GreatestArea = 33_554_432;

    /// <summary>Most displays in one layout.</summary>
    public const int MostDisplays = 16;

    /// <summary>Longest name of a display, in bytes of UTF-8.</summary>
    public const int DisplayNameBytes = 64;

    /// <summary>Greatest width and height of a pointer's image, in pixels.</summary>
    public const int GreatestCursorSide = 256;

    /// <summary>Width and height of a block, in pixels.</summary>
    public const int BlockSide = 16;

    /// <summary>Whether a screen may have this size.</summary>
    public static bool IsScreenSize(int width, int height) =>
        width is >= LeastSide and <= GreatestSide && height is >= LeastSide and <= GreatestSide
        && (long)width * height <= GreatestArea;
}
