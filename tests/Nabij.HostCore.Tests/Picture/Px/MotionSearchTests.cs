using Nabij.HostCore.Picture;
using Nabij.HostCore.Picture.Px;
using Nabij.Protocol.Screen.Px;

namespace Nabij.HostCore.Tests.Picture.Px;

/// <summary>What moved as a whole is found as a whole (picture.md B5.2).</summary>
public sealed class MotionSearchTests
{
    private const ulong Seed = 20261122;

    [Fact]
    public void Moves_in_two_dimensions_are_found()
    {
        var search = new MotionSearch();
        for (var turn = 0; turn < 60; turn++)
        {
            var random = new SeededNumbers(Seed + (ulong)turn);
            var (vector, found) = Search(search, (400, 300), (random.Below(121) - 60, random.Below(121) - 60), random);
            Assert.True(found.Contains(vector), $"turn {turn} of seed {Seed}: {vector}");
        }
    }

    [Fact]
    public void Moves_of_a_screen_full_of_detail_are_found()
    {
        // More places than the search remembers.
        var random = new SeededNumbers(Seed);
        var (vector, found) = Search(new MotionSearch(), (1600, 1000), (0, 37), random);
        Assert.Equal(vector, found[0]);
    }

    private static (MotionVector Vector, MotionVector[] Found) Search(MotionSearch search, (int Width, int Height) size, (int X, int Y) by, SeededNumbers random)
    {
        var layout = new PxPicture();
        layout.Reset(size.Width, size.Height);
        var (before, now) = (new uint[layout.AllPixels.Length], new uint[layout.AllPixels.Length]);
        for (var y = 0; y < size.Height; y++)
            for (var x = 0; x < size.Width; x++) before[layout.At(x, y)] = (uint)random.Below(1 << 24);
        for (var y = Math.Max(0, -by.Y); y < size.Height - Math.Max(0, by.Y); y++)
            before.AsSpan(layout.At(Math.Max(0, by.X), y + by.Y), size.Width - Math.Abs(by.X)).CopyTo(now.AsSpan(layout.At(Math.Max(0, -by.X), y)));
        var changed = new BlockMap(size.Width, size.Height);
        changed.MarkAll();
        var vectors = new MotionVector[4];
        var count = search.Find(layout, before, now, changed, vectors);
        return (new MotionVector(by.X, by.Y), vectors[..count]);
    }
}
