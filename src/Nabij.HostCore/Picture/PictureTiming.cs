namespace Nabij.HostCore.Picture;

/// <summary>Times of the picture that docs/protocol/05 promises, and of the pointer, which are tuning.</summary>
internal static class PictureTiming
{
    /// <summary>Never more than one update in this time, and one more that answers the viewer's input.</summary>
    public static readonly TimeSpan LeastBetweenUpdates = TimeSpan.FromMilliseconds(8);

    /// <summary>So long after the last update its hash is sent.</summary>
    public static readonly TimeSpan CheckAfter = TimeSpan.FromMilliseconds(200);

    /// <summary>While updates go on, so often a hash is sent.</summary>
    public static readonly TimeSpan CheckEvery = TimeSpan.FromSeconds(1);

    /// <summary>After little, such as a caret that blinks, so long at most: a hash costs as much as the update.</summary>
    public static readonly TimeSpan CheckAtLeast = TimeSpan.FromSeconds(5);

    /// <summary>A wrong picture is repaired at most this often.</summary>
    public static readonly TimeSpan LeastBetweenRepairs = TimeSpan.FromSeconds(1);

    /// <summary>The pointer's place is told at most this often.</summary>
    public static readonly TimeSpan LeastBetweenPositions = TimeSpan.FromMilliseconds(16);
}
