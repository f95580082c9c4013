using Nabij.Server.Pages;
using Nabij.Server.Web;

namespace Nabij.Server.Accounts.Passkeys;

/// <summary>The passkeys on "my account": adding one and removing one, after a fresh confirmation.</summary>
internal static class OwnPasskeyEndpoints
{
    internal static void MapOwnPasskeys(this WebApplication app)
    {
        var group = app.MapGroup($"{OwnAccountEndpoints.Path}/passkeys").RequireAuthorization().RequireAuthorization(Policies.Confirmed)
            .RequireRateLimiting(RateLimits.Accounts).WithMetadata(new ConfirmReturn(OwnAccountEndpoints.Path));
        group.MapPost("/options", OptionsAsync);
        group.MapPost("", AddAsync);
        group.MapPost("/remove", RemoveAsync);
    }

    private static async Task<IResult> OptionsAsync(HttpContext context, OwnEntry own, PasskeyBook book)
    {
        var (who, organization) = await own.EnterAsync(context);
        var account = await own.AccountAsync(who, context.RequestAborted);
        return PasskeysFeature.Options(await book.InviteAsync(context, account, (PasskeyPurpose.Add, who.SignInId), organization.Name));
    }

    private static async Task<IResult> AddAsync(HttpContext context, OwnEntry own, OwnAccountView.Reader reader, OwnPasskeys acts)
    {
        var (who, _) = await own.EnterAsync(context);
        var account = await own.AccountAsync(who, context.RequestAborted);
        var fields = await context.ReadFieldsAsync();
        var (codes, problem) = await acts.AddAsync(context, account, (PasskeyPurpose.Add, who.SignInId), (fields[PasskeyEndpoints.Answer].ToString(), fields["name"].ToString().Trim()));
        if (problem is not null)
            return await OwnAccountEndpoints.RenderAsync(context, (own, reader), [problem], StatusCodes.Status422UnprocessableEntity);
        if (codes.Count == 0)
            return OwnAccountEndpoints.Done("passkey-added", context);
        var page = await own.PageAsync(context);
        return page.Show<RecoveryCodesPage>(new RecoveryCodesView { Codes = codes, ReturnPath = OwnAccountEndpoints.Path });
    }

    private static async Task<IResult> RemoveAsync(HttpContext context, OwnEntry own, OwnAccountView.Reader reader, OwnPasskeys acts)
    {
        var (who, _) = await own.EnterAsync(context);
        var fields = await context.ReadFieldsAsync();
        return await acts.RemoveAsync(who, fields["credential"].ToString(), context.RequestAborted) is { } problem
            ? await OwnAccountEndpoints.RenderAsync(context, (own, reader), [problem], StatusCodes.Status422UnprocessableEntity)
            : OwnAccountEndpoints.Done("passkey-removed", context);
    }
}
