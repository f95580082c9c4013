using System.Diagnostics.CodeAnalysis;

namespace Nabij.Protocol.Drawing;

/// <summary>What a mark looks like (docs/protocol/11-drawing.md, BEGIN).</summary>
[SuppressMessage("Design", "CA1008", Justification = "Zero is no shape.")]
public enum MarkShape : byte
{
    /// <summary>A line through all its points.</summary>
    Line = 1,

    /// <summary>From the first point to its head at the last.</summary>
    Arrow = 2,

    /// <summary>The first and the last point are opposite corners.</summary>
    Rectangle = 3,

    /// <summary>The first and the last point are opposite corners of the box around it.</summary>
    Ellipse = 4,
}
