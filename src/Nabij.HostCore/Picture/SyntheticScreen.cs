namespace Nabij.HostCore.Picture;

/// <summary>
/// A screen without a display, for tests and for trying things on any system: whoever holds it paints, and the picture
/// thread sees damage as from a real one. Painting is thread-safe.
/// </summary>
public sealed class SyntheticScreen : IScreenSource
{
    private readonly Lock gate = new();
    private readonly SemaphoreSlim changed = new(0, 1);
    private uint[] canvas;
    private uint[] captured;
    private BlockMap damage;
    private ScreenLayout layout;
    private ScreenChanges pending;
    private (int X, int Y) pointer;
    private string? lost;
    private bool isWaiting, isDisposed;
    private long wakes, seenWakes;

    public SyntheticScreen(int width, int height)
    {
        Layout = layout = ScreenLayout.OneDisplay(width, height, "synthetic");
        canvas = new uint[width * height];
        captured = new uint[width * height];
        damage = new BlockMap(width, height);
    }

    public ScreenLayout Layout { get; private set; }

    public PixelView Pixels => new(captured, Layout.Width, Layout.Height, Layout.Width);

    public CursorImage? Cursor { get; private set; } = Arrow();

    public (int X, int Y) PointerPosition
    {
        get { lock (gate) return pointer; }
    }

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
            var (right, bottom) = (Math.Min(layout.Width, x + width), Math.Min(layout.Height, y + height));
            for (var row = y; row < bottom && x < right; row++) canvas.AsSpan(row * layout.Width + x, right - x).Fill(color);
            damage.MarkRectangle(x, y, width, height);
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
    public void Resize(int width, int height)
    {
        lock (gate)
        {
            layout = ScreenLayout.OneDisplay(width, height, "synthetic");
            canvas = new uint[width * height];
            damage = new BlockMap(width, height);
            pending |= ScreenChanges.Layout | ScreenChanges.Damage;
        }
        Wake();
    }

    public void MovePointer(int x, int y)
    {
        lock (gate)
        {
            pointer = (Math.Clamp(x, 0, layout.Width - 1), Math.Clamp(y, 0, layout.Height - 1));
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

    /// <summary>As if the display had gone away; the text is for people.</summary>
    public void Lose(string why)
    {
        lock (gate) lost = why;
        Wake();
    }

    /// <summary>The pixels as painted so far, 0xRRGGBB.</summary>
    public uint[] Copy()
    {
        lock (gate) return [.. canvas];
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
            if ((changes & ScreenChanges.Layout) == 0) return changes;
            Layout = layout;
            captured = new uint[layout.Width * layout.Height];
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
            canvas.CopyTo(captured, 0);
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

    private static CursorImage Arrow()
    {
        const int Side = 12;
        var pixels = new uint[Side * Side];
        for (var y = 0; y < Side; y++)
            for (var x = 0; x <= y; x++) pixels[y * Side + x] = x == 0 || x == y ? 0xFF000000 : 0xFFFFFFFF;
        return new CursorImage(Side, Side, 0, 0, pixels);
    }
}
