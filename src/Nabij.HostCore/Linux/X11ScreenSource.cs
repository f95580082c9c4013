using System.Runtime.Versioning;
using Nabij.HostCore.Picture;

namespace Nabij.HostCore.Linux;

/// <summary>
/// The X11 desktop as a screen source. It sleeps in poll() until the X server reports damage (XDamage), another cursor
/// (XFixes), other monitors (RandR) or movement of the pointer (XInput 2, where it exists), or until it is woken. Only
/// rectangles of shared monitors are ever read.
/// </summary>
[SupportedOSPlatform("linux")]
public sealed unsafe class X11ScreenSource : IScreenSource
{
    private readonly X11Connection x;
    private readonly X11Events events;
    private readonly X11Wake wake;
    private readonly X11Cursor cursors;
    private readonly X11Pointer pointer;
    private readonly X11ActiveWindow front;
    private readonly nuint damage;
    private readonly nuint region;
    private readonly CaptureAreas areas = new();
    private readonly bool allowSharedMemory;
    private DisplayChoice choice;
    private X11Framebuffer framebuffer;
    private BlockMap touched;
    private bool isDamaged, isNew = true;
    private ScreenChanges noticed;

    /// <param name="displayName">Name of the display, or null for the one of the environment.</param>
    /// <param name="allowSharedMemory">False forces the way over the connection, for tests.</param>
    /// <param name="choice">What is shared to begin with; null for everything.</param>
    public X11ScreenSource(string? displayName = null, bool allowSharedMemory = true, DisplayChoice? choice = null)
    {
        this.allowSharedMemory = allowSharedMemory;
        this.choice = choice ?? DisplayChoice.All;
        x = new X11Connection(displayName);
        try
        {
            wake = new X11Wake();
            RequireExtensions();
            front = new X11ActiveWindow(x);
            events = new X11Events(x, front);
            _ = front.Read();
            cursors = new X11Cursor(x);
            pointer = new X11Pointer(x);
            Displays = X11Layout.Read(x);
            Layout = RequireFitting(Shared());
            framebuffer = Open(Layout);
            touched = new BlockMap(Layout.Width, Layout.Height);
            damage = XExtensions.XDamageCreate(x.Display, x.Root, XExtensions.ReportNonEmpty);
            region = XExtensions.XFixesCreateRegion(x.Display, 0, 0);
            Cursor = cursors.Read(null);
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

    public IReadOnlyList<DesktopDisplay> Displays { get; private set; }

    public PixelView Pixels => framebuffer.Pixels;

    public CursorImage? Cursor { get; private set; }

    public ActiveWindow? ActiveWindow => front.Current;

    public (int X, int Y)? PointerPosition => pointer.Place is var (left, top) ? Layout.FromDesktop(left, top) : null;

    /// <summary>True when the X server writes the pixels straight into our memory.</summary>
    public bool IsSharedMemory => framebuffer.IsShared;

    public void Share(DisplayChoice choice)
    {
        this.choice = choice;
        RequireDisplay();
        Displays = X11Layout.Read(x);
        Rebuild(Shared());
    }

    public ScreenChanges Wait()
    {
        if (noticed == ScreenChanges.None && LibX11.XPending(x.Display) == 0) wake.WaitFor(LibX11.XConnectionNumber(x.Display));
        else wake.Clear();
        RequireDisplay();
        var changes = noticed | events.Read();
        noticed = ScreenChanges.None;
        RequireDisplay();
        if ((changes & ScreenChanges.Damage) != 0) isDamaged = true;
        if ((changes & ScreenChanges.CursorShape) != 0) Cursor = cursors.Read(events.CursorSerial);
        pointer.Note(changes);
        if ((changes & ScreenChanges.ActiveWindow) != 0 && !front.Read()) changes &= ~ScreenChanges.ActiveWindow;
        return (changes & ScreenChanges.Layout) == 0 ? changes : changes & ~ScreenChanges.Layout | Rearrange();
    }

    public void Wake() => wake.Raise();

    public bool Capture(BlockMap damaged)
    {
        if (!isDamaged && !isNew) return true;
        if (!NameTouched()) return true;
        foreach (var area in areas.Of(touched, Layout))
        {
            if (framebuffer.Fetch(area)) continue;
            // The root window shrank under our feet; the notice of its new size is on its way. What was named is not named again.
            isNew = true;
            return false;
        }
        if (!IsStillTheSame()) return false;
        isNew = false;
        damaged.Add(touched);
        return true;
    }

    public void Dispose()
    {
        framebuffer.Dispose();
        wake.Dispose();
        x.Dispose();
    }

    // Subtract before reading pixels: what changes from here on is reported again.
    private bool NameTouched()
    {
        isDamaged = false;
        touched.Clear();
        if (isNew)
        {
            XExtensions.XDamageSubtract(x.Display, damage, 0, 0);
            touched.MarkAll();
            return true;
        }
        XExtensions.XDamageSubtract(x.Display, damage, 0, region);
        var rectangles = XExtensions.XFixesFetchRegion(x.Display, region, out var count);
        RequireDisplay();
        if (rectangles == null)
        {
            isNew = true; // what was subtracted is not known: everything is read anew
            return false;
        }

        for (var i = 0; i < count; i++)
        {
            var (left, top) = (rectangles[i].X - Layout.Origin.X, rectangles[i].Y - Layout.Origin.Y);
            touched.MarkRectangle(left, top, rectangles[i].Width, rectangles[i].Height);
        }
        _ = LibX11.XFree((nint)rectangles);
        return true;
    }

    // Monitors that were moved before the pixels were read may have put another monitor in the place of a shared one. The
    // server's notice of that came before the pixels did, so it is here already: what was read is not used then, and all is
    // read anew, also when the monitors are where they were by the time we look. So it is with another window in front:
    // whether it may be shown is decided before any of it is used.
    private bool IsStillTheSame()
    {
        RequireDisplay();
        noticed |= events.ReadArrived();
        if ((noticed & (ScreenChanges.Layout | ScreenChanges.ActiveWindow)) == 0) return true;
        isNew = true;
        wake.Raise();
        return false;
    }

    private ScreenChanges Rearrange()
    {
        var before = Displays;
        var found = X11Layout.Read(x);
        if (found.AsSpan().SequenceEqual([.. before])) return ScreenChanges.None;
        Displays = found;
        return ScreenChanges.Displays | (Rebuild(Shared()) ? ScreenChanges.Layout : ScreenChanges.None);
    }

    private bool Rebuild(ScreenLayout layout)
    {
        // Even the same rectangle is read anew: what stood there may have moved away and come back.
        isNew = true;
        if (layout.Equals(Layout)) return false;
        framebuffer.Dispose();
        Layout = layout;
        framebuffer = Open(layout);
        touched = new BlockMap(layout.Width, layout.Height);
        return true;
    }

    private ScreenLayout Shared() => ScreenLayout.Of(Displays, choice);

    // Only who opens the screen hears of it in this way: in a session both people are told, and it goes on.
    private ScreenLayout RequireFitting(ScreenLayout layout)
    {
        if (layout.Displays.Count > 0 || Displays.FirstOrDefault(choice.Includes) is not { Area: var area }) return layout;
        throw new ScreenLostException($"The display of {area.Width} x {area.Height} pixels is outside what can be shown (16,384 each way, 33,554,432 in all).");
    }

    private X11Framebuffer Open(ScreenLayout layout) =>
        new(x, new PixelArea(layout.Origin.X, layout.Origin.Y, layout.Width, layout.Height), allowSharedMemory);

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
