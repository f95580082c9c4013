using System.Runtime.Versioning;
using Nabij.HostCore.Drawing;
using Nabij.HostCore.Picture;

namespace Nabij.HostCore.Linux;

/// <summary>
/// Shows what technicians draw on an X11 desktop, over a connection of its own: per technician one layer for the marks
/// and a small one that moves for the spot. Thread-safe; a call has been handed to the desktop when it returns. A thread of
/// its own keeps the layers on top while other windows come and go, and cuts this program's own windows out of them.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed unsafe class X11Drawing : IDisposable
{
    // Dark enough for white around them, and apart from each other also for who sees fewer colors.
    private static readonly uint[] Colors = [0xC2255C, 0x1864AB, 0x2B8A3E, 0x5F3DC4];
    // XEvent: the window that a notice of the root window is about (Xlib.h, 64-bit).
    private const int NoticedOffset = 40;
    /// <summary>Tuning: least time between two looks at the windows, so that two programs that both want to be on top end in no race.</summary>
    private const int LookMilliseconds = 50;

    private readonly Lock gate = new();
    private readonly X11Connection x;
    private readonly X11Wake wake = new();
    private readonly X11Targets targets;
    private readonly X11Pen pen;
    private readonly Dictionary<int, X11Drawn> layers = [];
    private readonly Thread thread;
    private readonly bool hasShapes;
    private ScreenLayout? screen;
    private IReadOnlyList<PixelArea> own = [];
    private bool isStarted, isEnding;

    public X11Drawing(string? displayName)
    {
        x = new X11Connection(displayName);
        targets = new X11Targets(x);
        pen = new X11Pen(x);
        thread = new Thread(Watch) { IsBackground = true, Name = "drawing" };
        // Without shapes for input (1.1, of 2006) a layer would take the customer's presses.
        hasShapes = LibX11.XQueryExtension(x.Display, "SHAPE", out _, out _, out _) != 0
            && LibX11Drawing.XShapeQueryVersion(x.Display, out var major, out var minor) != 0 && (major, minor).CompareTo((1, 1)) >= 0;
    }

    /// <summary>The windows of the client that made this one are left free.</summary>
    public void ProtectClientOf(nuint window)
    {
        lock (gate) targets.ProtectClientOf(window);
    }

    /// <summary>Shows these and nothing else, on this screen; null: the whole desktop.</summary>
    public void Show(IReadOnlyList<Drawn> drawn, ScreenLayout? shared)
    {
        lock (gate)
        {
            if (x.IsLost || !hasShapes || isEnding) return;
            foreach (var color in layers.Keys.Where(color => drawn.All(one => one.Color != color)).ToArray()) Drop(color);
            if (drawn.Count > 0) ShowAll(drawn, shared ?? Whole());
            _ = LibX11.XFlush(x.Display);
        }
        // The round trips may have read notices that the thread would not see arrive.
        wake.Raise();
    }

    public void Dispose()
    {
        lock (gate)
        {
            if (isEnding) return;
            isEnding = true;
            foreach (var color in layers.Keys.ToArray()) Drop(color);
            if (!x.IsLost) _ = LibX11.XSync(x.Display, 0);
        }
        wake.Raise();
        if (isStarted) thread.Join();
        x.Dispose();
        wake.Dispose();
    }

    private void ShowAll(IReadOnlyList<Drawn> drawn, ScreenLayout shared)
    {
        if (layers.Count == 0 || !shared.Equals(screen))
        {
            screen = shared;
            pen.FitTo(shared.Displays.Count == 0 ? 0 : shared.Displays.Min(display => display.Height));
            _ = LibX11.XSelectInput(x.Display, x.Root, LibX11.SubstructureNotifyMask);
            own = targets.OwnAreas();
        }
        foreach (var one in drawn)
        {
            if (!layers.TryGetValue(one.Color, out var layer))
                layers[one.Color] = layer = new X11Drawn(x, pen, Colors[one.Color % Colors.Length]);
            layer.Show(one, shared, own);
        }
        if (isStarted) return;
        isStarted = true;
        thread.Start();
    }

    private void Drop(int color)
    {
        layers.Remove(color, out var layer);
        layer?.Dispose();
        if (layers.Count == 0 && !x.IsLost) _ = LibX11.XSelectInput(x.Display, x.Root, 0);
    }

    private ScreenLayout Whole()
    {
        _ = LibX11.XGetGeometry(x.Display, x.Root, out _, out _, out _, out var width, out var height, out _, out _);
        return ScreenLayout.OneDisplay((int)width, (int)height, "");
    }

    private void Watch()
    {
        try
        {
            while (true)
            {
                wake.WaitFor(LibX11.XConnectionNumber(x.Display));
                lock (gate)
                {
                    if (isEnding || x.IsLost) return;
                    if (!TakeNotices() || layers.Count == 0) continue;
                    Look();
                }
                _ = LibC.Poll(null, 0, LookMilliseconds);
            }
        }
        catch (ScreenLostException)
        {
            // The picture tells that the screen is lost; there is nothing to draw on any more.
        }
    }

    // True when another window came, went, moved or changed its place in the stack.
    private bool TakeNotices()
    {
        var isNews = false;
        var received = stackalloc byte[LibX11.EventBytes];
        while (LibX11.XPending(x.Display) > 0)
        {
            _ = LibX11.XNextEvent(x.Display, received);
            if (*(int*)received is LibX11.MapNotify or LibX11.UnmapNotify or LibX11.ConfigureNotify or LibX11.DestroyNotify
                or LibX11.ReparentNotify or LibX11.CirculateNotify)
                isNews |= !IsLayer(*(nuint*)(received + NoticedOffset));
        }
        return isNews;
    }

    private bool IsLayer(nuint window) => layers.Values.Any(layer => layer.Has(window));

    private void Look()
    {
        var areas = targets.OwnAreas();
        if (!areas.SequenceEqual(own))
        {
            own = areas;
            foreach (var layer in layers.Values) layer.Refresh(own);
        }
        if (targets.HasForeignAbove(IsLayer))
            foreach (var layer in layers.Values) layer.Raise();
        _ = LibX11.XFlush(x.Display);
    }
}
