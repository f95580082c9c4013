using Microsoft.Playwright;

namespace Nabij.Server.Tests.Pages;

/// <summary>
/// Every page that people see, and the states of it that look different. The sweep for accessibility and the pictures in
/// docs/screens walk over it; a GET of the endpoint table that is neither here nor in <see cref="NotPages"/> fails a test.
/// A new page is a line here; rows that it shows are made in <see cref="PageStage"/>.
/// </summary>
internal static class PageTable
{
    private const string Shop = $"/o/{RunningServer.Slug}";

    internal static readonly IReadOnlyList<PageLine> Lines =
    [
        new("help", "GET /o/{slug}", Shop, Reader.Stranger) { IsForCustomers = true },
        new("start", "GET /", "/", Reader.Stranger) { IsShownElsewhere = true },
        new("help-missing", "GET /o/{slug}", Shop, Reader.Stranger) { IsForCustomers = true, Act = (page, _) => SubmitAsync(page, "#accept") },
        new("download", "GET /o/{slug}/download", $"{Shop}/download", Reader.Customer) { IsForCustomers = true },
        new("tour", "GET /o/{slug}/tour", $"{Shop}/tour", Reader.Customer) { IsForCustomers = true },
        new("safety", "GET /o/{slug}/safety", $"{Shop}/safety", Reader.Customer) { IsForCustomers = true },
        new("watch", "GET /o/{slug}/watch", $"{Shop}/watch", Reader.Stranger) { IsForCustomers = true },
        new("privacy", "GET /o/{slug}/privacy", $"{Shop}/privacy", Reader.Customer) { IsForCustomers = true },

        new("sign-in", "GET /sign-in", "/sign-in", Reader.Stranger),
        new("sign-in-refused", "GET /sign-in", "/sign-in", Reader.Stranger) { Act = (page, _) => SignInAsync(page, "nobody@example.test") },
        new("second-factor", "GET /sign-in/second-factor", "/sign-in", Reader.Stranger) { Act = (page, _) => SignInAsync(page, PageStage.CarefulEmail) },
        new("recovery", "GET /sign-in/recovery", "/sign-in/recovery", Reader.Stranger),
        new("recovery-refused", "GET /sign-in/recovery", "/sign-in/recovery", Reader.Stranger) { Act = (page, _) => SubmitAsync(page, "#recovery", ("#email", "nobody@example.test"), ("#code", "aaaa")) },
        new("invitation", "GET /invitation", "/invitation", Reader.Stranger),
        new("invitation-refused", "GET /invitation", "/invitation", Reader.Stranger) { Act = (page, _) => SubmitAsync(page, "#invitation", ("#link", "https://example.test/invitation#nonsense")) },
        new("new-password", "", "/invitation", Reader.Stranger) { Act = (page, walk) => SubmitAsync(page, "#invitation", ("#link", walk.Stage.Link)) },
        new("new-password-refused", "", "/invitation", Reader.Stranger)
        {
            Act = async (page, walk) =>
            {
                await SubmitAsync(page, "#invitation", ("#link", walk.Stage.Link));
                await SubmitAsync(page, "#new-password", ("#password", "password1234"));
            },
        },

        new("desk-first-steps", "GET /desk", "/desk") { Act = (page, _) => DeskAsync(page), Height = 900 },
        new("desk", "GET /desk", "/desk") { Act = (page, _) => WorkingDeskAsync(page), Height = 900 },
        new("desk-problem", "GET /desk", "/desk")
        {
            Height = 900,
            Act = async (page, _) =>
            {
                await WorkingDeskAsync(page);
                await page.FillAsync("#code", "41790");
                await page.PressAsync("#code", "Enter");
                await page.WaitForSelectorAsync("#code-message[data-kind=problem]");
            },
        },
        new("people", "GET /people", "/people"),
        new("person-new", "GET /people/new", "/people/new"),
        new("person-new-problem", "GET /people/new", "/people/new") { Act = (page, _) => SubmitAsync(page, "#new-person", ("#name", "Anna"), ("#email", "anna@example.test")) },
        new("person", "GET /people/{id:guid}", "/people/{anna}"),
        new("person-own", "GET /people/{id:guid}", "/people/{owner}"),
        new("person-off", "GET /people/{id:guid}", "/people/{chris}"),
        new("limits", "GET /people/limits", "/people/limits"),
        new("limits-problem", "GET /people/limits", "/people/limits") { Act = (page, _) => SubmitAsync(page, "#limits", ("#time-zone", "Nowhere")) },
        new("ways", "GET /people/ways", "/people/ways"),
        new("ways-problem", "GET /people/ways", "/people/ways") { Act = (page, _) => SubmitAsync(page, "#provider-form", ("#provider-name", "Example"), ("#issuer", "http://example.test"), ("#client-id", "shop")) },
        new("invited", "GET /o/{slug}/i/{reference}", $"{Shop}/i/{{invited}}", Reader.Stranger) { IsForCustomers = true },
        new("invited-over", "GET /o/{slug}/i/{reference}", $"{Shop}/i/aaaaaaaaaaaa", Reader.Stranger) { IsForCustomers = true },
        new("callback", "GET /o/{slug}/callback", $"{Shop}/callback", Reader.Stranger) { IsForCustomers = true },
        new("callback-missing", "GET /o/{slug}/callback", $"{Shop}/callback", Reader.Stranger) { IsForCustomers = true, Act = (page, _) => SubmitAsync(page, "#callback") },
        new("callback-done", "", $"{Shop}/callback", Reader.Stranger)
        {
            IsForCustomers = true,
            Act = async (page, _) =>
            {
                await page.CheckAsync("#agree");
                await SubmitAsync(page, "#callback", ("#name", "Anna de Boer"), ("#phone", "020 555 0101"), ("#problem", "My mail is gone"));
            },
        },
        new("callbacks", "GET /callbacks", "/callbacks"),
        new("invite", "GET /invite", "/invite"),
        new("invite-made", "GET /invite/{id:guid}", "/invite") { Act = (page, _) => SubmitAsync(page, "#invite", ("#customer", "Anna de Boer"), ("#message", "As agreed by phone.")) },
        new("settings", "GET /settings", "/settings"),
        new("settings-problem", "GET /settings", "/settings") { Act = (page, _) => SubmitAsync(page, "#details", ("#name", "")) },
        new("settings-look", "GET /settings/look", "/settings/look"),
        new("settings-help-page", "GET /settings/help-page", "/settings/help-page"),
        new("settings-hours", "GET /settings/hours", "/settings/hours"),
        new("settings-keeping", "GET /settings/keeping", "/settings/keeping"),
        new("settings-pictures", "GET /settings/pictures", "/settings/pictures"),
        new("terms", "GET /settings/terms", "/settings/terms"),
        new("terms-draft", "GET /settings/terms/draft/{language}", "/settings/terms/draft/en"),
        new("terms-preview", "GET /settings/terms/preview", "/settings/terms/preview"),
        new("terms-compare", "GET /settings/terms/compare", "/settings/terms/compare"),
        new("terms-accepted", "GET /settings/terms/accepted", "/settings/terms/accepted"),
        new("templates", "GET /templates", "/templates"),
        new("integration", "GET /integration", "/integration"),
        new("token-new", "GET /integration/tokens/new", "/integration/tokens/new"),
        new("token-made", "", "/integration/tokens/new")
        {
            Act = async (page, _) =>
            {
                await page.CheckAsync("#links-create");
                await SubmitAsync(page, "#new-token", ("#name", "Zammad"));
            },
        },
        new("token-new-problem", "", "/integration/tokens/new") { Act = (page, _) => SubmitAsync(page, "#new-token", ("#name", "Zammad")) },
        new("webhook-new", "GET /integration/webhooks/new", "/integration/webhooks/new"),
        new("webhook-new-problem", "", "/integration/webhooks/new") { Act = (page, _) => SubmitAsync(page, "#new-webhook", ("#name", "Zammad"), ("#address", "http://localhost/")) },
        new("webhook-made", "", "/integration/webhooks/new") { Act = (page, _) => SubmitAsync(page, "#new-webhook", ("#name", "Zammad"), ("#address", "https://tickets.example/nabij")) },
        new("webhook", "GET /integration/webhooks/{id:guid}", "/integration/webhooks/new")
        {
            Act = async (page, _) =>
            {
                await SubmitAsync(page, "#new-webhook", ("#name", "Zammad"), ("#address", "https://tickets.example/nabij"));
                await page.ClickAsync("main .buttons a");
                await page.WaitForSelectorAsync("#webhook");
            },
        },
        new("records", "GET /records", "/records"),
        new("records-problem", "GET /records", "/records?from=yesterday"),
        new("session", "GET /records/sessions/{id}", "/records/sessions/{session}"),
        new("session-report", "GET /records/sessions/{id}/report", "/records/sessions/{session}/report"),
        new("consents", "GET /records/consents", "/records/consents"),
        new("receipt", "GET /records/consents/{id}", "/records/consents/{consent}"),
        new("audit", "GET /records/audit", "/records/audit?until=2026-11-22&text=session"),
        new("statistics", "GET /records/statistics", "/records/statistics"),
        new("person-records", "GET /records/person", "/records/person"),
        new("person-records-found", "GET /records/person", "/records/person") { Act = (page, _) => SubmitAsync(page, "#find-person", ("#name", "Jansen")) },
        new("records-settings", "GET /records/settings", "/records/settings"),
        new("checks", "GET /checks", "/checks"),
        new("account", "GET /account", "/account"),
        new("account-second-factor", "GET /account/second-factor", "/account/second-factor"),
        new("confirm", "GET /confirm", "/confirm?return=%2Faccount"),
        new("confirm-refused", "GET /confirm", "/confirm?return=%2Faccount") { Act = (page, _) => SubmitAsync(page, "#confirm", ("#proof", "not the password")) },
        new("processor-agreement", "GET /processor-agreement", "/processor-agreement"),

        new("error-400", "", $"{Shop}/callback", Reader.Stranger) { Act = async (page, _) => { await SpoilTokenAsync(page); await SubmitAsync(page, "#callback"); } },
        new("error-404", "", "/nothing-here", Reader.Stranger),

        new("not-set-up", "", "/", Reader.Newcomer),
        new("set-up", "", "/set-up", Reader.Newcomer),
        new("set-up-problem", "", "/set-up", Reader.Newcomer) { Act = (page, _) => SetUpAsync(page, "aaaa-bbbb-cccc-dddd") },
        new("set-up-done", "", "/set-up", Reader.Newcomer) { Act = (page, walk) => SetUpAsync(page, walk.SetUpCode) },
    ];

    /// <summary>What answers a GET with something else than a page: files, data, streams, sockets, ways to another page.</summary>
    internal static readonly IReadOnlyList<string> NotPages =
    [
        // The page of a recovery that is under way; without one it leads to the sign-in.
        "GET /sign-in/new-passkey",
        "GET /sign-in/provider", "GET /sign-in/provider/return", "GET /sign-in/provider/out", "GET /confirm/provider", "GET /account/provider",
        "GET /organization.json", "GET /healthz", "GET /readyz", "GET /health/live", "GET /health/ready", "GET /checks/stream", "GET /download/{platform}", "GET /o/{slug}/accept", "GET /o/{slug}/brand.css", "GET /o/{slug}/download/{platform}",
        "GET /o/{slug}/licence/{version}/{language}", "GET /o/{slug}/organization.json", "GET /o/{slug}/terms", "GET /o/{slug}/terms/{version}/{language}",
        "GET /api/v1/openapi.json", "GET /api/v1/token", "GET /api/v1/organization", "GET /api/v1/people", "GET /api/v1/waiting", "GET /api/v1/sessions", "GET /api/v1/sessions/{id}",
        "GET /api/v1/records", "GET /api/v1/records/{id}", "GET /api/v1/statistics", "GET /api/v1/links", "GET /api/v1/links/{id:guid}", "GET /api/v1/callbacks", "GET /api/v1/callbacks/{id:guid}", "GET /api/v1/webhooks",
        "GET /o/{slug}/logo", "GET /settings/look/preview.css", "GET /desk/callbacks",
        "GET /ws/host", "GET /ws/viewer", "GET /desk/events", "GET /desk/waiting", "GET /desk/notes", "GET /desk/notes/setup", "GET /desk/presence", "GET /desk/sessions/{id}/note", "GET /desk/pictures/setup", "GET /desk/sessions/{id}/pictures", "GET /records/pictures/{id:guid}", "GET /records/pictures/keys/{id}", "GET /processor-agreement/text",
    ];

    /// <summary>Fills in these fields and sends the form, with what else stands in it. Checks of the browser are passed by: the page's own are meant.</summary>
    internal static async Task SubmitAsync(IPage page, string form, params (string Field, string Text)[] fields)
    {
        foreach (var (field, text) in fields)
            await page.FillAsync(field, text);
        await page.EvalOnSelectorAsync(form, "form => { form.noValidate = true; document.documentElement.dataset.before = 'yes'; }");
        await page.ClickAsync($"{form} button[type=submit]");
        await page.WaitForSelectorAsync("html:not([data-before])", new() { State = WaitForSelectorState.Attached });
        await page.WaitForLoadStateAsync();
    }

    internal static Task SignInAsync(IPage page, string email) =>
        SubmitAsync(page, "#sign-in", ("#email", email), ("#password", RunningServer.Password));

    private static async Task SpoilTokenAsync(IPage page) => await page.EvalOnSelectorAsync("[name=antiforgery]", "field => { field.value = 'spoilt'; }");

    private static async Task DeskAsync(IPage page) => await page.WaitForSelectorAsync("#waiting li");

    /// <summary>As it is for somebody who is no longer new.</summary>
    private static async Task WorkingDeskAsync(IPage page)
    {
        await DeskAsync(page);
        if (await page.IsVisibleAsync("#steps-away"))
            await page.ClickAsync("#steps-away");
    }

    private static Task SetUpAsync(IPage page, string code) => SubmitAsync(page, "#set-up",
        ("#set-up-code", code), ("#name", "Computerhulp De Linde"), ("#slug", "de-linde"), ("#phone", "030 123 45 67"),
        ("#owner-name", "Peter Jansen"), ("#owner-email", "peter@example.test"), ("#owner-password", RunningServer.Password));
}
