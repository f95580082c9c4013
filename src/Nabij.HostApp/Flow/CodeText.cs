using Nabij.HostApp.Screens;

namespace Nabij.HostApp.Flow;

/// <summary>How the nine digits are shown and read aloud: three groups of three, each digit by its name.</summary>
internal static class CodeText
{
    public const int Length = 9;
    private const int Group = 3;

    /// <summary>"417 902 635".</summary>
    public static string Grouped(string digits) => string.Join(' ', Groups(digits));

    /// <summary>"four one seven, nine zero two, six three five": a comma makes a voice pause between the groups.</summary>
    public static string Spoken(string digits, Phrases phrases) =>
        string.Join(", ", Groups(digits).Select(group => string.Join(' ', group.Select(digit => phrases["digit." + digit]))));

    /// <summary>Four digits of a check number one by one.</summary>
    public static string SpokenOneByOne(string digits, Phrases phrases) =>
        string.Join(' ', digits.Select(digit => phrases["digit." + digit]));

    /// <summary>The code as a part of a screen.</summary>
    public static Code Part(string digits, Phrases phrases) =>
        new("code", Grouped(digits), phrases.With("spoken", Spoken(digits, phrases))["code.name"]);

    /// <summary>The phrases with the three groups as names to fill in.</summary>
    public static Phrases Fill(string digits, Phrases phrases)
    {
        var groups = Groups(digits).ToArray();
        return phrases.With("start", groups[0]).With("middle", groups[1]).With("end", groups[2]);
    }

    private static IEnumerable<string> Groups(string digits) => digits.Chunk(Group).Select(group => new string(group));
}
