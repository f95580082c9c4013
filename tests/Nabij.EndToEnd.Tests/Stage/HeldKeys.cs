using System.Runtime.InteropServices;

namespace Nabij.EndToEnd.Tests.Stage;

/// <summary>Which keys and mouse buttons a display believes to be pressed. Used by one task.</summary>
internal sealed partial class HeldKeys : IDisposable
{
    private const int KeymapBytes = 32;

    // Button1Mask to Button5Mask of X.h.
    private const uint Buttons = 0x1F00;

    private readonly byte[] keys = new byte[KeymapBytes];
    private readonly nint display;

    public HeldKeys(Desktop desktop)
    {
        display = XOpenDisplay(desktop.Display);
        if (display == 0) throw new InvalidOperationException($"display {desktop.Display} cannot be opened");
    }

    /// <summary>Key codes and buttons, for people; empty when nothing is pressed.</summary>
    public string Now()
    {
        _ = XQueryKeymap(display, keys);
        _ = XQueryPointer(display, XDefaultRootWindow(display), out _, out _, out _, out _, out _, out _, out var mask);
        var held = Enumerable.Range(0, KeymapBytes * 8).Where(key => (keys[key / 8] & 1 << key % 8) != 0).Select(key => $"key {key}");
        return string.Join(", ", (mask & Buttons) == 0 ? held : held.Append($"buttons {(mask & Buttons) >> 8}"));
    }

    public void Dispose() => _ = XCloseDisplay(display);

    [LibraryImport("libX11.so.6", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint XOpenDisplay(string name);

    [LibraryImport("libX11.so.6")]
    private static partial int XCloseDisplay(nint display);

    [LibraryImport("libX11.so.6")]
    private static partial nuint XDefaultRootWindow(nint display);

    [LibraryImport("libX11.so.6")]
    private static partial int XQueryKeymap(nint display, [Out, MarshalAs(UnmanagedType.LPArray, SizeConst = KeymapBytes)] byte[] keys);

    [LibraryImport("libX11.so.6")]
    private static partial int XQueryPointer(
        nint display, nuint window, out nuint root, out nuint child, out int rootX, out int rootY, out int x, out int y, out uint mask);
}
