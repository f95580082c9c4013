namespace Nabij.Protocol.Screen.Px;

/// <summary>
/// What one piece says about its blocks: written by an encoder before coding, filled by a decoder while it reads. One
/// instance serves all pieces of a session. Arrays are indexed by block, in reading order over the whole picture.
/// </summary>
public sealed class PieceContent
{
    /// <summary>First row of blocks.</summary>
    public int FirstRow { get; set; }

    /// <summary>Rows of blocks, at least 1.</summary>
    public int RowCount { get; set; }

    /// <summary>Step of quantization, 1 to 63.</summary>
    public int Step { get; set; }

    /// <summary>How many of <see cref="Vectors"/> hold, 0 to 4.</summary>
    public int VectorCount { get; set; }

    /// <summary>Vectors of <see cref="BlockMode.Copy"/> and <see cref="BlockMode.Moved"/>.</summary>
    public MotionVector[] Vectors { get; } = new MotionVector[4];

    /// <summary>Modes of the blocks; those outside the piece's rows mean nothing.</summary>
    public BlockMode[] Modes { get; private set; } = [];

    /// <summary>For <see cref="BlockMode.Ring"/>: the number in the ring.</summary>
    public ushort[] References { get; private set; } = [];

    /// <summary>For <see cref="BlockMode.Motion"/>: the block's own vector.</summary>
    public MotionVector[] Motions { get; private set; } = [];

    /// <summary>For <see cref="BlockMode.Motion"/>, to be written: the prediction is good enough, nothing is added to it.</summary>
    public bool[] Quiet { get; private set; } = [];

    /// <summary>Room for <see cref="BlockGroups"/>.</summary>
    internal bool[] Taken { get; private set; } = [];

    /// <summary>For <see cref="BlockMode.Motion"/>: whether the block differs from its source.</summary>
    internal bool[] Differs { get; private set; } = [];

    /// <summary>Makes room for a picture of so many blocks; all modes are <see cref="BlockMode.Same"/>.</summary>
    public void Reset(int blocks)
    {
        if (Modes.Length == blocks)
        {
            Modes.AsSpan().Clear();
            return;
        }

        Modes = new BlockMode[blocks];
        References = new ushort[blocks];
        Motions = new MotionVector[blocks];
        Taken = new bool[blocks];
        Quiet = new bool[blocks];
        Differs = new bool[blocks];
    }
}
