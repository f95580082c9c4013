using System.Runtime.Versioning;
using Nabij.HostCore.Picture;

namespace Nabij.HostCore.Linux;

/// <summary>
/// The X11 desktop as a screen source. It sleeps in poll() until the X server reports damage (XDamage), another cursor
/// (XFixes), another size (RandR) or movement of the pointer (XInput 2, where it exists), or until it is woken.
/// </summary>
[SupportedOSPlatform("linux")]
public sealed unsafe class X11ScreenSource : IScreenSource
{
    private readonly X11Connection x;
    private readonly X11Events events;
    private readonly X11Wake wake;
    private readonly nuint damage;
    private readonly nuint region;
    private X11Framebuffer framebuffer;
    private BlockMap touched;
    private bool isDamaged;

    /// <param name="displayName">Name of the display, or null for the one of the environment.</param>
    /// <param name="allowSharedMemory">False forces the way over the connection, for tests.</param>
    public X11ScreenSource(string? displayName = null, bool allowSharedMemory = true)
    {
        x = new X11Connection(displayName);
        try
        {
            wake = new X11Wake();
            RequireExtensions();
            Layout = X11Layout.Read(x);
            framebuffer = new X11Framebuffer(x, Layout.Width, Layout.Height, allowSharedMemory);
            events = new X11Events(x);
            damage = XExtensions.XDamageCreate(x.Display, x.Root, XExtensions.ReportNonEmpty);
            region = XExtensions.XFixesCreateRegion(x.Display, 0, 0);
            touched = new BlockMap(Layout.Width, Layout.Height);
            FetchAll();
            Cursor = X11Cursor.Read(x);
        }
        catch
        {
            framebuffer?.Dispose();
            wake?.Dispose();
            x.Dispose();
            throw;
        }
    }

    public ScreenLayout Layout { get; private set; }

    public PixelView Pixels => framebuffer.Pixels;

    public CursorImage? Cursor { get; private set; }

    public (int X, int Y) PointerPosition
    {
        get
        {
            _ = LibX11.XQueryPointer(x.Display, x.Root, out _, out _, out var left, out var top, out _, out _, out _);
            return (Math.Clamp(left, 0, Layout.Width - 1), Math.Clamp(top, 0, Layout.Height - 1));
        }
    }

    /// <summary>True when the X server writes the pixels straight into our memory.</summary>
    public bool IsSharedMemory => framebuffer.IsShared;

    public ScreenChanges Wait()
    {
        if (LibX11.XPending(x.Display) == 0) wake.WaitFor(LibX11.XConnectionNumber(x.Display));
        else wake.Clear();
        RequireDisplay();
        var changes = events.Read();
        RequireDisplay();
        if ((changes & ScreenChanges.Damage) != 0) isDamaged = true;
        if ((changes & ScreenChanges.CursorShape) != 0) Cursor = X11Cursor.Read(x);
        if ((changes & ScreenChanges.Layout) != 0 && !Rebuild()) changes &= ~ScreenChanges.Layout;
        return changes;
    }

    public void Wake() => wake.Raise();

    public bool Capture(BlockMap damaged)
    {
        if (!isDamaged) return true;
        isDamaged = false;
        // Subtract before reading pixels: what changes from here on is reported again.
        XExtensions.XDamageSubtract(x.Display, damage, 0, region);
        var rectangles = XExtensions.XFixesFetchRegion(x.Display, region, out var count);
        RequireDisplay();
        if (rectangles == null) return true;
        touched.Clear();
        for (var i = 0; i < count; i++)
            touched.MarkRectangle(rectangles[i].X, rectangles[i].Y, rectangles[i].Width, rectangles[i].Height);
        _ = LibX11.XFree((nint)rectangles);
        return FetchBands(damaged);
    }

    public void Dispose()
    {
        framebuffer.Dispose();
        wake.Dispose();
        x.Dispose();
    }

    // After a start or a new size: everything once. If the size has just changed again, its notice is on its way.
    private void FetchAll() => framebuffer.Fetch(0, Layout.Height);

    private bool FetchBands(BlockMap damaged)
    {
        for (var row = 0; row < touched.Rows; row++)
        {
            if (!touched.RowHasAny(row)) continue;
            var end = row + 1;
            while (end < touched.Rows && touched.RowHasAny(end)) end++;
            var top = row * BlockMap.BlockSize;
            var bottom = Math.Min(Layout.Height, end * BlockMap.BlockSize);
            if (!framebuffer.Fetch(top, bottom - top))
            {
                // The screen shrank under our feet; the notice of its new size is on its way.
                isDamaged = true;
                return false;
            }
            row = end;
        }
        damaged.Add(touched);
        return true;
    }

    private bool Rebuild()
    {
        var layout = X11Layout.Read(x);
        if (layout.Equals(Layout)) return false;
        var allowShared = framebuffer.IsShared;
        framebuffer.Dispose();
        Layout = layout;
        framebuffer = new X11Framebuffer(x, layout.Width, layout.Height, allowShared);
        touched = new BlockMap(layout.Width, layout.Height);
        FetchAll();
        return true;
    }

    private void RequireExtensions()
    {
        if (XExtensions.XDamageQueryExtension(x.Display, out _, out _) == 0 || XExtensions.XFixesQueryExtension(x.Display, out _, out _) == 0)
            throw new ScreenLostException("This display does not report changes (the XDamage or XFixes extension is missing), so it cannot be shown.");
        _ = XExtensions.XDamageQueryVersion(x.Display, out _, out _);
        _ = XExtensions.XFixesQueryVersion(x.Display, out _, out _);
    }

    private void RequireDisplay()
    {
        if (x.IsLost) throw new ScreenLostException("The display has gone away: the desktop was closed. The session cannot go on.");
    }
}
