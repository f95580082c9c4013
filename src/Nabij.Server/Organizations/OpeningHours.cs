using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Nabij.Server.Organizations;

/// <summary>
/// When an organization helps customers, by the clock on its wall: up to three stretches a day, and days that differ. A
/// stretch whose end is not after its begin ends on the day after. Stored as lines (Storage/Migrations, 0012). Immutable.
/// </summary>
public sealed class OpeningHours
{
    internal const int Days = 7, MostStretches = 3, MostExceptions = 60, LongestNote = 60;

    /// <summary>How far ahead the next opening is looked for.</summary>
    private const int DaysAhead = 370;

    private const string ClockFormat = "HH:mm", DateFormat = "yyyy-MM-dd", Closed = "closed";

    internal static readonly OpeningHours None = new([], []);

    private readonly Dictionary<int, List<Stretch>> _week;
    private readonly SortedDictionary<DateOnly, ExceptionDay> _exceptions;

    private OpeningHours(Dictionary<int, List<Stretch>> week, SortedDictionary<DateOnly, ExceptionDay> exceptions)
    {
        _week = week;
        _exceptions = exceptions;
    }

    /// <summary>From and until on one day.</summary>
    public readonly record struct Stretch(TimeOnly From, TimeOnly Until)
    {
        public override string ToString() => $"{Clock(From)}-{Clock(Until)}";

        internal static string Clock(TimeOnly time) => time.ToString(ClockFormat, CultureInfo.InvariantCulture);
    }

    /// <summary>A day that differs: no stretch at all is closed.</summary>
    public sealed record ExceptionDay(DateOnly Date, IReadOnlyList<Stretch> Stretches, string Note);

    /// <summary>How it is at one moment, by the organization's clock.</summary>
    /// <param name="IsOpen">Whether customers are helped now.</param>
    /// <param name="Changes">When that ends; null where it never does, or not within a year.</param>
    /// <param name="Note">Why today differs; empty where it does not.</param>
    public readonly record struct Standing(bool IsOpen, DateTime? Changes, string Note);

    /// <summary>Whether the organization says when it is open.</summary>
    internal bool IsTold => _week.Count > 0;

    /// <param name="day">1 is Monday.</param>
    internal IReadOnlyList<Stretch> On(int day) => _week.TryGetValue(day, out var stretches) ? stretches : [];

    /// <summary>Days that differ, in order, from this one on.</summary>
    internal IEnumerable<ExceptionDay> ExceptionsFrom(DateOnly date) => _exceptions.Values.Where(one => one.Date >= date);

    /// <param name="local">Time in the organization's zone.</param>
    internal Standing At(DateTimeOffset local)
    {
        var now = local.DateTime;
        var today = DateOnly.FromDateTime(now);
        var note = _exceptions.TryGetValue(today, out var differs) ? differs.Note : "";
        var running = Around(today).Where(one => one.From <= now && now < one.Until).ToList();
        if (running.Count > 0)
            return new Standing(true, EndOf(running.Max(one => one.Until)), note);
        var next = Enumerable.Range(0, DaysAhead).SelectMany(ahead => Of(today.AddDays(ahead))).Where(one => one.From > now).Select(one => (DateTime?)one.From).FirstOrDefault();
        return new Standing(false, next, note);
    }

    /// <summary>What <see cref="ToString"/> and <see cref="ExceptionLines"/> wrote, or a form gave; false when it is neither.</summary>
    internal static bool TryParse(string week, string exceptions, [NotNullWhen(true)] out OpeningHours? hours)
    {
        hours = null;
        var days = new Dictionary<int, List<Stretch>>();
        foreach (var line in Lines(week))
        {
            if (line.Length < 3 || line[0] is < '1' or > '7' || line[1] != ' ' || !TryStretch(line[2..], out var stretch))
                return false;
            var day = days.TryGetValue(line[0] - '0', out var known) ? known : days[line[0] - '0'] = [];
            day.Add(stretch);
        }

        if (days.Values.Any(day => !IsInOrder(day)) || !TryParseExceptions(exceptions, out var differing))
            return false;
        hours = new OpeningHours(days, differing);
        return true;
    }

    /// <summary>Hours that the database holds; damaged ones are told to nobody.</summary>
    internal static OpeningHours Of(Organization organization) => TryParse(organization.OpeningHours, organization.OpeningExceptions, out var hours) ? hours : None;

    public override string ToString() => string.Join('\n', _week.OrderBy(day => day.Key).SelectMany(day => day.Value.Select(one => $"{day.Key} {one}")));

    internal string ExceptionLines() => string.Join('\n', _exceptions.Values.Select(one =>
        $"{one.Date.ToString(DateFormat, CultureInfo.InvariantCulture)} {(one.Stretches.Count == 0 ? Closed : string.Join('+', one.Stretches))}{(one.Note.Length > 0 ? " " : "")}{one.Note}"));

    private static bool TryParseExceptions(string text, out SortedDictionary<DateOnly, ExceptionDay> days)
    {
        days = [];
        foreach (var line in Lines(text))
        {
            var parts = line.Split(' ', 3);
            if (parts.Length < 2 || !DateOnly.TryParseExact(parts[0], DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
                return false;
            var stretches = new List<Stretch>();
            foreach (var piece in parts[1] == Closed ? [] : parts[1].Split('+'))
            {
                if (!TryStretch(piece, out var stretch))
                    return false;
                stretches.Add(stretch);
            }

            var note = parts.Length > 2 ? parts[2].Trim() : "";
            if (note.Length > LongestNote || OrganizationRules.HasControl(note) || !IsInOrder(stretches) || !days.TryAdd(date, new ExceptionDay(date, stretches, note)))
                return false;
        }

        return days.Count <= MostExceptions;
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static bool TryStretch(string text, out Stretch stretch)
    {
        stretch = default;
        if (text.Length != "09:00-17:30".Length || text[5] != '-' || !TryClock(text[..5], out var from) || !TryClock(text[6..], out var until))
            return false;
        stretch = new Stretch(from, until);
        return true;
    }

    private static bool TryClock(string text, out TimeOnly time) => TimeOnly.TryParseExact(text, ClockFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out time);

    /// <summary>One after the other; only the last may pass midnight.</summary>
    private static bool IsInOrder(List<Stretch> day)
    {
        if (day.Count > MostStretches)
            return false;
        for (var i = 0; i < day.Count - 1; i++)
        {
            if (day[i].Until <= day[i].From || day[i + 1].From < day[i].Until)
                return false;
        }

        return true;
    }

    private IEnumerable<(DateTime From, DateTime Until)> Of(DateOnly date)
    {
        var stretches = _exceptions.TryGetValue(date, out var differs) ? differs.Stretches : On(date.DayOfWeek == DayOfWeek.Sunday ? Days : (int)date.DayOfWeek);
        return stretches.Select(one => (date.ToDateTime(one.From), date.AddDays(one.Until <= one.From ? 1 : 0).ToDateTime(one.Until)));
    }

    private IEnumerable<(DateTime From, DateTime Until)> Around(DateOnly date) => Of(date.AddDays(-1)).Concat(Of(date));

    /// <summary>Stretches that touch are one: who is open until midnight and again from midnight does not close. Null when it never ends.</summary>
    private DateTime? EndOf(DateTime end)
    {
        for (var step = 0; step < Days * MostStretches; step++)
        {
            var later = Around(DateOnly.FromDateTime(end)).Where(one => one.From <= end && one.Until > end).Select(one => (DateTime?)one.Until).Max();
            if (later is not { } further)
                return end;
            end = further;
        }

        return null;
    }
}
