namespace Nabij.HostCore.Picture;

/// <summary>
/// Which quality the next update has (picture.md B6): as coarse as it takes to keep an update below 100 ms of the line,
/// and one step finer after each 500 ms in which the line held nothing back. Picture thread.
/// </summary>
internal sealed class QualityLadder(FlowWindow window)
{
    private static readonly TimeSpan LongestUpdate = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan ClimbAfter = TimeSpan.FromMilliseconds(500);

    private TimeSpan changedAt;

    public PictureQuality Quality { get; private set; }

    /// <summary>Chooses for the update that the encoder has just begun.</summary>
    public PictureQuality Choose(IVideoEncoder encoder, TimeSpan now)
    {
        var quality = Quality;
        if (quality > PictureQuality.Fine && now - changedAt >= ClimbAfter && now - window.LimitedAt >= ClimbAfter) quality--;
        while (quality < PictureQuality.Least && window.LineTime(encoder.EstimateBytes(quality)) > LongestUpdate) quality++;
        if (quality != Quality) (Quality, changedAt) = (quality, now);
        return quality;
    }
}
