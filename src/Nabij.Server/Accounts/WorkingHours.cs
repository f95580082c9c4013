using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Nabij.Server.Accounts;

/// <summary>
/// When people may work, by the clock on the organization's wall: one stretch a day at most, which may pass midnight. Stored
/// as lines "1 09:00-17:30" with 1 for Monday; no line at all is always. Immutable.
/// </summary>
public sealed class WorkingHours
{
    /// <summary>Monday to Sunday.</summary>
    internal const int Days = 7;

    private const string ClockFormat = "HH:mm";

    internal static readonly WorkingHours Always = new([]);

    private readonly Dictionary<int, (TimeOnly From, TimeOnly Until)> _days;

    private WorkingHours(Dictionary<int, (TimeOnly From, TimeOnly Until)> days) => _days = days;

    internal bool IsAlways => _days.Count == 0;

    /// <summary>Begin and end of a day, as a form takes them; null when nobody works on it.</summary>
    /// <param name="day">1 is Monday.</param>
    internal (string From, string Until)? On(int day) => _days.TryGetValue(day, out var hours) ? (Clock(hours.From), Clock(hours.Until)) : null;

    /// <summary>A stretch whose end is not after its begin ends on the day after.</summary>
    /// <param name="local">Time in the organization's zone.</param>
    internal bool Contains(DateTimeOffset local)
    {
        if (IsAlways)
            return true;
        var (today, time) = (Day(local.DayOfWeek), TimeOnly.FromTimeSpan(local.TimeOfDay));
        var yesterday = today == 1 ? Days : today - 1;
        return (_days.TryGetValue(today, out var own) && time >= own.From && (own.Until <= own.From || time < own.Until)) ||
            (_days.TryGetValue(yesterday, out var before) && before.Until <= before.From && time < before.Until);
    }

    /// <summary>What <see cref="ToString"/> wrote, or what a form gave; false when it is neither.</summary>
    internal static bool TryParse(string text, [NotNullWhen(true)] out WorkingHours? hours)
    {
        var days = new Dictionary<int, (TimeOnly, TimeOnly)>();
        hours = null;
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (line.Length != "1 09:00-17:30".Length || line[1] != ' ' || line[7] != '-' || line[0] is < '1' or > '7' ||
                !TryClock(line[2..7], out var from) || !TryClock(line[8..], out var until) || !days.TryAdd(line[0] - '0', (from, until)))
                return false;
        }

        hours = new WorkingHours(days);
        return true;
    }

    /// <summary>Hours that the database holds; damaged ones admit nobody rather than everybody.</summary>
    internal static WorkingHours Stored(string text) => TryParse(text, out var hours) ? hours : new WorkingHours(new Dictionary<int, (TimeOnly, TimeOnly)> { [0] = default });

    public override string ToString() => string.Join('\n', _days.OrderBy(day => day.Key).Select(day => $"{day.Key} {Clock(day.Value.From)}-{Clock(day.Value.Until)}"));

    private static bool TryClock(string text, out TimeOnly time) => TimeOnly.TryParseExact(text, ClockFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out time);

    private static string Clock(TimeOnly time) => time.ToString(ClockFormat, CultureInfo.InvariantCulture);

    private static int Day(DayOfWeek day) => day == DayOfWeek.Sunday ? Days : (int)day;
}
