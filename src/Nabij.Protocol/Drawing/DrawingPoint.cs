namespace Nabij.Protocol.Drawing;

/// <summary>A place that a drawing message names, in pixels of the screen (docs/protocol/05).</summary>
public readonly record struct DrawingPoint(ushort X, ushort Y);
