using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Screen.Px;

/// <summary>Reads codec 2 of docs/protocol/05-screen.md ("PX"): the picture as the viewer has it. Not thread-safe.</summary>
public sealed class PxDecoder
{
    private readonly PieceContent content = new();

    /// <summary>The picture as far as it was read.</summary>
    public PxPicture Picture { get; } = new();

    /// <summary>Modes of the last piece's blocks and its other particulars.</summary>
    public PieceContent LastPiece => content;

    /// <summary>Starts anew: black, of this size.</summary>
    public void Reset(int width, int height)
    {
        Picture.Reset(width, height);
        content.Reset(Picture.Columns * Picture.Rows);
    }

    /// <summary>
    /// Takes in one piece of an update, which is whole with its last piece. After an error the picture is undefined: start
    /// anew.
    /// </summary>
    /// <exception cref="WireFormatException">Any rule of the chapter is broken.</exception>
    public void Decode(ReadOnlySpan<byte> bytes, bool isLast)
    {
        var coder = new RangeDecoder(bytes);
        PieceCoder.Code(ref coder, Picture, content, default);
        coder.RequireEnd();
        if (isLast) Picture.EndUpdate();
    }
}
