using Nabij.HostApp.Screens;
using Nabij.HostApp.Texts;

namespace Nabij.HostApp.Flow;

/// <summary>The screens before the code: which shop, whose idea it was, the terms. Pure: phrases and answers in, a value out.</summary>
internal static class StartScreens
{
    public static Screen AskShop(Phrases phrases, string address, string? error) => new(
        "shop",
        phrases.Title,
        [
            .. phrases.Strips(),
            Languages(phrases),
            new Words("heading", phrases["shop.heading"], WordsRole.Heading),
            new Words("body", phrases["shop.body"]),
            new Entry("address", phrases["shop.entry"], address, ShopAddress.Limit) { Error = error },
        ],
        [new Press("close", phrases["press.close"]), new Press("continue", phrases["press.continue"], PressWeight.Primary)]);

    public static Screen ShopFound(Phrases phrases) => new(
        "shop-found",
        phrases.Title,
        [
            .. phrases.Strips(),
            new Words("heading", phrases["shop.found.heading"], WordsRole.Heading),
            new Words("body", phrases["shop.found.body"]),
            new Words("warning", phrases["shop.found.warning"], WordsRole.Warning),
        ],
        [new Press("no", phrases["shop.found.no"]), new Press("yes", phrases["shop.found.yes"]) { Guarded = true }]);

    /// <param name="phrases">The texts.</param>
    /// <param name="hasKept">Files of an earlier help are kept that can be put back.</param>
    public static Screen Contacted(Phrases phrases, bool hasKept = false) => new(
        "contacted",
        phrases.Title,
        [
            .. phrases.Strips(),
            Languages(phrases),
            new Words("heading", phrases["contacted.heading"], WordsRole.Heading),
            new Words("body", phrases["contacted.body"]),
            new Words("warning", phrases["contacted.warning"], WordsRole.Warning),
            new Words("call", phrases.CallYourself("who"), WordsRole.Small),
            .. hasKept ? [new Words("kept-note", phrases["contacted.kept"], WordsRole.Small)] : Array.Empty<Part>(),
        ],
        [
            .. hasKept ? [new Press("kept", phrases["kept.show"])] : Array.Empty<Press>(),
            new Press("no", phrases["contacted.no"]),
            new Press("yes", phrases["contacted.yes"]) { Guarded = true },
        ]);

    public static Screen Refuse(Phrases phrases, int secondsLeft) => new(
        "refuse",
        phrases.Title,
        [
            .. phrases.Strips(),
            new Words("heading", phrases["refuse.heading"], WordsRole.Heading),
            new Words("body", phrases["refuse.body"]),
            new Words("advice", phrases["refuse.advice"], WordsRole.Warning),
            new Link("link", phrases["refuse.link"], new Uri(phrases["refuse.address"])),
        ],
        [
            new Press("go-on", secondsLeft == 0 ? phrases["refuse.go-on"] : phrases.With("seconds", secondsLeft)["refuse.go-on.wait"])
            {
                Enabled = secondsLeft == 0,
                Guarded = true,
            },
            new Press("close", phrases["press.close"], PressWeight.Primary),
        ]);

    public static Screen Waiting(Phrases phrases, string id, string text) => new(
        id,
        phrases.Title,
        [
            .. phrases.Strips(),
            new Words("heading", phrases["connecting.heading"], WordsRole.Heading),
            new Words("body", phrases["connecting.body"]),
            new Meter("meter", text, null),
        ],
        [new Press("close", phrases["press.cancel"])]);

    public static Screen Terms(Phrases phrases, TermsText terms, TermsAnswers answers) => new(
        "terms",
        phrases.Title,
        [
            .. phrases.Strips(),
            new Words("heading", phrases["terms.heading"], WordsRole.Heading),
            new Words("body", phrases["terms.body"]),
            Text(phrases, terms),
            new Tick("terms", phrases["terms.tick.terms"], answers.Terms),
            new Tick("licence", phrases["terms.tick.licence"], answers.Licence),
            new Choice(
                "backup",
                phrases["terms.backup"],
                [
                    new Option("yes", phrases["terms.backup.yes"]),
                    new Option("no", phrases["terms.backup.no"]),
                    new Option("help", phrases["terms.backup.help"]),
                ],
                answers.Backup),
            new Words("backup-advice", BackupAdvice(phrases, answers.Backup), WordsRole.Small),
            new Entry("name", phrases["terms.name"], answers.Name, TermsAnswers.NameLimit),
        ],
        [
            new Press("save", phrases["press.save"]),
            new Press("disagree", phrases["terms.disagree"]),
            new Press("continue", phrases["press.continue"], PressWeight.Primary) { Enabled = answers.Complete },
        ]);

    private static string BackupAdvice(Phrases phrases, string? answer) => answer switch
    {
        "no" => phrases["terms.backup.advice.no"],
        "help" => phrases["terms.backup.advice.help"],
        _ => phrases["terms.backup.advice"],
    };

    private static Document Text(Phrases phrases, TermsText terms) => new(
        "document",
        phrases["terms.document"],
        [
            new Paragraph(phrases["terms.part.terms"], ParagraphRole.Heading),
            .. terms.Terms.Paragraphs,
            new Paragraph(phrases["terms.part.licence"], ParagraphRole.Heading),
            .. terms.Licence.Paragraphs,
        ])
    {
        Language = terms.Language,
    };

    private static Choice Languages(Phrases phrases) => new(
        "language",
        phrases["language.choice"],
        [.. Wording.Languages.Select(language => new Option(language, Wording.Of(language).LanguageName, language))],
        phrases.Wording.Language)
    {
        SideBySide = true,
    };
}
