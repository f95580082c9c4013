
namespace Nabij.HostApp.Flow;

/// <summary>
/// The address of a shop as a person types it: with or without https://, perhaps with /o/{slug}. Plain http is
/// taken only for this computer itself, where tests run.
/// </summary>
internal sealed record ShopAddress(Uri Server, string? Slug)
{
    /// <summary>The longest address, in characters.</summary>
    public const int Limit = 255;

    private const int SlugLimit = 40;

    /// <summary>The host name as people know it, with the port when it is not the usual one.</summary>
    public string Host => Server.IsDefaultPort ? Server.Host : Server.Authority;

    /// <summary>Reads what was typed.</summary>
    /// <returns>The address, or the key of a text that says what is wrong.</returns>
    public static (ShopAddress? Address, string? Error) Read(string typed)
    {
        var text = typed.Trim();
        if (text.Length == 0)
            return (null, "shop.error.empty");
        if (!text.Contains("://", StringComparison.Ordinal))
            text = "https://" + text;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.UserInfo.Length > 0 || uri.Host.Length == 0)
            return (null, "shop.error.form");
        if (uri.Scheme is not ("https" or "http") || uri.HostNameType == UriHostNameType.Unknown
            || (uri.HostNameType == UriHostNameType.Dns && !uri.IsLoopback && !uri.Host.Contains('.', StringComparison.Ordinal)))
            return (null, "shop.error.form");
        if (uri.Scheme == "http" && !uri.IsLoopback)
            return (null, "shop.error.insecure");
        return (new ShopAddress(new Uri(uri.GetLeftPart(UriPartial.Authority)), SlugOf(uri.AbsolutePath)), null);
    }

    public static bool IsSlug(string text) =>
        text.Length is > 0 and <= SlugLimit
        && text.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character == '-')
        && text[0] != '-' && text[^1] != '-' && !text.Contains("--", StringComparison.Ordinal);

    private static string? SlugOf(string path) =>
        path.Split('/', StringSplitOptions.RemoveEmptyEntries) is ["o", var slug, ..] && IsSlug(slug) ? slug : null;
}
