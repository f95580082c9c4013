using System.Buffers;
using Nabij.HostCore.Picture;
using Nabij.HostCore.Picture.Px;

namespace Nabij.HostCore.Rehearsal;

/// <summary>
/// Plays what the first second of a session runs, before it comes, on made-up keys and a made-up screen, while the customer
/// still reads out the code: so that neither the handshake nor the first picture waits for the compiler. Takes about
/// half a second of one core, on a thread of its own, once in the life of the program; nothing of it is kept.
/// </summary>
internal static class FirstSecond
{
    private const int Width = 320, Height = 192, Frames = 40, FirstFilmFrame = 12;
    private static readonly TimeSpan FrameTime = TimeSpan.FromMilliseconds(33);

    /// <summary>
    /// The runtime counts calls, and compiles well what is called often, only after it has compiled nothing new for 100 ms:
    /// the first pass is for it to compile, the second for it to count.
    /// </summary>
    private static readonly TimeSpan QuietTime = TimeSpan.FromMilliseconds(250);

    private static int hasBegun;

    /// <summary>Begins in the background: rehearses, the first time in the life of the program, and makes ready what the desktop's next session needs.</summary>
    public static void Prepare(HostDesktop desktop) =>
        new Thread(() => Run(desktop)) { IsBackground = true, Priority = ThreadPriority.BelowNormal, Name = "rehearsal" }.Start();

    private static void Run(HostDesktop desktop)
    {
        if (Interlocked.Exchange(ref hasBegun, 1) == 0) Rehearse();
        desktop.PrepareEncoder();
    }

    internal static void Rehearse()
    {
        try
        {
            Play();
            Task.Delay(QuietTime, TimeProvider.System).Wait();
            Play();
        }
        // Whatever fails here fails again in a real session, where it can be told.
#pragma warning disable CA1031
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }

    private static void Play()
    {
        RehearsedSession.RunAsync().GetAwaiter().GetResult();
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
