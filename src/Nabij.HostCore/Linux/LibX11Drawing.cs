using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Nabij.HostCore.Linux;

/// <summary>What drawing on the desktop needs of libX11 and of the extension SHAPE (libXext), by the names of their manuals.</summary>
[SupportedOSPlatform("linux")]
internal static unsafe partial class LibX11Drawing
{
    public const nuint BackgroundPixel = 1 << 1, OverrideRedirect = 1 << 9;
    public const uint InputOutput = 1;
    public const int SolidLine = 0, RoundCap = 2, RoundJoin = 1, FromOrigin = 0, FullCircle = 360 * 64;
    public const int BoundingShape = 0, InputShape = 2, Set = 0, Union = 1, Intersect = 2, Subtract = 3, Unsorted = 0;
    public const int IsViewable = 2;
    public const nuint AtomType = 4, CardinalType = 6;

    /// <summary>XPoint.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Point
    {
        public short X, Y;
    }

    /// <summary>XSetWindowAttributes (Xlib.h, 64-bit): only these two are used.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 112)]
    public struct WindowValues
    {
        [FieldOffset(8)]
        public nuint BackgroundPixel;
        [FieldOffset(88)]
        public int OverrideRedirect;
    }

    /// <summary>XWindowAttributes (Xlib.h, 64-bit): only these are used.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 136)]
    public struct WindowAttributes
    {
        [FieldOffset(0)]
        public int X;
        [FieldOffset(4)]
        public int Y;
        [FieldOffset(92)]
        public int MapState;
    }

    /// <summary>XColor.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Color
    {
        public nuint Pixel;
        public ushort Red, Green, Blue;
        public byte Flags, Padding;
    }

    [LibraryImport(LibX11.Library)]
    public static partial nuint XCreateWindow(nint display, nuint parent, int x, int y, uint width, uint height, uint border,
        int depth, uint kind, nint visual, nuint mask, WindowValues* values);

    [LibraryImport(LibX11.Library)]
    public static partial int XDestroyWindow(nint display, nuint window);

    [LibraryImport(LibX11.Library)]
    public static partial int XMapRaised(nint display, nuint window);

    [LibraryImport(LibX11.Library)]
    public static partial int XRaiseWindow(nint display, nuint window);

    [LibraryImport(LibX11.Library)]
    public static partial int XMoveWindow(nint display, nuint window, int x, int y);

    [LibraryImport(LibX11.Library)]
    public static partial int XSetWindowBackgroundPixmap(nint display, nuint window, nuint pixmap);

    [LibraryImport(LibX11.Library)]
    public static partial int XClearArea(nint display, nuint window, int x, int y, uint width, uint height, int exposures);

    [LibraryImport(LibX11.Library)]
    public static partial int XGetWindowAttributes(nint display, nuint window, WindowAttributes* attributes);

    [LibraryImport(LibX11.Library)]
    public static partial nuint XCreatePixmap(nint display, nuint drawable, uint width, uint height, uint depth);

    [LibraryImport(LibX11.Library)]
    public static partial int XFreePixmap(nint display, nuint pixmap);

    [LibraryImport(LibX11.Library)]
    public static partial nint XCreateGC(nint display, nuint drawable, nuint mask, nint values);

    [LibraryImport(LibX11.Library)]
    public static partial int XFreeGC(nint display, nint context);

    [LibraryImport(LibX11.Library)]
    public static partial int XSetForeground(nint display, nint context, nuint color);

    [LibraryImport(LibX11.Library)]
    public static partial int XSetLineAttributes(nint display, nint context, uint width, int style, int cap, int join);

    [LibraryImport(LibX11.Library)]
    public static partial int XFillRectangle(nint display, nuint drawable, nint context, int x, int y, uint width, uint height);

    [LibraryImport(LibX11.Library)]
    public static partial int XDrawLines(nint display, nuint drawable, nint context, Point* points, int count, int mode);

    [LibraryImport(LibX11.Library)]
    public static partial int XDrawArc(nint display, nuint drawable, nint context, int x, int y, uint width, uint height, int from, int length);

    [LibraryImport(LibX11.Library)]
    public static partial nuint XDefaultColormap(nint display, int screen);

    [LibraryImport(LibX11.Library)]
    public static partial int XAllocColor(nint display, nuint map, Color* color);

    [LibraryImport(XExtensions.Ext)]
    public static partial int XShapeQueryVersion(nint display, out int major, out int minor);

    [LibraryImport(XExtensions.Ext)]
    public static partial void XShapeCombineMask(nint display, nuint window, int kind, int x, int y, nuint mask, int operation);

    [LibraryImport(XExtensions.Ext)]
    public static partial void XShapeCombineRectangles(nint display, nuint window, int kind, int x, int y,
        XExtensions.Rectangle* rectangles, int count, int operation, int order);

    [LibraryImport(XExtensions.Ext)]
    public static partial XExtensions.Rectangle* XShapeGetRectangles(nint display, nuint window, int kind, out int count, out int order);
}
