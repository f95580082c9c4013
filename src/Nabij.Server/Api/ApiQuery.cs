using System.Globalization;

namespace Nabij.Server.Api;

/// <summary>Reads the parameters of a list. What is there must be right; what is missing has its usual value.</summary>
internal static class ApiQuery
{
    internal const string From = "from", Until = "until", Limit = "limit", CursorName = "cursor";

    internal const int UsualLimit = 50, MostLimit = 200;

    private static readonly string[] TimeForms = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>A date and time with its zone (RFC 3339).</summary>
    internal static DateTimeOffset? Time(HttpContext context, string name)
    {
        if (Text(context, name) is not { } text)
            return null;
        var isTime = DateTimeOffset.TryParseExact(text, TimeForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time);
        return isTime && (text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > text.IndexOf('T', StringComparison.Ordinal))
            ? time
            : throw Wrong($"{name} is a time such as 2026-11-22T08:00:00Z.");
    }

    internal static DateOnly? Day(HttpContext context, string name)
    {
        if (Text(context, name) is not { } text)
            return null;
        return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : throw Wrong($"{name} is a day such as 2026-11-22.");
    }

    internal static Guid? Id(HttpContext context, string name)
    {
        if (Text(context, name) is not { } text)
            return null;
        return Guid.TryParseExact(text, "D", out var id) ? id : throw Wrong($"{name} is an id such as 20000000-0000-4000-8000-000000000002.");
    }

    internal static string? OneOf(HttpContext context, string name, IReadOnlyList<string> allowed)
    {
        if (Text(context, name) is not { } text)
            return null;
        return allowed.Contains(text) ? text : throw Wrong($"{name} is one of {string.Join(", ", allowed)}.");
    }

    internal static int Count(HttpContext context)
    {
        if (Text(context, Limit) is not { } text)
            return UsualLimit;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is >= 1 and <= MostLimit
            ? count
            : throw Wrong($"{Limit} is a number from 1 to {MostLimit}.");
    }

    internal static Cursor? Cursor(HttpContext context) =>
        Text(context, CursorName) is { } text ? Api.Cursor.Parse(text) ?? throw new ApiRefusal(ApiProblem.CursorInvalid) : null;

    private static string? Text(HttpContext context, string name) => context.Request.Query.TryGetValue(name, out var values) ? values.ToString() : null;

    private static ApiRefusal Wrong(string detail) => new(ApiProblem.InvalidParameter.Because(detail));
}
