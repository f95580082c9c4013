namespace Nabij.HostCore.Picture;

/// <summary>
/// A screen without a display, for tests and for trying things on any system: whoever holds it paints, and the picture
/// thread sees damage as from a real one. Painting is thread-safe, and in pixels of the whole desktop.
/// </summary>
public sealed class SyntheticScreen : IScreenSource
{
    private readonly Lock gate = new();
    private readonly SemaphoreSlim changed = new(0, 1);
    private uint[] canvas;
    private uint[] captured;
    private BlockMap damage;
    private DesktopDisplay[] desktop;
    private DisplayChoice choice = DisplayChoice.All;
    private ScreenLayout layout;
    private int width, height;
    private ScreenChanges pending;
    private (int X, int Y) pointer;
    private string? lost;
    private ActiveWindow? front;
    private bool isWaiting, isDisposed;
    private long wakes, seenWakes;

    public SyntheticScreen(int width, int height)
        : this(new DesktopDisplay("synthetic", new PixelArea(0, 0, width, height)))
    {
    }

    public SyntheticScreen(params DesktopDisplay[] displays)
    {
        Displays = desktop = displays;
        (width, height) = SizeOf(displays);
        Layout = layout = ScreenLayout.Of(displays, choice);
        canvas = new uint[width * height];
        captured = new uint[Layout.Width * Layout.Height];
        damage = new BlockMap(Layout.Width, Layout.Height);
    }

    public ScreenLayout Layout { get; private set; }

    public IReadOnlyList<DesktopDisplay> Displays { get; private set; }

    public PixelView Pixels => new(captured, Layout.Width, Layout.Height, Layout.Width);

    public CursorImage? Cursor { get; private set; } = Arrow();

    public (int X, int Y)? PointerPosition
    {
        get { lock (gate) return layout.FromDesktop(pointer.X, pointer.Y); }
    }

    public ActiveWindow? ActiveWindow { get; private set; }

    /// <summary>How often the pixels were captured, for tests of what must not capture.</summary>
    public int Captures { get; private set; }

    /// <summary>True while the picture thread sleeps with nothing left to look at, for tests of what must stay quiet.</summary>
    public bool IsWaiting
    {
        get { lock (gate) return isWaiting && seenWakes == wakes; }
    }

    /// <summary>Fills a rectangle with one color, 0xRRGGBB; parts outside are ignored.</summary>
    public void Fill(int x, int y, int width, int height, uint color)
    {
        lock (gate)
        {
            var (right, bottom) = (Math.Min(this.width, x + width), Math.Min(this.height, y + height));
            for (var row = y; row < bottom && x < right; row++) canvas.AsSpan(row * this.width + x, right - x).Fill(color);
            damage.MarkRectangle(x - layout.Origin.X, y - layout.Origin.Y, width, height);
            pending |= ScreenChanges.Damage;
        }
        Wake();
    }

    /// <summary>Replaces the whole picture; the pixels must fit the size.</summary>
    public void Paint(ReadOnlySpan<uint> pixels)
    {
        lock (gate)
        {
            pixels.CopyTo(canvas);
            damage.MarkAll();
            pending |= ScreenChanges.Damage;
        }
        Wake();
    }

    /// <summary>Gives the screen another size, black.</summary>
    public void Resize(int width, int height) => Arrange(new DesktopDisplay("synthetic", new PixelArea(0, 0, width, height)));

    /// <summary>As if displays were plugged in, out or moved: these are there now, black.</summary>
    public void Arrange(params DesktopDisplay[] displays)
    {
        lock (gate)
        {
            desktop = displays;
            (width, height) = SizeOf(displays);
            canvas = new uint[width * height];
            layout = ScreenLayout.Of(displays, choice);
            damage = new BlockMap(layout.Width, layout.Height);
            pending |= ScreenChanges.Layout | ScreenChanges.Displays | ScreenChanges.Damage;
        }
        Wake();
    }

    public void MovePointer(int x, int y)
    {
        lock (gate)
        {
            pointer = (Math.Clamp(x, 0, width - 1), Math.Clamp(y, 0, height - 1));
            pending |= ScreenChanges.PointerPosition;
        }
        Wake();
    }

    /// <summary>As if the customer had used the own mouse or keyboard.</summary>
    public void TouchLocally()
    {
        lock (gate) pending |= ScreenChanges.LocalInput;
        Wake();
    }

    /// <summary>As if this window had come to the front, or none.</summary>
    public void Activate(ActiveWindow? window)
    {
        lock (gate)
        {
            front = window;
            pending |= ScreenChanges.ActiveWindow;
        }
        Wake();
    }

    /// <summary>As if the display had gone away; the text is for people.</summary>
    public void Lose(string why)
    {
        lock (gate) lost = why;
        Wake();
    }

    /// <summary>The whole desktop as painted so far, 0xRRGGBB.</summary>
    public uint[] Copy()
    {
        lock (gate) return [.. canvas];
    }

    public void Share(DisplayChoice choice)
    {
        lock (gate)
        {
            this.choice = choice;
            layout = ScreenLayout.Of(desktop, choice);
            Renew();
        }
    }

    public ScreenChanges Wait()
    {
        lock (gate) isWaiting = true;
        changed.Wait();
        lock (gate)
        {
            isWaiting = false;
            seenWakes = wakes;
            if (lost is not null) throw new ScreenLostException(lost);
            var changes = pending;
            pending = ScreenChanges.None;
            ActiveWindow = front;
            if ((changes & ScreenChanges.Layout) != 0) Renew();
            return changes;
        }
    }

    public void Wake()
    {
        lock (gate)
        {
            wakes++;
            if (!isDisposed && changed.CurrentCount == 0) changed.Release();
        }
    }

    public bool Capture(BlockMap damaged)
    {
        lock (gate)
        {
            if (!ReferenceEquals(layout, Layout)) return false;
            Captures++;
            for (var i = 0; i < layout.Displays.Count; i++)
            {
                var display = layout.Displays[i];
                for (var y = display.Y; y < display.Y + display.Height; y++)
                {
                    var source = (y + layout.Origin.Y) * width + display.X + layout.Origin.X;
                    canvas.AsSpan(source, display.Width).CopyTo(captured.AsSpan(y * layout.Width + display.X));
                }
            }
            damaged.Add(damage);
            damage.Clear();
            return true;
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            isDisposed = true;
            changed.Dispose();
        }
    }

    private static (int Width, int Height) SizeOf(DesktopDisplay[] displays) =>
        (displays.Max(display => display.Area.Right), displays.Max(display => display.Area.Bottom));

    private void Renew()
    {
        (Layout, Displays) = (layout, desktop);
        captured = new uint[layout.Width * layout.Height];
        damage = new BlockMap(layout.Width, layout.Height);
        damage.MarkAll();
    }

    private static CursorImage Arrow()
    {
        const int Side = 12;
        var pixels = new uint[Side * Side];
        for (var y = 0; y < Side; y++)
            for (var x = 0; x <= y; x++) pixels[y * Side + x] = x == 0 || x == y ? 0xFF000000 : 0xFFFFFFFF;
        return new CursorImage(Side, Side, 0, 0, pixels);
    }
}
