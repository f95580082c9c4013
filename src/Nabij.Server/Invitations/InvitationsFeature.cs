// Technicians invite a customer: a link to the help page with a few words, and an e-mail text around it. The server sends no
// e-mail: the shop's own program does (decision 0023).

using Nabij.Server.Accounts;
using Nabij.Server.HelpPage;
using Nabij.Server.Organizations;
using Nabij.Server.Pages;
using Nabij.Server.Web;

namespace Nabij.Server.Invitations;

internal static class InvitationsFeature
{
    internal const string Path = "/invite";

    internal static void AddInvitations(this WebApplicationBuilder builder) => builder.Services.AddSingleton<CustomerInvitations>();

    internal static void MapInvitations(this WebApplication app)
    {
        app.MapMethods("/o/{slug}/i/{reference}", PageRoutes.Verbs, OpenAsync).AllowAnonymous();
        var group = app.MapGroup(Path).RequireAuthorization(Policies.Technician);
        group.MapMethods("", PageRoutes.Verbs, ShowAsync);
        group.MapPost("", MakeAsync);
        group.MapMethods("/{id:guid}", PageRoutes.Verbs, ShowOneAsync);
        group.MapPost("/{id:guid}/revoke", RevokeAsync);
    }

    /// <summary>The help page with the invitation's words. A wrong or old address still leads to help.</summary>
    private static async Task<IResult> OpenAsync(string slug, string reference, HttpContext context, OrganizationEntry entry, CustomerInvitations invitations, HelpPageViews views)
    {
        if (await entry.FindAsync(slug, context.RequestAborted) is not { } organization)
            return Results.StatusCode(StatusCodes.Status404NotFound);
        return await views.ShowAsync(context, organization, new AcceptanceForm(), invitation: await invitations.WordsAsync(organization, reference, context.RequestAborted) ?? InvitationWords.Over);
    }

    private static async Task<IResult> ShowAsync(HttpContext context, OwnEntry own, CustomerInvitations invitations, TimeProvider clock)
    {
        var page = await own.PageAsync(context);
        var (_, organization) = await own.EnterAsync(context);
        return page.Show<InvitePage>(await ViewAsync(organization, (invitations, clock), context.RequestAborted));
    }

    private static async Task<IResult> MakeAsync(HttpContext context, OwnEntry own, CustomerInvitations invitations, TimeProvider clock)
    {
        var page = await own.PageAsync(context);
        var (who, organization) = await own.EnterAsync(context);
        var fields = await context.ReadFieldsAsync();
        var life = int.TryParse(fields["life"], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var hours) ? hours : 0;
        var wish = new CustomerInvitations.Wish(fields.Word("customer"), fields.Lines("message"), fields.Word("ticket"), fields.Word("language"), life);
        if (CustomerInvitations.Check(wish) is { Count: > 0 } problems)
        {
            var view = await ViewAsync(organization, (invitations, clock), context.RequestAborted) with
            {
                CustomerName = wish.CustomerName,
                Message = wish.Message,
                Ticket = wish.Ticket,
                Language = wish.Language,
                Life = wish.Life,
                Problems = FormProblems.Of(page.Texts, problems),
            };
            return page.Show<InvitePage>(view, StatusCodes.Status422UnprocessableEntity);
        }

        var made = await invitations.MakeAsync(organization.Id, (who.AccountId.ToString(), who.DisplayName), wish, context.RequestAborted);
        return Found.At($"{Path}/{made.Id}?lang={page.Language}");
    }

    private static async Task<IResult> ShowOneAsync(Guid id, HttpContext context, OwnEntry own, CustomerInvitations invitations, PublicOrigin origin)
    {
        var page = await own.PageAsync(context);
        var (_, organization) = await own.EnterAsync(context);
        if (await invitations.FindAsync(organization.Id, id, context.RequestAborted) is not { } found || !invitations.IsLive(found))
            return Results.StatusCode(StatusCodes.Status404NotFound);
        var address = CustomerInvitations.AddressOf(origin.Value.Text, organization.Slug, found);
        var until = OrganizationTime.Of(organization).Words(found.ExpiresAt);
        var languages = Texts.All.Order(StringComparer.Ordinal).OrderByDescending(language => language == found.Language);
        return page.Show<InvitedPage>(new InvitedView
        {
            Name = found.CustomerName,
            Address = address,
            Until = until,
            Letters = [.. languages.Select(language => InvitationLetter.Of(organization, found, (address, until), Texts.Find(language) ?? page.Texts))],
        });
    }

    private static async Task<IResult> RevokeAsync(Guid id, HttpContext context, OwnEntry own, CustomerInvitations invitations)
    {
        var page = await own.PageAsync(context);
        var who = SignedIn.Of(context);
        return await invitations.RevokeAsync(who.OrganizationId, id, who.AccountId.ToString(), context.RequestAborted)
            ? Found.At($"{Path}?lang={page.Language}")
            : Results.StatusCode(StatusCodes.Status404NotFound);
    }

    private static async Task<InviteView> ViewAsync(Organization organization, (CustomerInvitations Invitations, TimeProvider Clock) from, CancellationToken cancellation)
    {
        var time = OrganizationTime.Of(organization);
        var now = from.Clock.GetUtcNow();
        return new InviteView
        {
            Language = organization.Language,
            Lines = [.. (await from.Invitations.ListAsync(organization.Id, cancellation)).Select(Line)],
        };

        InviteView.Line Line(CustomerInvitation one)
        {
            var (state, at) = one switch
            {
                { AcceptedAt: { } accepted } => ("accepted", accepted),
                { RevokedAt: { } revoked } => ("revoked", revoked),
                _ when one.ExpiresAt <= now => ("over", one.ExpiresAt),
                { OpenedAt: { } opened } => ("opened", opened),
                _ => ("made", one.ExpiresAt),
            };
            return new InviteView.Line(one.Id, one.CustomerName, one.Ticket, one.MadeByName, time.Words(one.CreatedAt), state, time.Words(at));
        }
    }
}
