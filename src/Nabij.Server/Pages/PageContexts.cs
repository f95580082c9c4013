using System.Security.Claims;
using Microsoft.AspNetCore.Antiforgery;
using Nabij.Server.Accounts;
using Nabij.Server.Organizations;
using Nabij.Server.Web;

namespace Nabij.Server.Pages;

/// <summary>Makes the <see cref="PageContext"/> of a request: picks the language, gives a form token.</summary>
internal sealed class PageContexts(IAntiforgery antiforgery)
{
    internal PageContext Create(HttpContext context, Organization? organization, bool withForms = true) => new()
    {
        Texts = Pick(context.Request, organization?.Language ?? Texts.English.Language),
        Shop = organization is null ? null : ShopOf(organization),
        Nonce = SecurityHeaders.Nonce(context),
        FormToken = withForms ? antiforgery.GetAndStoreTokens(context).RequestToken ?? "" : "",
        SignedInId = SignedIn.From(context.User)?.AccountId.ToString("N"),
        SignedInName = SignedIn.From(context.User)?.DisplayName,
        Path = context.Request.Path,
        KeptQuery = Kept(context.Request) + Named(context.Request),
        ShopQuery = Named(context.Request),
        Roles = [.. context.User.FindAll(ClaimTypes.Role).Select(claim => claim.Value)],
    };

    private static Shop ShopOf(Organization organization) => new(organization.Slug, organization.Name, organization.Phone, organization.LegalName, organization.TradeNumber)
    {
        Address = organization.Address.Split('\n', StringSplitOptions.RemoveEmptyEntries),
        Email = organization.Email,
        AbuseContact = organization.AbuseContact,
        Logo = organization.LogoSha256.Length == 0 ? null : new ShopLogo($"/o/{organization.Slug}/logo?v={organization.LogoSha256[..16]}", organization.LogoWidth, organization.LogoHeight),
    };

    private static string Named(HttpRequest request) =>
        request.Query[OrganizationEntry.ShopParameter].ToString() is { Length: > 0 } slug && OrganizationSlug.IsValid(slug) ? $"&{OrganizationEntry.ShopParameter}={slug}" : "";

    /// <summary>Where a sign-in leads back to stays when the reader changes the language.</summary>
    private static string Kept(HttpRequest request) =>
        request.Query[AccountsFeature.ReturnParameter].ToString() is { Length: > 0 } path ? $"&{AccountsFeature.ReturnParameter}={Uri.EscapeDataString(LocalPath.OrDesk(path))}" : "";

    /// <summary>`?lang=nl` or the form's own language, else what the browser asks for, else the organization's.</summary>
    private static Texts Pick(HttpRequest request, string own)
    {
        if (Texts.Find(request.Query["lang"].ToString()) is { } asked)
            return asked;
        var wanted = request.GetTypedHeaders().AcceptLanguage.OrderByDescending(one => one.Quality ?? 1)
            .Select(one => Texts.Find(one.Value.ToString().Split('-')[0].ToLowerInvariant()));
        return wanted.FirstOrDefault(texts => texts is not null) ?? Texts.Find(own) ?? Texts.English;
    }
}
