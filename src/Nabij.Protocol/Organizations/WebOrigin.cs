using System.Globalization;
using System.Text.RegularExpressions;

namespace Nabij.Protocol.Organizations;

/// <summary>
/// An organization's origin in its only form (docs/protocol/02-handshake.md, "Inputs of a run"): https, lower-case host,
/// port only if not 443, no slash at the end; http only for this very computer.
/// </summary>
public static partial class WebOrigin
{
    /// <summary>Longest origin, in bytes.</summary>
    public const int LargestBytes = 255;

    private const int DefaultSecurePort = 443;
    private const int DefaultPlainPort = 80;

    /// <summary>Whether this text is an origin in its only form.</summary>
    public static bool IsValid(string text) =>
        text is { Length: <= LargestBytes } && Pattern().Match(text) is { Success: true } match
        && HasValidPort(match, match.Groups["plain"].Success ? DefaultPlainPort : DefaultSecurePort);

    /// <summary>The origin at the beginning of an address, or null.</summary>
    public static string? OfAddress(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var scheme = address.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0)
            return null;
        var slash = address.IndexOf('/', scheme + 3);
        var origin = slash < 0 ? address : address[..slash];
        return IsValid(origin) ? origin : null;
    }

    private static bool HasValidPort(Match match, int defaultPort)
    {
        var port = match.Groups["port"];
        return !port.Success
            || (int.Parse(port.ValueSpan, CultureInfo.InvariantCulture) is var number && number <= 65535 && number != defaultPort);
    }

    [GeneratedRegex(
        """
        \A(https://(?<host>[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*|\[[0-9a-f:.]{2,45}\])|(?<plain>http://(localhost|127\.0\.0\.1|\[::1\])))(:(?<port>[1-9][0-9]{0,4}))?\z
        """,
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}
