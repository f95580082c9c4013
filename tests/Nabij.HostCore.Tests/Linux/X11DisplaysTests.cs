using System.Runtime.Versioning;
using Nabij.HostCore.Linux;
using Nabij.HostCore.Picture;
using Nabij.Protocol.Input;

namespace Nabij.HostCore.Tests.Linux;

/// <summary>Several monitors on a real X server: what is shared is exact, what is not shared is never there.</summary>
[SupportedOSPlatform("linux")]
public sealed class X11DisplaysTests
{
    private const uint Secret = 0xC0FFEE;

    [Fact]
    public async Task The_monitors_are_read_with_their_names_and_places()
    {
        using var display = await VirtualDisplay.StartResizable("1200x600");
        await display.Arrange(("left", "800x600+0+0"), ("right", "400x500+800+50"));
        using var source = new X11ScreenSource(display.Name, choice: DisplayChoice.Of(["right"]));
        Assert.Equal(
            [("left", new PixelArea(0, 0, 800, 600)), ("right", new PixelArea(800, 50, 400, 500))],
            source.Displays.Select(one => (one.Name, one.Area)));
        Assert.Equal((400, 500, (800, 50)), (source.Layout.Width, source.Layout.Height, source.Layout.Origin));
    }

    [Theory]
    [Trait("Invariant", "3")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Pixels_of_a_display_that_is_not_shared_are_never_captured(bool sharedMemory)
    {
        using var display = await VirtualDisplay.StartResizable("1200x600");
        // The outer two are shared, so the private one lies inside the picture.
        await display.Arrange(("a", "300x600+0+0"), ("private", "500x600+300+0"), ("b", "400x500+800+50"));
        using var program = new DrawingProgram(display.Name, 1200, 600);
        program.Fill(300, 0, 500, 600, Secret);
        program.Sync();
        using var source = new X11ScreenSource(display.Name, sharedMemory, DisplayChoice.Of(["a", "b"]));
        var numbers = new SeededNumbers(7);
        for (var round = 0; round < 20; round++)
        {
            for (var i = 0; i < 30; i++) Scribble(program, numbers);
            program.Fill(300, 0, 500, 600, Secret);
            program.Sync();
            Capture(source);
            RequireExact(display.Name, source);
            RequireNothing(source, Secret);
        }
        Assert.Equal(0u, source.Pixels.Row(300)[500] & 0xFFFFFF);
    }

    [Fact]
    public async Task The_choice_can_change_at_any_time()
    {
        using var display = await VirtualDisplay.StartResizable("1200x600");
        await display.Arrange(("left", "800x600+0+0"), ("right", "400x600+800+0"));
        using var program = new DrawingProgram(display.Name, 1200, 600);
        program.Fill(800, 0, 400, 600, Secret);
        program.Sync();
        using var source = new X11ScreenSource(display.Name, choice: DisplayChoice.None);
        Assert.Empty(source.Layout.Displays);
        Capture(source);
        RequireNothing(source, Secret);
        foreach (var chosen in (string[][])[["left"], ["right"], ["left", "right"], [], ["left"]])
        {
            source.Share(DisplayChoice.Of(chosen));
            Assert.Equal(chosen, source.Layout.Displays.Select(one => one.Name));
            Capture(source);
            RequireExact(display.Name, source);
            if (!chosen.Contains("right")) RequireNothing(source, Secret);
        }
    }

    [Fact]
    public async Task Monitors_that_change_places_never_show_the_other_one()
    {
        using var display = await VirtualDisplay.StartResizable("1200x600");
        await display.Arrange(("shared", "600x600+0+0"), ("private", "600x600+600+0"));
        using var program = new DrawingProgram(display.Name, 1200, 600);
        using var source = new X11ScreenSource(display.Name, choice: DisplayChoice.Of(["shared"]));
        for (var round = 0; round < 10; round++)
        {
            var (mine, other) = round % 2 == 0 ? (600, 0) : (0, 600);
            await display.Ask("xrandr", "--delmonitor", "shared");
            await display.Ask("xrandr", "--delmonitor", "private");
            await display.Arrange(("shared", $"600x600+{mine}+0"), ("private", $"600x600+{other}+0"));
            program.Fill(other, 0, 600, 600, Secret);
            program.Fill(mine, 0, 600, 600, (uint)round + 1);
            program.Sync();
            // As if the news of the move had not been looked at yet: the capture must notice by itself.
            var damaged = new BlockMap(source.Layout.Width, source.Layout.Height);
            Assert.False(source.Capture(damaged) && round == 0);
            Capture(source);
            RequireNothing(source, Secret);
            RequireExact(display.Name, source);
        }
    }

    [Fact]
    public async Task A_monitor_that_is_plugged_in_is_not_shared_and_one_that_goes_leaves_the_rest()
    {
        using var display = await VirtualDisplay.StartResizable("1200x600");
        await display.Arrange(("a", "400x600+0+0"), ("b", "400x600+400+0"));
        using var source = new X11ScreenSource(display.Name, choice: DisplayChoice.Of(["a", "b"]));
        await display.Ask("xrandr", "--setmonitor", "c", "400/100x600/100+800+0", "none");
        WaitFor(source, ScreenChanges.Displays, () => source.Displays.Count == 3);
        Assert.Equal(["a", "b"], source.Layout.Displays.Select(one => one.Name));
        await display.Ask("xrandr", "--delmonitor", "b");
        WaitFor(source, ScreenChanges.Layout, () => source.Layout.Displays.Count == 1);
        Assert.Equal("a", source.Layout.Displays[0].Name);
        await display.Ask("xrandr", "--setmonitor", "b", "400/100x600/100+400+0", "none");
        WaitFor(source, ScreenChanges.Layout, () => source.Layout.Displays.Count == 2);
        Capture(source);
        RequireExact(display.Name, source);
    }

    [Fact]
    public async Task When_the_only_shared_display_goes_the_picture_is_black_and_takes_no_input()
    {
        using var display = await VirtualDisplay.StartResizable("1200x600");
        await display.Arrange(("a", "400x600+0+0"), ("b", "400x600+400+0"));
        using var desktop = new HostDesktop(
            new X11ScreenSource(display.Name, choice: DisplayChoice.Of(["b"])), new X11InputSink(TimeProvider.System, display.Name), TimeProvider.System);
        var changed = new TaskCompletionSource();
        desktop.DisplaysChanged += () =>
        {
            if (desktop.Shared.Displays.Count == 0) changed.TrySetResult();
        };
        await display.Ask("xrandr", "--delmonitor", "b");
        await changed.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        desktop.Sink.MovePointer(10, 10);
        Assert.False(desktop.Sink.SetButton(PointerButtonName.Left, true));
        Assert.False(desktop.Sink.TurnWheel(0, 1));
        Assert.False(desktop.Sink.EnterText("a", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_monitor_that_becomes_too_large_is_not_shared_until_it_fits_again()
    {
        using var display = await VirtualDisplay.StartResizable("8192x4112");
        await display.Arrange(("main", "640x480+0+0"), ("a", "400x600+0+0"));
        using var source = new X11ScreenSource(display.Name, choice: DisplayChoice.Of(["a"]));
        Assert.Equal(400, source.Layout.Width);
        await display.ReplaceMonitor("a", "8192x4112+0+0");
        WaitFor(source, ScreenChanges.Layout, () => source.Displays.Any(one => one.Area.Width == 8_192));
        Assert.Empty(source.Layout.Displays);
        Assert.Contains("8192 x 4112", Assert.Throws<ScreenLostException>(() => new X11ScreenSource(display.Name, choice: DisplayChoice.Of(["a"]))).Message, StringComparison.Ordinal);
        await display.ReplaceMonitor("a", "600x400+0+0");
        WaitFor(source, ScreenChanges.Layout, () => source.Layout.Displays.Count == 1);
        Capture(source);
        RequireExact(display.Name, source);
    }

    [Fact]
    public async Task Fifty_changes_of_size_in_a_row_end_in_the_exact_picture()
    {
        using var display = await VirtualDisplay.StartResizable("1024x768");
        using var source = new X11ScreenSource(display.Name);
        using var program = new DrawingProgram(display.Name, 2000, 2000);
        string[] sizes = ["800x600", "1360x768", "640x480", "1680x1050", "1280x960"];
        for (var i = 0; i < 50; i++)
        {
            await display.Ask("xrandr", "-s", sizes[i % sizes.Length]);
            program.Fill(i * 10, i * 7, 300, 300, (uint)(i * 5_000_000));
            program.Sync();
            source.Wake();
            source.Wait();
            source.Capture(new BlockMap(source.Layout.Width, source.Layout.Height));
        }
        while (source.Layout.Width != 1280) source.Wait();
        Capture(source);
        RequireExact(display.Name, source);
    }

    [Theory]
    [InlineData("801x603")]
    [InlineData("8192x4096")]
    public async Task Odd_and_very_large_screens_are_captured_exactly(string size)
    {
        using var display = await VirtualDisplay.StartResizable(size);
        using var source = new X11ScreenSource(display.Name);
        Assert.Equal(size, $"{source.Layout.Width}x{source.Layout.Height}");
        using var program = new DrawingProgram(display.Name, source.Layout.Width, source.Layout.Height);
        var numbers = new SeededNumbers(3);
        Capture(source);
        for (var i = 0; i < 50; i++)
            program.Fill(numbers.Below(source.Layout.Width), numbers.Below(source.Layout.Height), 1 + numbers.Below(700), 1 + numbers.Below(700), (uint)numbers.Below(0x1000000));
        program.Sync();
        Capture(source);
        RequireExact(display.Name, source);
    }

    [Fact]
    public async Task Input_is_moved_by_the_origin_and_stays_inside_the_shared_display()
    {
        using var display = await VirtualDisplay.StartResizable("1200x600");
        await display.Arrange(("left", "800x600+0+0"), ("right", "400x500+800+50"));
        using var source = new X11ScreenSource(display.Name, choice: DisplayChoice.Of(["right"]));
        using var sink = new X11InputSink(TimeProvider.System, display.Name);
        sink.Confine(source.Layout);
        foreach (var (wanted, expected) in (((int, int), string)[])[((0, 0), "x:800 y:50"), ((399, 499), "x:1199 y:549"), ((200, 65_000), "x:1000 y:549"), ((65_000, 100), "x:1199 y:150")])
        {
            sink.MovePointer(wanted.Item1, wanted.Item2);
            Assert.StartsWith(expected, await display.Ask("xdotool", "getmouselocation"), StringComparison.Ordinal);
            Assert.True(sink.SetButton(PointerButtonName.Left, true));
            Assert.True(sink.SetButton(PointerButtonName.Left, false));
        }
        // The customer's own hand has moved the pointer away: nothing is pressed where the technician sees nothing.
        await display.Ask("xdotool", "mousemove", "100", "100");
        Assert.False(sink.SetButton(PointerButtonName.Left, true));
        Assert.False(sink.TurnWheel(0, 1));
    }

    [Fact]
    public async Task Keys_do_not_reach_a_window_on_a_display_that_is_not_shared()
    {
        using var display = await VirtualDisplay.StartResizable("1200x600");
        await display.Arrange(("left", "800x600+0+0"), ("right", "400x600+800+0"));
        using var source = new X11ScreenSource(display.Name, choice: DisplayChoice.Of(["right"]));
        using var sink = new X11InputSink(TimeProvider.System, display.Name);
        sink.Confine(source.Layout);
        using var target = await TypingTarget.Start(display);
        Assert.False(sink.EnterText("a", TestContext.Current.CancellationToken));
        Assert.False(sink.SetKey(sink.FindKey("KeyA"), true));
        sink.Confine(ScreenLayout.Of(source.Displays, DisplayChoice.Of(["left"])));
        Assert.True(sink.EnterText("b", TestContext.Current.CancellationToken));
        await target.Receives("b");
    }

    [Fact]
    public async Task The_pointer_is_told_only_while_it_is_on_a_shared_display()
    {
        using var display = await VirtualDisplay.StartResizable("1200x600");
        await display.Arrange(("left", "800x600+0+0"), ("right", "400x600+800+0"));
        using var source = new X11ScreenSource(display.Name, choice: DisplayChoice.Of(["right"]));
        using var hand = new X11InputSink(TimeProvider.System, display.Name);
        hand.MovePointer(900, 20);
        WaitFor(source, ScreenChanges.PointerPosition, () => source.PointerPosition == (100, 20));
        hand.MovePointer(700, 20);
        WaitFor(source, ScreenChanges.PointerPosition, () => source.PointerPosition is null);
    }

    private static void Scribble(DrawingProgram program, SeededNumbers numbers) =>
        program.Fill(numbers.Below(1200), numbers.Below(600), 1 + numbers.Below(90), 1 + numbers.Below(90), (uint)numbers.Below(0xC00000));

    // Everything that is known to have changed by now.
    private static void Capture(X11ScreenSource source)
    {
        do
        {
            source.Wake();
            source.Wait();
        }
        while (!source.Capture(new BlockMap(source.Layout.Width, source.Layout.Height)));
    }

    private static void WaitFor(X11ScreenSource source, ScreenChanges wanted, Func<bool> condition)
    {
        while (!condition())
        {
            while ((source.Wait() & wanted) == 0)
            {
            }
        }
    }

    private static void RequireExact(string display, X11ScreenSource source)
    {
        foreach (var shared in source.Layout.Displays)
        {
            var area = new PixelArea(shared.X + source.Layout.Origin.X, shared.Y + source.Layout.Origin.Y, shared.Width, shared.Height);
            var reference = DrawingProgram.ReadScreen(display, area);
            for (var y = 0; y < area.Height; y++)
                Assert.True(BlockDiff.SameColors(source.Pixels.Row(shared.Y + y).Slice(shared.X, shared.Width), reference.AsSpan(y * area.Width, area.Width)), $"row {y} of {shared.Name} differs");
        }
    }

    private static void RequireNothing(X11ScreenSource source, uint color)
    {
        var pixels = source.Pixels;
        for (var y = 0; y < pixels.Height; y++)
            foreach (var pixel in pixels.Row(y)) Assert.NotEqual(color, pixel & 0xFFFFFF);
    }
}
