using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Nabij.HostCore.Picture;

namespace Nabij.HostCore.Linux;

/// <summary>
/// One connection to the X display, used by one thread at a time. X errors of our connections are noted instead of
/// ending the process (Xlib's default); those of other connections, such as GTK's, go to the handler that was there
/// before. A display that goes away is noted too, where libX11 is new enough (1.7) to tell.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed unsafe class X11Connection : IDisposable
{
    // Resource numbers have 29 bits, and some of them name the client. The display's place of the mask is that of a 64-bit Xlib.
    private const int FewestRangeBits = 16, MostRangeBits = 28, UsualRangeBits = 21, MaskOffset = 48;

    private static readonly Lock Gate = new();
    // Replaced as a whole, never locked: Xlib calls the handlers while it holds locks of its own.
    private static volatile X11Connection[] open = [];
    private static nint previousHandler, previousLossHandler;
    private static bool handlerInstalled;

    private volatile int lastError;
    private volatile bool isLost;

    /// <summary>Opens the named display, or the one of the environment. Throws <see cref="ScreenLostException"/> with words for people.</summary>
    public X11Connection(string? displayName = null)
    {
        RequireLibraries();
        lock (Gate) InstallHandlers();
        Display = LibX11.XOpenDisplay(displayName);
        if (Display == 0) throw new ScreenLostException(NoDisplay(displayName));
        lock (Gate) open = [.. open, this];
        TellWhenLost();
        Screen = LibX11.XDefaultScreen(Display);
        Root = LibX11.XRootWindow(Display, Screen);
    }

    public nint Display { get; private set; }

    public int Screen { get; }

    public nuint Root { get; }

    /// <summary>
    /// How many bits of a resource number count within one client; those above name the client. From the mask that the
    /// server gave at the connection (X11 protocol, "Connection Setup"), which Xlib.h shows as the fourth private number
    /// of the display; where that does not look like a mask, what servers give for 256 clients.
    /// </summary>
    public int RangeBits
    {
        get
        {
            var mask = *(nuint*)(Display + MaskOffset);
            var bits = BitOperations.PopCount(mask);
            return bits is >= FewestRangeBits and <= MostRangeBits && BitOperations.TrailingZeroCount(~mask) == bits ? bits : UsualRangeBits;
        }
    }

    /// <summary>True when the X server has gone away, or this connection was disposed.</summary>
    public bool IsLost => isLost;

    /// <summary>The X error code noted since the last call, 0 for none, after everything asked so far was handled.</summary>
    public int TakeError()
    {
        _ = LibX11.XSync(Display, 0);
        return Interlocked.Exchange(ref lastError, 0);
    }

    public void Dispose()
    {
        if (Display == 0) return;
        if (!isLost) _ = LibX11.XCloseDisplay(Display);
        lock (Gate) open = [.. open.Where(other => other != this)];
        Display = 0;
        isLost = true; // whoever still asks must not go to Xlib with a display that is gone
    }

    private static void RequireLibraries()
    {
        foreach (var library in (string[])[LibX11.Library, XExtensions.Ext, XExtensions.Damage, XExtensions.Fixes, XExtensions.RandR, XExtensions.Test])
        {
            if (!NativeLibrary.TryLoad(library, out _))
                throw new ScreenLostException(
                    $"The library {library} is missing on this computer, so the screen cannot be shown. " +
                    "Install the X11 client libraries (on Debian and Ubuntu: libx11-6 libxext6 libxdamage1 libxfixes3 libxrandr2 libxtst6).");
        }
    }

    private static string NoDisplay(string? displayName)
    {
        var name = displayName ?? Environment.GetEnvironmentVariable("DISPLAY");
        if (!string.IsNullOrEmpty(name))
            return $"The display {name} cannot be opened, so there is no screen to show. Check that it runs and that this user may use it.";
        return Environment.GetEnvironmentVariable("WAYLAND_DISPLAY") is { Length: > 0 }
            ? "This desktop runs on Wayland without X11, which is not supported yet. Sign in with an X11 (Xorg) session and start again."
            : "There is no display: the program needs a graphical desktop (X11). The variable DISPLAY is not set.";
    }

    private static void InstallHandlers()
    {
        if (handlerInstalled) return;
        handlerInstalled = true;
        _ = LibX11.XInitThreads();
        previousHandler = LibX11.XSetErrorHandler((nint)(delegate* unmanaged[Cdecl]<nint, byte*, int>)&OnError);
        previousLossHandler = LibX11.XSetIOErrorHandler((nint)(delegate* unmanaged[Cdecl]<nint, int>)&OnLoss);
    }

    private void TellWhenLost()
    {
        if (!NativeLibrary.TryLoad(LibX11.Library, out var library)) return;
        if (!NativeLibrary.TryGetExport(library, "XSetIOErrorExitHandler", out var function)) return;
        var set = (delegate* unmanaged[Cdecl]<nint, delegate* unmanaged[Cdecl]<nint, void*, void>, void*, void>)function;
        set(Display, &OnLost, null);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnError(nint display, byte* error)
    {
        const int ErrorCodeOffset = 32;
        if (Find(display) is { } connection)
        {
            connection.lastError = error[ErrorCodeOffset];
            return 0;
        }
        return previousHandler == 0 ? 0 : ((delegate* unmanaged[Cdecl]<nint, byte*, int>)previousHandler)(display, error);
    }

    // Returning lets Xlib go on to the connection's own exit handler; its default here ends the process.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnLoss(nint display)
    {
        if (Find(display) is not null || previousLossHandler == 0) return 0;
        return ((delegate* unmanaged[Cdecl]<nint, int>)previousLossHandler)(display);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnLost(nint display, void* context)
    {
        if (Find(display) is { } connection) connection.isLost = true;
    }

    private static X11Connection? Find(nint display)
    {
        return Array.Find(open, connection => connection.Display == display);
    }
}
