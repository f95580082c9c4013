using System.Buffers;
using Nabij.HostCore.Picture;
using Nabij.HostCore.Picture.Px;
using Nabij.Protocol.Screen.Px;

namespace Nabij.HostCore.Tests.Picture.Px;

/// <summary>Properties of the encoder of codec 2 on random desktops (picture.md B5, docs/protocol/05, "Codec 2: PX").</summary>
public sealed class PxEncoderTests
{
    private const ulong Seed = 20261122;
    private const int Runs = 40, Frames = 40, Qualities = 4;

    [Fact]
    [Trait("Invariant", "6")]
    public void Viewer_has_the_encoders_picture_after_every_update_and_in_the_end_the_screens()
    {
        for (var run = 0; run < Runs; run++)
        {
            var random = new SeededNumbers(Seed + (ulong)run);
            var isLarge = run % 8 == 7;
            var desktop = new RandomDesktop(16 + random.Below(isLarge ? 700 : 180), 16 + random.Below(isLarge ? 500 : 150), random);
            using var pair = new PxPair();
            pair.Start(desktop);
            try
            {
                for (var frame = 0; frame < (isLarge ? Frames / 2 : Frames); frame++) PlayFrame(pair, desktop, random);
                pair.Settle(desktop);
                pair.AssertExact(desktop);
            }
            catch (Exception failed)
            {
                throw new InvalidOperationException($"run {run} of seed {Seed}, {desktop.Width} x {desktop.Height}", failed);
            }
        }
    }

    [Fact]
    public void What_is_drawn_is_exact_in_the_first_update()
    {
        for (var run = 0; run < Runs; run++)
        {
            var random = new SeededNumbers(Seed + (ulong)run);
            var desktop = new RandomDesktop(16 + random.Below(300), 16 + random.Below(200), random);
            using var pair = new PxPair();
            pair.Start(desktop);
            for (var frame = 0; frame < Frames; frame++)
            {
                pair.Now += TimeSpan.FromMilliseconds(30);
                desktop.Draw(pair.Pending);
                while (!pair.Pending.IsEmpty) pair.Send(desktop, pair.Pending, new PieceGoals(PictureQuality.Fine, null));
                pair.AssertExact(desktop);
            }
        }
    }

    [Fact]
    public void Clock_that_goes_back_does_no_harm()
    {
        var random = new SeededNumbers(Seed);
        var desktop = new RandomDesktop(100, 90, random);
        using var pair = new PxPair();
        pair.Start(desktop);
        for (var frame = 0; frame < Frames; frame++)
        {
            pair.Now += TimeSpan.FromMilliseconds(random.Below(2000) - 1000);
            desktop.Change(pair.Pending);
            pair.Send(desktop, pair.Pending, new PieceGoals(PictureQuality.Coarse, null), 1);
            pair.Refine(null);
        }

        pair.Now += TimeSpan.FromSeconds(100);
        pair.Settle(desktop);
        pair.AssertExact(desktop);
    }

    [Theory]
    [InlineData(16384, 16)]
    [InlineData(16, 16384)]
    public void Longest_screens_are_coded(int width, int height)
    {
        var desktop = new RandomDesktop(width, height, new SeededNumbers(Seed));
        using var pair = new PxPair();
        pair.Start(desktop);
        desktop.Change(pair.Pending);
        desktop.Draw(pair.Pending);
        pair.Settle(desktop);
        pair.AssertExact(desktop);
    }

    [Fact]
    public void Update_that_was_cut_goes_on_below_although_an_answer_came_in_between()
    {
        const int Width = 640, Height = 480;
        var random = new SeededNumbers(Seed);
        var pixels = new uint[Width * Height];
        using var encoder = new PxEncoder();
        encoder.Reset(Width, Height);
        var (pending, answer) = (new BlockMap(Width, Height), new BlockMap(Width, Height));
        var goals = new PieceGoals(PictureQuality.Fine, null);

        pending.MarkAll();
        SendPiece(pending);
        Assert.False(pending.IsEmpty || pending.RowHasAny(0));
        pending.Mark(0, 0);
        answer.Mark(5, 5);
        SendPiece(answer);
        Assert.True(answer.IsEmpty);
        SendPiece(pending);
        Assert.True(pending.RowHasAny(0));

        void SendPiece(BlockMap blocks)
        {
            for (var i = 0; i < pixels.Length; i++) pixels[i] = (uint)random.Below(1 << 24);
            encoder.Begin(new PixelView(pixels, Width, Height, Width), blocks, TimeSpan.FromSeconds(1));
            Assert.True(encoder.EncodePiece(new PixelView(pixels, Width, Height, Width), blocks, goals, new ArrayBufferWriter<byte>()));
        }
    }

    [Fact]
    public void Making_blocks_exact_does_not_change_what_updates_are_thought_to_take()
    {
        var (refined, plain) = (EstimateAfterPhoto(isRefined: true), EstimateAfterPhoto(isRefined: false));
        Assert.True(plain > 1000, $"a photo is thought to take {plain} bytes");
        Assert.Equal(plain, refined);
    }

    private static int EstimateAfterPhoto(bool isRefined)
    {
        const int Side = 160;
        using var encoder = new PxEncoder();
        var (output, map, pixels) = (new ArrayBufferWriter<byte>(1 << 20), new BlockMap(Side, Side), new uint[Side * Side]);
        encoder.Reset(Side, Side);
        Noise(pixels, 1);
        map.MarkAll();
        encoder.Begin(new PixelView(pixels, Side, Side, Side), map, TimeSpan.FromSeconds(1));
        while (encoder.EncodePiece(new PixelView(pixels, Side, Side, Side), map, new PieceGoals(PictureQuality.Fine, null), output))
        {
        }
        while (isRefined && encoder.EncodeRefinement(TimeSpan.FromSeconds(3), map, null, 4096, output))
        {
        }
        Noise(pixels, 99);
        map.MarkAll();
        encoder.Begin(new PixelView(pixels, Side, Side, Side), map, TimeSpan.FromSeconds(4));
        return encoder.EstimateBytes(PictureQuality.Fine);
    }

    private static void Noise(uint[] pixels, uint seed)
    {
        for (var i = 0; i < pixels.Length; i++) pixels[i] = (seed = seed * 1664525 + 1013904223) >> 8;
    }

    [Fact]
    public void Nothing_is_allocated_for_an_update() =>
        // A collection that other tests cause counts what is left of this thread's own room as allocated: one of a few is without.
        Assert.Contains(0L, Enumerable.Range(0, 5).Select(_ => AllocatedByUpdates()));

    private static long AllocatedByUpdates()
    {
        var random = new SeededNumbers(Seed);
        var desktop = new RandomDesktop(320, 240, random);
        using var encoder = new PxEncoder();
        var decoder = new PxDecoder();
        encoder.Reset(desktop.Width, desktop.Height);
        decoder.Reset(desktop.Width, desktop.Height);
        var (map, output, now, allocated) = (new BlockMap(320, 240), new ArrayBufferWriter<byte>(1 << 22), TimeSpan.Zero, 0L);
        map.MarkAll();
        for (var frame = 0; frame < 200; frame++)
        {
            now += TimeSpan.FromMilliseconds(40);
            if (frame % 20 < 12) desktop.Change(map);
            var before = GC.GetAllocatedBytesForCurrentThread();
            Play(encoder, decoder, desktop, (map, output, now));
            if (frame >= 100) allocated += GC.GetAllocatedBytesForCurrentThread() - before;
        }

        return allocated;
    }

    private static void Play(PxEncoder encoder, PxDecoder decoder, RandomDesktop desktop, (BlockMap Map, ArrayBufferWriter<byte> Output, TimeSpan Now) at)
    {
        var goals = new PieceGoals(PictureQuality.Fine, (50, 50));
        var any = encoder.Begin(desktop.View, at.Map, at.Now) > 0;
        while (any && !at.Map.IsEmpty)
        {
            at.Output.Clear();
            encoder.EncodePiece(desktop.View, at.Map, goals, at.Output);
            decoder.Decode(at.Output.WrittenSpan, at.Map.IsEmpty);
        }

        at.Output.Clear();
        if (encoder.EncodeRefinement(at.Now, at.Map, null, 4000, at.Output)) decoder.Decode(at.Output.WrittenSpan, true);
    }

    private static void PlayFrame(PxPair pair, RandomDesktop desktop, SeededNumbers random)
    {
        pair.Now += TimeSpan.FromMilliseconds(random.Below(120));
        if (random.Below(4) > 0) desktop.Change(pair.Pending);
        if (random.Below(3) == 0) pair.Pending.MarkRectangle(random.Below(desktop.Width), random.Below(desktop.Height), 100, 50);
        var focus = random.Below(3) == 0 ? (random.Below(desktop.Width), random.Below(desktop.Height)) : default((int, int)?);
        var goals = new PieceGoals((PictureQuality)random.Below(Qualities), focus);
        switch (random.Below(12))
        {
            case 0:
                pair.Start(desktop);
                break;
            case 1:
                pair.Abandon(desktop, pair.Pending);
                break;
            case 2:
                SendPart(pair, desktop, goals, random);
                break;
            case 3 or 4:
                pair.Refine(focus);
                break;
            default:
                pair.Send(desktop, pair.Pending, goals, 1 + random.Below(3));
                break;
        }
    }

    // As the answer to an input: part of what is pending, by itself.
    private static void SendPart(PxPair pair, RandomDesktop desktop, PieceGoals goals, SeededNumbers random)
    {
        var part = new BlockMap(desktop.Width, desktop.Height);
        part.MarkRectangle(random.Below(desktop.Width), random.Below(desktop.Height), 60, 40);
        pair.Pending.Remove(part);
        pair.Send(desktop, part, goals, 1);
        pair.Pending.Add(part);
    }
}
