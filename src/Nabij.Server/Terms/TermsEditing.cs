// The editor of terms and licence: write, look at it as customers will see it, publish, compare, and see who accepted what.

using System.Globalization;
using System.Text;
using Nabij.Server.Accounts;
using Nabij.Server.Organizations;
using Nabij.Server.Pages;
using Nabij.Server.Web;

namespace Nabij.Server.Terms;

internal static class TermsEditing
{
    internal const string Path = "/settings/terms";

    /// <summary>Two texts of the greatest length, as forms write them.</summary>
    private const int DraftBytes = 3 * 2 * PlainMarkdown.MaximumBytes;

    private static readonly string[] KnownDone = ["draft", "published", "discarded"];

    internal static void MapTermsEditing(this WebApplication app)
    {
        var group = app.MapGroup(Path).RequireAuthorization(Policies.Admin);
        group.MapMethods("", PageRoutes.Verbs, ShowAsync);
        group.MapMethods("/compare", PageRoutes.Verbs, CompareAsync);
        group.MapMethods("/accepted", PageRoutes.Verbs, AcceptedEndpoints.ShowAsync);
        var risky = group.MapGroup("").RequireAuthorization(Policies.Confirmed).WithMetadata(new ConfirmReturn(Path));
        risky.MapMethods("/draft/{language}", PageRoutes.Verbs, ShowDraftAsync);
        risky.MapPost("/draft/{language}", KeepAsync).WithMetadata(new BodyLimit(DraftBytes));
        risky.MapMethods("/preview", PageRoutes.Verbs, ShowPreviewAsync);
        risky.MapPost("/publish", PublishAsync);
        risky.MapPost("/discard", DiscardAsync);
    }

    private static async Task<IResult> ShowAsync(HttpContext context, OwnEntry own, TermsDesk desk)
    {
        var page = await own.PageAsync(context);
        var (_, organization) = await own.EnterAsync(context);
        var time = OrganizationTime.Of(organization);
        var done = context.Request.Query["done"].ToString();
        return page.Show<TermsListPage>(new TermsListView
        {
            Slug = organization.Slug,
            Versions = [.. (await desk.VersionsAsync(context.RequestAborted)).Select(one => new TermsListView.VersionLine(one.Number, time.Words(one.At), one.By, one.Note, one.Languages))],
            Languages = [.. (await desk.NextAsync(context.RequestAborted)).Select(pair => (pair.Language, pair.IsChanged))],
            Done = KnownDone.Contains(done) ? page.Texts[$"terms.done.{done}"] : null,
        });
    }

    private static async Task<IResult> ShowDraftAsync(string language, HttpContext context, OwnEntry own, TermsDesk desk)
    {
        var page = await own.PageAsync(context);
        await own.EnterAsync(context);
        return (await desk.NextAsync(context.RequestAborted)).FirstOrDefault(pair => pair.Language == language) is { } found
            ? page.Show<TermsDraftPage>(new TermsDraftView { Language = language, Terms = found.Terms, Licence = found.Licence })
            : Results.StatusCode(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> KeepAsync(string language, HttpContext context, OwnEntry own, TermsDesk desk)
    {
        var page = await own.PageAsync(context);
        var (who, _) = await own.EnterAsync(context);
        if (Texts.Find(language) is null)
            return Results.StatusCode(StatusCodes.Status404NotFound);
        var fields = await context.ReadFieldsAsync();
        var pair = new TermsDesk.Pair(language, Text(fields, "terms"), Text(fields, "licence"), IsChanged: true);
        var view = new TermsDraftView { Language = language, Terms = pair.Terms, Licence = pair.Licence };
        if (await desk.KeepAsync(who, pair, context.RequestAborted) is { } problem)
            return page.Show<TermsDraftPage>(view with { Problems = FormProblems.Of(page.Texts, problem) }, StatusCodes.Status422UnprocessableEntity);
        return fields["act"] == "preview"
            ? page.Show<TermsDraftPage>(view with { IsPreview = true })
            : Found.At($"{Path}?done=draft&lang={page.Language}");
    }

    private static async Task<IResult> ShowPreviewAsync(HttpContext context, OwnEntry own, TermsDesk desk, TermsShelf shelf)
    {
        var page = await own.PageAsync(context);
        await own.EnterAsync(context);
        return page.Show<TermsPreviewPage>(await PreviewAsync(desk, shelf, context.RequestAborted));
    }

    private static async Task<IResult> PublishAsync(HttpContext context, OwnEntry own, TermsDesk desk, TermsShelf shelf)
    {
        var page = await own.PageAsync(context);
        var (who, _) = await own.EnterAsync(context);
        var fields = await context.ReadFieldsAsync();
        var problem = fields["sure"] == "yes"
            ? await desk.PublishAsync(who, fields["seen"].ToString(), fields.Word("note"), context.RequestAborted)
            : new Problem("problem.terms-sure").At("sure");
        if (problem is null)
            return Found.At($"{Path}?done=published&lang={page.Language}");
        var view = await PreviewAsync(desk, shelf, context.RequestAborted) with { Problems = FormProblems.Of(page.Texts, problem) };
        return page.Show<TermsPreviewPage>(view, StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> DiscardAsync(HttpContext context, OwnEntry own, TermsDesk desk)
    {
        var page = await own.PageAsync(context);
        var (who, _) = await own.EnterAsync(context);
        await desk.DiscardAsync(who, context.RequestAborted);
        return Found.At($"{Path}?done=discarded&lang={page.Language}");
    }

    private static async Task<IResult> CompareAsync(HttpContext context, OwnEntry own, TermsDesk desk, TermsShelf shelf)
    {
        var page = await own.PageAsync(context);
        await own.EnterAsync(context);
        var (asked, versions) = (context.Request.Query, await desk.VersionsAsync(context.RequestAborted));
        var to = versions.FirstOrDefault(one => one.Number == asked["to"]) ?? versions[0];
        var from = versions.FirstOrDefault(one => one.Number == asked["from"]) ?? versions.Skip(1).FirstOrDefault() ?? to;
        var kind = asked["kind"] == TermsText.Licence ? TermsText.Licence : TermsText.Terms;
        var language = to.Languages.Contains(asked["language"].ToString()) ? asked["language"].ToString() : to.Languages.Contains(page.Language) ? page.Language : to.Languages[0];
        var older = await shelf.FindAsync(kind, from.Number, language, context.RequestAborted);
        var newer = await shelf.FindAsync(kind, to.Number, language, context.RequestAborted);
        return page.Show<TermsComparePage>(new TermsCompareView
        {
            Versions = [.. versions.Select(one => one.Number)],
            Languages = [.. versions.SelectMany(one => one.Languages).Distinct().Order(StringComparer.Ordinal)],
            From = from.Number,
            To = to.Number,
            Language = language,
            Kind = kind,
            Parts = older is null || newer is null ? null : WordDiff.Compare(Encoding.UTF8.GetString(older.Content), Encoding.UTF8.GetString(newer.Content)),
        });
    }

    private static async Task<TermsPreviewView> PreviewAsync(TermsDesk desk, TermsShelf shelf, CancellationToken cancellation)
    {
        var version = await shelf.CurrentVersionAsync(cancellation);
        var next = (await desk.NextAsync(cancellation)).Where(pair => pair.Terms.Length > 0 || pair.Licence.Length > 0).ToList();
        var languages = new List<TermsPreviewView.Language>();
        foreach (var pair in next)
        {
            languages.Add(new TermsPreviewView.Language(
                pair.Language, Blocks(pair.Terms), Blocks(pair.Licence),
                await ChangeAsync(TermsText.Terms, pair), await ChangeAsync(TermsText.Licence, pair)));
        }

        return new TermsPreviewView
        {
            NextVersion = (int.Parse(version, CultureInfo.InvariantCulture) + 1).ToString(CultureInfo.InvariantCulture),
            Seen = TermsDesk.Fingerprint(version, next),
            Languages = languages,
        };

        async Task<IReadOnlyList<DiffPart>> ChangeAsync(string kind, TermsDesk.Pair pair)
        {
            var current = await shelf.FindAsync(kind, version, pair.Language, cancellation);
            return WordDiff.Compare(current is null ? "" : Encoding.UTF8.GetString(current.Content), pair.Of(kind));
        }
    }

    private static IReadOnlyList<TextBlock> Blocks(string text) => text.Length == 0 ? [] : PlainMarkdown.Parse(Encoding.UTF8.GetBytes(text));

    /// <summary>What hides among letters stays, so that it is found and told.</summary>
    private static string Text(IFormCollection fields, string name) => fields.Lines(name) is { Length: > 0 } text ? text + "\n" : "";
}
