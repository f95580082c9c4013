using System.Runtime.Versioning;
using Nabij.HostCore.Linux;
using Nabij.HostCore.Picture;

namespace Nabij.HostCore.Tests.Linux;

/// <summary>Capture of a real X server: what we hold equals what XGetImage says, to the pixel.</summary>
[SupportedOSPlatform("linux")]
public sealed class X11CaptureTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Captured_pixels_equal_the_screen_after_a_storm_of_damage(bool sharedMemory)
    {
        using var display = await VirtualDisplay.Start();
        using var program = new DrawingProgram(display.Name, 640, 480);
        using var source = new X11ScreenSource(display.Name, sharedMemory);
        Assert.Equal(sharedMemory, source.IsSharedMemory);
        var seed = (ulong)Environment.TickCount64;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var numbers = new SeededNumbers(seed);
        var damaged = new BlockMap(640, 480);
        for (var round = 0; round < 30; round++)
        {
            for (var i = 0; i < 200; i++)
                program.Fill(numbers.Below(640), numbers.Below(480), 1 + numbers.Below(60), 1 + numbers.Below(60), (uint)numbers.Below(0x1000000));
            program.Sync();
            WaitFor(source, ScreenChanges.Damage);
            Assert.True(source.Capture(damaged));
            Assert.True(Same(source.Pixels, DrawingProgram.ReadScreen(display.Name)), $"pixels differ in round {round}");
        }
    }

    [Fact]
    public async Task Damage_names_the_blocks_that_changed()
    {
        using var display = await VirtualDisplay.Start();
        using var program = new DrawingProgram(display.Name, 640, 480);
        program.Sync();
        using var source = new X11ScreenSource(display.Name);
        var damaged = new BlockMap(640, 480);
        source.Wake();
        if (source.Wait() == ScreenChanges.Damage) source.Capture(damaged);
        damaged.Clear();
        program.Fill(100, 50, 3, 3, 0xFF0000);
        WaitFor(source, ScreenChanges.Damage);
        source.Capture(damaged);
        Assert.True(damaged.Row(3)[6]);
        Assert.Equal(1, damaged.CountMarked());
    }

    [Fact]
    public async Task Without_changes_the_wait_goes_on_until_it_is_woken()
    {
        using var display = await VirtualDisplay.Start();
        using var source = new X11ScreenSource(display.Name);
        source.Wake();
        while (source.Wait() != ScreenChanges.None) source.Wake();
        var wait = Task.Run(source.Wait, TestContext.Current.CancellationToken);
        Assert.False(wait.IsCompleted);
        source.Wake();
        Assert.Equal(ScreenChanges.None, await wait);
    }

    [Fact]
    public async Task A_new_size_is_noticed_and_captured_exactly()
    {
        using var display = await VirtualDisplay.StartResizable();
        using var source = new X11ScreenSource(display.Name);
        var before = source.Layout;
        await display.Ask("xrandr", "-s", "640x480");
        WaitFor(source, ScreenChanges.Layout);
        while (source.Layout.Width != 640) WaitFor(source, ScreenChanges.Layout);
        Assert.NotEqual(before, source.Layout);
        Assert.Equal((640, 480), (source.Layout.Width, source.Layout.Height));
        using var program = new DrawingProgram(display.Name, 640, 480);
        program.Fill(600, 400, 40, 80, 0x00FF7F);
        program.Sync();
        source.Wake();
        source.Wait();
        Assert.True(source.Capture(new BlockMap(640, 480)));
        Assert.True(Same(source.Pixels, DrawingProgram.ReadScreen(display.Name)));
    }

    [Fact]
    public async Task A_display_that_goes_away_is_reported_in_words_and_does_not_end_the_process()
    {
        using var display = await VirtualDisplay.Start();
        using var source = new X11ScreenSource(display.Name);
        display.KillServer();
        var lost = Assert.Throws<ScreenLostException>(() => WaitFor(source, (ScreenChanges)(1 << 20)));
        Assert.Contains("display has gone away", lost.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_display_is_explained()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs Linux");
        var error = Assert.Throws<ScreenLostException>(() => new X11ScreenSource(":9999"));
        Assert.Contains(":9999", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_display_with_other_colors_is_refused_in_words()
    {
        using var display = await VirtualDisplay.Start("320x240x16");
        var error = Assert.Throws<ScreenLostException>(() => new X11ScreenSource(display.Name));
        Assert.Contains("24-bit", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_cursor_has_a_shape_and_a_place()
    {
        using var display = await VirtualDisplay.Start();
        using var source = new X11ScreenSource(display.Name);
        using var sink = new X11InputSink(TimeProvider.System, display.Name);
        sink.MovePointer(123, 45);
        WaitFor(source, ScreenChanges.PointerPosition);
        Assert.Equal((123, 45), source.PointerPosition);
        await display.Ask("xsetroot", "-cursor_name", "watch");
        while (source.Cursor is null) WaitFor(source, ScreenChanges.CursorShape);
        Assert.InRange(source.Cursor.Width, 8, 64);
    }

    [Fact]
    public async Task Input_by_programs_is_not_taken_for_the_customers_hand()
    {
        using var display = await VirtualDisplay.Start();
        using var source = new X11ScreenSource(display.Name);
        using var sink = new X11InputSink(TimeProvider.System, display.Name);
        sink.MovePointer(200, 100);
        sink.EnterText("a", CancellationToken.None);
        var seen = ScreenChanges.None;
        while ((seen & ScreenChanges.PointerPosition) == 0) seen |= source.Wait();
        await display.Ask("xdotool", "mousemove", "10", "10", "key", "b");
        source.Wake();
        while (source.PointerPosition != (10, 10)) seen |= source.Wait();
        source.Wake();
        seen |= source.Wait();
        Assert.Equal(ScreenChanges.None, seen & ScreenChanges.LocalInput);
    }

    private static void WaitFor(X11ScreenSource source, ScreenChanges wanted)
    {
        while ((source.Wait() & wanted) == 0)
        {
        }
    }

    private static bool Same(PixelView captured, uint[] reference)
    {
        for (var y = 0; y < captured.Height; y++)
            if (!BlockDiff.SameColors(captured.Row(y), reference.AsSpan(y * captured.Width, captured.Width))) return false;
        return true;
    }
}
