namespace Nabij.Protocol.Screen.Px;

/// <summary>From a place in the new picture to its source in the previous one, in pixels.</summary>
public readonly record struct MotionVector(int X, int Y);
