using Nabij.HostCore.Picture.Px;

namespace Nabij.HostCore.Tests.Picture.Px;

/// <summary>The kernels that work on eight pixels at a time give what their scalar twins give.</summary>
public sealed class PixelKernelsTests
{
    private const ulong Seed = 20261122;
    private const int Side = 16, Stride = 53, Rows = 40, Turns = 2000;

    [Fact]
    public void Kernels_equal_their_scalar_twins()
    {
        var random = new SeededNumbers(Seed);
        for (var turn = 0; turn < Turns; turn++)
        {
            var range = random.Below(4);
            uint[] a = Plane(random, range), b = Plane(random, range);
            if (random.Below(2) == 0) Array.Copy(a, random.Below(Stride), b, 0, a.Length - Stride);
            int atA = At(random), atB = At(random);
            var equal = 0;
            var distance = 0;
            foreach (var (x, y) in Block())
            {
                equal += a[atA + y * Stride + x] == b[atB + y * Stride + x] ? 1 : 0;
                distance += Difference(a[atA + y * Stride + x], b[atB + y * Stride + x]);
            }

            Assert.Equal(equal, PixelKernels.CountEqual(a, atA, b, atB, Stride));
            Assert.Equal(equal == Side * Side, PixelKernels.AreEqual(a, atA, b, atB, (Side, Side, Stride)));
            Assert.Equal(distance, PixelKernels.Distance(a, atA, b, atB, Stride, int.MaxValue));
            Assert.True(PixelKernels.Distance(a, atA, b, atB, Stride, distance / 2) >= Math.Min(distance, distance / 2));
            Assert.Equal(Texture(a, atA), PixelKernels.Texture(a, atA, Stride));
            Assert.Equal(Activity(a, atA), PixelKernels.Activity(a, atA, Stride));
        }
    }

    [Fact]
    public void Hash_depends_on_every_pixel_of_the_block_and_on_nothing_else()
    {
        var random = new SeededNumbers(Seed);
        var plane = Plane(random, 0);
        var at = At(random);
        var hash = PixelKernels.Hash(plane, at, Stride);
        for (var i = 0; i < plane.Length; i++)
        {
            var isInside = i >= at && (i - at) % Stride < Side && (i - at) / Stride < Side;
            plane[i] ^= 1u << random.Below(24);
            Assert.Equal(isInside, hash != PixelKernels.Hash(plane, at, Stride));
            if (isInside) hash = PixelKernels.Hash(plane, at, Stride);
        }
    }

    // Of all colors, of few, of nearly one, of black and white.
    private static uint[] Plane(SeededNumbers random, int range)
    {
        var plane = new uint[Rows * Stride];
        foreach (ref var pixel in plane.AsSpan())
        {
            pixel = range switch
            {
                0 => (uint)random.Below(1 << 24),
                1 => (uint)random.Below(4) * 0x0E0E0E,
                2 => 0x808080 + (uint)random.Below(16) * 0x010001,
                _ => random.Below(2) == 0 ? 0 : 0xFFFFFFu,
            };
        }

        return plane;
    }

    private static int At(SeededNumbers random) => (1 + random.Below(Rows - Side - 1)) * Stride + 1 + random.Below(Stride - Side - 1);

    private static IEnumerable<(int X, int Y)> Block() =>
        from y in Enumerable.Range(0, Side)
        from x in Enumerable.Range(0, Side)
        select (x, y);

    private static int[] Channels(uint pixel) => [(int)(pixel >> 16), (int)(pixel >> 8) & 255, (int)pixel & 255];

    private static int Difference(uint a, uint b) => Channels(a).Zip(Channels(b), (one, other) => Math.Abs(one - other)).Sum();

    private static (int Lone, int Edges, int Small) Texture(uint[] plane, int at)
    {
        var (lone, edges, small) = (0, 0, 0);
        foreach (var (x, y) in Block())
        {
            var place = at + y * Stride + x;
            uint here = plane[place], west = plane[place - 1];
            if (here == west) continue;
            edges++;
            if (here != plane[place - Stride]) lone++;
            if (Channels(here).Zip(Channels(west), (one, other) => Math.Abs(one - other)).Max() <= 14) small++;
        }

        return (lone, edges, small);
    }

    private static int Activity(uint[] plane, int at)
    {
        var pixels = Block().Select(place => plane[at + place.Y * Stride + place.X]).ToArray();
        var mean = pixels.Aggregate(new int[3], (sum, pixel) => [.. sum.Zip(Channels(pixel), (one, other) => one + other)]).Select(sum => sum / 256).ToArray();
        return pixels.Sum(pixel => Difference(pixel, (uint)(mean[0] << 16 | mean[1] << 8 | mean[2])));
    }
}
