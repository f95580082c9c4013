using Nabij.HostCore.Picture;

namespace Nabij.HostApp.Flow;

/// <summary>Which displays are shared, as the bar shows it.</summary>
/// <param name="Shared">The shared displays that are there now, in pixels of the desktop.</param>
/// <param name="MayChoose">Whether there is anything to choose from.</param>
internal sealed record Sharing(IReadOnlyList<PixelArea> Shared, bool MayChoose)
{
    /// <summary>True when no display that the customer chose is there any more.</summary>
    public bool IsGone => Shared.Count == 0;
}
