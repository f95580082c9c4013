using Nabij.HostApp.Screens;
using Nabij.HostCore.Guard;
using Nabij.HostCore.Session;

namespace Nabij.HostApp.Flow;

/// <summary>The screens from "who asks" to the end. Pure: phrases and a state in, a value out.</summary>
internal static class SessionScreens
{
    /// <param name="phrases">The texts, with the technician's name filled in.</param>
    /// <param name="checkNumber">The four digits that both sides show.</param>
    /// <param name="displays">How many displays the computer has: with more than one, yes leads to a choice.</param>
    public static Screen WhoAsks(Phrases phrases, string checkNumber, int displays = 1) => new(
        "who-asks",
        phrases.Title,
        [
            .. phrases.Strips(),
            new Words("heading", phrases["who.heading"], WordsRole.Heading),
            phrases.Shop is { Verified: true }
                ? new Words("verified", phrases["who.verified"], WordsRole.Calm)
                : new Words("verified", phrases["who.unverified"], WordsRole.Warning),
            new Words("body", displays > 1 ? phrases.With("count", displays)["who.body.several"] : phrases["who.body"]),
            new Words("check-number", phrases.With("number", checkNumber)["who.number"], WordsRole.Number)
            {
                Spoken = phrases.With("spoken", CodeText.SpokenOneByOne(checkNumber, phrases))["who.number.spoken"],
            },
            new Words("compare", phrases["who.number.body"], WordsRole.Small),
            new Words("warning", phrases["who.warning"], WordsRole.Warning),
            new Words("call", phrases.CallYourself("who"), WordsRole.Small),
        ],
        [
            new Press("differ", phrases["who.differ"], PressWeight.Danger),
            new Press("no", phrases["who.no"]),
            new Press("yes", phrases["who.yes"], PressWeight.Primary) { Guarded = true },
        ]);

    /// <summary>The dialog for one step more: <paramref name="step"/> is "look", "point", "control" or "messages".</summary>
    public static Screen Ask(Phrases phrases, string step) => new(
        "ask-" + step,
        phrases.Title,
        [
            .. phrases.Strips(),
            new Words("heading", phrases[step + ".heading"], WordsRole.Heading),
            new Words("body", phrases[step + ".body"]),
            .. step == "control" ? [new Words("warning", phrases["control.warning"], WordsRole.Warning)] : Array.Empty<Part>(),
        ],
        [
            new Press("no", phrases[step + ".no"]),
            new Press("yes", phrases[step + ".yes"], PressWeight.Primary) { Guarded = true },
        ]);

    /// <param name="phrases">The texts, with the technician's name filled in.</param>
    /// <param name="allowed">What is in force.</param>
    /// <param name="sharing">What of the computer's displays is shared.</param>
    public static Bar Bar(Phrases phrases, Allowed allowed, Sharing sharing) => new(
        phrases[allowed switch
        {
            { Stopped: true } => "bar.stopped",
            { Private: true } => "bar.private",
            { Look: true, Guarded: not null } => "bar.guarded",
            { Look: true } when sharing.Lost is { } lost => lost == DisplayReason.TooLarge ? "bar.too-large" : "bar.gone",
            { Control: true } => "bar.controlling",
            { Point: true } => "bar.pointing",
            { Look: true } => "bar.looking",
            _ => "bar.connected",
        }],
        allowed switch
        {
            { Stopped: true } or { Private: true } or { Look: true, Guarded: not null } => BarColor.Stopped,
            { Look: true } when sharing.Lost is not null => BarColor.Waiting,
            { Control: true } => BarColor.Controlling,
            { Look: true } => BarColor.Looking,
            _ => BarColor.Waiting,
        },
        allowed.Stopped ? [new Press("show", phrases["bar.show"])] : [.. Unread(phrases, allowed), .. Presses(phrases, allowed)],
        Menu(phrases, allowed, sharing))
    {
        Frames = sharing.Shared,
        MenuName = phrases["bar.menu"],
    };

    /// <summary>The private moment, for whom a window is easier than the bar: by keyboard.</summary>
    public static Screen Private(Phrases phrases) => new(
        "private",
        phrases.Title,
        [
            .. phrases.Strips(),
            new Words("heading", phrases["private.heading"], WordsRole.Heading),
            new Words("calm", phrases["private.calm"], WordsRole.Calm),
            new Words("body", phrases["private.body"]),
        ],
        [new Press("show-again", phrases["private.show"]) { Guarded = true }, new Press("stay", phrases["private.stay"], PressWeight.Primary)]);

    /// <summary>Why the picture rests by itself, and that the guard does not see everything.</summary>
    public static Screen Guarded(Phrases phrases, SensitiveKind kind) => new(
        "guarded",
        phrases.Title,
        [
            .. phrases.Strips(),
            new Words("heading", phrases["guarded.heading"], WordsRole.Heading),
            new Words("calm", phrases["guarded." + kind.ToString().ToLowerInvariant()], WordsRole.Calm),
            new Words("body", phrases["guarded.body"]),
            new Words("honest", phrases["guarded.honest"], WordsRole.Warning),
        ],
        [new Press("show-anyway", phrases["guarded.show"]) { Guarded = true }, new Press("hide", phrases["guarded.hide"], PressWeight.Primary)])
    {
        Quiet = true,
    };

    /// <summary>Every hour: is it still wanted that somebody looks?</summary>
    public static Screen Still(Phrases phrases) => new(
        "still",
        phrases.Title,
        [
            .. phrases.Strips(),
            new Words("heading", phrases["still.heading"], WordsRole.Heading),
            new Words("body", phrases["still.body"]),
        ],
        [
            new Press("no", phrases["still.no"], PressWeight.Danger),
            new Press("yes", phrases["still.yes"], PressWeight.Primary) { Guarded = true },
        ]);

    /// <summary>The bar while the connection is away: who was connected sees nothing, and how long it is waited for.</summary>
    public static Bar AwayBar(Phrases phrases, TimeSpan left) => new(
        phrases.With("time", ClockText(left))["bar.away"],
        BarColor.Stopped,
        [new Press("end", phrases["bar.menu.end"], PressWeight.Danger)],
        [])
    {
        Frames = [],
        MenuName = phrases["bar.menu"],
    };

    /// <summary>After a long absence: whether the technician may go on as before.</summary>
    public static Screen Again(Phrases phrases) => new(
        "again",
        phrases.Title,
        [
            .. phrases.Strips(),
            new Words("heading", phrases["again.heading"], WordsRole.Heading),
            new Words("body", phrases["again.body"]),
            new Words("warning", phrases["control.warning"], WordsRole.Warning),
        ],
        [
            new Press("no", phrases["again.no"]),
            new Press("yes", phrases["again.yes"], PressWeight.Primary) { Guarded = true },
        ]);

    /// <summary>What is in flight comes first, when there is any: a later version copies files.</summary>
    public static Screen Stopped(Phrases phrases, Pauses why = Pauses.Stop) => new(
        "stopped",
        phrases.Title,
        [
            .. phrases.Strips(),
            new Words("heading", phrases[StoppedHeading(why)], WordsRole.Heading),
            new Words("calm", phrases["stopped.calm"], WordsRole.Calm),
            new Words("flight", phrases["stopped.flight"]),
            new Words("body", phrases["stopped.body"]),
        ],
        [
            new Press("go-on", phrases["stopped.go-on"]) { Guarded = true },
            new Press("end", phrases["stopped.end"], PressWeight.Danger),
        ]);

    /// <param name="phrases">The texts, with the technician's name filled in.</param>
    /// <param name="reason">The last part of a key "end.reason.…".</param>
    /// <param name="done">What was done, a line each; may be empty.</param>
    /// <param name="offers">What the customer may do now.</param>
    public static Screen End(Phrases phrases, string reason, IReadOnlyList<string> done, EndOffers offers) => new(
        "end",
        phrases.Title,
        [
            .. phrases.Strips(),
            new Words("heading", phrases["end.heading"], WordsRole.Heading),
            new Words("reason", phrases["end.reason." + reason]),
            // Near the top, so that it is seen in large type too.
            .. offers.Told is { } told ? [new Words("told", phrases[told], WordsRole.Question)] : Array.Empty<Part>(),
            .. done.Count == 0
                ? Array.Empty<Part>()
                : [new Words("done", phrases["end.done"], WordsRole.Question), new Words("log", string.Join('\n', done))],
            new Words("advice", phrases[Advice(reason)], WordsRole.Warning),
            new Words("nothing", phrases["end.nothing"], WordsRole.Small),
        ],
        [
            .. offers.MaySave ? [new Press("save", phrases["end.save"])] : Array.Empty<Press>(),
            .. offers.MayGoOn ? [new Press("again", phrases["end.again"])] : Array.Empty<Press>(),
            new Press("close", phrases["end.close"], PressWeight.Primary),
        ]);

    private static string StoppedHeading(Pauses why) => why switch
    {
        Pauses.Idle => "stopped.idle",
        Pauses.Unanswered => "stopped.unanswered",
        _ => "stopped.heading",
    };

    private static List<Press> Presses(Phrases phrases, Allowed allowed)
    {
        List<Press> presses = [];
        if (allowed.Private)
            presses.Add(new Press("show-again", phrases["bar.show-again"]));
        else if (allowed is { Look: true, Guarded: not null })
            presses.Add(new Press("why", phrases["bar.why"]));
        else if (allowed.Look)
            presses.Add(new Press("private", phrases["bar.private.press"]) { Name = phrases["bar.private.name"] });
        presses.Add(new Press(Screens.Bar.StopId, phrases["bar.stop"], PressWeight.Danger) { Name = phrases["bar.stop.name"] });
        return presses;
    }

    private static string ClockText(TimeSpan left)
    {
        var seconds = Math.Max(0, (int)Math.Ceiling(left.TotalSeconds));
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{seconds / 60}:{seconds % 60:00}");
    }

    private static string Advice(string reason) => reason switch
    {
        "numbersdiffer" => "end.advice.differ",
        "connectionlost" => "end.advice.lost",
        _ => "end.advice",
    };

    // In sight only while something waits: the bar stays short, and what is new is noticed.
    private static Press[] Unread(Phrases phrases, Allowed allowed) => allowed.Unread switch
    {
        0 => [],
        1 => [new Press("chat", phrases["bar.chat.one"], PressWeight.Primary)],
        var count => [new Press("chat", phrases.With("count", count)["bar.chat.more"], PressWeight.Primary)],
    };

    private static List<Press> Menu(Phrases phrases, Allowed allowed, Sharing sharing)
    {
        List<Press> menu = [new Press("chat", phrases["bar.menu.chat"])];
        if (sharing.MayChoose && !allowed.Stopped)
            menu.Add(new Press("displays", phrases["bar.menu.displays"]));
        if (allowed is { Control: true, Stopped: false })
            menu.Add(new Press("back-control", phrases["bar.menu.control"]));
        if (allowed is { Point: true, Stopped: false })
            menu.Add(new Press("back-point", phrases["bar.menu.point"]));
        if (allowed is { Look: true, Stopped: false })
            menu.Add(new Press("back-look", phrases["bar.menu.look"]));
        menu.Add(new Press("end", phrases["bar.menu.end"]));
        return menu;
    }
}
