using Nabij.Server.HelpPage;
using Nabij.Server.Organizations;
using Nabij.Server.Pages;

namespace Nabij.Server.Tests.Settings;

public sealed class OpeningHoursTests
{
    private const string Week = "1 09:00-12:00\n1 13:00-17:30\n2 09:00-17:30\n5 18:00-02:00\n7 22:00-00:00";

    [Theory]
    [InlineData("2026-11-23 08:59", false, "2026-11-23 09:00")]
    [InlineData("2026-11-23 09:00", true, "2026-11-23 12:00")]
    [InlineData("2026-11-23 12:00", false, "2026-11-23 13:00")]
    [InlineData("2026-11-23 17:30", false, "2026-11-24 09:00")]
    [InlineData("2026-11-27 18:00", true, "2026-11-28 02:00")]
    [InlineData("2026-11-28 01:59", true, "2026-11-28 02:00")]
    [InlineData("2026-11-28 02:00", false, "2026-11-29 22:00")]
    [InlineData("2026-11-29 23:59", true, "2026-11-30 00:00")]
    [InlineData("2026-12-21 10:00", false, "2026-12-22 10:00")]
    [InlineData("2026-12-22 10:30", true, "2026-12-22 11:00")]
    public void Open_or_closed_and_until_when(string local, bool isOpen, string changes)
    {
        Assert.True(OpeningHours.TryParse(Week, "2026-12-21 closed Inventory\n2026-12-22 10:00-11:00", out var hours));

        var standing = hours.At(At(local));

        Assert.Equal((isOpen, changes), (standing.IsOpen, $"{standing.Changes:yyyy-MM-dd HH:mm}"));
    }

    [Fact]
    public void Who_is_open_around_the_clock_never_closes_and_who_has_no_hours_says_nothing()
    {
        Assert.True(OpeningHours.TryParse(string.Join('\n', Enumerable.Range(1, 7).Select(day => $"{day} 00:00-00:00")), "", out var always));
        Assert.True(OpeningHours.TryParse("", "", out var none));

        Assert.Equal((true, (DateTime?)null), (always.At(At("2026-11-23 03:00")).IsOpen, always.At(At("2026-11-23 03:00")).Changes));
        Assert.False(none.IsTold);
    }

    [Theory]
    [InlineData("8 09:00-17:00", "")]
    [InlineData("1 9:00-17:00", "")]
    [InlineData("1 09:00-25:00", "")]
    [InlineData("1 09:00-12:00\n1 11:00-17:00", "")]
    [InlineData("1 22:00-02:00\n1 23:00-23:30", "")]
    [InlineData("1 01:00-02:00\n1 03:00-04:00\n1 05:00-06:00\n1 07:00-08:00", "")]
    [InlineData("1 09:00-17:00", "2026-02-30 closed")]
    [InlineData("1 09:00-17:00", "2026-12-25")]
    [InlineData("1 09:00-17:00", "2026-12-25 shut")]
    [InlineData("1 09:00-17:00", "2026-12-25 closed\n2026-12-25 closed")]
    [InlineData("1 09:00-17:00", "2026-12-25 closed a\u0007b")]
    public void What_is_no_hours_is_refused(string week, string exceptions) => Assert.False(OpeningHours.TryParse(week, exceptions, out _));

    [Fact]
    public void Hours_are_kept_as_they_were_read()
    {
        const string Exceptions = "2026-12-24 09:00-12:00+13:00-15:00 Christmas Eve\n2026-12-25 closed Christmas";
        Assert.True(OpeningHours.TryParse(Week, Exceptions, out var hours));

        Assert.Equal((Week, Exceptions), (hours.ToString(), hours.ExceptionLines()));
    }

    [Theory]
    [InlineData("2026-11-22 11:00", "en", "We are closed now. We open tomorrow at 09:00.")]
    [InlineData("2026-11-23 10:00", "en", "We are open now, until today at 17:30.")]
    [InlineData("2026-11-24 10:00", "en", "We are closed now. We open Monday at 09:00.")]
    [InlineData("2026-11-24 10:00", "nl", "Wij zijn nu gesloten. Wij gaan open maandag om 09:00 uur.")]
    [InlineData("2026-12-21 10:00", "nl", "Wij zijn nu gesloten. Wij gaan open maandag 28 december om 09:00 uur.")]
    public void Customers_read_it_in_words(string local, string language, string sentence)
    {
        var words = OpeningWords.Of(Shop("1 09:00-17:30", "2026-12-21 closed Inventory"), At(local), Texts.Find(language)!);

        Assert.Equal(sentence, words?.Sentence);
    }

    [Fact]
    public void The_clock_is_the_one_on_the_organizations_wall()
    {
        var shop = Shop("1 09:00-17:30", "");
        shop.TimeZone = "Europe/Amsterdam";

        Assert.False(OpeningWords.Of(shop, At("2026-11-23 07:59"), Texts.English)?.IsOpen);
        Assert.True(OpeningWords.Of(shop, At("2026-11-23 08:00"), Texts.English)?.IsOpen);
        Assert.True(OpeningWords.Of(shop, At("2026-07-06 07:00"), Texts.English)?.IsOpen);
    }

    private static DateTimeOffset At(string text) => new(DateTime.Parse(text, System.Globalization.CultureInfo.InvariantCulture), TimeSpan.Zero);

    private static Organization Shop(string week, string exceptions) => new()
    {
        Id = Guid.Empty, Slug = "x", Name = "X", LegalName = "", TradeNumber = "", Phone = "", AbuseContact = "", Color = "#000000", Origin = "", Language = "en",
        DemandsSecondFactor = false, CreatedAt = default, TimeZone = "UTC", OpeningHours = week, OpeningExceptions = exceptions,
    };
}
