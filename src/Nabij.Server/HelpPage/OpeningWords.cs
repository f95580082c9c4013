using Nabij.Server.Organizations;
using Nabij.Server.Pages;

namespace Nabij.Server.HelpPage;

/// <summary>Opening hours as customers read them.</summary>
/// <param name="IsOpen">Whether it is open now.</param>
/// <param name="Sentence">Open until when, or closed until when.</param>
/// <param name="Note">Why today differs; empty where it does not.</param>
/// <param name="Week">Each day of the week with its hours.</param>
/// <param name="Exceptions">Days that differ in the next weeks.</param>
public sealed record OpeningWords(bool IsOpen, string Sentence, string Note, IReadOnlyList<(string Day, string Hours)> Week, IReadOnlyList<(string Day, string Hours)> Exceptions)
{
    /// <summary>How far ahead days that differ are shown.</summary>
    private const int ExceptionDays = 60;

    /// <summary>Null where the organization does not say.</summary>
    internal static OpeningWords? Of(Organization organization, DateTimeOffset now, Texts texts)
    {
        var hours = OpeningHours.Of(organization);
        if (!hours.IsTold)
            return null;
        var local = OrganizationTime.Of(organization).Local(now);
        var (today, standing) = (DateOnly.FromDateTime(local.DateTime), hours.At(local));
        var changes = standing.Changes is { } at ? Moment(texts, today, at) : null;
        var sentence = (standing.IsOpen, changes) switch
        {
            (true, { } until) => texts.Format("open.until", until),
            (true, null) => texts["open.always"],
            (false, { } from) => texts.Format("closed.until", from),
            (false, null) => texts["closed.now"],
        };
        return new OpeningWords(
            standing.IsOpen, sentence, standing.Note,
            [.. Enumerable.Range(1, OpeningHours.Days).Select(day => (texts[$"day.{day}"], Hours(texts, hours.On(day))))],
            [.. hours.ExceptionsFrom(today).TakeWhile(one => one.Date <= today.AddDays(ExceptionDays)).Select(one => (Date(texts, one.Date), Hours(texts, one.Stretches) + (one.Note.Length > 0 ? $" ({one.Note})" : "")))]);
    }

    private static string Hours(Texts texts, IReadOnlyList<OpeningHours.Stretch> stretches) => stretches.Count == 0
        ? texts["hours.closed"]
        : string.Join(texts["hours.and"], stretches.Select(one => texts.Format("hours.stretch", OpeningHours.Stretch.Clock(one.From), OpeningHours.Stretch.Clock(one.Until))));

    /// <summary>"at 13:00", "tomorrow at 09:00", "Monday at 09:00", "Monday 4 January at 09:00".</summary>
    private static string Moment(Texts texts, DateOnly today, DateTime at)
    {
        var (date, time) = (DateOnly.FromDateTime(at), OpeningHours.Stretch.Clock(TimeOnly.FromDateTime(at)));
        return (date.DayNumber - today.DayNumber) switch
        {
            0 => texts.Format("moment.today", time),
            1 => texts.Format("moment.tomorrow", time),
            < 7 => texts.Format("moment.day", texts[$"day.{Day(date)}"], time),
            _ => texts.Format("moment.day", Date(texts, date), time),
        };
    }

    private static string Date(Texts texts, DateOnly date) => texts.Format("moment.date", texts[$"day.{Day(date)}"], date.Day, texts[$"month.{date.Month}"]);

    private static int Day(DateOnly date) => date.DayOfWeek == DayOfWeek.Sunday ? OpeningHours.Days : (int)date.DayOfWeek;
}
