using System.Net;
using Nabij.Server.Commands;
using Nabij.Server.Organizations;
using Nabij.Server.Organizations.FirstRun;
using Nabij.Server.Storage;
using Nabij.Server.Tests.Storage;

namespace Nabij.Server.Tests.FirstRun;

public sealed class FirstRunTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nabij-first-run-");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>Other ways to write the set-up page's address (the trick of CVE-2024-1709 among them).</summary>
    public static TheoryData<string> Variants()
    {
        string[] bases = ["/set-up", "/setup", "/Set-Up", "/SET-UP", "/set-up/", "/set-up//", "//set-up", "/./set-up", "/x/../set-up", "/set-up/.", "/set-up/..;/set-up", "/set-up;a=b", "/%2e/set-up", "/api/../set-up", "/api/v1/set-up", "/integration/set-up"];
        string[] tails = ["", "?lang=nl", "/x", "/index", ".html", ".aspx", ";x=1", "%20", "%00", "%2f", "/%2e%2e/set-up", "/?a=b", "#x", "\\", "%5c"];
        string[] more = ["/%73et-up", "/set%2dup", "/set%2Dup/", "/%2fset-up", "/o/test/set-up", "/o/test/setup", "/sign-in/set-up", "/desk/set-up", "/healthz/set-up", "/SetupWizard.aspx", "/SetupWizard.aspx/x", "/install", "/first-run"];
        return [.. bases.SelectMany(one => tails.Select(tail => one + tail)).Concat(more).Distinct()];
    }

    [Theory]
    [MemberData(nameof(Variants), DisableDiscoveryEnumeration = true)]
    public async Task After_the_set_up_its_addresses_do_not_exist(string path)
    {
        var server = await SharedServer.Value;
        using var visitor = server.Visit();

        foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Post, HttpMethod.Put, HttpMethod.Options])
        {
            using var request = new HttpRequestMessage(method, new Uri(server.Address.GetLeftPart(UriPartial.Authority) + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
            using var answer = await visitor.Client.SendAsync(request, Cancel);
            Assert.True(
                answer.StatusCode is HttpStatusCode.NotFound || (method != HttpMethod.Get && answer.StatusCode is HttpStatusCode.BadRequest) || (path.Contains("%00", StringComparison.Ordinal) && answer.StatusCode is HttpStatusCode.BadRequest),
                $"{method} {path}: {answer.StatusCode}");
        }
    }

    [Fact]
    public void There_are_at_least_two_hundred_variants() => Assert.True(Variants().Count >= 200);

    [Fact]
    public async Task After_the_set_up_no_endpoint_of_it_is_mapped()
    {
        await using var server = await RunningServer.StartAsync();
        var patterns = server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Select(endpoint => endpoint.RoutePattern.RawText ?? "");

        Assert.DoesNotContain(patterns, pattern => pattern.Contains("set-up", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Who_reads_the_servers_output_sets_it_up_once()
    {
        var (app, visitor, code) = await StartAsync();
        await using var _ = app;
        using var __ = visitor;

        using var start = await visitor.GetAsync("/");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, start.StatusCode);
        using var wrong = await SubmitAsync(visitor, "aaaa-bbbb-cccc-dddd");
        Assert.Equal(HttpStatusCode.Forbidden, wrong.StatusCode);
        using var weak = await SubmitAsync(visitor, code, password: "password123456");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, weak.StatusCode);
        Assert.Contains("value=\"computer-shop\"", await weak.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.False(app.Services.GetRequiredService<FirstRunEnd>().Done.IsCompleted);

        using var done = await SubmitAsync(visitor, code.ToUpperInvariant().Replace("-", " ", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.OK, done.StatusCode);
        await app.Services.GetRequiredService<FirstRunEnd>().Done.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        using var again = await SubmitAsync(visitor, code);
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
        var organization = await app.Services.GetRequiredService<OrganizationDirectory>().DefaultAsync(Cancel);
        Assert.Equal(("computer-shop", "Computer shop", true), (organization.Slug, organization.Name, organization.DemandsSecondFactor));
    }

    [Fact]
    public async Task Two_set_ups_at_once_make_one_organization()
    {
        var (app, visitor, code) = await StartAsync();
        await using var _ = app;
        using var __ = visitor;
        var token = Visitor.FormToken(await visitor.ReadAsync("/set-up"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => PostAsync(visitor, token, code, $"shop-{i}")));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        Assert.Single(await app.Services.GetRequiredService<OrganizationDirectory>().AllAsync(Cancel));
        foreach (var answer in answers)
            answer.Dispose();
    }

    private static Lazy<Task<RunningServer>> SharedServer { get; } = new(() => RunningServer.StartAsync());

    private async Task<(Microsoft.AspNetCore.Builder.WebApplication App, Visitor Visitor, string Code)> StartAsync()
    {
        var options = RunOptions.Parse(["--data", _folder.FullName, "--urls", "http://127.0.0.1:0"]);
        await TestDatabase.PrepareAsync(_folder.FullName);
        await StorageFeature.PrepareAsync(options.DataFolder, TimeProvider.System, Cancel);
        var app = Program.BuildFirstRun(options, builder => builder.Logging.ClearProviders());
        await RunCommand.StartAsync(app, options, Cancel);
        return (app, new Visitor(new Uri(app.Urls.First())), app.Services.GetRequiredService<SetUpCode>().Text);
    }

    private static async Task<HttpResponseMessage> SubmitAsync(Visitor visitor, string code, string password = RunningServer.Password)
    {
        var token = Visitor.FormToken(await visitor.ReadAsync("/set-up"));
        return await PostAsync(visitor, token, code, "computer-shop", password);
    }

    private static Task<HttpResponseMessage> PostAsync(Visitor visitor, string token, string code, string slug, string password = RunningServer.Password) => visitor.PostAsync(
        "/set-up", ("antiforgery", token), ("set-up-code", code), ("name", "Computer shop"), ("slug", slug), ("phone", "020 555 0123"),
        ("owner-name", "Peter Tester"), ("owner-email", "owner@example.test"), ("owner-password", password), ("second-factor", "yes"));
}
