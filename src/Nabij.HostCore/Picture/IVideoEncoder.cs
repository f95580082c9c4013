using System.Buffers;

namespace Nabij.HostCore.Picture;

/// <summary>
/// Codes the difference between the picture that one viewer has (when all that was sent has arrived) and the newest
/// capture. It owns that picture; the caller owns the capture and the map. One encoder serves one viewer, on the
/// picture thread. Times are those of the host's steady clock.
/// </summary>
public interface IVideoEncoder : IDisposable
{
    /// <summary>The codec's number in docs/protocol/05, UPDATE.</summary>
    byte Codec { get; }

    /// <summary>The viewer's picture starts anew: black, of this size.</summary>
    void Reset(int width, int height);

    /// <summary>
    /// Starts an update: decides how each marked block will be coded, unmarks the blocks that the viewer has already,
    /// and returns how many really differ.
    /// </summary>
    int Begin(PixelView newest, BlockMap changed, TimeSpan now);

    /// <summary>About how many bytes the update just begun takes at this quality, learned from earlier updates.</summary>
    int EstimateBytes(PictureQuality quality);

    /// <summary>
    /// Codes the next piece of the update into <paramref name="content"/> and unmarks what it covered: the blocks around
    /// the focus first, then strips from the top. False when nothing marked is left. The caller may stop between pieces:
    /// what stays marked is coded by a later update.
    /// </summary>
    bool EncodePiece(PixelView newest, BlockMap changed, in PieceGoals goals, IBufferWriter<byte> content);

    /// <summary>Writes a piece that changes nothing, for a screen that is as black as the viewer's picture.</summary>
    void EncodeNothing(IBufferWriter<byte> content);

    /// <summary>
    /// How long until a block that is only approximated on the viewer has been still for 150 ms and may be made exact:
    /// zero for now, null when everything the viewer has is exact.
    /// </summary>
    TimeSpan? UntilRefinement(TimeSpan now);

    /// <summary>
    /// Codes one piece that makes due blocks exact, nearest to the focus first, in about
    /// <paramref name="budgetBytes"/> at most, and none that <paramref name="pending"/> marks. False when nothing was due.
    /// Each such piece is an update of its own.
    /// </summary>
    bool EncodeRefinement(TimeSpan now, BlockMap pending, (int X, int Y)? focus, int budgetBytes, IBufferWriter<byte> content);

    /// <summary>Hash of the viewer's picture after the given update (docs/protocol/05, CHECK).</summary>
    ulong Hash(uint update);
}
