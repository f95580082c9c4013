using Nabij.Server.Accounts.Provider;
using Nabij.Server.Audit;
using Nabij.Server.Pages;
using Nabij.Server.Storage;
using Nabij.Server.Web;

namespace Nabij.Server.Accounts;

/// <summary>"My account": passkeys, password, second factor, recovery codes, the identity provider, and where else this person is signed in.</summary>
internal static class OwnAccountEndpoints
{
    internal const string Path = "/account";

    private const string SecondFactorPath = "/second-factor";

    internal static void MapOwnAccount(this WebApplication app)
    {
        var group = app.MapGroup(Path).RequireAuthorization();
        group.MapMethods("", PageRoutes.Verbs, ShowAsync);
        group.MapPost("/sign-ins/end", EndSignInsAsync);
        var risky = group.MapGroup("").RequireAuthorization(Policies.Confirmed).WithMetadata(new ConfirmReturn(Path));
        risky.MapPost("/password", ChangePasswordAsync);
        risky.MapPost("/recovery-codes", RenewCodesAsync);
        risky.MapMethods(SecondFactorPath, PageRoutes.Verbs, ShowSecondFactorAsync);
        risky.MapPost(SecondFactorPath, ReplaceSecondFactorAsync);
    }

    private static Task<IResult> ShowAsync(HttpContext context, OwnEntry own, OwnAccountView.Reader reader) =>
        RenderAsync(context, (own, reader), ProviderRefusal.Problem(context.Request.Query[SignInEndpoints.ProviderParameter].ToString()), StatusCodes.Status200OK);

    internal static async Task<IResult> RenderAsync(HttpContext context, (OwnEntry Own, OwnAccountView.Reader Reader) of, IReadOnlyList<Problem> problems, int status)
    {
        var page = await of.Own.PageAsync(context);
        var (who, organization) = await of.Own.EnterAsync(context);
        var view = await of.Reader.ReadAsync(who, organization, context.RequestAborted);
        var done = context.Request.Query["done"].ToString();
        return page.Show<OwnAccountPage>(
            view with { Done = OwnAccountView.IsKnown(done) ? page.Texts[$"account.done.{done}"] : null, Problems = FormProblems.Of(page.Texts, problems) }, status);
    }

    private static async Task<IResult> EndSignInsAsync(HttpContext context, OwnEntry own, ServerDatabase database, SignInEnding signIns, AuditLog audit)
    {
        var (who, _) = await own.EnterAsync(context);
        var fields = await context.ReadFieldsAsync();
        if (fields["sign-in"].ToString() is { Length: > 0 } one)
        {
            if (!await signIns.EndOneAsync(database, who.AccountId, one, context.RequestAborted))
                return Found.At(Path);
            await RecordAsync("one");
        }
        else
        {
            var ended = await SignInEnding.RemoveAsync(database, who.AccountId, except: who.SignInId, context.RequestAborted);
            signIns.Close(ended);
            await RecordAsync("all others");
        }

        return Done("sign-ins", context);

        Task RecordAsync(string which) =>
            audit.RecordAsync(database, new AuditEntry(who.AccountId.ToString(), "sign-in.revoked", who.AccountId.ToString(), AuditEntry.Done, which), context.RequestAborted);
    }

    /// <summary>The confirmation before stands for the old password, which a person who came by a passkey may not have.</summary>
    private static async Task<IResult> ChangePasswordAsync(HttpContext context, OwnEntry own, OwnAccountView.Reader reader, OwnAccountActs acts)
    {
        var (who, _) = await own.EnterAsync(context);
        var fields = await context.ReadFieldsAsync();
        return await acts.ChangePasswordAsync(who, fields["password"].ToString(), context.RequestAborted) is { Count: > 0 } problems
            ? await RenderAsync(context, (own, reader), problems, StatusCodes.Status422UnprocessableEntity)
            : Done("password", context);
    }

    private static async Task<IResult> RenewCodesAsync(HttpContext context, OwnEntry own, OwnAccountActs acts)
    {
        var page = await own.PageAsync(context);
        var codes = await acts.RenewCodesAsync(SignedIn.Of(context), context.RequestAborted);
        return codes is null ? Found.At(Path) : page.Show<RecoveryCodesPage>(new RecoveryCodesView { Codes = codes, ReturnPath = Path });
    }

    private static Task<IResult> ShowSecondFactorAsync(HttpContext context, OwnEntry own, SecondFactor factor) => RenderSecondFactorAsync(context, (own, factor), refused: false);

    private static async Task<IResult> ReplaceSecondFactorAsync(HttpContext context, OwnEntry own, SecondFactor factor, OwnAccountActs acts)
    {
        var page = await own.PageAsync(context);
        var fields = await context.ReadFieldsAsync();
        var codes = await acts.ReplaceSecondFactorAsync(SignedIn.Of(context), fields["code"].ToString(), context.RequestAborted);
        return codes is null
            ? await RenderSecondFactorAsync(context, (own, factor), refused: true)
            : page.Show<RecoveryCodesPage>(new RecoveryCodesView { Codes = codes, ReturnPath = Path });
    }

    private static async Task<IResult> RenderSecondFactorAsync(HttpContext context, (OwnEntry Own, SecondFactor Factor) of, bool refused)
    {
        var page = await of.Own.PageAsync(context);
        var account = await of.Own.AccountAsync(SignedIn.Of(context), context.RequestAborted);
        var secret = Totp.Base32(await of.Factor.PrepareAsync(account, context.RequestAborted));
        var form = new SecondFactorForm
        {
            Secret = SecondFactorEndpoints.Grouped(secret),
            Address = SecondFactorEndpoints.Address(page.Shop?.Name ?? "Nabij", account.Email ?? "", secret),
            Action = Path + SecondFactorPath,
            ReturnPath = Path,
            Problem = refused ? page.Texts["second-factor.refused"] : null,
        };
        return page.Show<SecondFactorPage>(form, refused ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    internal static IResult Done(string what, HttpContext context) =>
        Found.At($"{Path}?done={what}{(Texts.Find(context.Request.Query["lang"].ToString()) is { } texts ? $"&lang={texts.Language}" : "")}");
}
