using Nabij.Protocol.Screen.Px;

namespace Nabij.Bench.Codec;

/// <summary>Codec 2 of docs/protocol/05: PX.</summary>
internal sealed class PxPieceDecoder : ReplayDecoder
{
    private readonly PxDecoder decoder = new();

    public override void Reset(int width, int height) => decoder.Reset(width, height);

    public override void Decode(ReadOnlySpan<byte> content, uint update, bool isLast) => decoder.Decode(content, isLast);

    public override ReadOnlySpan<uint> Row(int y) => decoder.Picture.Row(y);

    public override ulong Hash(uint update) => decoder.Picture.Hash(update);

    public override void CountModes(IDictionary<string, long> counts)
    {
        var (piece, columns) = (decoder.LastPiece, decoder.Picture.Columns);
        foreach (var mode in piece.Modes.AsSpan(piece.FirstRow * columns, piece.RowCount * columns))
        {
            if (mode == BlockMode.Same) continue;
            var name = NameOf(mode);
            counts[name] = (counts.TryGetValue(name, out var count) ? count : 0) + 1;
        }
    }

    private static string NameOf(BlockMode mode) => mode switch
    {
        >= BlockMode.Copy and < BlockMode.Ring => "copy",
        BlockMode.Ring => "ring",
        BlockMode.Still => "still",
        BlockMode.Intra => "intra",
        BlockMode.Transform => "transform",
        >= BlockMode.Moved and < BlockMode.Photo => "moved",
        BlockMode.Photo => "photo",
        BlockMode.Motion => "motion",
        _ => "fine transform",
    };
}
