using Nabij.HostCore.Picture;
using Nabij.Protocol.Screen;

namespace Nabij.HostCore.Tests.Picture;

/// <summary>Which part of the desktop is shared, and how places on both are converted.</summary>
public sealed class ScreenLayoutTests
{
    private static readonly DesktopDisplay Left = new("left", new PixelArea(0, 0, 800, 600));
    private static readonly DesktopDisplay Right = new("right", new PixelArea(800, 100, 400, 300));
    private static readonly DesktopDisplay Below = new("below", new PixelArea(100, 600, 640, 480));

    [Fact]
    public void The_screen_is_the_smallest_rectangle_around_the_shared_displays()
    {
        var layout = ScreenLayout.Of([Left, Right, Below], DisplayChoice.Of(["right", "below"]));
        Assert.Equal((1100, 980, (100, 100)), (layout.Width, layout.Height, layout.Origin));
        Assert.Equal([new Display(700, 0, 400, 300, "right"), new Display(0, 500, 640, 480, "below")], layout.Displays);
        Assert.True(layout.IsPartial);
        Assert.False(ScreenLayout.Of([Left, Right, Below], DisplayChoice.All).IsPartial);
    }

    [Fact]
    public void A_display_that_was_not_chosen_is_never_shared_also_when_the_chosen_one_is_gone()
    {
        var choice = DisplayChoice.Of(["right"]);
        Assert.Empty(ScreenLayout.Of([Left, Below], choice).Displays);
        Assert.Empty(ScreenLayout.Of([Left, Right], DisplayChoice.None).Displays);
        Assert.Equal("right", Assert.Single(ScreenLayout.Of([Left, Right with { Area = new PixelArea(0, 600, 300, 400) }], choice).Displays).Name);
        Assert.Null(ScreenLayout.Empty.ToDesktop(5, 5));
    }

    [Fact]
    public void Displays_without_a_name_are_told_apart_by_their_place()
    {
        DesktopDisplay[] nameless = [Left with { Name = "" }, Right with { Name = "" }];
        var layout = ScreenLayout.Of(nameless, DisplayChoice.Of([nameless[1].Key]));
        Assert.Equal((800, 100), layout.Origin);
    }

    [Fact]
    public void Displays_that_are_too_large_together_leave_the_last_ones_out()
    {
        DesktopDisplay[] wall = [new("a", new PixelArea(0, 0, 7680, 4320)), new("b", new PixelArea(7680, 0, 7680, 4320))];
        var layout = ScreenLayout.Of(wall, DisplayChoice.All);
        Assert.True(layout.IsWithinLimits);
        Assert.Equal("a", Assert.Single(layout.Displays).Name);
    }

    [Fact]
    public void A_display_that_alone_is_too_large_stays_out_and_keeps_no_other_out()
    {
        DesktopDisplay[] desktop = [new("wide", new PixelArea(0, 0, 16_385, 16)), Left with { Area = new PixelArea(0, 16, 800, 600) }];
        var both = ScreenLayout.Of(desktop, DisplayChoice.All);
        Assert.Equal("left", Assert.Single(both.Displays).Name);
        Assert.True(both.IsPartial);
        Assert.Equal([desktop[1].Area], both.DesktopAreas);
        var none = ScreenLayout.Of(desktop, DisplayChoice.Of(["wide"]));
        Assert.Empty(none.Displays);
        Assert.True(none.IsWithinLimits && none.IsPartial);
    }

    [Fact]
    public void Every_place_is_moved_into_the_nearest_shared_display()
    {
        var layout = ScreenLayout.Of([Left, Right, Below], DisplayChoice.Of(["right", "below"]));
        var numbers = new SeededNumbers(5);
        for (var i = 0; i < 20_000; i++)
        {
            var (x, y) = (numbers.Below(1400) - 150, numbers.Below(1300) - 150);
            var place = layout.ToDesktop(x, y);
            Assert.NotNull(place);
            var (left, top) = place.Value;
            Assert.True(Right.Area.Contains(left, top) || Below.Area.Contains(left, top), $"{x} {y} went to {left} {top}");
            Assert.NotNull(layout.FromDesktop(left, top));
            if (layout.FromDesktop(x + 100, y + 100) is not null) Assert.Equal((x + 100, y + 100), place);
        }
        Assert.Null(layout.FromDesktop(50, 50));
    }

    [Fact]
    public void What_is_read_covers_every_marked_block_and_nothing_beside_the_shared_displays()
    {
        var areas = new CaptureAreas();
        for (ulong seed = 1; seed <= 200; seed++)
        {
            var numbers = new SeededNumbers(seed);
            var desktop = Enumerable.Range(0, 1 + numbers.Below(3)).Select(i =>
                new DesktopDisplay($"{i}", new PixelArea(i * 500 + numbers.Below(30), numbers.Below(100), 100 + numbers.Below(400), 100 + numbers.Below(300)))).ToArray();
            var layout = ScreenLayout.Of(desktop, DisplayChoice.All);
            var marked = new BlockMap(layout.Width, layout.Height);
            for (var i = numbers.Below(40); i >= 0; i--)
                marked.MarkRectangle(numbers.Below(layout.Width), numbers.Below(layout.Height), 1 + numbers.Below(300), 1 + numbers.Below(200));
            var read = areas.Of(marked, layout);
            Assert.All(read, area => Assert.Contains(layout.Displays, display => ScreenLayout.AreaOf(display).Intersect(area) == area));
            for (var y = 0; y < layout.Height; y += 7)
                for (var x = 0; x < layout.Width; x += 5)
                    if (marked.Row(y / 16)[x / 16] && layout.FromDesktop(x + layout.Origin.X, y + layout.Origin.Y) is not null)
                        Assert.True(read.Any(area => area.Contains(x, y)), $"{x} {y} is not read with seed {seed}");
        }
    }
}
