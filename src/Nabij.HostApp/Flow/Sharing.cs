using Nabij.HostCore.Picture;

namespace Nabij.HostApp.Flow;

/// <summary>Which displays are shared, as the bar shows it.</summary>
/// <param name="Shared">The shared displays that are there now, in pixels of the desktop.</param>
/// <param name="MayChoose">Whether there is anything to choose from.</param>
internal sealed record Sharing(IReadOnlyList<PixelArea> Shared, bool MayChoose)
{
    /// <summary>True when a display that the customer chose is there, but has become larger than what can be shown.</summary>
    public bool IsTooLarge { get; init; }

    /// <summary>Why nothing of what the customer chose is shared; null when some of it is.</summary>
    public DisplayReason? Lost => Shared.Count > 0 ? null : IsTooLarge ? DisplayReason.TooLarge : DisplayReason.Gone;
}
