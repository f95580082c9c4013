using System.Collections.Immutable;
using Nabij.Protocol.Drawing;

namespace Nabij.HostCore.Drawing;

/// <summary>One mark as it is shown now. Immutable: a mark that grows or grows thinner is another value with the same number.</summary>
/// <param name="Number">Which mark of its technician, rising.</param>
/// <param name="Shape">What it looks like.</param>
/// <param name="Points">In pixels of the shared screen, 1 or more.</param>
/// <param name="Strength">From <see cref="FullStrength"/> down to 1: a mark that goes grows thinner.</param>
public sealed record Mark(long Number, MarkShape Shape, ImmutableArray<DrawingPoint> Points, int Strength)
{
    public const int FullStrength = 3;
}
