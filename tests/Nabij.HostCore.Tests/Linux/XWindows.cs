using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Nabij.HostCore.Linux;

namespace Nabij.HostCore.Tests.Linux;

/// <summary>What the tests' own X clients need of libX11 beyond <see cref="LibX11"/>: windows, drawing and focus. Each function once.</summary>
[SupportedOSPlatform("linux")]
internal static unsafe partial class XWindows
{
    [LibraryImport(LibX11.Library)]
    public static partial int XMapWindow(nint display, nuint window);

    [LibraryImport(LibX11.Library)]
    public static partial int XMapRaised(nint display, nuint window);

    [LibraryImport(LibX11.Library)]
    public static partial int XSetInputFocus(nint display, nuint window, int revertTo, nuint time);

    [LibraryImport(LibX11.Library)]
    public static partial int XLookupString(byte* keyEvent, byte* buffer, int size, out nuint symbol, nint status);

    [LibraryImport(LibX11.Library)]
    public static partial nint XKeysymToString(nuint symbol);

    [LibraryImport(LibX11.Library)]
    public static partial int XkbLockGroup(nint display, uint device, uint group);

    [LibraryImport(LibX11.Library)]
    public static partial nint XCreateGC(nint display, nuint drawable, nuint mask, nint values);

    [LibraryImport(LibX11.Library)]
    public static partial nuint XGetSelectionOwner(nint display, nuint selection);

    [LibraryImport(LibX11.Library)]
    public static partial int XMoveResizeWindow(nint display, nuint window, int x, int y, uint width, uint height);

    [LibraryImport(LibX11.Library)]
    public static partial int XSetForeground(nint display, nint context, nuint color);

    [LibraryImport(LibX11.Library)]
    public static partial int XFillRectangle(nint display, nuint drawable, nint context, int x, int y, uint width, uint height);
}
