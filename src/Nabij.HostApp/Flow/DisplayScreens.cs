using Nabij.HostApp.Screens;
using Nabij.HostCore.Picture;

namespace Nabij.HostApp.Flow;

/// <summary>The question which displays are shown. Pure: phrases and a state in, a value out.</summary>
internal static class DisplayScreens
{
    /// <summary>The tick for all displays.</summary>
    public const string AllId = "display-all";

    private const string Prefix = "display-";

    /// <param name="phrases">The texts, with the technician's name filled in.</param>
    /// <param name="displays">The computer's displays; the first has number 1.</param>
    /// <param name="ticked">Keys of those that are ticked.</param>
    /// <param name="reason">Why it is asked.</param>
    public static Screen Choose(Phrases phrases, IReadOnlyList<DesktopDisplay> displays, IReadOnlySet<string> ticked, DisplayReason reason)
    {
        var named = phrases.With("count", displays.Count);
        var error = Error(named, displays, ticked);
        return new Screen(
            "displays",
            phrases.Title,
            [
                .. phrases.Strips(),
                new Words("heading", named["displays.heading"], WordsRole.Heading),
                .. Warning(named, reason),
                new Words("body", named["displays.body"]),
                new DisplayMap("map", named["displays.map"], [.. displays.Select((one, index) => new MapDisplay(index + 1, one.Area, ticked.Contains(one.Key)))]),
                .. displays.Select((one, index) => new Tick(Prefix + (index + 1), Line(named, displays, index), ticked.Contains(one.Key))),
                new Tick(AllId, named["displays.all"], displays.All(one => ticked.Contains(one.Key))) { Error = error },
            ],
            [
                new Press("no", named[reason == DisplayReason.First ? "displays.no" : "displays.cancel"]),
                new Press("yes", named["displays.yes"], PressWeight.Primary) { Guarded = true, Enabled = error is null },
            ]);
    }

    /// <summary>Which display a tick of the screen is for, from 0; null when it is for none.</summary>
    public static int? IndexOf(string part) =>
        part.StartsWith(Prefix, StringComparison.Ordinal) && int.TryParse(part.AsSpan(Prefix.Length), out var number) ? number - 1 : null;

    private static Part[] Warning(Phrases phrases, DisplayReason reason) => reason switch
    {
        DisplayReason.Gone => [new Words("gone", phrases["displays.gone"], WordsRole.Warning)],
        DisplayReason.TooLarge => [new Words("too-large", phrases["displays.too-large"], WordsRole.Warning)],
        _ => [],
    };

    // All must fit into one picture: what would not be shown must not be promised.
    private static string? Error(Phrases phrases, IReadOnlyList<DesktopDisplay> displays, IReadOnlySet<string> ticked)
    {
        var chosen = displays.Count(one => ticked.Contains(one.Key));
        if (chosen == 0)
            return phrases["displays.none"];
        if (ScreenLayout.Of(displays, DisplayChoice.Of(ticked)).Displays.Count == chosen)
            return null;
        return phrases[chosen == 1 ? "displays.large.one" : "displays.large"];
    }

    private static string Line(Phrases phrases, IReadOnlyList<DesktopDisplay> displays, int index)
    {
        var display = displays[index];
        List<string> about = [];
        if (Place(displays, display.Area) is { } place)
            about.Add(phrases["displays." + place]);
        if (display.IsPrimary)
            about.Add(phrases["displays.main"]);
        about.Add(phrases.With("width", display.Area.Width).With("height", display.Area.Height)["displays.size"]);
        if (display.Name.Length > 0)
            about.Add(display.Name);
        return phrases.With("number", index + 1).With("about", string.Join(", ", about))["displays.line"];
    }

    // In words only where words are plain: displays that stand side by side, or above each other.
    private static string? Place(IReadOnlyList<DesktopDisplay> displays, PixelArea area)
    {
        if (displays.Count is < 2 or > 3)
            return null;
        var (lefts, tops) = (displays.Select(one => one.Area.X).Order().ToArray(), displays.Select(one => one.Area.Y).Order().ToArray());
        var sideBySide = lefts.Distinct().Count() == displays.Count;
        if (!sideBySide && tops.Distinct().Count() < displays.Count)
            return null;
        var place = sideBySide ? Array.IndexOf(lefts, area.X) : Array.IndexOf(tops, area.Y);
        if (place > 0 && place < displays.Count - 1)
            return "middle";
        return (sideBySide, place == 0) switch
        {
            (true, true) => "left",
            (true, false) => "right",
            (false, true) => "top",
            (false, false) => "bottom",
        };
    }
}

/// <summary>Why the customer is asked which displays are shown.</summary>
internal enum DisplayReason
{
    /// <summary>The technician asks to look, and nothing was chosen yet.</summary>
    First,

    /// <summary>The customer wants to change it.</summary>
    Change,

    /// <summary>No chosen display is there any more.</summary>
    Gone,

    /// <summary>What was chosen has become larger than what can be shown.</summary>
    TooLarge,
}
