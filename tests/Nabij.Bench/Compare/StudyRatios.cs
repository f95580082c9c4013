namespace Nabij.Bench.Compare;

/// <summary>
/// The ratios that the project's study of codecs measured on its own recording of seven of the clips, with a prototype of
/// the same ideas: what ours are held against (within 10 per cent, or better).
/// </summary>
/// <param name="Bytes">Bytes after the first frame, photographs approximated at first, divided by those of VP9 4:4:4.</param>
/// <param name="Median">Median encode time divided by x264 ultrafast's processor time for a frame.</param>
/// <param name="P95">95th percentile of the encode time, likewise.</param>
internal readonly record struct StudyRatios(double? Bytes, double? Median, double? P95)
{
    /// <summary>So many times as bad as the study a ratio may be.</summary>
    public const double Tolerance = 1.10;

    private static readonly Dictionary<string, StudyRatios> Known = new(StringComparer.Ordinal)
    {
        ["typing"] = new(51.0 / 166, 0.8 / 6.4, 2.7 / 6.4),
        ["scrollterm"] = new(65.0 / 653, 1.7 / 5.3, 2.6 / 5.3),
        ["scrolltext"] = new(40.0 / 521, 0.2 / 6.0, 3.7 / 6.0),
        ["menus"] = new(53.0 / 347, 0.1 / 5.1, 2.4 / 5.1),
        ["scrollweb"] = new(1024.0 / 1580, 3.9 / 6.5, 5.8 / 6.5),
        ["switch"] = new(869.0 / 2882, 5.1 / 9.7, 30 / 9.7),
        ["drag"] = new(790.0 / 739, 1.6 / 4.0, 2.2 / 4.0),
    };

    public static StudyRatios Of(string clip) => Known.GetValueOrDefault(clip);
}
