using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Nabij.Server.Api;

/// <summary>The last line that a caller has of a list by time and id: the next page begins behind it, whatever came in meanwhile.</summary>
internal sealed record Cursor(DateTimeOffset Time, string Id)
{
    private const int Longest = 200;

    internal static Cursor? Parse(string text)
    {
        if (text.Length is 0 or > Longest || !Base64Url.IsValid(text))
            return null;
        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split(' ');
        return parts.Length == 2 && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var time) &&
            time <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds() && parts[1].All(char.IsAsciiLetterOrDigit)
            ? new Cursor(DateTimeOffset.FromUnixTimeMilliseconds(time), parts[1])
            : null;
    }

    /// <exception cref="ApiRefusal">The list that gave it has other ids.</exception>
    internal Guid AsId() => Guid.TryParseExact(Id, "N", out var id) ? id : throw new ApiRefusal(ApiProblem.CursorInvalid);

    public override string ToString() =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Time.ToUnixTimeMilliseconds()} {Id}")));
}
