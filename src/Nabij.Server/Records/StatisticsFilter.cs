
namespace Nabij.Server.Records;

/// <summary>Over which days, and how fine. Without days the last thirty; at most <see cref="MostBars"/> bars, else the next coarser step.</summary>
public sealed record StatisticsFilter
{
    internal const string Day = "day", Week = "week", Month = "month";

    internal const int MostBars = 120;

    private const int DefaultDays = 30, MostDays = 3660;

    public required DateOnly From { get; init; }

    public required DateOnly Until { get; init; }

    public required string Step { get; init; }

    public IReadOnlyList<string> Wrong { get; init; } = [];

    internal DayRange Days => new() { From = From, Until = Until };

    internal static StatisticsFilter Read(Func<string, string> field, DateOnly today)
    {
        var wrong = new List<string>();
        var days = DayRange.Read(field, wrong);
        var until = days.Until ?? today;
        var from = days.From ?? until.AddDays(1 - DefaultDays);
        if (from > until || until.DayNumber - from.DayNumber > MostDays)
        {
            wrong.Add("from");
            from = until.AddDays(1 - DefaultDays);
        }

        if (field("step") is not ("" or Day or Week or Month))
            wrong.Add("step");
        var step = field("step") is Week or Month ? field("step") : Day;
        var length = until.DayNumber - from.DayNumber + 1;
        step = step == Day && length > MostBars ? Week : step;
        return new StatisticsFilter { From = from, Until = until, Step = step == Week && length > 7 * MostBars ? Month : step, Wrong = wrong };
    }

    /// <summary>The first day of every bar.</summary>
    internal IReadOnlyList<DateOnly> Bars()
    {
        var bars = new List<DateOnly>();
        for (var day = Begin(From); day <= Until; day = Next(day))
            bars.Add(day);
        return bars;
    }

    /// <summary>The first day of the bar that a day belongs to; weeks begin on Monday.</summary>
    internal DateOnly Begin(DateOnly day) => Step switch
    {
        Week => day.AddDays(-(((int)day.DayOfWeek + 6) % 7)),
        Month => new DateOnly(day.Year, day.Month, 1),
        _ => day,
    };

    private DateOnly Next(DateOnly bar) => Step switch
    {
        Week => bar.AddDays(7),
        Month => bar.AddMonths(1),
        _ => bar.AddDays(1),
    };
}
