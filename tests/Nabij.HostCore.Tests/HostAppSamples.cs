using System.Text;
using Nabij.HostApp.Flow;
using Nabij.HostApp.Screens;
using Nabij.HostApp.Texts;
using Nabij.HostCore.Guard;
using Nabij.HostCore.Picture;
using Nabij.HostCore.Rendezvous;
using Nabij.HostCore.Session;
using Nabij.Protocol.Facts;
using Nabij.Protocol;
using Nabij.Protocol.Clipboard;

namespace Nabij.HostCore.Tests;

/// <summary>Every screen of the customer's program with sample values, for pictures and for tests of the texts.</summary>
internal static class HostAppSamples
{
    public static readonly Shop Verified = new("Computerhulp De Linde", "030 123 45 67", "hulp.delinde.example", true) { Abuse = "melden@delinde.example" };
    public static readonly Shop Unverified = Verified with { Verified = false };

    // Two that together are the picture's own display, so that pictures of this screen show both numbers.
    public static readonly DesktopDisplay[] Displays =
    [
        new("HDMI-1", new PixelArea(0, 0, 800, 900)) { IsPrimary = true },
        new("DP-2", new PixelArea(800, 100, 480, 800)),
    ];

    // The size of the desktop on which pictures are taken.
    private static readonly Sharing One = new([new PixelArea(0, 0, 1280, 900)], false);

    private static readonly string[] Kinds =
        [.. Enum.GetNames<TroubleKind>().Select(name => name.ToLowerInvariant()), ProblemStage.Block, ProblemStage.Display, ProblemStage.Other];

    private static readonly string[] Reasons =
        [.. Enum.GetNames<SessionEnd>().Select(name => name.ToLowerInvariant())];

    private static readonly string[] Events =
        ["log.connected", "log.look", "log.control", "log.stopped", "log.went-on", "log.back-control", "log.ended"];

    public static IEnumerable<(string Name, Screen Screen)> All(string language)
    {
        var plain = new Phrases(Wording.Of(language), null);
        var phrases = new Phrases(Wording.Of(language), Verified).With("technician", "Peter Jansen").With("local", "2026-11-22 08:00")
            .With("server", "2026-11-22 12:00").With("version", "2026-11");
        var unverified = new Phrases(Wording.Of(language), Unverified).With("technician", "Peter Jansen");
        yield return ("shop", StartScreens.AskShop(plain, "hulp", plain["shop.error.form"]));
        yield return ("shop-found", StartScreens.ShopFound(unverified));
        yield return ("contacted", StartScreens.Contacted(phrases));
        yield return ("refuse", StartScreens.Refuse(phrases, 27));
        yield return ("refuse-over", StartScreens.Refuse(phrases, 0));
        yield return ("terms", StartScreens.Terms(phrases, Terms(language), new TermsAnswers()));
        yield return ("terms-help", StartScreens.Terms(phrases, Terms(language), new TermsAnswers(true, true, "help", "Jan")));
        yield return ("connecting", StartScreens.Waiting(phrases, "connecting", phrases["connecting.meter"]));
        yield return ("code", CodeScreens.Code(phrases, "417902635", 9, null));
        yield return ("code-wrong", CodeScreens.Code(phrases, "417118204", 10, CodeText.Fill("417118204", phrases)["code.wrong"]));
        yield return ("code-unverified", CodeScreens.Code(unverified, "417902635", 1, null));
        yield return ("pause", CodeScreens.Pause(phrases, 47));
        yield return ("too-many", CodeScreens.TooMany(phrases));
        yield return ("who-asks", SessionScreens.WhoAsks(phrases, "0124"));
        yield return ("who-asks-unverified", SessionScreens.WhoAsks(unverified, "0124"));
        yield return ("who-asks-several", SessionScreens.WhoAsks(phrases, "0124", Displays.Length));
        foreach (var reason in Enum.GetValues<DisplayReason>())
            yield return ("displays-" + reason.ToString().ToLowerInvariant(), DisplayScreens.Choose(phrases, Displays, Ticked(reason), reason));
        foreach (var step in PermissionStep.All)
            yield return ("ask-" + step.Name, SessionScreens.Ask(phrases, step));
        foreach (var (name, view) in Chats)
            yield return (name, ChatScreens.Chat(phrases, view));
        yield return ("fact-list", FactScreens.Ask(phrases, Facts));
        foreach (var (name, asked) in Copied)
            yield return (name, CopiedScreens.Ask(phrases, asked));
        foreach (var why in new[] { ClipboardOutcome.Empty, ClipboardOutcome.TooLarge, ClipboardOutcome.Failed, ClipboardOutcome.TooOften })
            yield return ("nothing-copied-" + CopiedScreens.KeyOf(why), CopiedScreens.Nothing(phrases, new CustomerEvent.NothingCopied(why, why == ClipboardOutcome.TooOften)));
        foreach (var sample in HostAppFileSamples.All(phrases))
            yield return sample;
        foreach (var sample in HostAppCompanySamples.All(phrases))
            yield return sample;
        yield return ("again", SessionScreens.Again(phrases));
        yield return ("stopped", SessionScreens.Stopped(phrases));
        yield return ("stopped-locked", SessionScreens.Stopped(phrases, Pauses.Locked));
        yield return ("stopped-idle", SessionScreens.Stopped(phrases, Pauses.Idle));
        yield return ("stopped-unanswered", SessionScreens.Stopped(phrases, Pauses.Unanswered));
        yield return ("private", SessionScreens.Private(phrases));
        foreach (var kind in Enum.GetValues<SensitiveKind>())
            yield return ("guarded-" + kind.ToString().ToLowerInvariant(), SessionScreens.Guarded(phrases, kind));
        yield return ("still", SessionScreens.Still(phrases));
        foreach (var reason in Reasons)
            yield return ("end-" + reason, SessionScreens.End(phrases, reason, Done(phrases), [], new EndOffers(reason == "connectionlost", MaySave: reason != "declined", reason == "technicianended" ? "saved.done" : null) { ProgramFile = "/home/jan/Downloads/nabij-linux-x64" }));
        foreach (var kind in Kinds)
            yield return ("problem-" + kind, CodeScreens.Problem(phrases, kind, true));
    }

    public static IEnumerable<(string Name, Bar Bar)> Bars(string language)
    {
        var phrases = new Phrases(Wording.Of(language), Verified).With("technician", "Peter Jansen");
        yield return ("bar-connected", BarScreens.Bar(phrases, new Allowed(), One));
        yield return ("bar-looking", BarScreens.Bar(phrases, new Allowed(Permissions.View), One));
        yield return ("bar-pointing", BarScreens.Bar(phrases, new Allowed(Permissions.View | Permissions.Draw), One));
        yield return ("bar-controlling", BarScreens.Bar(phrases, new Allowed(Permissions.View | PermissionStep.Control), One));
        yield return ("bar-unread", BarScreens.Bar(phrases, new Allowed(Permissions.View | PermissionStep.Control | Permissions.Chat) { Unread = 2 }, One));
        yield return ("bar-copying", BarScreens.Bar(phrases, new Allowed(Permissions.View | PermissionStep.Control) { Copying = (2, 5), HasFiles = true }, One));
        yield return ("bar-several", BarScreens.Bar(phrases, new Allowed(Permissions.View | PermissionStep.Control), One, HostAppCompanySamples.Several));
        yield return ("bar-left", BarScreens.Bar(phrases, new Allowed(), One, new CompanyView([], null, [], false) { IsVacant = true }));
        yield return ("bar-away", BarScreens.Away(phrases, TimeSpan.FromSeconds(287)));
        yield return ("bar-stopped", BarScreens.Bar(phrases, new Allowed(Permissions.View | PermissionStep.Control, Stopped: true), One));
        yield return ("bar-private", BarScreens.Bar(phrases, new Allowed(Permissions.View | PermissionStep.Control, Private: true), One));
        yield return ("bar-guarded", BarScreens.Bar(phrases, new Allowed(Permissions.View) { Guarded = SensitiveKind.Bank }, One));
        yield return ("bar-copied", BarScreens.Bar(phrases, new Allowed(Permissions.View | Permissions.ClipboardFromHost) { ReadsCopied = true }, One));
        yield return ("bar-text-placed", BarScreens.Bar(phrases, new Allowed(Permissions.View | Permissions.ClipboardToHost | Permissions.ClipboardFromHost) { Notice = phrases["bar.text-placed"] }, One));
        yield return ("bar-text-given", BarScreens.Bar(phrases, new Allowed(Permissions.View | Permissions.ClipboardFromHost) { Notice = phrases["bar.text-given"] }, One));
        yield return ("bar-picture-kept", BarScreens.Bar(phrases, new Allowed(Permissions.View | PermissionStep.Control) { Notice = phrases["bar.picture-kept"] }, One));
        yield return ("bar-gone", BarScreens.Bar(phrases, new Allowed(Permissions.View), new Sharing([], true)));
        yield return ("bar-too-large", BarScreens.Bar(phrases, new Allowed(Permissions.View), new Sharing([], true) { IsTooLarge = true }));
    }

    /// <summary>A screen with every kind of part, after something was answered in it; the text goes into the words.</summary>
    public static Screen EveryPart(string text, Happening? happened) => new(
        "every-part",
        "Every part",
        [
            new Words("heading", "Heading", WordsRole.Heading),
            new Words("words", text),
            new Code("code", "417 902 635", "Code: four one seven, nine zero two, six three five"),
            new Tick("tick", "A box to tick", happened is not null) { Error = ErrorOf(happened) },
            new Choice("choice", "A question", [new Option("one", "First answer"), new Option("two", "Second answer")], Chosen(happened)) { Error = ErrorOf(happened) },
            new Document("document", "A long text", [new Paragraph("Title", ParagraphRole.Heading), new Paragraph("Body <b>& more</b>"), new Paragraph(text)]),
            new Entry("entry", "A line to type", happened is { Part: "entry", Value: { } typed } ? typed : string.Empty, 20) { Error = ErrorOf(happened) },
            new Meter("meter", "Some progress", 0.5, new Press("meter-stop", "Stop") { Name = "Stop some_progress.txt" }),
            new Link("link", "A link", new Uri("https://example.com/")),
        ],
        [new Press("danger", "Dangerous", PressWeight.Danger), new Press("guarded", "Guarded") { Guarded = true }, new Press("fine", "Fine", PressWeight.Primary)]);

    /// <summary>One of each.</summary>
    public static Fact[] Facts { get; } =
    [
        new(FactKind.System, "Debian GNU/Linux 13 (trixie)"), new(FactKind.Kernel, "Linux 6.12.48+deb13-amd64"),
        new(FactKind.ComputerName, "keuken"), new(FactKind.Processor, "Intel(R) Core(TM) i5-8250U CPU @ 1.60GHz", 8),
        new(FactKind.Memory, "", 16_625_012_736, 9_123_000_000), new(FactKind.Disk, "/", 500_107_862_016, 123_456_789_012),
        new(FactKind.Disk, "FOTO\u202eS", 31_914_983_424, 1_000_000_000), new(FactKind.Display, "", 1920, 1080, 125),
        new(FactKind.Uptime, "", 1_505), new(FactKind.Language, "nl-NL"), new(FactKind.TimeZone, "Europe/Amsterdam"),
        new(FactKind.Desktop, "GNOME, x11"), new(FactKind.Network, "", 2), new(FactKind.Battery, "", 87, 0),
        new(FactKind.Program, "0.1.0"),
    ];

    private static (string, CustomerEvent.CopiedAsked)[] Copied
    {
        get
        {
            var letter = string.Join('\n', Enumerable.Repeat("Geachte heer Jansen, mijn printer van het merk Voorbeeld (serienummer 8812-XK) maakt sinds gisteren geluid.", 12));
            return
            [
                ("copied", new CustomerEvent.CopiedAsked("https://voorbeeld.example/bestelling/88120\n<b>8812-XK</b>", 56, false) { IsWhole = true, IsSecret = false }),
                ("copied-own", new CustomerEvent.CopiedAsked(letter, 13_107, true) { IsWhole = false, IsSecret = false }),
                ("copied-secret", new CustomerEvent.CopiedAsked("k", 1, false) { IsWhole = true, IsSecret = true }),
            ];
        }
    }

    private static (string, ChatView)[] Chats
    {
        get
        {
            var time = new DateTimeOffset(2026, 11, 22, 14, 3, 0, TimeSpan.Zero);
            SaidLine[] lines =
            [
                new(false, "Goedemiddag, ik kijk even naar uw printer. <b>http://voorbeeld.example</b>", time),
                new(true, "Hij piept drie keer.", time.AddMinutes(1)),
                new(true, "En er brandt een lampje.", time.AddMinutes(1)),
                new(false, "Dank u. Wilt u de klep even open- en dichtdoen? Soms zit er papier achter dat u niet ziet.", time.AddMinutes(2)),
                new(true, "Dat heb ik gedaan", time.AddMinutes(4)),
            ];
            var view = new ChatView { Lines = lines, Said = 3, Delivered = 2, Seen = 1 };
            return
            [
                ("chat-empty", new ChatView { Lines = [] }),
                ("chat", view with { Draft = "Nu doet hij het weer" }),
                ("chat-full", view with { Draft = "Hallo?", IsFull = true, IsStopped = true }),
                ("chat-off", view with { IsOn = false }),
            ];
        }
    }

    private static HashSet<string> Ticked(DisplayReason reason) => reason == DisplayReason.Gone ? [] : ["HDMI-1"];

    private static string? ErrorOf(Happening? happened) => happened is null ? null : "This is wrong.";

    private static string? Chosen(Happening? happened) => happened is { Part: "choice" or "entry" } ? "two" : null;

    public static TermsText Terms(string language)
    {
        var (opening, sentence, licence) = language == "nl"
            ? ("# Hulp op afstand\n\nHulp op afstand kan niet zonder een programma.\nHet geeft toegang tot uw computer.\n\n- Maak eerst een back-up.\n- U mag op elk moment stoppen.",
                "Werk aan een computer kan misgaan. Schade is nooit helemaal uit te sluiten, bijvoorbeeld als de verbinding wegvalt.", "Apache-licentie 2.0. U mag dit programma gratis gebruiken.")
            : ("# Remote help\n\nRemote help is impossible without a program.\nIt gives access to your computer.\n\n- Make a backup first.\n- You may stop at any moment.",
                "Work on a computer can go wrong. Damage can never be fully excluded, for example when the connection fails.", "Apache License 2.0. You may use this program without payment.");
        var terms = TermsPart.Read(Encoding.UTF8.GetBytes(string.Join("\n\n", Enumerable.Repeat(sentence, 6).Prepend(opening))));
        return new TermsText("terms-" + language, "2026-11", language, terms!, TermsPart.Read(Encoding.UTF8.GetBytes(licence))!);
    }

    private static List<string> Done(Phrases phrases) =>
    [
        .. Events.Select((key, index) => phrases.With("time", $"14:0{index}").With("event", phrases[key])["log.line"]),
    ];
}
