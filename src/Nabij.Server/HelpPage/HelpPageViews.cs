using Nabij.Server.Downloads;
using Nabij.Server.Invitations;
using Nabij.Server.Organizations;
using Nabij.Server.Pages;
using Nabij.Server.Terms;
using Nabij.Server.Web;

namespace Nabij.Server.HelpPage;

/// <summary>Puts the help page together. Scoped to a request that has entered its organization.</summary>
internal sealed class HelpPageViews(
    PageContexts pages, TermsShelf shelf, DownloadShelf downloads, PublicOrigin origin, HelpParts parts)
{
    internal Task<CurrentTerms> TextsAsync(string language, CancellationToken cancellation) => shelf.CurrentAsync(language, cancellation);

    internal async Task<IResult> ShowAsync(
        HttpContext context, Organization organization, AcceptanceForm form, int status = StatusCodes.Status200OK, InvitationWords? invitation = null)
    {
        var page = pages.Create(context, organization) with { Path = Found.HelpPath(organization.Slug) };
        if (invitation is not null)
            page = page with { Path = context.Request.Path };
        var keeping = parts.Keeping(organization);
        var texts = await shelf.CurrentAsync(page.Language, context.RequestAborted);
        var view = new HelpPageView
        {
            Terms = PlainMarkdown.Parse(texts.Terms.Content),
            Licence = PlainMarkdown.Parse(texts.Licence.Content),
            TextLanguage = texts.Terms.Language,
            Version = texts.Terms.Version,
            TermsSha256 = texts.Terms.Sha256,
            Form = form,
            Device = DeviceGuess.Of(context.Request),
            ShortAddress = context.Request.Path == "/" ? Bare(origin.Value) : $"{Bare(origin.Value)}/o/{organization.Slug}",
            Platforms = [.. (await downloads.AvailableAsync(organization, context.RequestAborted)).Select(file => file.Platform.Name)],
            Words = await parts.WordsAsync(organization, page.Language, context.RequestAborted),
            Availability = await parts.AvailabilityAsync(organization, page.Texts, context.RequestAborted),
            Invitation = invitation,
            AcceptanceMonths = keeping.AcceptanceMonths,
            SessionMonths = keeping.SessionMonths,
        };
        return page.Show<HelpPage>(view, status);
    }

    private static string Bare(Origin origin) => origin.Text[(origin.Text.IndexOf("://", StringComparison.Ordinal) + 3)..];
}
