using System.Globalization;
using Nabij.HostApp.Screens;
using Nabij.HostApp.Texts;
using Nabij.HostCore.Files;

namespace Nabij.HostApp.Flow;

/// <summary>The windows of files that are kept for 30 days. Pure: phrases and a state in, a value out.</summary>
internal static class KeptScreens
{
    /// <summary>So many can be chosen from; the newest.</summary>
    public const int MostChoices = 12;

    /// <summary>What is kept, with put back.</summary>
    public static Screen Kept(Phrases phrases, IReadOnlyList<SafetyCopy> list, string? chosen, string? told) => new(
        "kept",
        phrases.Title,
        [
            .. phrases.Strips(),
            new Words("heading", phrases["kept.heading"], WordsRole.Heading),
            .. told is null ? Array.Empty<Part>() : [new Words("told", told, WordsRole.Calm)],
            .. list.Count == 0
                ? [new Words("empty", phrases["kept.empty"])]
                : new Part[]
                {
                    new Words("body", phrases["kept.body"]),
                    new Choice("copies", phrases["kept.choose"], [.. list.Take(MostChoices).Select(copy => new Option(copy.Name, Line(phrases, copy)))], chosen),
                },
        ],
        [
            .. list.Count == 0 ? Array.Empty<Press>() : [new Press("put-back", phrases["kept.press"]) { Enabled = chosen is not null, Guarded = true }],
            new Press("close", phrases["press.close"], PressWeight.Primary),
        ]);

    /// <summary>Which received file goes in the place of one of the customer's.</summary>
    public static Screen Replace(Phrases phrases, IReadOnlyList<string> sources, string? chosen) => new(
        "replace",
        phrases.Title,
        [
            .. phrases.Strips(),
            new Words("heading", phrases["replace.heading"], WordsRole.Heading),
            new Words("body", phrases["replace.body"]),
            new Choice(
                "sources",
                phrases["replace.choose"],
                [.. sources.Take(MostChoices).Select((path, index) => new Option(index.ToString(CultureInfo.InvariantCulture), PeerText.ShortFileName(Path.GetFileName(path))))],
                chosen is null ? null : sources.ToList().IndexOf(chosen).ToString(CultureInfo.InvariantCulture)),
        ],
        [new Press("close", phrases["press.close"]), new Press("pick", phrases["replace.pick"], PressWeight.Primary) { Enabled = chosen is not null }]);

    /// <summary>The last look before a file is replaced.</summary>
    public static Screen Sure(Phrases phrases, string source, string target)
    {
        var named = phrases.With("new", PeerText.ShortFileName(Path.GetFileName(source))).With("old", PeerText.ShortFileName(Path.GetFileName(target)))
            .With("folder", Path.GetDirectoryName(target) ?? string.Empty);
        return new Screen(
            "replace-sure",
            phrases.Title,
            [
                .. phrases.Strips(),
                new Words("heading", named["sure.heading"], WordsRole.Heading),
                new Words("body", named["sure.body"]),
                new Words("calm", named["sure.calm"], WordsRole.Calm),
            ],
            [new Press("no", phrases["sure.no"]), new Press("yes", phrases["sure.yes"], PressWeight.Primary) { Guarded = true }]);
    }

    private static string Line(Phrases phrases, SafetyCopy copy) => phrases
        .With("name", PeerText.ShortFileName(Path.GetFileName(copy.OriginalPath)))
        .With("folder", Path.GetDirectoryName(copy.OriginalPath) ?? string.Empty)
        .With("date", (copy.Kept + SafetyCopy.KeptFor).ToLocalTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))["kept.line"];
}
