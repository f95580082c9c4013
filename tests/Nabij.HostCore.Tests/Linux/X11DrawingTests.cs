using System.Runtime.Versioning;
using Nabij.HostCore.Drawing;
using Nabij.HostCore.Linux;
using Nabij.HostCore.Picture;
using Nabij.Protocol.Drawing;
using Nabij.Protocol.Input;

namespace Nabij.HostCore.Tests.Linux;

/// <summary>What technicians draw on a real X desktop, with a compositor and without one.</summary>
[SupportedOSPlatform("linux")]
public sealed class X11DrawingTests
{
    private const uint Desk = 0x204060, Color = 0xC2255C, Edge = 0xFFFFFF;

    public static TheoryData<string> Compositors => ["", "xcompmgr -n", "xcompmgr -c -f", "picom --backend xrender"];

    [Theory]
    [MemberData(nameof(Compositors))]
    public async Task Marks_stand_at_their_places_and_are_gone_when_nothing_is_drawn(string compositor)
    {
        using var display = await Start(compositor);
        using var below = new DrawingProgram(display.Name, 640, 480);
        using var sink = new X11InputSink(TimeProvider.System, display.Name);
        await Reads(display, screen => screen.All(pixel => pixel == Desk), "the desk is empty");
        sink.ShowDrawn([new Drawn(0, new(500, 400),
        [
            Line(1, MarkShape.Line, new(50, 50), new(150, 50), new(150, 100)), Line(2, MarkShape.Arrow, new(300, 300), new(200, 300)),
            Line(3, MarkShape.Rectangle, new(300, 50), new(400, 120)), Line(4, MarkShape.Ellipse, new(450, 50), new(550, 150)),
        ])]);
        (int X, int Y)[] drawn =
        [
            (50, 50), (100, 50), (150, 50), (150, 75), (150, 100), (250, 300), (200, 300), (214, 292), (300, 50), (350, 120), (400, 90),
            (450, 100), (500, 50), (500, 150), (520, 400), (480, 400), (500, 380), (500, 420),
        ];
        await Reads(display, screen => Array.TrueForAll(drawn, place => At(screen, place) == Color), "all of it is drawn");
        var screen = DrawingProgram.ReadScreen(display.Name);
        (int X, int Y)[] edges = [(100, 46), (100, 54), (300, 46), (250, 304), (500, 376), (500, 423), (523, 400)];
        (int X, int Y)[] free = [(100, 60), (100, 40), (350, 85), (500, 100), (500, 400), (160, 60), (0, 0), (639, 479)];
        Assert.All(edges, place => Assert.Equal(Edge, At(screen, place)));
        // Where shadows lie around every window, the desk beside the marks is darker.
        if (!compositor.Contains("-c", StringComparison.Ordinal)) Assert.All(free, place => Assert.Equal(Desk, At(screen, place)));
        sink.ShowDrawn([]);
        await Reads(display, now => now.All(pixel => pixel == Desk), "everything is gone");
    }

    [Theory]
    [MemberData(nameof(Compositors))]
    public async Task A_press_on_what_is_drawn_reaches_the_window_below(string compositor)
    {
        using var display = await Start(compositor);
        using var listener = new InputListener(display.Name);
        using var sink = new X11InputSink(TimeProvider.System, display.Name);
        sink.ShowDrawn([new Drawn(0, new(100, 100), [Line(1, MarkShape.Line, new(200, 100), new(300, 100))])]);
        await Reads(display, screen => At(screen, (250, 100)) == Color && At(screen, (100, 80)) == Color, "it is drawn");
        foreach (var (x, y) in ((int, int)[])[(250, 100), (100, 80)])
        {
            sink.MovePointer(x, y);
            Assert.True(sink.SetButton(PointerButtonName.Left, true));
            Assert.True(sink.SetButton(PointerButtonName.Left, false));
            Assert.Equal(new InputListener.Event(InputListener.ButtonPress, 1, x, y), listener.Next(InputListener.ButtonPress));
        }
    }

    [Fact]
    public async Task What_is_drawn_is_part_of_the_picture_to_the_pixel()
    {
        using var display = await VirtualDisplay.Start();
        using var below = new DrawingProgram(display.Name, 640, 480);
        using var source = new X11ScreenSource(display.Name);
        using var sink = new X11InputSink(TimeProvider.System, display.Name);
        var damaged = new BlockMap(640, 480);
        sink.ShowDrawn([new Drawn(0, new(200, 200), [Line(1, MarkShape.Line, new(50, 50), new(300, 220))])]);
        await Reads(display, screen => At(screen, (50, 50)) == Color && At(screen, (200, 180)) == Color, "it is drawn");
        Assert.NotEqual(ScreenChanges.None, source.Wait() & ScreenChanges.Damage);
        Assert.True(source.Capture(damaged));
        Assert.True(Same(source.Pixels, DrawingProgram.ReadScreen(display.Name)));
        Assert.True(damaged.Row(3)[3]);
    }

    [Fact]
    public async Task A_line_that_grows_and_a_spot_that_moves_look_as_if_drawn_at_once()
    {
        using var display = await VirtualDisplay.Start();
        using var below = new DrawingProgram(display.Name, 640, 480);
        using var sink = new X11InputSink(TimeProvider.System, display.Name);
        DrawingPoint[] way = [new(50, 50), new(90, 200), new(300, 220), new(310, 60), new(600, 470)];
        var first = Line(1, MarkShape.Line, new(20, 400), new(60, 440));
        for (var count = 1; count <= way.Length; count++)
            sink.ShowDrawn([new Drawn(0, way[count - 1], [first, Line(2, MarkShape.Line, way[..count])])]);
        await Reads(display, screen => At(screen, (600, 470)) == Color && At(screen, (580, 470)) == Color, "it is drawn");
        var grown = DrawingProgram.ReadScreen(display.Name);
        sink.ShowDrawn([]);
        sink.ShowDrawn([new Drawn(0, way[^1], [first, Line(2, MarkShape.Line, way)])]);
        await Reads(display, screen => screen.AsSpan().SequenceEqual(grown), "the same stands there");
    }

    [Fact]
    public async Task What_comes_up_later_is_drawn_over_but_our_own_windows_stay_free()
    {
        using var display = await VirtualDisplay.Start();
        using var below = new DrawingProgram(display.Name, 640, 480);
        using var sink = new X11InputSink(TimeProvider.System, display.Name);
        using var own = new InputListener(display.Name);
        sink.ProtectClientOf(own.Window);
        own.MoveTo(400, 100, 100, 100);
        sink.ShowDrawn([new Drawn(0, null, [Line(1, MarkShape.Line, new(50, 150), new(600, 150))])]);
        await Reads(display, screen => At(screen, (390, 150)) == Color && At(screen, (510, 150)) == Color, "the line is drawn");
        Assert.Equal(0u, At(DrawingProgram.ReadScreen(display.Name), (450, 150)));
        using var later = new DrawingProgram(display.Name, 300, 300);
        later.Sync();
        await Reads(display, screen => At(screen, (100, 150)) == Color && At(screen, (100, 100)) == Desk, "the line is over the new window");
        own.MoveTo(100, 100, 100, 100);
        await Reads(display, screen => At(screen, (450, 150)) == Color && At(screen, (150, 150)) == 0, "our window is free where it stands now");
        Assert.Equal(Color, At(DrawingProgram.ReadScreen(display.Name), (250, 150)));
    }

    [Fact]
    public async Task Nothing_is_drawn_beside_the_shared_displays()
    {
        using var display = await VirtualDisplay.Start();
        using var below = new DrawingProgram(display.Name, 640, 480);
        using var sink = new X11InputSink(TimeProvider.System, display.Name);
        sink.Confine(ScreenLayout.Of(
            [new DesktopDisplay("a", new PixelArea(0, 0, 200, 480)), new DesktopDisplay("b", new PixelArea(200, 0, 200, 480)), new DesktopDisplay("c", new PixelArea(400, 0, 240, 480))],
            DisplayChoice.Of(["b"])));
        // Places are those of the shared screen: its left edge is column 200 of the desktop.
        sink.ShowDrawn([new Drawn(0, new(190, 300), [Line(1, MarkShape.Line, new(0, 100), new(60_000, 100))])]);
        await Reads(display, screen => At(screen, (200, 100)) == Color && At(screen, (399, 100)) == Color && At(screen, (390, 280)) == Color, "it is drawn on the shared display");
        var shown = DrawingProgram.ReadScreen(display.Name);
        Assert.All(Enumerable.Range(0, 200).Concat(Enumerable.Range(400, 240)), x => Assert.All(Enumerable.Range(0, 480), y => Assert.Equal(Desk, At(shown, (x, y)))));
        sink.ShowDrawn([new Drawn(0, new(220, 300), [])]);
        await Reads(display, screen => screen.All(pixel => pixel == Desk), "a spot outside is not shown");
    }

    private static async Task<VirtualDisplay> Start(string compositor)
    {
        var display = await VirtualDisplay.Start();
        if (compositor.Length == 0) return display;
        var words = compositor.Split(' ');
        display.Run(words[0], words[1..]);
        using var reader = new X11Connection(display.Name);
        var owner = LibX11.XInternAtom(reader.Display, "_NET_WM_CM_S0", 0);
        await Eventually.True(() => XWindows.XGetSelectionOwner(reader.Display, owner) != 0, "the compositor runs");
        return display;
    }

    private static Mark Line(long number, MarkShape shape, params DrawingPoint[] points) => new(number, shape, [.. points], Mark.FullStrength);

    private static uint At(uint[] screen, (int X, int Y) place) => screen[place.Y * 640 + place.X];

    private static Task Reads(VirtualDisplay display, Func<uint[], bool> condition, string what) =>
        Eventually.True(() => condition(DrawingProgram.ReadScreen(display.Name)), what);

    private static bool Same(PixelView pixels, uint[] screen)
    {
        for (var y = 0; y < 480; y++)
            for (var x = 0; x < 640; x++)
                if ((pixels.Row(y)[x] & 0xFFFFFF) != screen[y * 640 + x]) return false;
        return true;
    }
}
