using System.Globalization;

namespace Nabij.Server.Records;

/// <summary>Where a page of a list ends, newest first: the time and the key of its last row, so that rows which come meanwhile move nothing.</summary>
internal sealed record SessionCursor(long At, string Key)
{
    /// <summary>Rows on one page.</summary>
    internal const int PageSize = 50;

    private const int LongestKey = 64;

    private static readonly long LastTime = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    internal static SessionCursor? Read(string text) =>
        text.Split('.') is [var at, { Length: > 0 and <= LongestKey } key] && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var time) && time <= LastTime && key.All(char.IsAsciiLetterOrDigit)
            ? new SessionCursor(time, key)
            : null;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{At}.{Key}");
}
