using Nabij.HostApp.Screens;

namespace Nabij.HostApp.Flow;

/// <summary>The screens from the code to the moment that somebody asks. Pure: phrases and a state in, a value out.</summary>
internal static class CodeScreens
{
    /// <param name="phrases">The texts.</param>
    /// <param name="code">The nine digits.</param>
    /// <param name="minutesLeft">How long the secret digits still serve; 0 while a run is going on.</param>
    /// <param name="notice">Why the digits are new, in words; null when they are the first.</param>
    public static Screen Code(Phrases phrases, string code, int minutesLeft, string? notice) => new(
        "code",
        phrases.Title,
        [
            .. phrases.Strips(),
            new Words("heading", phrases["code.heading"], WordsRole.Heading),
            .. notice is null ? Array.Empty<Part>() : [new Words("notice", notice, WordsRole.Warning)],
            CodeText.Part(code, phrases),
            new Words("spoken", phrases.With("spoken", CodeText.Spoken(code, phrases))["code.spoken"]),
            new Words("body", phrases["code.body"]),
            new Meter("meter", Remaining(phrases, minutesLeft), null),
            new Words("call", phrases.CallYourself(), WordsRole.Small),
        ],
        [new Press("close", phrases["press.close"])]);

    public static Screen Pause(Phrases phrases, int secondsLeft) => new(
        "pause",
        phrases.Title,
        [
            .. phrases.Strips(),
            new Words("heading", phrases["pause.heading"], WordsRole.Heading),
            new Words("body", secondsLeft == 1 ? phrases["pause.body.one"] : phrases.With("seconds", secondsLeft)["pause.body"]),
            new Words("advice", phrases["pause.advice"], WordsRole.Warning),
            new Words("call", phrases.CallYourself(), WordsRole.Small),
        ],
        [new Press("close", phrases["press.close"], PressWeight.Primary)]);

    public static Screen TooMany(Phrases phrases) => new(
        "too-many",
        phrases.Title,
        [
            .. phrases.Strips(),
            new Words("heading", phrases["toomany.heading"], WordsRole.Heading),
            new Words("body", phrases["toomany.body"]),
            new Words("advice", phrases["toomany.advice"], WordsRole.Warning),
            new Words("call", phrases.CallYourself(), WordsRole.Small),
        ],
        [new Press("close", phrases["press.close"], PressWeight.Primary)]);

    public static Screen Problem(Phrases phrases, string kind, bool mayTryAgain) => new(
        "problem-" + kind,
        phrases.Title,
        [
            .. phrases.Strips(),
            new Words("heading", phrases[$"problem.{kind}.heading"], WordsRole.Heading),
            new Words("body", phrases[$"problem.{kind}.body"]),
            new Words("do", phrases[$"problem.{kind}.do"], WordsRole.Calm),
        ],
        mayTryAgain
            ? [new Press("close", phrases["press.close"]), new Press("again", phrases["press.again"], PressWeight.Primary)]
            : [new Press("close", phrases["press.close"], PressWeight.Primary)]);

    private static string Remaining(Phrases phrases, int minutes) => minutes switch
    {
        0 => phrases["code.meter.busy"],
        1 => phrases["code.meter.one"],
        _ => phrases.With("minutes", minutes)["code.meter"],
    };
}
