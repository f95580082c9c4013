using System.Globalization;

namespace Nabij.Server.Organizations;

/// <summary>Whether white or black text is readable on the brand color: the one of the higher contrast by WCAG 2.2.</summary>
internal static class BrandColor
{
    /// <summary>Above this luminance black has the higher contrast: the root of 1.05 * 0.05, less 0.05.</summary>
    private const double Middle = 0.179;

    /// <param name="color">"#" and six hex digits.</param>
    internal static bool IsDark(string color) => Luminance(color) < Middle;

    private static double Luminance(string color) =>
        (0.2126 * Channel(color, 1)) + (0.7152 * Channel(color, 3)) + (0.0722 * Channel(color, 5));

    private static double Channel(string color, int at)
    {
        var value = int.Parse(color.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }
}
