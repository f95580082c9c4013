using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Nabij.HostCore.Picture;

namespace Nabij.HostCore.Linux;

/// <summary>
/// The pixels of the root window, kept in memory shared with the X server (MIT-SHM): the server writes bands of rows
/// straight into place. On a display that shares no memory (a remote one) the bands come over the connection.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed unsafe class X11Framebuffer : IDisposable
{
    // Offsets in XImage (Xlib.h, 64-bit).
    private const int HeightOffset = 4, DataOffset = 16, BytesPerLineOffset = 44, BitsPerPixelOffset = 48,
        RedMaskOffset = 56, GreenMaskOffset = 64, BlueMaskOffset = 72;
    private static nuint AllPlanes => nuint.MaxValue;
    private const int BytesPerPixel = 4;

    private readonly X11Connection x;
    private readonly XExtensions.SharedSegment* segment;
    private nint sharedImage;
    private nint memory;

    public X11Framebuffer(X11Connection x, int width, int height, bool allowShared = true)
    {
        this.x = x;
        Width = width;
        Height = height;
        segment = (XExtensions.SharedSegment*)NativeMemory.AllocZeroed((nuint)sizeof(XExtensions.SharedSegment));
        segment->Id = -1;
        if (allowShared && TryShare()) return;
        Stride = width;
        memory = (nint)NativeMemory.AllocZeroed((nuint)((long)width * height * BytesPerPixel));
    }

    public int Width { get; }

    public int Height { get; }

    public int Stride { get; private set; }

    public bool IsShared => sharedImage != 0;

    public PixelView Pixels => new(new ReadOnlySpan<uint>((void*)memory, Stride * Height), Width, Height, Stride);

    /// <summary>Fetches whole rows from <paramref name="top"/>; false when the X server refused, as it does when the screen shrank.</summary>
    public bool Fetch(int top, int rows) => IsShared ? FetchShared(top, rows) : FetchCopied(top, rows);

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
        segment->Id = LibC.CreateSharedMemory(LibC.PrivateKey, (nuint)((long)bytesPerLine * Height), LibC.CreateSegment | LibC.OwnerOnly);
        if (segment->Id >= 0 && Attach(image))
        {
            Stride = bytesPerLine / BytesPerPixel;
            sharedImage = image;
            return true;
        }
        *(nint*)(image + DataOffset) = 0;
        _ = LibX11.XDestroyImage(image);
        return false;
    }

    private bool Attach(nint image)
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
        *(nint*)(image + DataOffset) = memory;
        return true;
    }

    private bool FetchShared(int top, int rows)
    {
        // XShmGetImage tells the server the offset of the data pointer in the segment: so a band lands in its place.
        *(int*)(sharedImage + HeightOffset) = rows;
        *(nint*)(sharedImage + DataOffset) = memory + (nint)((long)top * Stride * BytesPerPixel);
        return XExtensions.XShmGetImage(x.Display, x.Root, sharedImage, 0, top, AllPlanes) != 0;
    }

    private bool FetchCopied(int top, int rows)
    {
        var image = LibX11.XGetImage(x.Display, x.Root, 0, top, (uint)Width, (uint)rows, AllPlanes, LibX11.PixmapFormatZ);
        if (image == 0) return false;
        RequireKnownFormat(image);
        var bytesPerLine = *(int*)(image + BytesPerLineOffset);
        var source = *(nint*)(image + DataOffset);
        for (var row = 0; row < rows; row++)
        {
            var from = new ReadOnlySpan<uint>((void*)(source + (nint)row * bytesPerLine), Width);
            from.CopyTo(new Span<uint>((uint*)memory + (long)(top + row) * Stride, Width));
        }
        _ = LibX11.XDestroyImage(image);
        return true;
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
