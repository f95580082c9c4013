using System.Runtime.Versioning;
using Nabij.HostCore.Linux;
using Nabij.HostCore.Picture;

namespace Nabij.HostCore.Tests.Linux;

/// <summary>Another X client, drawing rectangles over the whole screen; reads the screen back by XGetImage as the reference.</summary>
[SupportedOSPlatform("linux")]
internal sealed class DrawingProgram : IDisposable
{
    private readonly X11Connection x;
    private readonly nuint window;
    private readonly nint context;

    public DrawingProgram(string display, int width, int height)
    {
        x = new X11Connection(display);
        window = LibX11.XCreateSimpleWindow(x.Display, x.Root, 0, 0, (uint)width, (uint)height, 0, 0, 0x204060);
        context = XWindows.XCreateGC(x.Display, window, 0, 0);
        _ = XWindows.XMapWindow(x.Display, window);
        _ = LibX11.XSync(x.Display, 0);
    }

    public void Fill(int left, int top, int width, int height, uint color)
    {
        _ = XWindows.XSetForeground(x.Display, context, color);
        _ = XWindows.XFillRectangle(x.Display, window, context, left, top, (uint)width, (uint)height);
        _ = LibX11.XFlush(x.Display);
    }

    public void Sync() => _ = LibX11.XSync(x.Display, 0);

    public void Dispose() => x.Dispose();

    /// <summary>The screen as another client reads it, 0xRRGGBB.</summary>
    public static uint[] ReadScreen(string display)
    {
        using var reader = new X11Connection(display);
        _ = LibX11.XGetGeometry(reader.Display, reader.Root, out _, out _, out _, out var width, out var height, out _, out _);
        return ReadScreen(display, new PixelArea(0, 0, (int)width, (int)height));
    }

    /// <summary>A part of it.</summary>
    public static uint[] ReadScreen(string display, PixelArea area)
    {
        using var reader = new X11Connection(display);
        using var image = new X11Framebuffer(reader, area, allowShared: false);
        Assert.True(image.Fetch(area with { X = 0, Y = 0 }));
        var pixels = new uint[area.Width * area.Height];
        for (var y = 0; y < area.Height; y++)
            for (var column = 0; column < area.Width; column++) pixels[y * area.Width + column] = image.Pixels.Row(y)[column] & 0xFFFFFF;
        return pixels;
    }
}
