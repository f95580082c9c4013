using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Nabij.HostCore.Picture;

namespace Nabij.HostCore.Linux;

/// <summary>
/// The pixels of a part of the root window, kept in memory shared with the X server (MIT-SHM). The server writes whole
/// rows straight into place; it knows no gaps between rows, so narrower rectangles go through a strip behind the
/// picture and are copied. On a display that shares no memory (a remote one) all of them come over the connection.
/// Pixels that were never fetched are black.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed unsafe class X11Framebuffer : IDisposable
{
    // Offsets in XImage (Xlib.h, 64-bit).
    private const int WidthOffset = 0, HeightOffset = 4, DataOffset = 16, BytesPerLineOffset = 44, BitsPerPixelOffset = 48,
        RedMaskOffset = 56, GreenMaskOffset = 64, BlueMaskOffset = 72;
    private static nuint AllPlanes => nuint.MaxValue;
    private const int BytesPerPixel = 4;
    /// <summary>Tuning: pixels of the strip; a window of 1280x720 fits, larger rectangles take several turns.</summary>
    private const int StripPixels = 1024 * 1024;

    private readonly X11Connection x;
    private readonly XExtensions.SharedSegment* segment;
    private readonly int left, top;
    private nint sharedImage;
    private nint memory;

    /// <param name="x">The connection; it stays the giver's.</param>
    /// <param name="area">The part of the root window.</param>
    /// <param name="allowShared">False forces the way over the connection.</param>
    public X11Framebuffer(X11Connection x, PixelArea area, bool allowShared = true)
    {
        this.x = x;
        (left, top, Width, Height) = (area.X, area.Y, area.Width, area.Height);
        segment = (XExtensions.SharedSegment*)NativeMemory.AllocZeroed((nuint)sizeof(XExtensions.SharedSegment));
        segment->Id = -1;
        if (allowShared && TryShare()) return;
        Stride = Width;
        memory = (nint)NativeMemory.AllocZeroed((nuint)((long)Width * Height * BytesPerPixel));
    }

    public int Width { get; }

    public int Height { get; }

    public int Stride { get; private set; }

    public bool IsShared => sharedImage != 0;

    public PixelView Pixels => new(new ReadOnlySpan<uint>((void*)memory, Stride * Height), Width, Height, Stride);

    /// <summary>
    /// Fetches a rectangle inside the picture; false when the X server refused, as it does when the root window shrank.
    /// </summary>
    public bool Fetch(PixelArea area)
    {
        if (!IsShared) return FetchCopied(area);
        if (area.X == 0 && area.Width == Width) return FetchShared(area, memory + Offset(0, area.Y));
        var most = Math.Min(StripPixels, Width * Height) / area.Width;
        for (var done = 0; done < area.Height; done += most)
            if (!FetchByStrip(area with { Y = area.Y + done, Height = Math.Min(most, area.Height - done) })) return false;
        return true;
    }

    public void Dispose()
    {
        if (IsShared)
        {
            if (!x.IsLost)
            {
                _ = XExtensions.XShmDetach(x.Display, segment);
                _ = LibX11.XSync(x.Display, 0);
            }
            *(nint*)(sharedImage + DataOffset) = 0;
            _ = LibX11.XDestroyImage(sharedImage);
            _ = LibC.DetachSharedMemory(memory);
            sharedImage = 0;
        }
        else if (memory != 0)
        {
            NativeMemory.Free((void*)memory);
        }
        memory = 0;
        NativeMemory.Free(segment);
    }

    private bool TryShare()
    {
        if (XExtensions.XShmQueryExtension(x.Display) == 0) return false;
        var visual = LibX11.XDefaultVisual(x.Display, x.Screen);
        var depth = (uint)LibX11.XDefaultDepth(x.Display, x.Screen);
        var image = XExtensions.XShmCreateImage(x.Display, visual, depth, LibX11.PixmapFormatZ, 0, segment, (uint)Width, (uint)Height);
        if (image == 0) return false;
        var bytesPerLine = *(int*)(image + BytesPerLineOffset);
        RequireKnownFormat(image);
        segment->Id = LibC.CreateSharedMemory(LibC.PrivateKey, Bytes(bytesPerLine), LibC.CreateSegment | LibC.OwnerOnly);
        if (segment->Id >= 0 && Attach(image, (nuint)((long)bytesPerLine * Height)))
        {
            Stride = bytesPerLine / BytesPerPixel;
            sharedImage = image;
            return true;
        }
        *(nint*)(image + DataOffset) = 0;
        _ = LibX11.XDestroyImage(image);
        return false;
    }

    private bool Attach(nint image, nuint pictureBytes)
    {
        segment->Address = LibC.AttachSharedMemory(segment->Id, 0, 0);
        var attached = segment->Address != -1;
        if (attached)
        {
            _ = x.TakeError();
            _ = XExtensions.XShmAttach(x.Display, segment);
            attached = x.TakeError() == 0;
            if (!attached) _ = LibC.DetachSharedMemory(segment->Address);
        }
        // Marked for removal at once: the segment disappears with its last user, even if this process is killed.
        _ = LibC.ControlSharedMemory(segment->Id, LibC.RemoveSegment, 0);
        if (!attached) return false;
        memory = segment->Address;
        // The first picture then need not wait for the system to find so much memory.
        NativeMemory.Clear((void*)memory, pictureBytes);
        *(nint*)(image + DataOffset) = memory;
        return true;
    }

    // The picture, and the strip behind it. Pages that are never touched take no memory.
    private nuint Bytes(int bytesPerLine) => (nuint)((long)bytesPerLine * Height + (long)Math.Min(StripPixels, Width * Height) * BytesPerPixel);

    private nint Offset(int column, int row) => (nint)(((long)row * Stride + column) * BytesPerPixel);

    // XShmGetImage tells the server the size, and the offset of the data pointer in the segment: so it writes where we want.
    private bool FetchShared(PixelArea area, nint target)
    {
        *(int*)(sharedImage + WidthOffset) = area.Width;
        *(int*)(sharedImage + HeightOffset) = area.Height;
        *(nint*)(sharedImage + DataOffset) = target;
        return XExtensions.XShmGetImage(x.Display, x.Root, sharedImage, left + area.X, top + area.Y, AllPlanes) != 0;
    }

    private bool FetchByStrip(PixelArea area)
    {
        var strip = memory + Offset(0, Height);
        if (!FetchShared(area, strip)) return false;
        CopyRows(strip, area.Width * BytesPerPixel, area);
        return true;
    }

    private bool FetchCopied(PixelArea area)
    {
        var image = LibX11.XGetImage(x.Display, x.Root, left + area.X, top + area.Y, (uint)area.Width, (uint)area.Height, AllPlanes, LibX11.PixmapFormatZ);
        if (image == 0) return false;
        RequireKnownFormat(image);
        CopyRows(*(nint*)(image + DataOffset), *(int*)(image + BytesPerLineOffset), area);
        _ = LibX11.XDestroyImage(image);
        return true;
    }

    private void CopyRows(nint source, int bytesPerLine, PixelArea area)
    {
        for (var row = 0; row < area.Height; row++)
        {
            var from = new ReadOnlySpan<uint>((void*)(source + (nint)row * bytesPerLine), area.Width);
            from.CopyTo(new Span<uint>((void*)(memory + Offset(area.X, area.Y + row)), area.Width));
        }
    }

    private static void RequireKnownFormat(nint image)
    {
        var bits = *(int*)(image + BitsPerPixelOffset);
        var red = *(nuint*)(image + RedMaskOffset);
        var green = *(nuint*)(image + GreenMaskOffset);
        var blue = *(nuint*)(image + BlueMaskOffset);
        if (bits != 32 || red != 0xFF0000 || green != 0xFF00 || blue != 0xFF)
            throw new ScreenLostException(
                $"This display stores its colors in a form that cannot be shown yet ({bits} bits for each pixel). Set it to 24-bit color (millions of colors) and start again.");
    }
}
