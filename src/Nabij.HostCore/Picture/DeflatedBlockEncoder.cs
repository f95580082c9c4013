using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Nabij.Protocol.Screen;

namespace Nabij.HostCore.Picture;

/// <summary>
/// Codec 1 of docs/protocol/05: the exact pixels of changed 16x16 blocks, deflated, in pieces of a few block rows so
/// that the first piece of a large update travels while the rest is coded. There is one quality, exact: nothing is ever
/// refined, and a focus changes nothing.
/// </summary>
public sealed class DeflatedBlockEncoder : IVideoEncoder
{
    /// <summary>Tuning: block rows of one piece (64 pixels high).</summary>
    private const int RowsPerPiece = 4;
    private const int BytesPerPixel = 3;

    /// <summary>Tuning: what a block is taken to cost before any was coded.</summary>
    private const int FirstBytesPerBlock = 100;

    private readonly ArrayBufferWriter<byte> raw = new();
    private uint[] picture = [];
    private int width;
    private int nextRow, differing, bytesPerBlock;

    public byte Codec => Update.DeflatedBlocksCodec;

    public void Reset(int width, int height)
    {
        this.width = width;
        (nextRow, bytesPerBlock) = (0, FirstBytesPerBlock);
        if (picture.Length == width * height) picture.AsSpan().Clear();
        else picture = new uint[width * height];
    }

    public int Begin(PixelView newest, BlockMap changed, TimeSpan now) => differing = BlockDiff.Narrow(newest, picture, changed);

    public int EstimateBytes(PictureQuality quality) => differing * bytesPerBlock;

    public bool EncodePiece(PixelView newest, BlockMap changed, in PieceGoals goals, IBufferWriter<byte> content)
    {
        if (FindRow(changed) is not { } first) return false;
        var count = RowsWithWork(changed, first);
        WriteHead(changed, first, count);
        var blocks = 0;
        for (var row = first; row < first + count; row++)
        {
            blocks += changed.Row(row).Count(true);
            AppendRow(newest, changed, row);
            changed.ClearRow(row);
        }
        nextRow = first + count;
        Learn(Deflate(content), blocks);
        return true;
    }

    public void EncodeNothing(IBufferWriter<byte> content)
    {
        WriteHead(new BlockMap(width, BlockMap.BlockSize), 0, 1);
        Deflate(content);
    }

    public TimeSpan? UntilRefinement(TimeSpan now) => null;

    public bool EncodeRefinement(TimeSpan now, BlockMap pending, (int X, int Y)? focus, int budgetBytes, IBufferWriter<byte> content) => false;

    public ulong Hash(uint update) => PictureHash.Compute(picture, width, picture.Length / Math.Max(1, width), width, update);

    public void Dispose() => picture = [];

    // An update that was cut short goes on where it stopped, so that no part of the screen starves.
    private int? FindRow(BlockMap changed)
    {
        for (var i = 0; i < changed.Rows; i++)
        {
            var row = (nextRow + i) % changed.Rows;
            if (changed.RowHasAny(row)) return row;
        }
        nextRow = 0;
        return null;
    }

    private static int RowsWithWork(BlockMap changed, int first)
    {
        var last = first;
        for (var row = first + 1; row < Math.Min(changed.Rows, first + RowsPerPiece); row++)
            if (changed.RowHasAny(row)) last = row;
        return last - first + 1;
    }

    private void WriteHead(BlockMap changed, int first, int count)
    {
        raw.ResetWrittenCount();
        var mapBytes = (changed.Columns * count + 7) / 8;
        var head = raw.GetSpan(4 + mapBytes)[..(4 + mapBytes)];
        BinaryPrimitives.WriteUInt16BigEndian(head, (ushort)first);
        BinaryPrimitives.WriteUInt16BigEndian(head[2..], (ushort)count);
        var map = head[4..];
        map.Clear();
        var bit = 0;
        for (var row = first; row < first + count; row++)
        {
            foreach (var marked in changed.Row(row))
            {
                if (marked) map[bit >> 3] |= (byte)(0x80 >> (bit & 7));
                bit++;
            }
        }
        raw.Advance(head.Length);
    }

    private void AppendRow(PixelView newest, BlockMap changed, int row)
    {
        var marks = changed.Row(row);
        var top = row * BlockMap.BlockSize;
        var height = Math.Min(BlockMap.BlockSize, newest.Height - top);
        for (var column = 0; column < marks.Length; column++)
        {
            if (!marks[column]) continue;
            var left = column * BlockMap.BlockSize;
            var blockWidth = Math.Min(BlockMap.BlockSize, newest.Width - left);
            for (var y = top; y < top + height; y++)
            {
                var source = newest.Row(y).Slice(left, blockWidth);
                source.CopyTo(picture.AsSpan(y * width + left, blockWidth));
                AppendPixels(source);
            }
        }
    }

    private void AppendPixels(ReadOnlySpan<uint> source)
    {
        const int Slack = 4; // a vector of four pixels is stored whole: sixteen bytes, of which twelve count
        var target = raw.GetSpan(source.Length * BytesPerPixel + Slack);
        var i = 0;
        var pick = Vector128.Create((byte)0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 0xFF, 0xFF, 0xFF, 0xFF);
        for (; i + 4 <= source.Length; i += 4)
        {
            var four = Vector128.Create(MemoryMarshal.AsBytes(source.Slice(i, 4)));
            Vector128.Shuffle(four, pick).CopyTo(target[(i * BytesPerPixel)..]);
        }
        for (; i < source.Length; i++)
        {
            target[i * BytesPerPixel] = (byte)source[i];
            target[i * BytesPerPixel + 1] = (byte)(source[i] >> 8);
            target[i * BytesPerPixel + 2] = (byte)(source[i] >> 16);
        }
        raw.Advance(source.Length * BytesPerPixel);
    }

    private int Deflate(IBufferWriter<byte> content)
    {
        using var sink = new BufferWriterStream(content);
        using (var deflater = new DeflateStream(sink, CompressionLevel.Fastest, leaveOpen: true)) deflater.Write(raw.WrittenSpan);
        return sink.Written;
    }

    // The newest piece counts for a quarter: one photo among text does not make text dear.
    private void Learn(int bytes, int blocks) => bytesPerBlock = Math.Max(1, (bytesPerBlock * 3 + bytes / blocks) / 4);
}
