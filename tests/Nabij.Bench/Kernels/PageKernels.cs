using BenchmarkDotNet.Attributes;
using Nabij.Protocol.Screen.Px;

namespace Nabij.Bench.Kernels;

/// <summary>Whole pages of 1920x1080 through the coder and the decoder, each from a model that has learned nothing.</summary>
public class PageKernels
{
    private readonly PxWriter writer = new();
    private readonly PxDecoder decoder = new();
    private readonly PieceContent piece = new();
    private uint[] text = [], photo = [];
    private byte[] codedText = [], codedPhoto = [], codedTransform = [];

    [GlobalSetup]
    public void SetUp()
    {
        Reset();
        (text, photo) = (LaidOut(MadePicture.Text(seed: 5)), LaidOut(MadePicture.Photo(seed: 7)));
        codedText = Write(text, BlockMode.Intra).ToArray();
        Reset();
        codedPhoto = Write(photo, BlockMode.Photo).ToArray();
        Reset();
        codedTransform = Write(photo, BlockMode.Transform).ToArray();
    }

    [IterationSetup]
    public void Reset()
    {
        writer.Picture.Reset(MadePicture.Width, MadePicture.Height);
        decoder.Reset(MadePicture.Width, MadePicture.Height);
    }

    [Benchmark(Description = "code a page of text exactly")]
    public int CodeText() => Write(text, BlockMode.Intra).Length;

    [Benchmark(Description = "code a photo exactly")]
    public int CodePhoto() => Write(photo, BlockMode.Photo).Length;

    [Benchmark(Description = "code a photo approximated")]
    public int CodeTransform() => Write(photo, BlockMode.Transform).Length;

    [Benchmark(Description = "decode a page of text")]
    public void DecodeText() => decoder.Decode(codedText, isLast: true);

    [Benchmark(Description = "decode an exact photo")]
    public void DecodePhoto() => decoder.Decode(codedPhoto, isLast: true);

    [Benchmark(Description = "decode an approximated photo")]
    public void DecodeTransform() => decoder.Decode(codedTransform, isLast: true);

    private ReadOnlyMemory<byte> Write(uint[] actual, BlockMode mode)
    {
        const int Step = 16;
        piece.Reset(writer.Picture.Columns * writer.Picture.Rows);
        (piece.FirstRow, piece.RowCount, piece.Step, piece.VectorCount) = (0, writer.Picture.Rows, Step, 0);
        piece.Modes.AsSpan().Fill(mode);
        return writer.Write(piece, actual);
    }

    private uint[] LaidOut(uint[] pixels)
    {
        var laidOut = new uint[writer.Picture.AllPixels.Length];
        for (var y = 0; y < MadePicture.Height; y++)
            pixels.AsSpan(y * MadePicture.Width, MadePicture.Width).CopyTo(laidOut.AsSpan(writer.Picture.At(0, y)));
        return laidOut;
    }
}
