using System.Net;

namespace Nabij.Server.Accounts.Provider;

/// <summary>Which addresses of a provider we take: https, and on this machine http.</summary>
internal static class ProviderAddress
{
    /// <summary>An issuer as OpenID Connect Discovery 1.0 (section 3) has it: no query and no fragment. Null when it is none.</summary>
    internal static string? Issuer(string typed) =>
        Find(typed) is { } uri && uri.Query.Length == 0 && uri.Fragment.Length == 0 && typed.Length <= IdentityProvider.LongestIssuer ? typed : null;

    internal static bool IsGood(string? address) => Find(address) is not null;

    internal static bool IsHttps(string address) => Find(address)?.Scheme == Uri.UriSchemeHttps;

    private static Uri? Find(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.UserInfo.Length == 0 && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && IsLoopback(uri))) ? uri : null;

    private static bool IsLoopback(Uri uri) => uri.IdnHost == "localhost" || (IPAddress.TryParse(uri.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));
}
