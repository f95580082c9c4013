namespace Nabij.HostCore.Picture;

/// <summary>What the next piece of an update should be like.</summary>
/// <param name="Quality">How exact the first approximation is.</param>
/// <param name="Focus">The pixel whose surroundings go first, because the viewer acts there; null when nobody does.</param>
public readonly record struct PieceGoals(PictureQuality Quality, (int X, int Y)? Focus);
