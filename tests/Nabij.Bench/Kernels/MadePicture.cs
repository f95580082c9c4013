namespace Nabij.Bench.Kernels;

/// <summary>
/// Pictures that follow from a seed: a page of text in gray-edged glyphs, and a soft photograph with grain. 1920x1080,
/// 0x00RRGGBB, rows one after the other.
/// </summary>
internal sealed class MadePicture
{
    public const int Width = 1920, Height = 1080;

    private const int Letters = 52, GlyphWidth = 9, GlyphHeight = 13, LineHeight = 19, Margin = 60, LongestWord = 9;
    private const uint Paper = 0xFFFFFF;

    private ulong state;

    private MadePicture(ulong seed) => state = seed;

    public uint[] Pixels { get; } = new uint[Width * Height];

    /// <summary>A page of words out of one alphabet; another seed gives other words in the same letters.</summary>
    public static uint[] Text(ulong seed)
    {
        var alphabet = new MadePicture(1).MakeAlphabet();
        var page = new MadePicture(seed);
        page.Pixels.AsSpan().Fill(Paper);
        for (var y = Margin; y + GlyphHeight < Height - Margin; y += LineHeight)
        {
            for (var x = Margin; x + GlyphWidth * LongestWord < Width - Margin; x += GlyphWidth)
                for (var length = 2 + page.Below(LongestWord - 2); length > 0; length--, x += GlyphWidth)
                    page.Print(alphabet[page.Below(Letters)], x, y);
        }
        return page.Pixels;
    }

    /// <summary>Soft waves of color with grain of a few levels.</summary>
    public static uint[] Photo(ulong seed)
    {
        var photo = new MadePicture(seed);
        var shift = photo.Below(1000);
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                var wave = Math.Sin((x + shift) / 61.0) + Math.Sin((y - shift) / 43.0) + Math.Sin((x + 2 * y) / 17.0) / 3;
                var light = 118 + (int)(38 * wave) + photo.Below(5);
                photo.Pixels[y * Width + x] = Level(light + x / 40) << 16 | Level(light) << 8 | Level(light + 30 - y / 40);
            }
        }
        return photo.Pixels;
    }

    /// <summary>The picture moved up by some rows; what comes in below is of the other one.</summary>
    public static uint[] Scroll(uint[] picture, uint[] other, int rows) => [.. picture.AsSpan(rows * Width), .. other.AsSpan(0, rows * Width)];

    /// <summary>The picture with one glyph written over it.</summary>
    public static uint[] Type(uint[] picture, int x, int y)
    {
        var typed = (uint[])picture.Clone();
        var alphabet = new MadePicture(1).MakeAlphabet();
        for (var row = 0; row < GlyphHeight; row++)
            for (var column = 0; column < GlyphWidth; column++) typed[(y + row) * Width + x + column] = alphabet[7][row * GlyphWidth + column];
        return typed;
    }

    private static uint Level(int value) => (uint)Math.Clamp(value, 0, 255);

    // Each glyph is three strokes; the pixels beside a stroke are gray.
    private uint[][] MakeAlphabet()
    {
        var alphabet = new uint[Letters][];
        for (var letter = 0; letter < Letters; letter++)
        {
            var glyph = alphabet[letter] = new uint[GlyphWidth * GlyphHeight];
            Array.Fill(glyph, Paper);
            for (var stroke = 0; stroke < 3; stroke++) Stroke(glyph);
        }
        return alphabet;
    }

    private void Stroke(uint[] glyph)
    {
        var (x, y, isUpright) = (1 + Below(GlyphWidth - 3), 1 + Below(GlyphHeight - 3), Below(2) == 0);
        var length = 4 + Below(isUpright ? GlyphHeight - 5 : GlyphWidth - 5);
        for (var i = 0; i < length; i++)
        {
            var (column, row) = isUpright ? (x, Math.Min(GlyphHeight - 1, y + i)) : (Math.Min(GlyphWidth - 2, x + i), y);
            glyph[row * GlyphWidth + column] = 0x101010;
            ref var beside = ref glyph[row * GlyphWidth + column + 1];
            if (beside == Paper) beside = (uint)(0x70 + 0x30 * Below(3)) * 0x010101;
        }
    }

    private void Print(uint[] glyph, int x, int y)
    {
        for (var row = 0; row < GlyphHeight; row++) glyph.AsSpan(row * GlyphWidth, GlyphWidth).CopyTo(Pixels.AsSpan((y + row) * Width + x));
    }

    // SplitMix64.
    private int Below(int limit)
    {
        state += 0x9E3779B97F4A7C15;
        var mixed = (state ^ state >> 30) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EB;
        return (int)((mixed ^ mixed >> 31) % (ulong)limit);
    }
}
