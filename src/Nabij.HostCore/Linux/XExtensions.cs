using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Nabij.HostCore.Linux;

/// <summary>The X extensions that capture and input use, one library each, by the names of their manuals.</summary>
[SupportedOSPlatform("linux")]
internal static partial class XExtensions
{
    public const string Ext = "libXext.so.6", Damage = "libXdamage.so.1", Fixes = "libXfixes.so.3",
        RandR = "libXrandr.so.2", Test = "libXtst.so.6", Input = "libXi.so.6";

    /// <summary>XDamage: one event when the damage stops being empty; nothing more until it is subtracted.</summary>
    public const int ReportNonEmpty = 3;
    public const nuint CursorNotifyMask = 1;
    /// <summary>RandR: the screen, an output or its controller changed.</summary>
    public const int AllRandRChanges = 1 | 2 | 4;

    [StructLayout(LayoutKind.Sequential)]
    public struct SharedSegment
    {
        public nuint Segment;
        public int Id;
        public nint Address;
        public int ReadOnly;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct Rectangle
    {
        public short X, Y;
        public ushort Width, Height;
    }

    [LibraryImport(Ext)]
    public static partial int XShmQueryExtension(nint display);

    [LibraryImport(Ext)]
    public static unsafe partial nint XShmCreateImage(nint display, nint visual, uint depth, int format, nint data,
        SharedSegment* segment, uint width, uint height);

    [LibraryImport(Ext)]
    public static unsafe partial int XShmAttach(nint display, SharedSegment* segment);

    [LibraryImport(Ext)]
    public static unsafe partial int XShmDetach(nint display, SharedSegment* segment);

    [LibraryImport(Ext)]
    public static partial int XShmGetImage(nint display, nuint drawable, nint image, int x, int y, nuint planes);

    [LibraryImport(Damage)]
    public static partial int XDamageQueryExtension(nint display, out int firstEvent, out int firstError);

    [LibraryImport(Damage)]
    public static partial int XDamageQueryVersion(nint display, out int major, out int minor);

    [LibraryImport(Damage)]
    public static partial nuint XDamageCreate(nint display, nuint drawable, int level);

    [LibraryImport(Damage)]
    public static partial void XDamageSubtract(nint display, nuint damage, nuint repair, nuint parts);

    [LibraryImport(Fixes)]
    public static partial int XFixesQueryExtension(nint display, out int firstEvent, out int firstError);

    [LibraryImport(Fixes)]
    public static partial int XFixesQueryVersion(nint display, out int major, out int minor);

    [LibraryImport(Fixes)]
    public static partial nuint XFixesCreateRegion(nint display, nint rectangles, int count);

    [LibraryImport(Fixes)]
    public static unsafe partial Rectangle* XFixesFetchRegion(nint display, nuint region, out int count);

    [LibraryImport(Fixes)]
    public static partial void XFixesSelectCursorInput(nint display, nuint window, nuint mask);

    [LibraryImport(Fixes)]
    public static partial nint XFixesGetCursorImage(nint display);

    [LibraryImport(RandR)]
    public static partial int XRRQueryExtension(nint display, out int firstEvent, out int firstError);

    [LibraryImport(RandR)]
    public static partial int XRRQueryVersion(nint display, out int major, out int minor);

    [LibraryImport(RandR)]
    public static partial void XRRSelectInput(nint display, nuint window, int mask);

    [LibraryImport(RandR)]
    public static unsafe partial int XRRUpdateConfiguration(byte* received);

    [LibraryImport(RandR)]
    public static partial nint XRRGetMonitors(nint display, nuint window, int active, out int count);

    [LibraryImport(RandR)]
    public static partial void XRRFreeMonitors(nint monitors);

    [LibraryImport(Test)]
    public static partial int XTestQueryExtension(nint display, out int firstEvent, out int firstError, out int major, out int minor);

    [LibraryImport(Test)]
    public static partial int XTestFakeKeyEvent(nint display, uint keycode, int down, nuint delay);

    [LibraryImport(Test)]
    public static partial int XTestFakeButtonEvent(nint display, uint button, int down, nuint delay);

    [LibraryImport(Test)]
    public static partial int XTestFakeMotionEvent(nint display, int screen, int x, int y, nuint delay);

    /// <summary>Makes this connection's requests go on while another program holds the whole server.</summary>
    [LibraryImport(Test)]
    public static partial int XTestGrabControl(nint display, int impervious);

    [LibraryImport(Input)]
    public static partial int XIQueryVersion(nint display, ref int major, ref int minor);

    [LibraryImport(Input)]
    public static unsafe partial int XISelectEvents(nint display, nuint window, void* masks, int count);

    [LibraryImport(Input)]
    public static partial nint XIQueryDevice(nint display, int device, out int count);

    [LibraryImport(Input)]
    public static partial void XIFreeDeviceInfo(nint devices);
}
