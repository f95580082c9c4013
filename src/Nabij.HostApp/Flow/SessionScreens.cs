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

    // Long enough to read the question once more before the answer.
    private static readonly TimeSpan CoolDown = TimeSpan.FromSeconds(5);

    /// <summary>The id of the dialog for this step.</summary>
    public static string AskId(PermissionStep step) => "ask-" + step.Name;

    /// <summary>The dialog for one step more.</summary>
    public static Screen Ask(Phrases phrases, PermissionStep step) => new(
        AskId(step),
        phrases.Title,
        [
            .. phrases.Strips(),
            new Words("heading", phrases[step.Name + ".heading"], WordsRole.Heading),
            new Words("body", phrases[step.Name + ".body"]),
            .. step.HasWarning ? [new Words("warning", phrases[step.Name + ".warning"], WordsRole.Warning)] : Array.Empty<Part>(),
            .. step.IsSlow ? [new Words("slow", phrases.With("seconds", (int)CoolDown.TotalSeconds)["ask.slow"], WordsRole.Small)] : Array.Empty<Part>(),
        ],
        [
            new Press("no", phrases[step.Name + ".no"]),
            new Press("yes", phrases[step.Name + ".yes"], PressWeight.Primary) { Guarded = true },
        ])
    {
        CoolDown = step.IsSlow ? CoolDown : null,
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

    /// <summary>What is in flight comes first, when there is any.</summary>
    /// <param name="phrases">The texts, with the technician's name filled in.</param>
    /// <param name="why">What holds the session.</param>
    /// <param name="files">What is copied; null for nothing.</param>
    public static Screen Stopped(Phrases phrases, Pauses why = Pauses.Stop, FilesView? files = null)
    {
        var count = files?.Now.InFlight.Count() ?? 0;
        var counted = phrases.With("count", count);
        return new Screen(
            "stopped",
            phrases.Title,
            [
                .. phrases.Strips(),
                new Words("heading", phrases[StoppedHeading(why)], WordsRole.Heading),
                new Words("calm", phrases["stopped.calm"], WordsRole.Calm),
                new Words("flight", counted[count switch { 0 => "stopped.flight", 1 => "stopped.flight.one", _ => "stopped.flight.more" }]),
                .. count == 0 ? [] : FileScreens.InFlight(phrases, files!, isMoving: false),
                new Words("body", phrases[count == 0 ? "stopped.body" : "stopped.body.files"]),
            ],
            [
                new Press("go-on", phrases["stopped.go-on"]) { Guarded = true },
                .. count == 0 ? Array.Empty<Press>() : [new Press("let-finish", phrases["stopped.let-finish"]) { Guarded = true }],
                new Press("end", phrases["stopped.end"], PressWeight.Danger),
            ]);
    }

    /// <summary>After Stop: what was being copied goes to its end, unseen.</summary>
    public static Screen Finishing(Phrases phrases, FilesView files) => new(
        "stopped",
        phrases.Title,
        [
            .. phrases.Strips(),
            new Words("heading", phrases["finishing.heading"], WordsRole.Heading),
            new Words("calm", phrases["stopped.calm"], WordsRole.Calm),
            .. FileScreens.InFlight(phrases, files, isMoving: true),
            new Words("finishing", phrases["finishing.body"]),
        ],
        [
            new Press("go-on", phrases["stopped.go-on"]) { Guarded = true },
            new Press("end", phrases["stopped.end"], PressWeight.Danger),
        ]);

    /// <param name="phrases">The texts, with the technician's name filled in.</param>
    /// <param name="reason">The last part of a key "end.reason.…".</param>
    /// <param name="done">What was done, a line each; may be empty.</param>
    /// <param name="files">What arrived and what did not; may be empty.</param>
    /// <param name="offers">What the customer may do now.</param>
    public static Screen End(Phrases phrases, string reason, IReadOnlyList<string> done, IReadOnlyList<Part> files, EndOffers offers) => new(
        "end",
        phrases.Title,
        [
            .. phrases.Strips(),
            new Words("heading", phrases["end.heading"], WordsRole.Heading),
            new Words("reason", phrases["end.reason." + reason]),
            // Near the top, so that it is seen in large type too.
            .. offers.Told is { } told ? [new Words("told", phrases[told], WordsRole.Question)] : Array.Empty<Part>(),
            .. files,
            .. done.Count == 0
                ? Array.Empty<Part>()
                : [new Words("done", phrases["end.done"], WordsRole.Question), new Words("log", string.Join('\n', done))],
            new Words("advice", phrases[Advice(reason)], WordsRole.Warning),
            new Words("abuse", phrases.ReportAbuse(), WordsRole.Small),
            new Words("nothing", phrases[files.OfType<Words>().Any(one => one.Id == "folder") ? "end.nothing.files" : "end.nothing"], WordsRole.Small),
            .. offers.ProgramFile is { } file ? [new Words("program", phrases.With("file", file)["end.program"], WordsRole.Small)] : Array.Empty<Part>(),
        ],
        [
            .. offers.HasKept ? [new Press("kept", phrases["kept.show"])] : Array.Empty<Press>(),
            .. offers.MaySave ? [new Press("save", phrases["end.save"])] : Array.Empty<Press>(),
            .. offers.MayGoOn ? [new Press("again", phrases["end.again"])] : Array.Empty<Press>(),
            new Press("close", phrases["end.close"], PressWeight.Primary),
        ]);

    private static string StoppedHeading(Pauses why) => why switch
    {
        Pauses.Idle => "stopped.idle",
        Pauses.Unanswered => "stopped.unanswered",
        Pauses.Locked => "stopped.locked",
        _ => "stopped.heading",
    };

    private static string Advice(string reason) => reason switch
    {
        "numbersdiffer" => "end.advice.differ",
        "connectionlost" => "end.advice.lost",
        _ => "end.advice",
    };
}
