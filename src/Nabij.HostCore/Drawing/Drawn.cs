using System.Collections.Immutable;
using Nabij.Protocol.Drawing;

namespace Nabij.HostCore.Drawing;

/// <summary>All that one technician shows on the customer's screen now (docs/protocol/11). Immutable.</summary>
/// <param name="Color">Which of the colors is this technician's, from 0.</param>
/// <param name="Spot">Where the ring is that follows the technician's pointer; null: there is none.</param>
/// <param name="Marks">The oldest first.</param>
public sealed record Drawn(int Color, DrawingPoint? Spot, ImmutableArray<Mark> Marks);
