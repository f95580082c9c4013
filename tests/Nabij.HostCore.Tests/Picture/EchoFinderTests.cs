using Nabij.HostCore.Picture;

namespace Nabij.HostCore.Tests.Picture;

/// <summary>What counts as the answer to the viewer's input, beside a video of 10 x 10 blocks at the top left.</summary>
public sealed class EchoFinderTests
{
    private const int Side = 640, Block = BlockMap.BlockSize;

    private readonly EchoFinder finder = new();
    private readonly BlockMap pending = new(Side, Side);
    private TimeSpan now = TimeSpan.FromSeconds(100);

    public EchoFinderTests()
    {
        finder.Restart(Side, Side);
        for (var frame = 0; frame < 10; frame++) Frame(isFresh: false);
        pending.Clear();
    }

    [Fact]
    public void Blocks_that_change_after_quiet_beside_a_video_are_the_answer()
    {
        Frame(isFresh: true, (30, 20));
        Assert.Equal((30, 20, 31, 21), finder.Found.Bounds());
        Assert.Equal((30 * Block + Block / 2, 20 * Block + Block / 2), finder.PlaceAt(now));
    }

    [Fact]
    public void Without_fresh_input_nothing_is_an_answer()
    {
        Frame(isFresh: false, (30, 20));
        Assert.True(finder.Found.IsEmpty);
        Assert.Null(finder.PlaceAt(now));
    }

    [Fact]
    public void What_touches_the_moving_part_belongs_to_it()
    {
        Frame(isFresh: true, (10, 5));
        Assert.True(finder.Found.IsEmpty);
    }

    [Fact]
    public void A_new_picture_is_not_an_answer()
    {
        Frame(isFresh: true, [.. Enumerable.Range(0, 600).Select(i => (15 + i % 25, 12 + i / 25))]);
        Assert.True(finder.Found.IsEmpty);
    }

    [Fact]
    public void An_answer_that_was_not_sent_yet_does_not_hide_the_next()
    {
        Frame(isFresh: true, (30, 20));
        Frame(isFresh: true, (31, 20));
        Assert.Equal((30, 20, 32, 21), finder.Found.Bounds());
    }

    [Fact]
    public void The_place_is_forgotten_after_two_seconds()
    {
        Frame(isFresh: true, (30, 20));
        Assert.Null(finder.PlaceAt(now + TimeSpan.FromSeconds(2)));
    }

    private void Frame(bool isFresh, params (int Column, int Row)[] blocks)
    {
        now += TimeSpan.FromMilliseconds(33);
        var damaged = new BlockMap(Side, Side);
        damaged.MarkRectangle(0, 0, 10 * Block, 10 * Block);
        foreach (var (column, row) in blocks) damaged.Mark(column, row);
        pending.Add(damaged);
        finder.Note(damaged, pending, isFresh, now);
    }
}
