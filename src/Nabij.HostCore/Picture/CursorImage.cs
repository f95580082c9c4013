namespace Nabij.HostCore.Picture;

/// <summary>
/// The pointer's image: width x height words of alpha, red, green, blue (alpha highest, not premultiplied), and the
/// hotspot inside it. At most 256x256 (docs/protocol/05, SHAPE).
/// </summary>
public sealed record CursorImage(int Width, int Height, int HotspotX, int HotspotY, ReadOnlyMemory<uint> Pixels);
