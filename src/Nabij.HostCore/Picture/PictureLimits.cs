namespace Nabij.HostCore.Picture;

/// <summary>Sizes of updates and the time of the line that they may take; all tuning (decision 0013).</summary>
internal static class PictureLimits
{
    /// <summary>An update that would take the line longer is cut, where the codec has room to cut.</summary>
    public static readonly TimeSpan LongestUpdate = TimeSpan.FromMilliseconds(100);

    /// <summary>The same while the viewer's input is fresh, so that its answer does not wait long.</summary>
    public static readonly TimeSpan LongestUpdateBesideInput = TimeSpan.FromMilliseconds(50);

    /// <summary>What is made exact at a time; a key pressed then waits about so long at most.</summary>
    public static readonly TimeSpan LongestRefinement = TimeSpan.FromMilliseconds(16);

    public const int LeastUpdateBytes = 4 * 1024;

    public const int MostUpdateBytes = 2 * 1024 * 1024;

    /// <summary>What answers the viewer's input and takes more goes the ordinary way.</summary>
    public const int MostEchoBytes = 16 * 1024;

    /// <summary>Less than this since the last hash is little: the next one may wait.</summary>
    public const int LittleBytes = 1024;

    public const int LeastRefinementBytes = 2 * 1024;

    /// <summary>About what takes a few milliseconds to code.</summary>
    public const int MostRefinementBytes = 64 * 1024;
}
