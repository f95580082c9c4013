namespace Nabij.HostCore.Session;

/// <summary>Which part of the picture a screen message is, as far as the queues must know to drop and end updates cleanly.</summary>
/// <param name="Layout">The layout that it belongs to.</param>
/// <param name="Update">The update of which it is a piece; 0 for LAYOUT and CHECK.</param>
/// <param name="EndsUpdate">True for the last piece of an update.</param>
internal readonly record struct ScreenPart(uint Layout, uint Update, bool EndsUpdate)
{
    public bool IsUpdate => Update != 0;
}
