using System.Buffers;
using BenchmarkDotNet.Attributes;
using Nabij.HostCore.Picture;
using Nabij.HostCore.Picture.Px;

namespace Nabij.Bench.Kernels;

/// <summary>What the encoder does before it codes, on whole frames of 1920x1080.</summary>
public class DecideKernels : IDisposable
{
    private readonly PxEncoder encoder = new();
    private readonly BlockMap changed = new(MadePicture.Width, MadePicture.Height);
    private readonly ArrayBufferWriter<byte> content = new(32 * 1024 * 1024);
    private uint[] page = [], scrolled = [], photo = [];

    [GlobalSetup]
    public void SetUp()
    {
        page = MadePicture.Text(seed: 5);
        scrolled = MadePicture.Scroll(page, MadePicture.Text(seed: 6), rows: 57);
        photo = MadePicture.Photo(seed: 7);
        encoder.Reset(MadePicture.Width, MadePicture.Height);
        Begin(page);
        while (encoder.EncodePiece(View(page), changed, new PieceGoals(PictureQuality.Fine, null), content)) content.ResetWrittenCount();
    }

    /// <summary>Every block is looked at and none differs.</summary>
    [Benchmark(Description = "diff of a whole frame that did not change")]
    public int Diff() => Begin(page);

    /// <summary>Diff, move detection and decision for each block.</summary>
    [Benchmark(Description = "decide a scrolled page of text")]
    public int Scrolled() => Begin(scrolled);

    /// <summary>The same where no move is to be found.</summary>
    [Benchmark(Description = "decide a page replaced by a photo")]
    public int Replaced() => Begin(photo);

    [GlobalCleanup]
    public void Dispose()
    {
        encoder.Dispose();
        GC.SuppressFinalize(this);
    }

    private int Begin(uint[] picture)
    {
        changed.MarkAll();
        return encoder.Begin(View(picture), changed, TimeSpan.Zero);
    }

    private static PixelView View(uint[] pixels) => new(pixels, MadePicture.Width, MadePicture.Height, MadePicture.Width);
}
