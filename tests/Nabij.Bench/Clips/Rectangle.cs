using System.Globalization;

namespace Nabij.Bench.Clips;

/// <summary>A rectangle of pixels that was reported as damaged.</summary>
internal readonly record struct Rectangle(int X, int Y, int Width, int Height)
{
    /// <summary>Reads "x,y,width,height".</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static Rectangle Parse(string text)
    {
        var parts = text.Split(',');
        if (parts.Length != 4) throw new FormatException($"'{text}' is not a rectangle.");
        var numbers = Array.ConvertAll(parts, part => int.Parse(part, CultureInfo.InvariantCulture));
        return new Rectangle(numbers[0], numbers[1], numbers[2], numbers[3]);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{X},{Y},{Width},{Height}");
}
