using Nabij.Protocol.Screen;

namespace Nabij.Bench.Codec;

/// <summary>Codec 1 of docs/protocol/05: deflated blocks.</summary>
internal sealed class DeflatedBlockDecoder : ReplayDecoder
{
    private uint[] picture = [];
    private int width, height;

    public override void Reset(int width, int height)
    {
        (this.width, this.height) = (width, height);
        picture = new uint[width * height];
    }

    public override void Decode(ReadOnlySpan<byte> content, uint update, bool isLast)
    {
        foreach (var block in BlockPiece.Decode(content, width, height).Blocks)
        {
            var bytes = block.Pixels.Span;
            var (x, y) = (block.Column * ScreenLimits.BlockSide, block.Row * ScreenLimits.BlockSide);
            for (var i = 0; i < block.Width * block.Height; i++)
            {
                var at = (y + i / block.Width) * width + x + i % block.Width;
                picture[at] = bytes[i * 3] | (uint)bytes[i * 3 + 1] << 8 | (uint)bytes[i * 3 + 2] << 16;
            }
        }
    }

    public override ReadOnlySpan<uint> Row(int y) => picture.AsSpan(y * width, width);

    public override ulong Hash(uint update) => PictureHash.Compute(picture, width, height, width, update);
}
