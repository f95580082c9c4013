using System.Globalization;
using Nabij.HostApp.Texts;
using Nabij.HostCore.Files;

namespace Nabij.HostApp.Flow;

/// <summary>Names, sizes, times and reasons of files in words. Pure.</summary>
internal static class FileWords
{
    private static readonly string[] Units = ["bytes", "kb", "mb", "gb"];

    /// <summary>Folders and name as a person reads them; peer text made fit to show.</summary>
    public static string PathOf(FileOnItsWay file) => string.Join(" / ", file.Path.Select(PeerText.ShortFileName));

    /// <summary>The file's name alone.</summary>
    public static string NameOf(FileOnItsWay file) => PeerText.ShortFileName(file.Name ?? file.Path[^1]);

    /// <summary>Such as "1.2 MB": thousands, as file managers count.</summary>
    public static string Size(long bytes, Phrases phrases)
    {
        var (value, unit) = ((double)bytes, 0);
        while (value >= 999.5 && unit < Units.Length - 1)
        {
            value /= 1000;
            unit++;
        }

        var number = value.ToString(unit == 0 || value >= 100 ? "0" : "0.#", CultureInfo.InvariantCulture)
            .Replace(".", phrases["size.decimal"], StringComparison.Ordinal);
        return phrases.With("number", number)["size." + Units[unit]];
    }

    /// <summary>Such as "about 3 minutes".</summary>
    public static string Left(TimeSpan left, Phrases phrases) => left.TotalSeconds switch
    {
        < 5 => phrases["left.moments"],
        < 55 => phrases.With("count", (int)Math.Ceiling(left.TotalSeconds / 5) * 5)["left.seconds"],
        < 90 => phrases["left.minute"],
        < 3300 => phrases.With("count", (int)Math.Round(left.TotalMinutes))["left.minutes"],
        < 5400 => phrases["left.hour"],
        _ => phrases.With("count", (int)Math.Round(left.TotalHours))["left.hours"],
    };

    /// <summary>Why it did not arrive, in a sentence.</summary>
    public static string Reason(FileOnItsWay file, Phrases phrases) =>
        phrases[$"file.{WayOf(file)}.{file.Reason?.ToString().ToLowerInvariant() ?? "notallowed"}"];

    /// <summary>The part of a key that says which way.</summary>
    public static string WayOf(FileOnItsWay file) => file.Way == FileWay.ToHost ? "in" : "out";
}
