using System.Globalization;
using Nabij.HostApp.Screens;
using Nabij.HostApp.Texts;
using Nabij.Protocol.Facts;

namespace Nabij.HostApp.Flow;

/// <summary>The window with the facts about the computer. Pure: phrases and a list in, a value out.</summary>
internal static class FactScreens
{
    // Memory is counted in powers of two and drives in powers of ten, as their makers do; people call both gigabytes.
    private const double Gibibyte = 1024d * 1024 * 1024, Gigabyte = 1e9;
    private const ulong MinutesOfHour = 60;
    private const int LongestValue = 128;

    /// <summary>Every line as it will be sent, and whether it goes.</summary>
    public static Screen Ask(Phrases phrases, IReadOnlyList<Fact> facts) => new(
        "fact-list",
        phrases.Title,
        [
            .. phrases.Strips(),
            new Words("heading", phrases["fact-list.heading"], WordsRole.Heading),
            new Words("body", phrases.With("count", facts.Count)["fact-list.body"]),
            new Document("list", phrases["fact-list.name"], [.. facts.Select(fact => new Paragraph(Line(phrases, fact), ParagraphRole.Item))]),
            new Words("calm", phrases["fact-list.calm"], WordsRole.Calm),
        ],
        [new Press("no", phrases["fact-list.no"]), new Press("send", phrases["fact-list.send"], PressWeight.Primary) { Guarded = true }])
    {
        Quiet = true,
    };

    /// <summary>One fact in words.</summary>
    public static string Line(Phrases phrases, Fact fact)
    {
        // A drive has the name that somebody gave it.
        var text = phrases.With("value", PeerText.Lines(fact.Text, LongestValue));
        return fact.Kind switch
        {
            FactKind.System => text["fact.system"],
            FactKind.Kernel => text["fact.kernel"],
            FactKind.ComputerName => text["fact.computer-name"],
            FactKind.Processor => text.With("count", Whole(fact.Numbers[0]))["fact.processor"],
            FactKind.Memory => Parts(text, fact, Gibibyte)["fact.memory"],
            FactKind.Disk => Parts(text, fact, Gigabyte)["fact.disk"],
            FactKind.Display => text.With("width", Whole(fact.Numbers[0])).With("height", Whole(fact.Numbers[1])).With("scale", Whole(fact.Numbers[2]))["fact.display"],
            FactKind.Uptime => text.With("hours", Whole(fact.Numbers[0] / MinutesOfHour)).With("minutes", Whole(fact.Numbers[0] % MinutesOfHour))["fact.uptime"],
            FactKind.Language => text["fact.language"],
            FactKind.TimeZone => text["fact.time-zone"],
            FactKind.Desktop => text["fact.desktop"],
            FactKind.Network => text["fact.network." + ((NetworkKind)fact.Numbers[0]).ToString().ToLowerInvariant()],
            FactKind.Battery => text.With("percent", Whole(fact.Numbers[0]))[fact.Numbers[1] == 1 ? "fact.battery.mains" : "fact.battery"],
            FactKind.Program => text["fact.program"],
            _ => throw new ArgumentOutOfRangeException(nameof(fact)),
        };
    }

    private static Phrases Parts(Phrases phrases, Fact fact, double unit) =>
        phrases.With("all", Tenths(phrases, fact.Numbers[0] / unit)).With("free", Tenths(phrases, fact.Numbers[1] / unit));

    private static string Tenths(Phrases phrases, double value) =>
        value.ToString("0.0", new NumberFormatInfo { NumberDecimalSeparator = phrases["fact.decimal"] });

    private static string Whole(ulong value) => value.ToString(CultureInfo.InvariantCulture);
}
