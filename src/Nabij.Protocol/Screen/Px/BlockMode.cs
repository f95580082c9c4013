using System.Diagnostics.CodeAnalysis;

namespace Nabij.Protocol.Screen.Px;

/// <summary>How a block of 16x16 pixels is coded (docs/protocol/05-screen.md, "Modes").</summary>
[SuppressMessage("Naming", "CA1720", Justification = "The spec's names.")]
public enum BlockMode : byte
{
    /// <summary>As it was.</summary>
    Same = 0,

    /// <summary>As the previous picture at the place that vector 1 points to; the next three are vectors 2 to 4.</summary>
    Copy = 1,

    /// <summary>As a block in the ring.</summary>
    Ring = 5,

    /// <summary>Pixels, predicted by the previous picture at the same place.</summary>
    Still = 6,

    /// <summary>Pixels, without prediction by an earlier picture.</summary>
    Intra = 7,

    /// <summary>Approximated: transform with halved color resolution, predicted by the neighbors.</summary>
    Transform = 8,

    /// <summary>Pixels, predicted by the previous picture where vector 1 points; the next three are vectors 2 to 4.</summary>
    Moved = 9,

    /// <summary>Pixels of a photograph: each as its difference to its neighbors.</summary>
    Photo = 13,

    /// <summary>Approximated: transform of the difference to the previous picture at a vector of the block's own.</summary>
    Motion = 14,

    /// <summary>Approximated: transform with full color resolution, predicted by the neighbors.</summary>
    FineTransform = 15,
}
