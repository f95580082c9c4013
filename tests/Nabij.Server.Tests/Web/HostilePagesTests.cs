using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Nabij.Server.Callbacks;
using Nabij.Server.HelpPage;
using Nabij.Server.Invitations;
using Nabij.Server.Organizations;
using Nabij.Server.Pages;
using Nabij.Server.Settings;
using Nabij.Server.Terms;

namespace Nabij.Server.Tests.Web;

/// <summary>Pages of the organization, rendered with a hostile text in every place that a text of people reaches.</summary>
public sealed class HostilePagesTests(HostilePagesTests.Stage stage) : IClassFixture<HostilePagesTests.Stage>
{
    private static readonly Guid Id = Guid.Parse("11111111-1111-1111-1111-111111111111");

    /// <summary>A page, and its model with this text everywhere.</summary>
    public static TheoryData<string> Pages => [.. Models.Keys];

    private static readonly Dictionary<string, (Type Page, Func<string, object> Model)> Models = new()
    {
        ["help"] = (typeof(global::Nabij.Server.HelpPage.HelpPage), Help),
        ["callback"] = (typeof(CallbackPage), text => new CallbackView { Form = Form(text), Consent = text, Opening = Opening(text) }),
        ["callback done"] = (typeof(CallbackDonePage), text => new CallbackDoneView { Phone = text, Email = text, CheckNumber = text, Opening = Opening(text) }),
        ["callbacks"] = (typeof(CallbacksPage), text => new CallbacksView { Waiting = [Line(text)], Done = [Line(text)] }),
        ["invite"] = (typeof(InvitePage), text => new InviteView
        {
            CustomerName = text, Message = text, Ticket = $"a{text}", Language = text, Problems = Wrong(text, "name"), Lines = [new InviteView.Line(Id, $"a{text}", $"a{text}", text, text, "made", text)],
        }),
        ["invited"] = (typeof(InvitedPage), text => new InvitedView { Name = text, Address = text, Until = text, Letters = [new InvitedView.Letter("en", text, text)] }),
        ["details"] = (typeof(DetailsPage), text => new DetailsView
        {
            Form = new DetailsForm { Name = text, LegalName = text, TradeNumber = text, Address = text, Phone = text, Email = text, AbuseContact = text, Language = text },
            Slug = text, Problems = Wrong(text, "name"), Standing = new SignedStanding(true, true, [new SignedStanding.Program(text, true, ["signed.name"])]),
        }),
        ["hours"] = (typeof(HoursPage), text => new HoursView
        {
            Form = new HoursForm { IsTold = true, TakesCallbacks = true, Week = new Dictionary<(int, int), (string, string)> { [(1, 0)] = (text, text) }, Exceptions = [new(text, [(text, text)], text)] },
            TimeZone = text, Now = text, Standing = text, Problems = Wrong(text, "name"),
        }),
        ["words"] = (typeof(HelpTextPage), text => new HelpTextView { Forms = [new("en", text, text, text)], Problems = Wrong(text, "name"), Preview = new("en", Plain(text), Plain(text), Plain(text)) }),
        ["terms"] = (typeof(TermsListPage), text => new TermsListView
        {
            Slug = text, Versions = [new("2", text, $"a{text}", $"a{text}", ["en"]), new("1", text, $"a{text}", $"a{text}", ["en"])], Languages = [("en", true)], Done = text, Problems = Wrong(text, "name"),
        }),
        ["draft"] = (typeof(TermsDraftPage), text => new TermsDraftView { Language = "en", Terms = text, Licence = text, Problems = Wrong(text, "name") }),
        ["compare"] = (typeof(TermsComparePage), text => new TermsCompareView
        {
            Versions = [text], Languages = ["en"], From = text, To = text, Language = text, Kind = text, Parts = [new(DiffKind.Removed, text), new(DiffKind.Added, text), new(DiffKind.Same, text)],
        }),
        ["accepted"] = (typeof(AcceptedPage), text => new AcceptedView
        {
            Search = new(text, text, text, text), Versions = ["1"], Lines = [new(text, true, $"a{text}", text, text, "yes", $"{Id:N}")],
            Kept = new([KeyValuePair.Create("q", text)]), Next = "1.a", IsLater = true,
        }),
    };

    [Theory]
    [MemberData(nameof(Pages))]
    [Trait("Invariant", "9")]
    public async Task At_least_200_hostile_texts_stay_texts_on_each_page(string name)
    {
        await using var renderer = new HtmlRenderer(stage.Server.Services, stage.Server.Services.GetRequiredService<ILoggerFactory>());
        var (page, model) = Models[name];
        var plain = HtmlSkeleton.Of(await RenderAsync("plain"));

        foreach (var text in HostileTexts.All)
        {
            var html = await RenderAsync(text);
            Assert.True(plain == HtmlSkeleton.Of(html), $"{text}: {html}");
        }

        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", await RenderAsync("<script>alert(1)</script>"), StringComparison.Ordinal);

        Task<string> RenderAsync(string text) => renderer.Dispatcher.InvokeAsync(async () =>
        {
            var parameters = ParameterView.FromDictionary(new Dictionary<string, object?> { ["Page"] = Context(text), ["Model"] = model(text) });
            return (await renderer.RenderComponentAsync(page, parameters)).ToHtmlString();
        });
    }

    private static PageContext Context(string text) => new()
    {
        Texts = Texts.English,
        Shop = new Shop("test", text, "020 1", $"a{text}", $"a{text}") { Address = [text, text], Email = $"a{text}", AbuseContact = $"a{text}" },
        Nonce = "n", FormToken = "t", SignedInName = text, SignedInId = Id.ToString("N"), Path = "/settings", KeptQuery = "", Roles = ["owner", "technician"],
    };

    private static HelpPageView Help(string text) => new HelpPageView
    {
        Terms = Blocks(text), Licence = Blocks(text), TextLanguage = "en", Version = "1", TermsSha256 = "0", Form = new AcceptanceForm(), Device = Device.Linux, ShortAddress = text, Platforms = [],
        Words = new HelpWords("en", Blocks(text), Blocks(text), Blocks(text)), Availability = new Availability(Opening(text), Presence.Busy, true),
        Invitation = new InvitationWords(true, text, text, $"a{text}", $"a{text}", "en"), AcceptanceMonths = 1, SessionMonths = 1,
    };

    private static IReadOnlyList<TextBlock> Blocks(string text) => [new(TextBlockKind.Heading, 1, [new(text, false)]), new(TextBlockKind.Item, 0, [new(text, true)]), new(TextBlockKind.Paragraph, 0, [new(text, false)])];

    private static OpeningWords Opening(string text) => new(false, text, text, [(text, text)], [(text, text)]);

    /// <summary>The text as a problem of each of these fields, and of the form.</summary>
    private static FormProblems Wrong(string text, params string[] fields) =>
        FormProblems.Of(fields.Append("").Select(field => new FormProblem(field, text)));

    private static CallbackForm Form(string text) => new()
    {
        Name = text, Phone = text, Email = text, Problem = text, Problems = Wrong(text, "name", "phone", "email", "problem", "agree"),
    };

    private static CallbacksView.Line Line(string text) => new(new CallbackLine($"{Id}", text, $"a{text}", text, text, text, text, "taken", text, false, 5), text, text);

    /// <summary>One paragraph without marks, which are markup by design.</summary>
    private static string Plain(string text) => $"a {string.Concat(text.Where(letter => !char.IsSurrogate(letter) && letter is not ('\n' or '*')))}";

    /// <summary>One server for all pages: they only take its services.</summary>
    public sealed class Stage : IAsyncLifetime
    {
        internal RunningServer Server { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Server = await RunningServer.StartAsync();

        public ValueTask DisposeAsync() => Server.DisposeAsync();
    }
}
