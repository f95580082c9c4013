// One server with people in it and one browser, for every test that walks over the pages. The clock stands still, so that
// the pictures of two runs say the same times.

using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Nabij.Protocol.Rendezvous;
using Nabij.Server.Accounts;
using Nabij.Server.People;
using Nabij.Server.Tests.Downloads;
using Nabij.Server.Tests.People;
using Nabij.Server.Tests.Records;
using Nabij.Server.Tests.Rendezvous;

namespace Nabij.Server.Tests.Pages;

/// <summary>Shared by the test classes of its collection, which run one after the other.</summary>
public sealed class PageStage : IAsyncLifetime
{
    /// <summary>Somebody who signs in with a second factor.</summary>
    internal const string CarefulEmail = "dora@example.test";

    internal static readonly string[] Languages = ["nl", "en"];

    private static readonly Dictionary<string, string> Names = new()
    {
        ["anna@example.test"] = "Anna Bakker", ["chris@example.test"] = "Chris Smit", [CarefulEmail] = "Dora Visser",
    };

    private readonly ManualClock _clock = new();
    private readonly Dictionary<string, string> _places = [];
    private readonly List<HostPeer> _waiting = [];
    private IPlaywright? _playwright;

    internal TimeProvider Clock => _clock;

    internal RunningServer Server { get; private set; } = null!;

    internal IBrowser Browser { get; private set; } = null!;

    /// <summary>A link by which Bram sets a password.</summary>
    internal string Link { get; private set; } = "";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Server = await RunningServer.StartAsync(ServerSockets.Wide with { Clock = _clock, Arguments = ["--limit", $"{ServerSockets.Wide.Arguments[^1]},event-streams-per-technician=1000"] });
        await AddPeopleAsync();
        await DownloadTests.PlaceAsync(Server, Server);
        (_places["session"], _places["consent"]) = await RecordsStage.FillAsync(Server, Guid.Parse(_places["anna"]));
        await AddWaitingAsync(register => register);
        _clock.Advance(TimeSpan.FromMinutes(3));
        await AddWaitingAsync(register => register with { CustomerName = "", Language = "en" });
        _playwright = await Playwright.CreateAsync();
        Browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = "/usr/bin/chromium", Headless = true, ChromiumSandbox = false,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (Browser is not null)
            await Browser.DisposeAsync();
        _playwright?.Dispose();
        foreach (var host in _waiting)
            host.Dispose();
        await Server.DisposeAsync();
    }

    /// <summary>The path of a line with what stands between braces filled in.</summary>
    internal string Fill(string path) => _places.Aggregate(path, (filled, place) => filled.Replace($"{{{place.Key}}}", place.Value, StringComparison.Ordinal));

    /// <summary>A browser of its own memory, at the server's time.</summary>
    internal async Task<IBrowserContext> NewContextAsync(string language, BrowserNewContextOptions? options = null)
    {
        options ??= new();
        options.Locale = language == "nl" ? "nl-NL" : "en-GB";
        options.TimezoneId = "Europe/Amsterdam";
        options.ReducedMotion ??= ReducedMotion.Reduce;
        var context = await Browser.NewContextAsync(options);
        if (options.JavaScriptEnabled != false)
            await context.Clock.SetFixedTimeAsync(_clock.GetUtcNow().UtcDateTime);
        return context;
    }

    private async Task AddWaitingAsync(Func<Register, Register> change)
    {
        var host = await HostPeer.WaitAsync(Server, Cancel, change);
        _waiting.Add(host);
        // Only a socket that is read answers pings. This read ends with the socket.
        _ = host.ReadAsync(CancellationToken.None);
    }

    private async Task AddPeopleAsync()
    {
        await Staff.AddAsync(Server, "anna@example.test", Role.Technician);
        await Staff.AddAsync(Server, "chris@example.test", Role.Auditor, Role.Reports);
        await Staff.AddAsync(Server, CarefulEmail, Role.Admin);
        foreach (var (place, email) in (IEnumerable<(string, string)>)[("anna", "anna@example.test"), ("chris", "chris@example.test"), ("owner", RunningServer.Email)])
            _places[place] = (await Staff.IdAsync(Server, email)).ToString();
        using var anna = await Staff.SignInAsync(Server, "anna@example.test");
        using var owner = await Staff.SignInAsync(Server);
        var token = Visitor.FormToken(await owner.ReadAsync("/people/new"));
        using (var off = await owner.PostAsync($"/people/{_places["chris"]}/off", ("antiforgery", token)))
            Assert.True(off.StatusCode is HttpStatusCode.OK or HttpStatusCode.SeeOther, $"{off.StatusCode}");
        using (var added = await owner.PostAsync("/people", ("antiforgery", token), ("name", "Bram de Vries"), ("email", "bram@example.test"), ("role", Role.Technician)))
            Link = $"{Server.Address}invitation#{await Staff.SecretAsync(added)}";
        await PublishAsync(owner);
        await InviteAsync(owner, token);
        await GiveRolesAsync();
        await NameAsync();
    }

    /// <summary>A second version of the terms, so that there is something to compare.</summary>
    private static async Task PublishAsync(Visitor owner)
    {
        foreach (var (language, rule) in (IEnumerable<(string, string)>)[("nl", "Een uur hulp op afstand kost **45 euro**."), ("en", "An hour of remote help costs **45 euros**.")])
        {
            var terms = await owner.ReadAsync($"/o/test/terms/1/{language}");
            var (editor, licence) = ($"/settings/terms/draft/{language}", await owner.ReadAsync($"/o/test/licence/1/{language}"));
            (await owner.SubmitAsync(editor, editor, ("terms", $"{terms}\n- {rule}\n"), ("licence", licence), ("act", "save"))).Dispose();
        }

        var preview = await owner.ReadAsync("/settings/terms/preview");
        var seen = Regex.Match(preview, "name=\"seen\" value=\"([0-9a-f]+)\"").Groups[1].Value;
        using var published = await owner.SubmitAsync("/settings/terms/preview", "/settings/terms/publish", ("seen", seen), ("note", "Prices"), ("sure", "yes"));
        Assert.Equal(HttpStatusCode.SeeOther, published.StatusCode);
    }

    private async Task InviteAsync(Visitor owner, string token)
    {
        using var made = await owner.PostAsync(
            "/invite", ("antiforgery", token), ("customer", "Anna de Boer"), ("message", "The printer, as agreed by phone."), ("ticket", "2041"), ("language", "nl"), ("life", "24"));
        _places["invited"] = Regex.Match(await owner.ReadAsync(made.Headers.Location?.ToString() ?? ""), "/o/test/i/([a-z0-9]+)").Groups[1].Value;
    }

    /// <summary>The owner sees every page.</summary>
    private async Task GiveRolesAsync()
    {
        await using var database = await Server.OpenDatabaseAsync();
        var owner = Guid.Parse(_places["owner"]);
        var has = database.Set<AccountRole>().Where(row => row.AccountId == owner).Select(row => row.Role).ToList();
        database.AddRange(PeopleRules.AllRoles.Except(has).Select(role => new AccountRole { OrganizationId = database.CurrentOrganizationId, AccountId = owner, Role = role }));
        await database.SaveChangesAsync(Cancel);
    }

    /// <summary>Names as people have them; and as if the careful one had scanned the square code some day.</summary>
    private async Task NameAsync()
    {
        await using var database = await Server.OpenDatabaseAsync();
        foreach (var account in database.Set<Account>().ToList())
        {
            account.DisplayName = Names.GetValueOrDefault(account.Email ?? "", account.DisplayName);
            account.TwoFactorEnabled = account.Email == CarefulEmail;
        }

        await database.SaveChangesAsync(Cancel);
    }
}
