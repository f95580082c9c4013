using System.Globalization;
using Nabij.Server.Organizations;

namespace Nabij.Server.Records;

/// <summary>Days from and until, both included, in the organization's zone; null is open.</summary>
public sealed record DayRange
{
    private const string Form = "yyyy-MM-dd";

    public DateOnly? From { get; init; }

    public DateOnly? Until { get; init; }

    public bool IsEmpty => From is null && Until is null;

    internal string FromText => Text(From);

    internal string UntilText => Text(Until);

    internal static DayRange Read(Func<string, string> field, List<string> wrong) => new() { From = Read(field, "from", wrong), Until = Read(field, "until", wrong) };

    /// <summary>Milliseconds since 1970: from, and before.</summary>
    internal (long From, long Until) Bounds(OrganizationTime time) =>
        (Times(time).From.ToUnixTimeMilliseconds(), Times(time).Until.ToUnixTimeMilliseconds());

    /// <summary>The same as times.</summary>
    internal (DateTimeOffset From, DateTimeOffset Until) Times(OrganizationTime time) =>
        (From is { } from ? time.StartOf(from) : DateTimeOffset.UnixEpoch, Until is { } until ? time.StartOf(until.AddDays(1)) : Latest);

    private static readonly DateTimeOffset Latest = new(2300, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static DateOnly? Read(Func<string, string> field, string name, List<string> wrong)
    {
        var text = field(name).Trim();
        if (text.Length == 0)
            return null;
        if (DateOnly.TryParseExact(text, Form, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 2000 and < 2200)
            return day;
        wrong.Add(name);
        return null;
    }

    private static string Text(DateOnly? day) => day?.ToString(Form, CultureInfo.InvariantCulture) ?? "";
}
