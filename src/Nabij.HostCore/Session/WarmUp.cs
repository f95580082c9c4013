using System.Buffers;
using Nabij.HostCore.Picture;
using Nabij.HostCore.Picture.Px;
using Nabij.Protocol.Session;

namespace Nabij.HostCore.Session;

/// <summary>
/// Runs what the first second of a session runs once before, on made-up keys and a made-up screen, while the customer
/// still reads out the code: so that neither the handshake nor the first picture waits for the compiler. Takes about a
/// quarter of a second of one core, on a thread of its own, once in the life of the program; nothing of it is kept.
/// </summary>
internal static class WarmUp
{
    private const int Width = 320, Height = 192, Frames = 40, FirstFilmFrame = 12;
    private static readonly TimeSpan FrameTime = TimeSpan.FromMilliseconds(33);

    private static int hasBegun;

    /// <summary>Begins in the background; later calls do nothing.</summary>
    public static void Begin()
    {
        if (Interlocked.Exchange(ref hasBegun, 1) != 0) return;
        new Thread(Run) { IsBackground = true, Priority = ThreadPriority.BelowNormal, Name = "warm-up" }.Start();
    }

    internal static void Run()
    {
        HandshakeWarmUp.Run();
        RehearsePicture();
    }

    private static void RehearsePicture()
    {
        using var encoder = new PxEncoder();
        var output = new ArrayBufferWriter<byte>(64 * 1024);
        var pixels = new uint[Width * Height];
        var changed = new BlockMap(Width, Height);
        var now = TimeSpan.FromSeconds(1);
        encoder.Reset(Width, Height);
        for (var frame = 0; frame < Frames; frame++, now += FrameTime)
        {
            Draw(pixels, frame);
            changed.MarkAll();
            var view = new PixelView(pixels, Width, Height, Width);
            encoder.Begin(view, changed, now);
            var quality = frame < Frames / 2 ? PictureQuality.Fine : PictureQuality.Rough;
            while (encoder.EncodePiece(view, changed, new PieceGoals(quality, null), output)) output.ResetWrittenCount();
        }

        now += TimeSpan.FromSeconds(1);
        while (encoder.EncodeRefinement(now, changed, null, 4096, output)) output.ResetWrittenCount();
        encoder.Hash(1);
    }

    // Left: lines of signs that scroll; right: a soft film; below: still.
    private static void Draw(uint[] pixels, int frame)
    {
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                var (line, letter) = ((y + 3 * frame) / 12, x / 7);
                var sign = (uint)(line * 131 + letter * 31) * 2654435761u >> 28;
                var ink = (sign >> (x % 7 / 2) & 1) != 0 && (y + 3 * frame) % 12 < 9 ? 0x202020u : 0xF8F8F8u;
                var turn = frame > FirstFilmFrame ? frame : 0;
                var soft = (uint)(x * 3 + y * 2 + turn * 5 & 255) << 16 | (uint)(y * 2 + turn & 255) << 8 | (uint)(x + y + (x * 7 + y * 13 + turn) % 5 & 255);
                pixels[y * Width + x] = x < Width / 2 ? ink : soft;
            }
        }
    }
}
