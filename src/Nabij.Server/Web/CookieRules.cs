namespace Nabij.Server.Web;

/// <summary>
/// Names and flags of every cookie we set. With https they carry the prefix `__Host-`, so that no neighbor under the
/// same domain can plant one; on plain http, which exists on loopback only, browsers refuse that prefix.
/// </summary>
internal sealed class CookieRules(Commands.RunOptions options)
{
    /// <summary>Whether browsers reach us by https: by the public origin, or by the first address that we listen on.</summary>
    internal bool IsHttps => options.Origin?.IsHttps ?? options.Addresses[0].IsHttps;

    internal string Name(string name) => IsHttps ? $"__Host-{name}" : name;

    internal void Apply(CookieBuilder cookie, string name, SameSiteMode sameSite)
    {
        cookie.Name = Name(name);
        cookie.Path = "/";
        cookie.HttpOnly = true;
        cookie.IsEssential = true;
        cookie.SameSite = sameSite;
        cookie.SecurePolicy = IsHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.None;
    }

    internal CookieOptions Create(SameSiteMode sameSite, TimeSpan lifetime) => new()
    {
        Path = "/",
        HttpOnly = true,
        IsEssential = true,
        SameSite = sameSite,
        Secure = IsHttps,
        MaxAge = lifetime,
    };
}
