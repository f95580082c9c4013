using Nabij.HostCore.Picture;

namespace Nabij.HostCore.Tests.Picture.Px;

/// <summary>A screen that changes as desktops do: text, scrolling, moved windows, gradients, photographs, film. The byte of
/// each pixel that carries no color holds anything.</summary>
internal sealed class RandomDesktop(int width, int height, SeededNumbers random)
{
    private const int GlyphWidth = 6, GlyphHeight = 9, Photographs = 3;

    private readonly uint[] pixels = new uint[width * height];
    private int film;

    public int Width => width;

    public int Height => height;

    public PixelView View => new(pixels, width, height, width);

    public uint Color(int x, int y) => pixels[y * width + x] & PixelView.ColorMask;

    /// <summary>Changes something drawn: text, rectangles, scrolling, windows.</summary>
    public void Draw(BlockMap damage)
    {
        switch (random.Below(5))
        {
            case 0:
                Text(damage);
                break;
            case 1:
                Rectangle(damage);
                break;
            case 2:
                Move(damage, (0, 0, width, height), (0, random.Below(41) - 20));
                break;
            case 3:
                Move(damage, Area(), (random.Below(61) - 30, random.Below(41) - 20));
                break;
            default:
                for (var i = 0; i < 4; i++) Text(damage);
                break;
        }
    }

    /// <summary>Changes anything, photographs and film too.</summary>
    public void Change(BlockMap damage)
    {
        switch (random.Below(6))
        {
            case 0:
                Gradient(damage, Area());
                break;
            case 1:
                Photograph(damage, Area(), random.Below(Photographs), 0);
                break;
            case 2:
                film += 2;
                Photograph(damage, (0, 0, width * 2 / 3, height * 2 / 3), 7, film);
                break;
            case 3:
                Noise(damage, Area());
                break;
            default:
                Draw(damage);
                break;
        }
    }

    private (int X, int Y, int Width, int Height) Area()
    {
        var (x, y) = (random.Below(width), random.Below(height));
        return (x, y, 1 + random.Below(width - x), 1 + random.Below(height - y));
    }

    private void Text(BlockMap damage)
    {
        var (left, top, ink) = (random.Below(width), random.Below(height), (uint)random.Below(4) * 0x304050);
        var letters = 1 + random.Below(20);
        damage.MarkRectangle(left, top, letters * GlyphWidth, GlyphHeight);
        for (var letter = 0; letter < letters; letter++)
        {
            var glyph = new SeededNumbers((ulong)random.Below(40));
            for (var y = top; y < top + GlyphHeight; y++)
                for (var x = left + letter * GlyphWidth; x < left + (letter + 1) * GlyphWidth; x++)
                    Put(x, y, glyph.Below(3) switch { 0 => ink, 1 when glyph.Below(4) == 0 => 0x808890, _ => 0xF0F0F0 });
        }
    }

    private void Rectangle(BlockMap damage)
    {
        var (left, top, across, down) = Area();
        var color = (uint)random.Below(1 << 24);
        damage.MarkRectangle(left, top, across, down);
        for (var y = top; y < top + down; y++)
            for (var x = left; x < left + across; x++) Put(x, y, color);
    }

    private void Move(BlockMap damage, (int X, int Y, int Width, int Height) area, (int X, int Y) by)
    {
        var old = (uint[])pixels.Clone();
        damage.MarkRectangle(Math.Max(0, area.X + by.X), Math.Max(0, area.Y + by.Y), area.Width, area.Height);
        for (var y = area.Y; y < area.Y + area.Height; y++)
            for (var x = area.X; x < area.X + area.Width; x++) Put(x + by.X, y + by.Y, old[y * width + x]);
    }

    private void Gradient(BlockMap damage, (int X, int Y, int Width, int Height) area)
    {
        damage.MarkRectangle(area.X, area.Y, area.Width, area.Height);
        for (var y = 0; y < area.Height; y++)
            for (var x = 0; x < area.Width; x++)
                Put(area.X + x, area.Y + y, (uint)(x * 255 / area.Width << 16 | y * 255 / area.Height << 8 | (x + y) & 255));
    }

    private void Photograph(BlockMap damage, (int X, int Y, int Width, int Height) area, int number, int shift)
    {
        damage.MarkRectangle(area.X, area.Y, area.Width, area.Height);
        for (var y = 0; y < area.Height; y++)
        {
            for (var x = 0; x < area.Width; x++)
            {
                var light = 128 + 60 * Math.Sin((x + shift) / 9.0 + number) + 50 * Math.Cos((y - shift) / 7.0) + random.Below(6);
                Put(area.X + x, area.Y + y, (uint)((int)light << 16 | (int)(light * 0.8) << 8 | (int)(200 - light * 0.5)));
            }
        }
    }

    private void Noise(BlockMap damage, (int X, int Y, int Width, int Height) area)
    {
        damage.MarkRectangle(area.X, area.Y, area.Width, area.Height);
        for (var y = 0; y < area.Height; y++)
            for (var x = 0; x < area.Width; x++) Put(area.X + x, area.Y + y, (uint)random.Below(1 << 24));
    }

    private void Put(int x, int y, uint color)
    {
        if (x >= 0 && y >= 0 && x < width && y < height)
            pixels[y * width + x] = color & PixelView.ColorMask | (uint)random.Below(256) << 24;
    }
}
