using System.Globalization;

namespace Nabij.Server.Organizations;

/// <summary>Times as the organization's people read them. A zone that this machine does not know counts as UTC, and is named so.</summary>
internal sealed class OrganizationTime
{
    private readonly TimeZoneInfo _zone;

    private OrganizationTime(TimeZoneInfo zone) => _zone = zone;

    internal static OrganizationTime Of(Organization organization) => new(TimeZoneInfo.TryFindSystemTimeZoneById(organization.TimeZone, out var zone) ? zone : TimeZoneInfo.Utc);

    internal DateTimeOffset Local(DateTimeOffset time) => TimeZoneInfo.ConvertTime(time, _zone);

    /// <summary>When a day begins there.</summary>
    internal DateTimeOffset StartOf(DateOnly day)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, _zone.GetUtcOffset(midnight));
    }

    /// <summary>The same in every language: 2026-11-22 17:05.</summary>
    internal string Words(DateTimeOffset time) =>
        Local(time).ToString(_zone.Equals(TimeZoneInfo.Utc) ? "yyyy-MM-dd HH:mm 'UTC'" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>When a day begins on the wall; null for what is no day (yyyy-MM-dd).</summary>
    internal DateTimeOffset? StartOf(string day) => Day(day) is { } date ? StartOf(date).ToUniversalTime() : null;

    /// <summary>When it ends: a day on which the clock is changed has not 24 hours.</summary>
    internal DateTimeOffset? EndOf(string day) => Day(day) is { } date ? StartOf(date.AddDays(1)).ToUniversalTime() : null;

    private static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date.Year is > 1970 and < 9000 ? date : null;
}
