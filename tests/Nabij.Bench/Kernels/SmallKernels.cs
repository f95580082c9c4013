using System.Buffers;
using BenchmarkDotNet.Attributes;
using Nabij.HostCore.Picture;
using Nabij.HostCore.Picture.Px;
using Nabij.Protocol.Screen.Px;

namespace Nabij.Bench.Kernels;

/// <summary>The smallest steps: one typed glyph, one block of the transform, one row of colors.</summary>
public class SmallKernels : IDisposable
{
    private const int Step = 16, Bias = 85;

    private readonly PxEncoder encoder = new();
    private readonly BlockMap changed = new(MadePicture.Width, MadePicture.Height);
    private readonly ArrayBufferWriter<byte> content = new(32 * 1024 * 1024);
    private readonly int[] differences = new int[BlockTransform.Size], work = new int[BlockTransform.Size], levels = new int[BlockTransform.Size];
    private readonly int[] light = new int[16], blueness = new int[16], redness = new int[16];
    private readonly uint[] row = new uint[16], gray = new uint[16], joined = new uint[16];
    private uint[] without = [], with = [];
    private bool isWritten;
    private int count;

    [GlobalSetup]
    public void SetUp()
    {
        without = MadePicture.Text(seed: 5);
        with = MadePicture.Type(without, 905, 507);
        encoder.Reset(MadePicture.Width, MadePicture.Height);
        changed.MarkAll();
        Send(without);
        var photo = MadePicture.Photo(seed: 7);
        for (var i = 0; i < differences.Length; i++)
            differences[i] = (int)(photo[i / BlockTransform.Side * MadePicture.Width + i % BlockTransform.Side] >> 8 & 0xFF) - 128;
        photo.AsSpan(0, row.Length).CopyTo(row);
        Array.Fill(gray, 0x808080u);
        differences.CopyTo(work, 0);
        BlockTransform.Forward(work, Step, Bias, levels);
        count = Array.FindLastIndex(levels, level => level != 0) + 1;
        ColorTransform.Split(row, gray, light, blueness, redness);
    }

    /// <summary>All that a key press takes once its pixels are captured: diff, decision, coding.</summary>
    [Benchmark(Description = "one typed glyph, from damage to bytes")]
    public int Glyph()
    {
        isWritten = !isWritten;
        changed.MarkRectangle(905, 507, 16, 16);
        return Send(isWritten ? with : without);
    }

    [Benchmark(Description = "transform and quantize 8x8")]
    public bool Forward()
    {
        differences.CopyTo(work, 0);
        return BlockTransform.Forward(work, Step, Bias, levels);
    }

    [Benchmark(Description = "transform 8x8 back")]
    public int Inverse()
    {
        BlockTransform.Inverse(levels, count, Step, work);
        return work[0];
    }

    [Benchmark(Description = "colors of 16 pixels apart")]
    public int Split()
    {
        ColorTransform.Split(row, gray, light, blueness, redness);
        return light[0];
    }

    [Benchmark(Description = "colors of 16 pixels together")]
    public uint Join()
    {
        ColorTransform.Join(gray, light, blueness, redness, joined);
        return joined[0];
    }

    [GlobalCleanup]
    public void Dispose()
    {
        encoder.Dispose();
        GC.SuppressFinalize(this);
    }

    private int Send(uint[] pixels)
    {
        var view = new PixelView(pixels, MadePicture.Width, MadePicture.Height, MadePicture.Width);
        var bytes = 0;
        encoder.Begin(view, changed, TimeSpan.Zero);
        content.ResetWrittenCount();
        while (encoder.EncodePiece(view, changed, new PieceGoals(PictureQuality.Fine, null), content)) bytes = content.WrittenCount;
        changed.Clear();
        return bytes;
    }
}
