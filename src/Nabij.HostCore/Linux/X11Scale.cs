using System.Globalization;
using System.Runtime.Versioning;
using System.Text;
using Nabij.HostCore.Picture;

namespace Nabij.HostCore.Linux;

/// <summary>How large the desktop shows things, by the dots per inch that desktops write into the X resources (Xft.dpi).</summary>
[SupportedOSPlatform("linux")]
internal static unsafe class X11Scale
{
    /// <summary>In percent: 96 dots per inch, or nothing said.</summary>
    public const ulong Normal = 100;

    private const nuint ResourcesAtom = 23, StringType = 31;
    private const int MostLength = 16_384, ByteFormat = 8;
    private const double NormalDots = 96;

    public static ulong Read()
    {
        try
        {
            using var x = new X11Connection();
            return Of(ReadResources(x));
        }
        catch (ScreenLostException)
        {
            return Normal;
        }
    }

    public static ulong Of(string resources)
    {
        foreach (var line in resources.Split('\n'))
        {
            if (line.StartsWith("Xft.dpi:", StringComparison.Ordinal)
                && double.TryParse(line["Xft.dpi:".Length..].Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var dots)
                && dots is >= NormalDots / 4 and <= NormalDots * 10)
                return (ulong)Math.Round(dots / NormalDots * Normal);
        }
        return Normal;
    }

    private static string ReadResources(X11Connection x)
    {
        var isRead = LibX11.XGetWindowProperty(
            x.Display, x.Root, ResourcesAtom, 0, MostLength, 0, StringType, out _, out var format, out var count, out _, out var values) == 0;
        if (!isRead || values == null) return "";
        var text = format == ByteFormat ? Encoding.UTF8.GetString((byte*)values, (int)count) : "";
        _ = LibX11.XFree((nint)values);
        return text;
    }
}
