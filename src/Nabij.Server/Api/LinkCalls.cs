using Microsoft.EntityFrameworkCore;
using Nabij.Server.Accounts;
using Nabij.Server.Api.Answers;
using Nabij.Server.Invitations;
using Nabij.Server.Organizations;
using Nabij.Server.Pages;
using Nabij.Server.Storage;
using Nabij.Server.Web;

namespace Nabij.Server.Api;

/// <summary>"Create a link from a ticket": invitations of customers by the API, with the e-mail that brings them.</summary>
internal static class LinkCalls
{
    internal const string Ticket = "ticket";

    private const int UsualHours = 72;

    internal static async Task<IResult> MakeAsync(HttpContext context, OnceOnly once, ServerDatabase database, CustomerInvitations invitations, OrganizationDirectory organizations)
    {
        var (asked, bytes) = await ApiBody.ReadAsync(context, ApiJson.Strict.NewLink);
        var organization = await OrganizationOf(context, organizations);
        var wish = new CustomerInvitations.Wish(
            asked.CustomerName?.Trim() ?? "", (asked.Message ?? "").ReplaceLineEndings("\n").Trim(), asked.Ticket?.Trim() ?? "", asked.Language ?? organization.Language, asked.Hours ?? UsualHours);
        if (CustomerInvitations.Check(wish) is { Count: > 0 } problems)
            throw ApiBody.Invalid(string.Join(" ", problems.Select(problem => problem.In(Texts.English))));
        return await once.RunAsync(context, bytes, async () =>
        {
            var maker = await MakerAsync(context, database);
            var made = await invitations.MakeAsync(database, maker, wish, context.RequestAborted);
            var link = Answer(context, organization, made);
            var letter = InvitationLetter.Of(organization, made, (link.Address, OrganizationTime.Of(organization).Words(made.ExpiresAt)), Texts.Find(made.Language) ?? Texts.English);
            return ApiReply.Of(new LinkMade(link, new EmailText(letter.Subject, letter.Body)), ApiJson.Strict.LinkMade, StatusCodes.Status201Created);
        });
    }

    internal static async Task<IResult> ListAsync(HttpContext context, ServerDatabase database, OrganizationDirectory organizations)
    {
        var organization = await OrganizationOf(context, organizations);
        var (count, rows) = (ApiQuery.Count(context), database.Set<CustomerInvitation>().AsNoTracking());
        if (context.Request.Query[Ticket].ToString() is { Length: > 0 } ticket)
            rows = rows.Where(row => row.Ticket == ticket);
        if (ApiQuery.Cursor(context) is { } after)
        {
            var id = after.AsId();
            rows = rows.Where(row => row.CreatedAt < after.Time || (row.CreatedAt == after.Time && row.Id.CompareTo(id) < 0));
        }

        var found = await rows.OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id).Take(count + 1).ToListAsync(context.RequestAborted);
        var page = found.Take(count).ToList();
        var next = found.Count > count ? new Cursor(page[^1].CreatedAt, page[^1].Id.ToString("N")).ToString() : null;
        return ApiReply.Of(new LinkList([.. page.Select(row => Answer(context, organization, row))], next), ApiJson.Strict.LinkList);
    }

    internal static async Task<IResult> ShowAsync(Guid id, HttpContext context, CustomerInvitations invitations, OrganizationDirectory organizations)
    {
        var organization = await OrganizationOf(context, organizations);
        return await invitations.FindAsync(organization.Id, id, context.RequestAborted) is { } found
            ? ApiReply.Of(Answer(context, organization, found), ApiJson.Strict.LinkAnswer)
            : ApiReply.Of(ApiProblem.NotFound);
    }

    internal static async Task<IResult> RevokeAsync(Guid id, HttpContext context, CustomerInvitations invitations)
    {
        var caller = TokenCaller.Of(context);
        return await invitations.RevokeAsync(caller.OrganizationId, id, caller.Actor, context.RequestAborted) ? ApiReply.Empty : ApiReply.Of(ApiProblem.NotFound);
    }

    /// <summary>In the audit chain the token; for the customer the person who made it, because a customer knows people.</summary>
    private static async Task<(string Id, string Name)> MakerAsync(HttpContext context, ServerDatabase database)
    {
        var caller = TokenCaller.Of(context);
        var maker = await database.Set<ApiToken>().Where(row => row.Id == caller.TokenId).Select(row => row.MadeBy).SingleAsync(context.RequestAborted);
        return (caller.Actor, await database.Set<Account>().Where(row => row.Id == maker).Select(row => row.DisplayName).SingleAsync(context.RequestAborted));
    }

    private static LinkAnswer Answer(HttpContext context, Organization organization, CustomerInvitation row) => new(
        row.Id, CustomerInvitations.AddressOf(context.RequestServices.GetRequiredService<PublicOrigin>().Value.Text, organization.Slug, row), row.Ticket, row.CustomerName, row.Language,
        row.CreatedAt, row.ExpiresAt, row.OpenedAt, row.AcceptedAt, row.RevokedAt);

    private static async Task<Organization> OrganizationOf(HttpContext context, OrganizationDirectory organizations) =>
        await organizations.FindAsync(TokenCaller.Of(context).OrganizationId, context.RequestAborted) ?? throw new InvalidOperationException("A token without an organization.");
}
