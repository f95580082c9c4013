namespace Nabij.Bench.Codec;

/// <summary>Median, 95th percentile, greatest and mean of a set of values; zeros for an empty set.</summary>
internal readonly record struct Percentiles(double Median, double P95, double Max, double Mean)
{
    public static Percentiles Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        if (sorted.Length == 0) return default;
        return new Percentiles(At(sorted, 0.5), At(sorted, 0.95), sorted[^1], sorted.Average());
    }

    private static double At(double[] sorted, double share) => sorted[(int)Math.Min(sorted.Length - 1, Math.Floor(share * sorted.Length))];
}
