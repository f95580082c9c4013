using Microsoft.EntityFrameworkCore;
using Nabij.Server.Accounts;
using Nabij.Server.Pages;
using Nabij.Server.Storage;
using Nabij.Server.Web;

namespace Nabij.Server.Api;

/// <summary>The pages where owners and administrators make and revoke tokens.</summary>
internal static class TokenEndpoints
{
    internal static async Task<IResult> ShowNewAsync(HttpContext context, OwnEntry own, ServerDatabase database)
    {
        var page = await own.PageAsync(context);
        return page.Show<NewTokenPage>(await ViewAsync(context, database, new TokenForm()));
    }

    internal static async Task<IResult> MakeAsync(HttpContext context, OwnEntry own, ServerDatabase database, TokenActs acts)
    {
        var page = await own.PageAsync(context);
        var (form, problem) = TokenForm.Read(await context.ReadFieldsAsync());
        string? text = null;
        if (problem is null)
            (text, problem) = await acts.MakeAsync(SignedIn.Of(context), form, context.RequestAborted);
        return text is not null
            ? page.Show<TokenMadePage>(new TokenMade { Name = form.Name, Text = text, Address = $"{context.RequestServices.GetRequiredService<PublicOrigin>().Value.Text}{ApiFeature.Path}" })
            : page.Show<NewTokenPage>(await ViewAsync(context, database, form) with { Problems = FormProblems.Of(page.Texts, problem) }, StatusCodes.Status422UnprocessableEntity);
    }

    internal static async Task<IResult> RevokeAsync(Guid id, HttpContext context, OwnEntry own, TokenActs acts)
    {
        var page = await own.PageAsync(context);
        return await acts.RevokeAsync(SignedIn.Of(context), id, context.RequestAborted)
            ? Found.At($"{IntegrationFeature.Path}?done=revoked&lang={page.Language}")
            : Results.StatusCode(StatusCodes.Status404NotFound);
    }

    private static async Task<NewTokenView> ViewAsync(HttpContext context, ServerDatabase database, TokenForm form)
    {
        var who = SignedIn.Of(context);
        var roles = await database.Set<AccountRole>().Where(row => row.AccountId == who.AccountId).Select(row => row.Role).ToListAsync(context.RequestAborted);
        return new NewTokenView { Form = form, Givable = Scopes.Held(Scopes.All, roles) };
    }
}

/// <summary>What the page of a new token shows.</summary>
public sealed record NewTokenView
{
    public required TokenForm Form { get; init; }

    /// <summary>The scopes that the reader may give away.</summary>
    public required IReadOnlyList<string> Givable { get; init; }

    public FormProblems Problems { get; init; } = FormProblems.None;
}

/// <summary>A token, the one time that it is shown.</summary>
public sealed record TokenMade
{
    public required string Name { get; init; }

    public required string Text { get; init; }

    /// <summary>Where the API is.</summary>
    public required string Address { get; init; }
}
