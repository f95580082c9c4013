using System.Globalization;

namespace Nabij.Server.Organizations;

/// <summary>
/// Keeps a color that an organization chose readable, by the contrast of WCAG 2.2 (1.4.3): which color text has on it, and
/// what it becomes as the color of links. A color is "#" and six lower-case hex digits.
/// </summary>
internal static class BrandColor
{
    /// <summary>What text of normal size needs.</summary>
    internal const double Enough = 4.5;

    /// <summary>What parts of controls need (1.4.11).</summary>
    internal const double EnoughForShapes = 3;

    /// <summary>Grounds of site.css that links stand on: the darker of the light ones, the lighter of the dark ones.</summary>
    internal const string LightGround = "#eef1f4", DarkGround = "#18212a";

    private const string White = "#ffffff", Soft = "#111111", Black = "#000000";

    private const int Steps = 40;

    internal static bool IsValid(string color) =>
        color is ['#', .. { Length: 6 } digits] && digits.All(digit => char.IsAsciiHexDigitLower(digit) || char.IsAsciiDigit(digit));

    /// <summary>White where it is readable, else black: one of them always is.</summary>
    internal static string TextOn(string color) =>
        Contrast(White, color) >= Enough ? White : Contrast(Soft, color) >= Enough ? Soft : Black;

    /// <summary>Under a pointer: a little further from the text on it, so that it stays readable.</summary>
    internal static string Hovered(string color) => Mix(color, TextOn(color) == White ? Black : White, 0.12);

    /// <summary>The color itself where it is readable on this ground, else the nearest of its shades that is.</summary>
    internal static string ReadableOn(string color, string ground)
    {
        var towards = Luminance(ground) > 0.5 ? Black : White;
        for (var step = 0; step < Steps; step++)
        {
            var mixed = Mix(color, towards, step / (double)Steps);
            if (Contrast(mixed, ground) >= Enough)
                return mixed;
        }

        return towards;
    }

    /// <summary>1 to 21.</summary>
    internal static double Contrast(string one, string other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static string Mix(string color, string towards, double part) =>
        "#" + string.Concat(((int[])[1, 3, 5]).Select(at => Mix(Channel(color, at), Channel(towards, at), part)));

    private static string Mix(int from, int to, double part) => ((int)Math.Round(from + ((to - from) * part))).ToString("x2", CultureInfo.InvariantCulture);

    private static double Luminance(string color) =>
        (0.2126 * Linear(Channel(color, 1))) + (0.7152 * Linear(Channel(color, 3))) + (0.0722 * Linear(Channel(color, 5)));

    private static int Channel(string color, int at) => int.Parse(color.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static double Linear(int channel) => channel / 255.0 <= 0.04045 ? channel / 255.0 / 12.92 : Math.Pow(((channel / 255.0) + 0.055) / 1.055, 2.4);
}
