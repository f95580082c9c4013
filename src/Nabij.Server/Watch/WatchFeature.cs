// The page of a relative whom the customer has invited to watch (docs/protocol/13-participants.md). Nobody signs in: what
// opens anything is the code, which the customer tells. The server gives the frame and tickets for nameplates of relatives.

using Microsoft.AspNetCore.Http.HttpResults;
using Nabij.Server.Desk;
using Nabij.Server.Organizations;
using Nabij.Server.Pages;
using Nabij.Server.Rendezvous;
using Nabij.Server.Web;

namespace Nabij.Server.Watch;

internal static class WatchFeature
{
    internal static void AddWatch(this WebApplicationBuilder builder) => builder.Services.AddSingleton<WatchLimit>();

    internal static void MapWatch(this WebApplication app)
    {
        var open = app.MapGroup("/o/{slug}/watch").AllowAnonymous();
        open.MapMethods("", PageRoutes.Verbs, async (string slug, HttpContext context, PageContexts pages, OrganizationEntry entry) =>
            await entry.FindAsync(slug, context.RequestAborted) is { } organization
                ? pages.Create(context, organization).Show<WatchPage>()
                : TypedResults.NotFound());
        open.MapPost("/tickets", IssueAsync);
    }

    // One answer for every nameplate: whether one waits, only the code tells.
    private static async Task<Results<Ok<TicketAnswer>, NotFound, ProblemHttpResult>> IssueAsync(
        string slug, TicketRequest request, HttpContext context, OrganizationEntry entry, Tickets tickets, WatchLimit limit)
    {
        if (await entry.FindAsync(slug, context.RequestAborted) is not { } organization)
            return TypedResults.NotFound();
        if (request.Nameplate is not { } nameplate || !Protocol.Rendezvous.Nameplate.IsValid(nameplate))
            return DeskProblem.Invalid("nameplate is three digits beginning 0-7, or four beginning 8-9.");
        var address = RateLimits.AddressKey(context.Connection.RemoteIpAddress);
        if (!limit.TryCount(address, out var retryAfter))
        {
            context.Response.Headers.RetryAfter = $"{(long)Math.Ceiling(retryAfter.TotalSeconds)}";
            return TypedResults.Problem(title: "paused", detail: "Too many codes from this network address. Try again later.", statusCode: StatusCodes.Status429TooManyRequests);
        }
        var ticket = tickets.Issue(new Ticket(organization.Id, Guid.NewGuid(), Ticket.NobodySignedIn, nameplate) { Address = address });
        return TypedResults.Ok(new TicketAnswer(ticket, (int)Tickets.Lifetime.TotalSeconds));
    }
}
