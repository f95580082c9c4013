using System.Diagnostics;
using System.Runtime.InteropServices;
using Nabij.HostCore.Picture;

namespace Nabij.Bench.Clips;

/// <summary>Reads the frames of a lossless video through ffmpeg, as differences to the frame before.</summary>
internal sealed class LosslessVideoReader : IDisposable
{
    private readonly Process ffmpeg;
    private readonly int width, height;
    private readonly uint[] frame, before;
    private bool isFirst = true;

    public LosslessVideoReader(string file, int width, int height)
    {
        (this.width, this.height) = (width, height);
        frame = new uint[width * height];
        before = new uint[width * height];
        ffmpeg = Tool.Start("ffmpeg", ["-v", "error", "-i", file, "-f", "rawvideo", "-pix_fmt", "bgr0", "-"]);
    }

    /// <summary>The rows of blocks of the last frame that differ from the frame before.</summary>
    public IReadOnlyList<Band> Bands { get; private set; } = [];

    /// <summary>The blocks of the last frame that differ, by rows: damage that a recorder may have noticed a tick late.</summary>
    public IReadOnlyList<Rectangle> Differing { get; private set; } = [];

    /// <summary>Reads the next frame; false at the end.</summary>
    public bool TryReadNext()
    {
        var bytes = MemoryMarshal.AsBytes(frame.AsSpan());
        if (ffmpeg.StandardOutput.BaseStream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length) return false;
        List<Band> bands = [];
        List<Rectangle> differing = [];
        for (var top = 0; top < height; top += BlockMap.BlockSize)
        {
            var rows = Math.Min(BlockMap.BlockSize, height - top);
            var now = frame.AsSpan(top * width, rows * width);
            if (!isFirst && now.SequenceEqual(before.AsSpan(top * width, rows * width))) continue;
            bands.Add(new Band(top / BlockMap.BlockSize, now.ToArray()));
            AddDifferingBlocks(differing, top, rows);
        }
        frame.CopyTo(before, 0);
        (isFirst, Bands, Differing) = (false, bands, differing);
        return true;
    }

    public void Dispose()
    {
        if (!ffmpeg.HasExited) ffmpeg.Kill();
        ffmpeg.Dispose();
    }

    private void AddDifferingBlocks(List<Rectangle> differing, int top, int rows)
    {
        var from = -1;
        for (var left = 0; left < width; left += BlockMap.BlockSize)
        {
            var differs = isFirst || BlockDiffers(left, top, rows);
            if (differs && from < 0) from = left;
            if (differs || from < 0) continue;
            differing.Add(new Rectangle(from, top, left - from, rows));
            from = -1;
        }
        if (from >= 0) differing.Add(new Rectangle(from, top, width - from, rows));
    }

    private bool BlockDiffers(int left, int top, int rows)
    {
        var length = Math.Min(BlockMap.BlockSize, width - left);
        for (var y = top; y < top + rows; y++)
            if (!frame.AsSpan(y * width + left, length).SequenceEqual(before.AsSpan(y * width + left, length))) return true;
        return false;
    }
}
