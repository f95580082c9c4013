using Microsoft.Extensions.Options;
using Nabij.Server.Accounts;
using Nabij.Server.Pages;
using Nabij.Server.Rendezvous;
using Nabij.Server.Web;

namespace Nabij.Server.People;

/// <summary>The list of people, and adding one. The organization is always the one of the sign-in, never one that the request names.</summary>
internal static class PeopleEndpoints
{
    private const string Released = "released";

    internal static async Task<IResult> ListAsync(HttpContext context, OwnEntry own, PeopleReader reader)
    {
        var page = await own.PageAsync(context);
        var (_, organization) = await own.EnterAsync(context);
        return page.Show<PeoplePage>(new PeopleView
        {
            Lines = await reader.ListAsync(organization, page.Roles, context.RequestAborted),
            StoppedSince = await reader.StoppedSinceAsync(organization, context.RequestAborted),
            IsReleased = context.Request.Query["done"] == Released,
        });
    }

    /// <summary>Lets the organization join customers again that was stopped for its wrong codes.</summary>
    internal static async Task<IResult> ReleaseAsync(HttpContext context, OwnEntry own, WrongCodes wrongCodes)
    {
        var page = await own.PageAsync(context);
        var who = SignedIn.Of(context);
        await wrongCodes.ReleaseAsync(who.OrganizationId, who.AccountId.ToString(), context.RequestAborted);
        return Found.At($"{PeopleFeature.Path}?done={Released}&lang={page.Language}");
    }

    internal static async Task<IResult> ShowNewAsync(HttpContext context, OwnEntry own)
    {
        var page = await own.PageAsync(context);
        return page.Show<NewPersonPage>(new NewPersonView { Givable = PeopleRules.Givable(page.Roles) });
    }

    internal static async Task<IResult> InviteAsync(HttpContext context, OwnEntry own, PeopleActs acts)
    {
        var page = await own.PageAsync(context);
        var fields = await context.ReadFieldsAsync();
        var view = new NewPersonView
        {
            Email = fields["email"].ToString().Trim(),
            Name = fields["name"].ToString().Trim(),
            Roles = [.. PeopleRules.AllRoles.Intersect(fields["role"].OfType<string>())],
            Givable = PeopleRules.Givable(page.Roles),
        };
        if (view.Roles.Except(view.Givable).Any() || fields["role"].Except(PeopleRules.AllRoles).Any())
            return Results.StatusCode(StatusCodes.Status403Forbidden);

        var (account, secret, problems) = await acts.InviteAsync(SignedIn.Of(context), (view.Email, view.Name, view.Roles), context.RequestAborted);
        return account is null
            ? page.Show<NewPersonPage>(view with { Problems = FormProblems.Of(page.Texts, problems) }, StatusCodes.Status422UnprocessableEntity)
            : ShowLink(context, page, account, (AccountLink.Invitation, secret));
    }

    /// <summary>The one time that a link is shown: in the answer's body, in no address and no log.</summary>
    internal static IResult ShowLink(HttpContext context, PageContext page, Account account, (string Kind, string Secret) link)
    {
        var times = context.RequestServices.GetRequiredService<IOptions<SignInTimes>>().Value;
        var lifetime = link.Kind == AccountLink.Invitation ? times.Invitation : times.Reset;
        return page.Show<LinkPage>(new LinkView
        {
            Id = account.Id,
            Name = account.DisplayName,
            Kind = link.Kind,
            Address = $"{context.RequestServices.GetRequiredService<PublicOrigin>().Value.Text}{AccountLinks.Path}#{link.Secret}",
            Hours = (int)lifetime.TotalHours,
        });
    }
}
