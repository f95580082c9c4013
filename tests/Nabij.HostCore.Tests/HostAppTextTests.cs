using System.Text.RegularExpressions;
using Nabij.HostApp.Flow;
using Nabij.HostApp.Screens;
using Nabij.HostApp.Texts;

namespace Nabij.HostCore.Tests;

public sealed partial class HostAppTextTests
{
    public static TheoryData<string> Languages => [.. Wording.Languages];

    [Fact]
    public void Dutch_and_English_are_there() => Assert.Equal(["en", "nl"], Wording.Languages);

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_language_has_the_same_texts_and_the_same_names_to_fill_in(string language)
    {
        var english = Wording.Of("en");
        var other = Wording.Of(language);
        Assert.Equal(english.Keys.Order(StringComparer.Ordinal), other.Keys.Order(StringComparer.Ordinal));
        foreach (var key in english.Keys)
        {
            Assert.False(string.IsNullOrWhiteSpace(other[key]), key);
            Assert.True(NamesIn(english[key]).SetEquals(NamesIn(other[key])), $"{key} in {language}: {other[key]}");
        }
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_screen_can_be_made_in_every_language_with_ids_that_are_unique(string language)
    {
        foreach (var (name, screen) in HostAppSamples.All(language))
        {
            string[] ids = [.. screen.Parts.Select(part => part.Id), .. screen.Presses.Select(press => press.Id)];
            Assert.Equal(ids.Distinct(), ids);
            Assert.NotEmpty(screen.Presses);
            Assert.True(screen.Title.Length > 0, name);
        }

        Assert.Equal(18, HostAppSamples.Bars(language).Count());
    }

    [Theory]
    [MemberData(nameof(Languages))]
    [Trait("Invariant", "12")]
    public void No_window_title_holds_a_digit(string language)
    {
        foreach (var (name, screen) in HostAppSamples.All(language))
            Assert.False(screen.Title.Any(char.IsAsciiDigit), name);
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void What_gives_something_away_is_guarded_and_what_is_dangerous_is_never_the_default(string language)
    {
        foreach (var (_, screen) in HostAppSamples.All(language))
        {
            Assert.All(screen.Presses.Where(press => press.Id is "yes" or "go-on" or "show-again" or "show-anyway"), press => Assert.True(press.Guarded));
            Assert.All(screen.Presses.Where(press => press.Guarded || press.Weight == PressWeight.Danger), press => Assert.False(press.MayBeDefault));
        }
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void What_is_taken_slowly_says_how_long_yes_waits(string language)
    {
        var phrases = new Phrases(Wording.Of(language), HostAppSamples.Verified).With("technician", "Peter");

        var slow = SessionScreens.Ask(phrases, PermissionStep.All[0] with { IsSlow = true });

        Assert.Equal(TimeSpan.FromSeconds(5), slow.CoolDown);
        Assert.Contains(slow.Parts.OfType<Words>(), words => words.Text.Contains(" 5 second", StringComparison.Ordinal));
        Assert.Null(SessionScreens.Ask(phrases, PermissionStep.All[0]).CoolDown);
    }

    [Fact]
    public void A_code_is_shown_in_three_groups_and_spelled_digit_by_digit()
    {
        var english = new Phrases(Wording.Of("en"), HostAppSamples.Verified);
        Assert.Equal("417 902 635", CodeText.Grouped("417902635"));
        Assert.Equal("four one seven, nine zero two, six three five", CodeText.Spoken("417902635", english));
        Assert.Equal("vier een zeven, negen nul twee, zes drie vijf", CodeText.Spoken("417902635", new Phrases(Wording.Of("nl"), null)));
        Assert.Equal("Code: four one seven, nine zero two, six three five", CodeText.Part("417902635", english).Spoken);
    }

    [Fact]
    public void A_name_that_is_filled_in_is_never_searched_for_names_again()
    {
        var phrases = new Phrases(Wording.Of("en"), HostAppSamples.Verified with { Name = "{phone} {nothing}" });
        Assert.Equal("Help from {phone} {nothing}", phrases["title"]);
    }

    [Theory]
    [InlineData("nl_NL.UTF-8", "nl")]
    [InlineData("nl", "nl")]
    [InlineData("en_US", "en")]
    [InlineData("fr_FR.UTF-8", "en")]
    [InlineData("C", "en")]
    [InlineData("", "en")]
    public void The_language_follows_the_locale(string locale, string language) =>
        Assert.Equal(language, Wording.OfLocale(name => name == "LANG" ? locale : null));

    [Fact]
    public void The_stronger_locale_variable_wins() =>
        Assert.Equal("nl", Wording.OfLocale(name => name == "LC_ALL" ? "nl_BE.UTF-8" : "en_US.UTF-8"));

    [Fact]
    [Trait("Invariant", "9")]
    public void A_name_from_a_peer_cannot_turn_around_hide_or_grow()
    {
        Assert.Equal("Peter \ufffdrof reteP", PeerText.Name("Peter \u202erof reteP"));
        Assert.Equal("a\ufffdb\ufffdc", PeerText.Name("a\nb\u200bc"));
        Assert.Equal(PeerText.NameLimit, PeerText.Name(new string('x', 500)).Length);
        Assert.Equal("<b>José</b>", PeerText.Name(" <b>José</b> "));
        Assert.Equal(63, PeerText.Name(new string('x', 63) + "\U0001F600").Length);
    }

    private static HashSet<string> NamesIn(string text) => [.. Placeholder().Matches(text).Select(match => match.Value)];

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Placeholder();
}
