using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Nabij.Server.Accounts;
using Nabij.Server.Api;
using Nabij.Server.Organizations;
using Nabij.Server.Storage;
using Nabij.Server.Tests.People;
using Nabij.Server.Tests.Rendezvous;

namespace Nabij.Server.Tests.Api;

public sealed partial class TokenTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_token_is_shown_once_works_until_it_is_revoked_and_is_stored_nowhere()
    {
        await using var server = await RunningServer.StartAsync();
        using var owner = await Staff.SignInAsync(server);
        var made = await owner.SubmitAsync("/integration/tokens/new", "/integration/tokens", ("name", "Zammad <b>"), ("scope", "people:read"), ("scope", "organization:read"), ("days", "90"));
        var html = await made.Content.ReadAsStringAsync(Cancel);
        var token = TokenPattern().Match(html).Value;
        Assert.True(TokenText.IsWellFormed(token), html);
        Assert.Contains("Zammad &lt;b&gt;", html, StringComparison.Ordinal);
        using var peer = new ApiPeer(server, token);

        Assert.Equal("", await peer.CodeAsync("/api/v1/people"));
        var (_, own) = await peer.GetAsync("/api/v1/token");
        Assert.Equal(["organization:read", "people:read"], own.GetProperty("scopes").EnumerateArray().Select(scope => scope.GetString()));

        var list = await owner.ReadAsync("/integration");
        Assert.Contains(TokenText.Hint(token), list, StringComparison.Ordinal);
        Assert.DoesNotContain(token, list, StringComparison.Ordinal);
        await using (var database = await server.OpenDatabaseAsync())
        {
            var row = await database.Set<ApiToken>().SingleAsync(Cancel);
            Assert.Equal(Reference.Hash(token), row.SecretHash);
            Assert.NotNull(row.UsedAt);
            (await owner.SubmitAsync("/integration", $"/integration/tokens/{row.Id}/revoke")).Dispose();
        }

        Assert.Equal("token-revoked", await peer.CodeAsync("/api/v1/people"));
        Assert.Single(await Staff.AuditAsync(server, "token.made"));
        Assert.Single(await Staff.AuditAsync(server, "token.revoked"));
        Assert.DoesNotContain(token, server.Log.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Role.Auditor, "organization:read records:read")]
    [InlineData(Role.Reports, "organization:read statistics:read")]
    [InlineData(Role.Technician, "organization:read waiting:read links:create callbacks:read callbacks:write")]
    public void A_role_holds_no_more_scopes_than_pages(string role, string scopes) => Assert.Equal(scopes.Split(' ').Order(StringComparer.Ordinal), Scopes.Held(Scopes.All, [role]).Order(StringComparer.Ordinal));

    [Fact]
    public async Task What_is_no_token_of_this_server_opens_nothing()
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        var token = await ApiPeer.MakeTokenAsync(server, Scopes.All);
        var other = TokenText.Create();
        string?[] wrong = [null, "", "x", token[..^1], token + "0", token.ToUpperInvariant(), token[..^9] + "00000000" + token[^1], other, " ", new string('a', 8000)];

        foreach (var text in wrong)
        {
            using var peer = new ApiPeer(server, token: null);
            if (text is not null)
                peer.Client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"Bearer {text}");
            Assert.Contains(await peer.CodeAsync("/api/v1/sessions"), (string[])["token-missing", "token-unknown"]);
        }

        using var basic = new ApiPeer(server, token: null);
        basic.Client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"Basic {token}");
        Assert.Equal("token-missing", await basic.CodeAsync("/api/v1/sessions"));
    }

    [Fact]
    public async Task A_token_ends_at_its_time_and_with_the_rights_of_its_maker()
    {
        var clock = new ManualClock();
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide with { Clock = clock });
        var admin = await Staff.AddAsync(server, "admin@example.test", Role.Admin, Role.Technician);
        using var ofADay = new ApiPeer(server, await ApiPeer.MakeTokenAsync(server, Scopes.All, days: 1));
        using var ofAdmin = new ApiPeer(server, await ApiPeer.MakeTokenAsync(server, [Scopes.PeopleRead, Scopes.WaitingRead], "admin@example.test", days: 1000));

        await using (var database = await server.OpenDatabaseAsync())
        {
            Assert.True(await database.Set<ApiToken>().MaxAsync(row => row.ExpiresAt, Cancel) <= clock.GetUtcNow().AddDays(ApiToken.MostDays));
            await database.Set<AccountRole>().Where(row => row.AccountId == admin && row.Role == Role.Admin).ExecuteDeleteAsync(Cancel);
        }

        Assert.Equal("scope-missing", await ofAdmin.CodeAsync("/api/v1/people"));
        Assert.Equal("", await ofAdmin.CodeAsync("/api/v1/waiting"));
        await using (var database = await server.OpenDatabaseAsync())
            await database.Set<Account>().Where(row => row.Id == admin).ExecuteUpdateAsync(set => set.SetProperty(row => row.DisabledAt, clock.GetUtcNow()), Cancel);
        Assert.Equal("token-orphaned", await ofAdmin.CodeAsync("/api/v1/waiting"));

        Assert.Equal("", await ofADay.CodeAsync("/api/v1/people"));
        clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal("token-expired", await ofADay.CodeAsync("/api/v1/people"));
    }

    [Fact]
    public async Task A_technician_gives_no_scope_that_the_role_lacks()
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        await Staff.AddAsync(server, "tech2@example.test", Role.Technician);
        using var peer = new ApiPeer(server, await ApiPeer.MakeTokenAsync(server, Scopes.All, "tech2@example.test"));

        var (_, own) = await peer.GetAsync("/api/v1/token");

        Assert.Equal(
            [Scopes.OrganizationRead, Scopes.WaitingRead, Scopes.LinksCreate, Scopes.CallbacksRead, Scopes.CallbacksWrite],
            own.GetProperty("scopes").EnumerateArray().Select(scope => scope.GetString()));
    }

    [Fact]
    public async Task Allowed_networks_hold_for_tokens_too()
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        using var usual = new ApiPeer(server, await ApiPeer.MakeTokenAsync(server, Scopes.All));
        using var elsewhere = new ApiPeer(server, await ApiPeer.MakeTokenAsync(server, Scopes.All, networks: "192.0.2.0/24"));
        using var here = new ApiPeer(server, await ApiPeer.MakeTokenAsync(server, Scopes.All, networks: "127.0.0.0/8"));

        Assert.Equal("network-refused", await elsewhere.CodeAsync("/api/v1/people"));
        await using (var database = await server.OpenDatabaseAsync())
            await database.Set<Organization>().ExecuteUpdateAsync(set => set.SetProperty(row => row.Networks, "192.0.2.0/24"), Cancel);

        Assert.Equal("network-refused", await usual.CodeAsync("/api/v1/people"));
        Assert.Equal("", await here.CodeAsync("/api/v1/people"));
    }

    [Fact]
    public async Task A_token_that_asks_too_often_is_put_off_and_told_for_how_long()
    {
        var clock = new ManualClock();
        await using var server = await RunningServer.StartAsync(new ServerChoices { Clock = clock, Settings = new() { ["RateLimits:TokenPerMinute"] = "3" } });
        using var peer = await ApiPeer.WithAsync(server);
        using var other = await ApiPeer.WithAsync(server);
        for (var i = 0; i < 3; i++)
            Assert.Equal("", await peer.CodeAsync("/api/v1/token"));

        using var answer = await peer.Client.GetAsync(new Uri("/api/v1/token", UriKind.Relative), Cancel);

        Assert.Equal((HttpStatusCode.TooManyRequests, TimeSpan.FromMinutes(1)), (answer.StatusCode, answer.Headers.RetryAfter?.Delta));
        Assert.Equal("", await other.CodeAsync("/api/v1/token"));
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("", await peer.CodeAsync("/api/v1/token"));
    }

    [Fact]
    public async Task A_sign_in_opens_no_call_and_a_token_opens_no_page()
    {
        await using var server = await RunningServer.StartAsync(ServerSockets.Wide);
        using var owner = await Staff.SignInAsync(server);
        using var peer = await ApiPeer.WithAsync(server);

        Assert.Equal(HttpStatusCode.Unauthorized, await owner.StatusAsync("/api/v1/sessions"));
        foreach (var path in (string[])["/people", "/desk", "/integration", "/account", "/desk/waiting"])
            Assert.Equal(HttpStatusCode.Unauthorized, (await peer.Client.GetAsync(new Uri(path, UriKind.Relative), Cancel)).StatusCode);
    }

    [GeneratedRegex("nabij_[0-9a-f]{72}")]
    private static partial Regex TokenPattern();
}
