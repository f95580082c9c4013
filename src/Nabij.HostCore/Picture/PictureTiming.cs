namespace Nabij.HostCore.Picture;

/// <summary>Times of the picture: the first three are promises of docs/protocol/05, the last is tuning.</summary>
internal static class PictureTiming
{
    /// <summary>Never more than one update in this time.</summary>
    public static readonly TimeSpan LeastBetweenUpdates = TimeSpan.FromMilliseconds(8);

    /// <summary>So long after the last update its hash is sent.</summary>
    public static readonly TimeSpan CheckAfter = TimeSpan.FromMilliseconds(200);

    /// <summary>A wrong picture is repaired at most this often.</summary>
    public static readonly TimeSpan LeastBetweenRepairs = TimeSpan.FromSeconds(1);

    /// <summary>The pointer's place is told at most this often.</summary>
    public static readonly TimeSpan LeastBetweenPositions = TimeSpan.FromMilliseconds(16);
}
