using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Nabij.HostApp.Linux;

/// <summary>The functions of libX11, libXi and libc that the watch on Stop uses.</summary>
[SupportedOSPlatform("linux")]
internal static unsafe partial class X11
{
    public const int KeyPress = 2;
    public const int GenericEvent = 35;
    public const int RawKeyPress = 13;
    public const int RawButtonPress = 15;
    public const int AllDevices = 0;
    public const int AllMasterDevices = 1;
    public const uint ShiftMask = 1 << 0;
    public const uint LockMask = 1 << 1;
    public const uint ControlMask = 1 << 2;
    public const uint AltMask = 1 << 3;
    public const uint NumLockMask = 1 << 4;
    public const int GrabAsync = 1;
    public const nuint EscapeKeysym = 0xff1b;
    public const nuint PauseKeysym = 0xff13;
    public const nuint LetterKeysym = 0x70;

    /// <summary>An XEvent is 24 longs.</summary>
    public const int EventBytes = 192;

    public const short PollIn = 1;

    [LibraryImport(GtkLibraries.X11)]
    public static partial int XInitThreads();

    [LibraryImport(GtkLibraries.X11)]
    public static partial nint XOpenDisplay(nint name);

    [LibraryImport(GtkLibraries.X11)]
    public static partial int XCloseDisplay(nint display);

    [LibraryImport(GtkLibraries.X11)]
    public static partial nint XDefaultRootWindow(nint display);

    [LibraryImport(GtkLibraries.X11)]
    public static partial int XConnectionNumber(nint display);

    [LibraryImport(GtkLibraries.X11)]
    public static partial int XPending(nint display);

    [LibraryImport(GtkLibraries.X11)]
    public static partial int XNextEvent(nint display, byte* happening);

    [LibraryImport(GtkLibraries.X11)]
    public static partial int XGetEventData(nint display, byte* cookie);

    [LibraryImport(GtkLibraries.X11)]
    public static partial void XFreeEventData(nint display, byte* cookie);

    [LibraryImport(GtkLibraries.X11)]
    public static partial int XFlush(nint display);

    [LibraryImport(GtkLibraries.X11)]
    public static partial byte XKeysymToKeycode(nint display, nuint keysym);

    [LibraryImport(GtkLibraries.X11)]
    public static partial int XGrabKey(
        nint display, int keycode, uint modifiers, nint window, int ownerEvents, int pointerMode, int keyboardMode);

    [LibraryImport(GtkLibraries.X11, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int XQueryExtension(nint display, string name, out int opcode, out int firstEvent, out int firstError);

    [LibraryImport(GtkLibraries.X11)]
    public static partial int XQueryPointer(
        nint display, nint window, out nint root, out nint child, out int rootX, out int rootY, out int x, out int y, out uint mask);

    [LibraryImport(GtkLibraries.X11)]
    public static partial int XTranslateCoordinates(
        nint display, nint source, nint target, int x, int y, out int targetX, out int targetY, out nint child);

    [LibraryImport(GtkLibraries.X11)]
    public static partial int XQueryTree(
        nint display, nint window, out nint root, out nint parent, out nint children, out uint count);

    [LibraryImport(GtkLibraries.X11)]
    public static partial int XFree(nint memory);

    [LibraryImport(GtkLibraries.XInput)]
    public static partial int XIQueryVersion(nint display, ref int major, ref int minor);

    [LibraryImport(GtkLibraries.XInput)]
    public static partial int XISelectEvents(nint display, nint window, XInputMask* masks, int count);

    [LibraryImport(GtkLibraries.XInput)]
    public static partial int XIGrabKeycode(
        nint display, int device, int keycode, nint window, int mode, int pairedMode, int ownerEvents, XInputMask* mask, int count,
        XInputModifiers* modifiers);

    [LibraryImport(GtkLibraries.XInput)]
    public static partial XInputDevice* XIQueryDevice(nint display, int device, out int count);

    [LibraryImport(GtkLibraries.XInput)]
    public static partial void XIFreeDeviceInfo(XInputDevice* devices);

    [LibraryImport("libc", EntryPoint = "eventfd")]
    public static partial int EventDescriptor(uint initial, int flags);

    [LibraryImport("libc", EntryPoint = "poll")]
    public static partial int Poll(PollDescriptor* descriptors, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "write")]
    public static partial nint Write(int descriptor, ulong* value, nuint length);

    [LibraryImport("libc", EntryPoint = "close")]
    public static partial int CloseDescriptor(int descriptor);
}

/// <summary>XIEventMask in memory.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct XInputMask
{
    public int Device;
    public int Length;
    public byte* Mask;
}

/// <summary>XIGrabModifiers in memory; the server writes the status.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct XInputModifiers
{
    public int Modifiers;
    public int Status;
}

/// <summary>XIDeviceInfo in memory.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct XInputDevice
{
    public int Device;
    public nint Name;
    public int Use;
    public int Attachment;
    public int Enabled;
    public int ClassCount;
    public nint Classes;
}

/// <summary>A pollfd in memory.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PollDescriptor
{
    public int Descriptor;
    public short Events;
    public short Returned;
}
