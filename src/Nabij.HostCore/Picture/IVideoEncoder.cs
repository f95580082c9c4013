using System.Buffers;

namespace Nabij.HostCore.Picture;

/// <summary>
/// Codes the difference between the picture that one viewer has (when all that was sent has arrived) and the newest
/// capture. It owns that picture; the caller owns the capture and the map. One encoder serves one viewer, on the
/// picture thread.
/// </summary>
public interface IVideoEncoder : IDisposable
{
    /// <summary>The codec's number in docs/protocol/05, UPDATE.</summary>
    byte Codec { get; }

    /// <summary>The viewer's picture starts anew: black, of this size.</summary>
    void Reset(int width, int height);

    /// <summary>Starts an update: unmarks the blocks that the viewer has already, and returns how many really differ.</summary>
    int Begin(PixelView newest, BlockMap changed);

    /// <summary>
    /// Codes the next piece of the update into <paramref name="content"/> and unmarks what it covered; false when
    /// nothing marked is left. The caller may stop between pieces: what stays marked is coded by a later update.
    /// </summary>
    bool EncodePiece(PixelView newest, BlockMap changed, IBufferWriter<byte> content);

    /// <summary>Writes a piece that changes nothing, for a screen that is as black as the viewer's picture.</summary>
    void EncodeNothing(IBufferWriter<byte> content);

    /// <summary>Hash of the viewer's picture after the given update (docs/protocol/05, CHECK).</summary>
    ulong Hash(uint update);
}
