namespace Nabij.Protocol.Screen.Px;

/// <summary>A rectangle of pixels, right and lower edge excluded.</summary>
internal readonly record struct PixelArea(int Left, int Top, int Right, int Bottom);
