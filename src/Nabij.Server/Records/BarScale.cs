using System.Globalization;

namespace Nabij.Server.Records;

/// <summary>Where bars and lines of a picture of figures stand. A picture of fixed units that the page scales.</summary>
public sealed record BarScale
{
    internal const int Width = 720, Height = 240, Left = 56, Right = 8, Top = 14, Bottom = 34;

    private const int MostLabels = 9, Lines = 4;

    private readonly int _count;

    internal BarScale(IReadOnlyList<Bar> bars, bool isWhole)
    {
        _count = Math.Max(1, bars.Count);
        Most = Round(bars.Max(bar => bar.Value) ?? 0, isWhole);
        Every = (bars.Count + MostLabels - 1) / MostLabels;
    }

    /// <summary>The value at the top line: 1, 2 or 5 times a power of ten, or four times a whole step.</summary>
    internal double Most { get; }

    /// <summary>Each which bar has its name under it, so that names do not run into each other.</summary>
    internal int Every { get; }

    internal IEnumerable<double> Steps => Enumerable.Range(0, Lines + 1).Select(i => Most * i / Lines);

    internal string X(int i) => Text(Left + Slot * i + Slot * 0.15);

    internal string Middle(int i) => Text(Left + Slot * (i + 0.5));

    internal string BarWidth => Text(Math.Max(1, Slot * 0.7));

    internal string Y(double value) => Text(Top + Inner * (1 - value / Most));

    internal string BarHeight(double value) => Text(Inner * value / Most);

    internal static string Text(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private double Slot => (double)(Width - Left - Right) / _count;

    private static double Inner => Height - Top - Bottom;

    private static double Round(double most, bool isWhole)
    {
        if (isWhole && most <= Lines)
            return Lines;
        var power = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(most, 0.04))));
        var rounded = ((double[])[1, 2, 4, 6, 8, 10]).First(step => step * power >= most - 1e-9) * power;
        return isWhole ? Math.Ceiling(rounded / Lines) * Lines : rounded;
    }
}
