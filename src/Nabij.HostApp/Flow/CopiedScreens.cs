using System.Globalization;
using Nabij.HostApp.Screens;
using Nabij.HostApp.Texts;
using Nabij.HostCore.Rendezvous;
using Nabij.Protocol.Clipboard;

namespace Nabij.HostApp.Flow;

/// <summary>The windows about what the customer copied. Pure: phrases and a question in, a value out.</summary>
internal static class CopiedScreens
{
    /// <summary>So much of the text is shown, in characters: enough to recognize it.</summary>
    private const int MostShown = 600;

    /// <summary>The beginning of the very text that would go, and whether it goes.</summary>
    public static Screen Ask(Phrases phrases, CustomerEvent.CopiedAsked asked)
    {
        var shown = PeerText.Lines(asked.Beginning, MostShown);
        var isWhole = asked.IsWhole && asked.Beginning.Length <= MostShown;
        var count = phrases.With("count", asked.Characters.ToString("N0", new NumberFormatInfo { NumberGroupSeparator = phrases["saved.thousands"] }));
        return new Screen(
            "copied",
            phrases.Title,
            [
                .. phrases.Strips(),
                new Words("heading", phrases[asked.IsOwnAct ? "copied.own.heading" : "copied.heading"], WordsRole.Heading),
                new Words("body", phrases[asked.IsOwnAct ? "copied.own.body" : "copied.body"]),
                // Above the text, so that it is seen in large type too.
                new Words("warning", phrases[asked.IsSecret ? "copied.secret" : "copied.warning"], WordsRole.Warning),
                new Document("text", phrases["copied.text"], [new Paragraph(shown)]),
                new Words("length", asked.Characters == 1 ? phrases["copied.length.one"] : count[isWhole ? "copied.length" : "copied.length.more"], WordsRole.Small),
                new Words("calm", phrases["copied.calm"], WordsRole.Calm),
            ],
            [new Press("no", phrases["copied.no"]), new Press("send", phrases["copied.send"], PressWeight.Primary) { Guarded = true }])
        {
            Quiet = !asked.IsOwnAct,
        };
    }

    /// <summary>Why there is nothing to send.</summary>
    public static Screen Nothing(Phrases phrases, CustomerEvent.NothingCopied nothing) => new(
        "nothing-copied",
        phrases.Title,
        [
            .. phrases.Strips(),
            new Words("heading", phrases["nothing-copied." + KeyOf(nothing.Why)], WordsRole.Heading),
            new Words("body", phrases[nothing.IsOwnAct ? "nothing-copied.own" : "nothing-copied.asked"]),
            new Words("what", phrases["nothing-copied." + KeyOf(nothing.Why) + ".body"]),
        ],
        [new Press("close", phrases["press.close"], PressWeight.Primary)])
    {
        Quiet = !nothing.IsOwnAct,
    };

    public static string KeyOf(ClipboardOutcome why) => why switch
    {
        ClipboardOutcome.Empty => "empty",
        ClipboardOutcome.TooLarge => "too-large",
        ClipboardOutcome.TooOften => "busy",
        _ => "failed",
    };
}
