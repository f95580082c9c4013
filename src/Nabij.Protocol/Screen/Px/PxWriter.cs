namespace Nabij.Protocol.Screen.Px;

/// <summary>
/// Writes codec 2 of docs/protocol/05-screen.md ("PX"): pieces whose modes somebody has decided. It owns the picture that
/// the viewer has when all pieces have arrived. Not thread-safe.
/// </summary>
public sealed class PxWriter
{
    private byte[] buffer = new byte[64 * 1024];

    /// <summary>The picture as the viewer will have it.</summary>
    public PxPicture Picture { get; } = new();

    /// <summary>
    /// Writes one piece of the current update. <paramref name="actual"/> holds the pixels to be shown, 0x00RRGGBB,
    /// laid out like the picture (<see cref="PxPicture.Stride"/> and margins). The result holds until the next piece.
    /// </summary>
    public ReadOnlyMemory<byte> Write(PieceContent content, ReadOnlySpan<uint> actual)
    {
        var coder = new RangeEncoder(buffer);
        PieceCoder.Code(ref coder, Picture, content, actual);
        var length = coder.Finish();
        buffer = coder.Buffer;
        return buffer.AsMemory(0, length);
    }
}
