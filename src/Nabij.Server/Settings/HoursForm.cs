using Nabij.Server.Organizations;
using Nabij.Server.Pages;
using Nabij.Server.Web;

namespace Nabij.Server.Settings;

/// <summary>Opening hours as the form holds them, as typed.</summary>
public sealed record HoursForm
{
    /// <summary>Values of the choice whether hours are told.</summary>
    internal const string Told = "told", Untold = "untold";

    /// <summary>Stretches of a day in the form, where none has more.</summary>
    private const int UsualStretches = 2;

    private static readonly string[] FromFields = ["exception-from", "exception-from-2", "exception-from-3"], UntilFields = ["exception-until", "exception-until-2", "exception-until-3"];

    public required bool IsTold { get; init; }

    /// <summary>By day and stretch: what stands in from and until.</summary>
    public required IReadOnlyDictionary<(int Day, int Stretch), (string From, string Until)> Week { get; init; }

    public required IReadOnlyList<ExceptionRow> Exceptions { get; init; }

    public required bool TakesCallbacks { get; init; }

    /// <summary>How many stretches the form has room for: all that are kept.</summary>
    internal int Stretches => Math.Max(UsualStretches, Math.Max(
        Week.Where(one => IsTyped(one.Value)).Select(one => one.Key.Stretch + 1).DefaultIfEmpty().Max(),
        Exceptions.Select(row => row.Times.Count).DefaultIfEmpty().Max()));

    /// <summary>A day that differs; no times is closed.</summary>
    /// <param name="Date">As typed.</param>
    /// <param name="Times">From and until of each stretch that has something in it.</param>
    /// <param name="Note">For customers.</param>
    public sealed record ExceptionRow(string Date, IReadOnlyList<(string From, string Until)> Times, string Note)
    {
        internal static readonly ExceptionRow Empty = new("", [], "");

        internal bool IsEmpty => Date.Length == 0 && Times.Count == 0 && Note.Length == 0;

        internal (string From, string Until) In(int stretch) => stretch < Times.Count ? Times[stretch] : ("", "");
    }

    internal static string FromField(int stretch) => FromFields[stretch];

    internal static string UntilField(int stretch) => UntilFields[stretch];

    internal static HoursForm Of(Organization organization, DateOnly today)
    {
        var hours = OpeningHours.Of(organization);
        return new HoursForm
        {
            IsTold = hours.IsTold,
            Week = Enumerable.Range(1, OpeningHours.Days).SelectMany(day => hours.On(day).Select((one, i) => (day, i, one)))
                .ToDictionary(one => (one.day, one.i), one => (OpeningHours.Stretch.Clock(one.one.From), OpeningHours.Stretch.Clock(one.one.Until))),
            // What is over need not be kept by hand.
            Exceptions = [.. hours.ExceptionsFrom(today).Select(one => new ExceptionRow(
                one.Date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
                [.. one.Stretches.Select(stretch => (OpeningHours.Stretch.Clock(stretch.From), OpeningHours.Stretch.Clock(stretch.Until)))],
                one.Note))],
            TakesCallbacks = organization.TakesCallbacks,
        };
    }

    internal static HoursForm Read(IFormCollection fields) => new()
    {
        IsTold = fields["told"] == Told,
        Week = Enumerable.Range(1, OpeningHours.Days).SelectMany(day => Enumerable.Range(0, OpeningHours.MostStretches).Select(stretch => (day, stretch)))
            .ToDictionary(one => one, one => (fields.Word($"from-{one.day}-{one.stretch}"), fields.Word($"until-{one.day}-{one.stretch}"))),
        Exceptions = [.. fields["date"].Select((date, i) => new ExceptionRow(
            date?.Trim() ?? "",
            [.. Enumerable.Range(0, OpeningHours.MostStretches).Select(stretch => (At(fields, FromFields[stretch], i), At(fields, UntilFields[stretch], i))).Where(IsTyped)],
            At(fields, "note", i))).Where(row => !row.IsEmpty).Take(OpeningHours.MostExceptions + 1)],
        TakesCallbacks = fields["callbacks"] == "yes",
    };

    /// <returns>The hours, or what is wrong.</returns>
    internal (OpeningHours? Hours, Problem? Problem) Check()
    {
        if (!IsTold)
            return (OpeningHours.None, null);
        var week = Week.OrderBy(one => one.Key).Where(one => IsTyped(one.Value)).Select(one => $"{one.Key.Day} {one.Value.From}-{one.Value.Until}").ToList();
        if (week.Count == 0 || !OpeningHours.TryParse(string.Join('\n', week), "", out _))
            return (null, new Problem("problem.opening-hours").At("week"));
        if (Exceptions.Any(row => row.Note.Length > OpeningHours.LongestNote || OrganizationRules.HasControl(row.Note)))
            return (null, new Problem("problem.opening-note", OpeningHours.LongestNote));
        var exceptions = Exceptions.Select(row => $"{row.Date} {(row.Times.Count == 0 ? "closed" : string.Join('+', row.Times.Select(one => $"{one.From}-{one.Until}")))} {row.Note}");
        return OpeningHours.TryParse(string.Join('\n', week), string.Join('\n', exceptions), out var hours)
            ? (hours, null)
            : (null, new Problem("problem.opening-exceptions", OpeningHours.MostExceptions).At("exceptions"));
    }

    internal (string From, string Until) In(int day, int stretch) => Week.TryGetValue((day, stretch), out var found) ? found : ("", "");

    private static bool IsTyped((string From, string Until) one) => one.From.Length > 0 || one.Until.Length > 0;

    private static string At(IFormCollection fields, string name, int i) => fields[name] is { } values && i < values.Count ? values[i]?.Trim() ?? "" : "";
}
