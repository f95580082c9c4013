using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Nabij.HostCore.Linux;

/// <summary>
/// libX11 (Xlib, 64-bit layout), by the names of its manual. Structures that Xlib allocates are read by offset, since
/// only a few fields of each matter.
/// </summary>
[SupportedOSPlatform("linux")]
internal static partial class LibX11
{
    public const string Library = "libX11.so.6";

    /// <summary>Size of the XEvent union: 24 longs.</summary>
    public const int EventBytes = 192;

    public const int SelectionClear = 29, SelectionRequest = 30, SelectionNotify = 31;
    public const int PropertyNotify = 28, MappingNotify = 34, ConfigureNotify = 22, GenericEvent = 35;
    public const long StructureNotifyMask = 1 << 17, PropertyChangeMask = 1 << 22;
    public const int PixmapFormatZ = 2;
    public const uint CoreKeyboard = 0x100;
    public const int MapNotify = 19, UnmapNotify = 18, DestroyNotify = 17, ReparentNotify = 21, CirculateNotify = 26;
    public const long SubstructureNotifyMask = 1 << 19;

    [LibraryImport(Library)]
    public static partial int XInitThreads();

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint XOpenDisplay(string? name);

    [LibraryImport(Library)]
    public static partial int XCloseDisplay(nint display);

    [LibraryImport(Library)]
    public static partial int XDefaultScreen(nint display);

    [LibraryImport(Library)]
    public static partial nuint XRootWindow(nint display, int screen);

    [LibraryImport(Library)]
    public static partial nint XDefaultVisual(nint display, int screen);

    [LibraryImport(Library)]
    public static partial int XDefaultDepth(nint display, int screen);

    [LibraryImport(Library)]
    public static partial int XConnectionNumber(nint display);

    [LibraryImport(Library)]
    public static partial int XPending(nint display);

    /// <summary>Events that were read from the connection and wait to be taken.</summary>
    [LibraryImport(Library)]
    public static partial int XQLength(nint display);

    [LibraryImport(Library)]
    public static unsafe partial int XNextEvent(nint display, byte* received);

    [LibraryImport(Library)]
    public static partial int XSync(nint display, int discard);

    [LibraryImport(Library)]
    public static partial int XFlush(nint display);

    [LibraryImport(Library)]
    public static partial int XFree(nint memory);

    [LibraryImport(Library)]
    public static partial int XSelectInput(nint display, nuint window, long mask);

    [LibraryImport(Library)]
    public static partial nint XSetErrorHandler(nint handler);

    [LibraryImport(Library)]
    public static partial nint XSetIOErrorHandler(nint handler);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int XQueryExtension(nint display, string name, out int opcode, out int firstEvent, out int firstError);

    [LibraryImport(Library)]
    public static partial int XGetGeometry(nint display, nuint drawable, out nuint root, out int x, out int y,
        out uint width, out uint height, out uint border, out uint depth);

    [LibraryImport(Library)]
    public static partial nint XGetImage(nint display, nuint drawable, int x, int y, uint width, uint height, nuint planes, int format);

    [LibraryImport(Library)]
    public static partial int XDestroyImage(nint image);

    [LibraryImport(Library)]
    public static partial int XQueryPointer(nint display, nuint window, out nuint root, out nuint child,
        out int rootX, out int rootY, out int x, out int y, out uint mask);

    [LibraryImport(Library)]
    public static partial int XTranslateCoordinates(nint display, nuint from, nuint to, int x, int y,
        out int toX, out int toY, out nuint child);

    [LibraryImport(Library)]
    public static unsafe partial int XQueryTree(nint display, nuint window, out nuint root, out nuint parent,
        out nuint* children, out uint count);

    [LibraryImport(Library)]
    public static partial int XGetInputFocus(nint display, out nuint window, out int revertTo);

    /// <summary>Fills in an XWindowAttributes (136 bytes); 0 when there is no such window.</summary>
    [LibraryImport(Library)]
    public static unsafe partial int XGetWindowAttributes(nint display, nuint window, byte* attributes);

    [LibraryImport(Library)]
    public static partial nint XGetAtomName(nint display, nuint atom);

    [LibraryImport(Library)]
    public static unsafe partial int XGetEventData(nint display, byte* cookie);

    [LibraryImport(Library)]
    public static unsafe partial void XFreeEventData(nint display, byte* cookie);

    [LibraryImport(Library)]
    public static partial int XDisplayKeycodes(nint display, out int least, out int greatest);

    [LibraryImport(Library)]
    public static unsafe partial nuint* XGetKeyboardMapping(nint display, byte first, int count, out int symbolsPerKey);

    [LibraryImport(Library)]
    public static unsafe partial int XChangeKeyboardMapping(nint display, int first, int symbolsPerKey, nuint* symbols, int count);

    [LibraryImport(Library)]
    public static unsafe partial int XRefreshKeyboardMapping(byte* mappingEvent);

    [LibraryImport(Library)]
    public static partial nint XGetModifierMapping(nint display);

    [LibraryImport(Library)]
    public static partial int XFreeModifiermap(nint map);

    [LibraryImport(Library)]
    public static unsafe partial int XQueryKeymap(nint display, byte* keys);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nuint XInternAtom(nint display, string name, int onlyIfExists);

    [LibraryImport(Library)]
    public static unsafe partial int XChangeProperty(nint display, nuint window, nuint property, nuint type, int format, int mode,
        nuint* values, int count);

    [LibraryImport(Library)]
    public static partial int XDeleteProperty(nint display, nuint window, nuint property);

    [LibraryImport(Library)]
    public static unsafe partial int XGetWindowProperty(nint display, nuint window, nuint property, nint offset, nint length, int remove,
        nuint requiredType, out nuint type, out int format, out nuint count, out nuint left, out nuint* values);

    [LibraryImport(Library)]
    public static partial nuint XCreateSimpleWindow(nint display, nuint parent, int x, int y, uint width, uint height, uint border,
        nuint borderColor, nuint background);

    [LibraryImport(Library)]
    public static partial int XDestroyWindow(nint display, nuint window);

    [LibraryImport(Library)]
    public static partial int XSetSelectionOwner(nint display, nuint selection, nuint owner, nuint time);

    [LibraryImport(Library)]
    public static partial nuint XGetSelectionOwner(nint display, nuint selection);

    [LibraryImport(Library)]
    public static partial int XConvertSelection(nint display, nuint selection, nuint target, nuint property, nuint requestor, nuint time);

    [LibraryImport(Library)]
    public static unsafe partial int XSendEvent(nint display, nuint window, int propagate, nint mask, byte* sent);

    [LibraryImport(Library)]
    public static partial int XkbLatchModifiers(nint display, uint device, uint affected, uint values);

    [LibraryImport(Library)]
    public static partial int XkbLockModifiers(nint display, uint device, uint affected, uint values);

    [LibraryImport(Library)]
    public static unsafe partial int XkbGetState(nint display, uint device, byte* state);

    [LibraryImport(Library)]
    public static partial int XkbLookupKeySym(nint display, byte keycode, uint modifiers, out uint consumed, out nuint symbol);

    [LibraryImport(Library)]
    public static partial nuint XkbKeycodeToKeysym(nint display, byte keycode, int group, int level);

    [LibraryImport(Library)]
    public static partial int XkbQueryExtension(nint display, out int opcode, out int firstEvent, out int firstError,
        ref int major, ref int minor);
}
