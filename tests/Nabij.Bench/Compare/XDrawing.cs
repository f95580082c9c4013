using System.Runtime.InteropServices;
using Nabij.Bench.Clips;
using Nabij.HostCore.Picture;

namespace Nabij.Bench.Compare;

/// <summary>Draws a clip's steps onto the root window of an X display by XPutImage, only where pixels changed.</summary>
internal sealed unsafe partial class XDrawing : IDisposable
{
    private const string X11 = "libX11.so.6";
    private const int ZPixmap = 2, Depth = 24, BitsPerPixel = 32;

    private readonly nint display, image, context;
    private readonly nuint root;
    private readonly uint* memory;
    private readonly int width, height;

    /// <exception cref="BenchException">There is no such display.</exception>
    public XDrawing(string displayName, int width, int height)
    {
        (this.width, this.height) = (width, height);
        display = XOpenDisplay(displayName);
        if (display == 0) throw new BenchException($"There is no display {displayName}.");
        var screen = XDefaultScreen(display);
        (root, context) = (XRootWindow(display, screen), XDefaultGC(display, screen));
        memory = (uint*)NativeMemory.AllocZeroed((nuint)(width * height * sizeof(uint)));
        image = XCreateImage(display, XDefaultVisual(display, screen), Depth, ZPixmap, 0, (nint)memory, (uint)width, (uint)height, BitsPerPixel, 0);
    }

    /// <summary>Draws one step and waits until the server has done it.</summary>
    public void Draw(ClipFrame frame)
    {
        foreach (var band in frame.Bands)
            band.Pixels.CopyTo(new Span<uint>(memory + band.Row * BlockMap.BlockSize * width, band.Pixels.Length));
        foreach (var (x, y, across, down) in frame.Damage)
        {
            var (right, bottom) = (Math.Min(width, x + across), Math.Min(height, y + down));
            _ = XPutImage(display, root, context, image, x, y, x, y, (uint)(right - x), (uint)(bottom - y));
        }
        _ = XSync(display, 0);
    }

    public void Dispose()
    {
        _ = XCloseDisplay(display);
        NativeMemory.Free(memory);
    }

    [LibraryImport(X11, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint XOpenDisplay(string name);

    [LibraryImport(X11)]
    private static partial int XCloseDisplay(nint display);

    [LibraryImport(X11)]
    private static partial int XDefaultScreen(nint display);

    [LibraryImport(X11)]
    private static partial nuint XRootWindow(nint display, int screen);

    [LibraryImport(X11)]
    private static partial nint XDefaultGC(nint display, int screen);

    [LibraryImport(X11)]
    private static partial nint XDefaultVisual(nint display, int screen);

    [LibraryImport(X11)]
    private static partial nint XCreateImage(
        nint display, nint visual, uint depth, int format, int offset, nint data, uint width, uint height, int bitmapPad, int bytesPerLine);

    [LibraryImport(X11)]
    private static partial int XPutImage(
        nint display, nuint drawable, nint context, nint image, int fromX, int fromY, int x, int y, uint width, uint height);

    [LibraryImport(X11)]
    private static partial int XSync(nint display, int discard);
}
