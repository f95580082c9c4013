using System.Net;
using System.Text.RegularExpressions;
using System.Web;
using Microsoft.EntityFrameworkCore;
using Nabij.Server.Accounts;
using Nabij.Server.Accounts.Provider;
using Nabij.Server.Commands;
using Nabij.Server.Organizations;
using Nabij.Server.Storage;

namespace Nabij.Server.Tests.People;

/// <summary>Signing in by an identity provider (OpenID Connect), against a small one that also lies.</summary>
public sealed partial class ProviderTests : IAsyncLifetime
{
    private const string AnnaEmail = "anna@example.test";

    private SmallProvider _provider = null!;
    private RunningServer _server = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _provider = await SmallProvider.StartAsync();
        _server = await RunningServer.StartAsync(new ServerChoices
        {
            Settings = new() { ["Provider:ReadAgain"] = "00:00:00", ["Provider:Answer"] = "00:00:25", ["Provider:PrivateNetworks"] = "127.0.0.0/8", ["RateLimits:AccountsPerMinute"] = "10000", ["Logging:LogLevel:Default"] = "Debug" },
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _provider.DisposeAsync();
    }

    [Fact]
    [Trait("Invariant", "12")]
    public async Task A_person_signs_in_by_the_provider_and_is_known_by_its_id_from_then_on()
    {
        using var owner = await ConnectedAsync();
        var id = await Staff.AddAsync(_server, AnnaEmail, Role.Technician);
        using var anna = _server.Visit();
        Assert.Contains("Sign in with Example account", await anna.ReadAsync("/sign-in"), StringComparison.Ordinal);

        var to = await TravelAsync(anna, "/sign-in/provider?return=%2Faccount");
        Assert.Equal("/account", to);
        Assert.Equal(HttpStatusCode.OK, await anna.StatusAsync("/desk"));
        _provider.Is("subject-1", "renamed@example.test");
        using var later = _server.Visit();
        Assert.Equal("/desk", await TravelAsync(later));

        Assert.Equal([$"{id} {id} done {_provider.Issuer}"], await Staff.AuditAsync(_server, "provider.linked"));
        Assert.Contains($"{id}  done provider", await Staff.AuditAsync(_server, "sign-in.done"));
        Assert.DoesNotContain(SmallProvider.Secret, _server.Log.Text, StringComparison.Ordinal);
        await using var database = await _server.OpenDatabaseAsync();
        Assert.DoesNotContain("client secret", (await database.Set<IdentityProvider>().SingleAsync(Cancel)).ClientSecret, StringComparison.Ordinal);
        Assert.DoesNotContain("client secret", await owner.ReadAsync("/people/ways"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_provider_in_a_private_network_is_asked_only_where_the_operator_allows_it()
    {
        await using var server = await RunningServer.StartAsync();
        using var owner = await Staff.SignInAsync(server);

        var words = (await Staff.ReadAsync(owner.SubmitAsync("/people/ways", "/people/ways/provider",
            ("name", "Example account"), ("issuer", _provider.Issuer), ("client-id", SmallProvider.Client), ("secret", SmallProvider.Secret)))).Text;

        Assert.Equal(0, _provider.DocumentsRead);
        Assert.Contains("in a private network", words, StringComparison.Ordinal);
    }

    public static TheoryData<string, string> Lies() => new()
    {
        { "nonce", "id token: nonce" }, { "no nonce", "id token: nonce" }, { "issuer", "id token: issuer" }, { "audience", "id token: audience" },
        { "another party", "id token: authorized party" }, { "expired", "id token: time" }, { "no end", "id token: time" }, { "not yet", "id token: time" },
        { "from tomorrow", "id token: time" }, { "unsigned", "id token: " }, { "secret as key", "id token: " }, { "foreign key", "id token: " },
        { "no subject", "id token: subject" }, { "refuses the code", "refuses the code: 400" },
    };

    [Theory]
    [MemberData(nameof(Lies))]
    public async Task A_token_that_is_not_to_be_trusted_signs_nobody_in(string lie, string reason)
    {
        using var owner = await ConnectedAsync();
        await Staff.AddAsync(_server, AnnaEmail, Role.Technician);
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        (string Name, object? Value)? claim = lie switch
        {
            "nonce" => ("nonce", "another"),
            "no nonce" => ("nonce", null),
            "issuer" => ("iss", "https://other.example"),
            "audience" => ("aud", "other-client"),
            "another party" => ("azp", "other-client"),
            "expired" => ("exp", now - 120),
            "no end" => ("exp", null),
            "not yet" => ("nbf", now + 600),
            "from tomorrow" => ("iat", now + 86_400),
            "no subject" => ("sub", ""),
            _ => null,
        };
        if (claim is { } wrong)
            _provider.Claims[wrong.Name] = wrong.Value;
        _provider.Algorithm = lie == "unsigned" ? "none" : lie == "secret as key" ? "HS256" : "RS256";
        (_provider.ForeignKey, _provider.AnswersTokens) = (lie == "foreign key", lie != "refuses the code");
        using var anna = _server.Visit();

        var to = await TravelAsync(anna);

        Assert.StartsWith("/sign-in?", to, StringComparison.Ordinal);
        Assert.Contains("role=\"alert\"", await anna.ReadAsync(to), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, await anna.StatusAsync("/desk"));
        Assert.Contains(reason, Assert.Single(await Staff.AuditAsync(_server, "provider.refused")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_people_of_the_list_with_a_verified_address_of_the_domain_get_in()
    {
        using var owner = await ConnectedAsync(("domain", "example.test"));
        await Staff.AddAsync(_server, AnnaEmail, Role.Technician);
        await Staff.AddAsync(_server, "bram@other.test", Role.Technician);
        foreach (var (email, verified) in ((string, bool)[])[("nobody@example.test", true), (AnnaEmail, false), ("bram@other.test", true), ("", true)])
        {
            _provider.Is($"subject of {email}", email, verified);
            using var visitor = _server.Visit();
            Assert.Contains("provider=unknown", await TravelAsync(visitor), StringComparison.Ordinal);
        }

        _provider.Is("anna", AnnaEmail);
        using var anna = _server.Visit();
        Assert.Equal("/desk", await TravelAsync(anna));
        _provider.Is("somebody who got the address later", AnnaEmail);
        using var thief = _server.Visit();
        Assert.Contains("provider=unknown", await TravelAsync(thief), StringComparison.Ordinal);
        await using var database = await _server.OpenDatabaseAsync();
        Assert.Equal(3, await database.Set<Account>().CountAsync(Cancel));
    }

    [Fact]
    public async Task An_invited_person_joins_by_the_provider_while_the_invitation_stands()
    {
        using var owner = await ConnectedAsync();
        (await owner.SubmitAsync("/people/new", "/people", ("name", "Anna"), ("email", AnnaEmail), ("role", Role.Technician))).Dispose();
        (await owner.SubmitAsync("/people/new", "/people", ("name", "Bram"), ("email", "bram@example.test"), ("role", Role.Technician))).Dispose();
        var bram = await Staff.IdAsync(_server, "bram@example.test");
        (await owner.SubmitAsync($"/people/{bram}", $"/people/{bram}/link/revoke")).Dispose();

        using var anna = _server.Visit();
        Assert.Equal("/desk", await TravelAsync(anna));
        _provider.Is("bram", "bram@example.test");
        using var late = _server.Visit();
        Assert.Contains("provider=unknown", await TravelAsync(late), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Owners_are_never_connected_by_an_address_but_connect_themselves()
    {
        using var owner = await ConnectedAsync();
        _provider.Is("boss", RunningServer.Email);
        using var visitor = _server.Visit();
        Assert.Contains("provider=connect", await TravelAsync(visitor), StringComparison.Ordinal);

        Assert.Equal("/account?done=provider-linked&lang=en", await TravelAsync(owner, "/account/provider"));
        Assert.Equal("/desk", await TravelAsync(visitor));

        await Staff.AddAsync(_server, AnnaEmail, Role.Technician);
        using var anna = await Staff.SignInAsync(_server, AnnaEmail);
        Assert.Contains("provider=taken", await TravelAsync(anna, "/account/provider"), StringComparison.Ordinal);
        (await owner.SubmitAsync("/account", "/account/provider/remove")).Dispose();
        using var again = _server.Visit();
        Assert.Contains("provider=connect", await TravelAsync(again), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_state_of_another_browser_a_second_use_and_a_refusal_there_sign_nobody_in()
    {
        using var owner = await ConnectedAsync();
        await Staff.AddAsync(_server, AnnaEmail, Role.Technician);
        using var anna = _server.Visit();
        var back = _provider.Visit(await LeaveAsync(anna, "/sign-in/provider"));
        using var victim = _server.Visit();

        Assert.Contains("provider=late", await ReturnAsync(victim, back), StringComparison.Ordinal);
        Assert.Equal("/desk", await ReturnAsync(anna, back));
        using var other = _server.Visit();
        Assert.Contains("provider=late", await ReturnAsync(other, back), StringComparison.Ordinal);
        Assert.Contains("provider=declined", await ReturnAsync(other, _provider.Visit(await LeaveAsync(other, "/sign-in/provider"), error: "access_denied")), StringComparison.Ordinal);
        foreach (var junk in (string[])["", "?code=x", "?state=x&code=y", "?error=access_denied", "?code=" + new string('a', 3000)])
            Assert.Contains("/sign-in?", await ReturnAsync(other, junk), StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_change_of_keys_people_still_get_in()
    {
        using var owner = await ConnectedAsync();
        await Staff.AddAsync(_server, AnnaEmail, Role.Technician);
        using var first = _server.Visit();
        Assert.Equal("/desk", await TravelAsync(first));
        var read = _provider.DocumentsRead;
        _provider.RollOver();

        using var second = _server.Visit();
        Assert.Equal("/desk", await TravelAsync(second));
        Assert.Equal(read + 1, _provider.DocumentsRead);
    }

    [Fact]
    public async Task A_second_factor_is_asked_for_here_unless_the_provider_does()
    {
        using var owner = await ConnectedAsync();
        await Staff.AddAsync(_server, AnnaEmail, Role.Technician);
        await PasskeyTests.SetAsync(_server, organization => organization.DemandsSecondFactor = true);
        using var anna = _server.Visit();
        Assert.StartsWith("/sign-in/second-factor?", await TravelAsync(anna), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, await anna.StatusAsync("/desk"));

        Assert.Equal(HttpStatusCode.SeeOther, await ConnectAsync(owner, _provider.Issuer, ("asks-second-factor", "yes")));
        Assert.Equal("/desk", await TravelAsync(anna));
    }

    [Fact]
    public async Task A_confirmation_by_the_provider_needs_a_new_sign_in_there()
    {
        using var owner = await ConnectedAsync(("asks-second-factor", "yes"));
        _provider.Is("boss", RunningServer.Email);
        await TravelAsync(owner, "/account/provider");
        await using (var database = await _server.OpenDatabaseAsync())
            await database.Set<SignIn>().ExecuteUpdateAsync(set => set.SetProperty(row => row.ConfirmedAt, DateTimeOffset.UnixEpoch), Cancel);
        Assert.Equal(HttpStatusCode.SeeOther, await owner.StatusAsync("/people/new"));

        _provider.Claims["auth_time"] = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() - 3600;
        Assert.Contains("provider=stale", await TravelAsync(owner, "/confirm/provider?return=%2Fpeople%2Fnew"), StringComparison.Ordinal);
        _provider.Claims.Remove("auth_time");
        _provider.Is("somebody else", AnnaEmail);
        Assert.Contains("provider=taken", await TravelAsync(owner, "/confirm/provider?return=%2Fpeople%2Fnew"), StringComparison.Ordinal);
        _provider.Is("boss", RunningServer.Email);
        Assert.Equal("/people/new", await TravelAsync(owner, "/confirm/provider?return=%2Fpeople%2Fnew"));

        Assert.Contains("prompt=login", _provider.LastAuthorization, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await owner.StatusAsync("/people/new"));
    }

    [Fact]
    public async Task Signing_out_offers_to_sign_out_over_there()
    {
        using var owner = await ConnectedAsync();
        await Staff.AddAsync(_server, AnnaEmail, Role.Technician);
        using var anna = _server.Visit();
        await TravelAsync(anna);

        var (_, where) = await Staff.ReadAsync(anna.SubmitAsync("/account", "/sign-out"));
        Assert.Contains("Sign out of Example account as well", await anna.ReadAsync(where.Trim()), StringComparison.Ordinal);
        var (_, over) = await Staff.ReadAsync(anna.GetAsync("/sign-in/provider/out"));

        Assert.StartsWith($"{_provider.Issuer}/out?client_id={SmallProvider.Client}&post_logout_redirect_uri=", over, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_provider_of_one_organization_opens_nothing_of_another()
    {
        using var owner = await ConnectedAsync();
        await Staff.AddAsync(_server, AnnaEmail, Role.Technician);
        await AddOrganizationAsync();
        using var anna = _server.Visit();

        Assert.Equal(HttpStatusCode.NotFound, await anna.StatusAsync("/sign-in/provider?shop=second"));
        Assert.DoesNotContain("Example account", await anna.ReadAsync("/sign-in?shop=second"), StringComparison.Ordinal);
        Assert.Equal("/desk", await TravelAsync(anna));
        using var stranger = _server.Visit();
        using (await stranger.SubmitAsync("/sign-in?shop=second", "/sign-in?shop=second", ("email", "owner@second.test"), ("password", RunningServer.Password)))
            Assert.DoesNotContain(_provider.Issuer, await stranger.ReadAsync("/people/ways"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, await ConnectAsync(stranger, _provider.Issuer));
        using var crossed = _server.Visit();
        Assert.Contains("provider=unknown", await TravelAsync(crossed, "/sign-in/provider?shop=second"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://login.example.com")]
    [InlineData("https://login.example.com/?a=b")]
    [InlineData("https://user@login.example.com")]
    [InlineData("file:///etc/passwd")]
    [InlineData("javascript:alert(1)")]
    [InlineData("")]
    [InlineData("http://127.0.0.1:1")]
    public async Task An_issuer_that_is_none_or_does_not_answer_is_not_stored(string issuer)
    {
        using var owner = await Staff.SignInAsync(_server);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, await ConnectAsync(owner, issuer));
        await using var database = await _server.OpenDatabaseAsync();
        Assert.Equal(0, await database.Set<IdentityProvider>().CountAsync(Cancel));
    }

    [Fact]
    public async Task A_secret_in_a_file_goes_before_the_stored_one_and_removing_the_provider_forgets_everybody()
    {
        using var owner = await ConnectedAsync(("secret", "an old secret"));
        await Staff.AddAsync(_server, AnnaEmail, Role.Technician);
        using var anna = _server.Visit();
        Assert.Contains("provider=unreachable", await TravelAsync(anna), StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(_server.Folder, "keys", $"provider-{RunningServer.Slug}.secret"), SmallProvider.Secret + "\n", Cancel);
        Assert.Equal("/desk", await TravelAsync(anna));

        Assert.Equal(HttpStatusCode.SeeOther, (await Staff.ReadAsync(owner.SubmitAsync("/people/ways", "/people/ways/provider/remove"))).Status);
        Assert.Equal(HttpStatusCode.NotFound, await anna.StatusAsync("/sign-in/provider"));
        await using var database = await _server.OpenDatabaseAsync();
        Assert.Equal(0, await database.Set<ProviderSubject>().CountAsync(Cancel));
    }

    private async Task<Visitor> ConnectedAsync(params (string, string)[] fields)
    {
        var owner = await Staff.SignInAsync(_server);
        Assert.Equal(HttpStatusCode.SeeOther, await ConnectAsync(owner, _provider.Issuer, fields));
        return owner;
    }

    private static async Task<HttpStatusCode> ConnectAsync(Visitor owner, string issuer, params (string Name, string Value)[] fields)
    {
        var secret = fields.FirstOrDefault(field => field.Name == "secret").Value ?? SmallProvider.Secret;
        return (await Staff.ReadAsync(owner.SubmitAsync("/people/ways", "/people/ways/provider",
            [("name", "Example account"), ("issuer", issuer), ("client-id", SmallProvider.Client), ("secret", secret), .. fields.Where(field => field.Name != "secret")]))).Status;
    }

    /// <summary>There and back: where the browser is led on to in the end.</summary>
    private async Task<string> TravelAsync(Visitor visitor, string start = "/sign-in/provider") => await ReturnAsync(visitor, _provider.Visit(await LeaveAsync(visitor, start)));

    private static async Task<Uri> LeaveAsync(Visitor visitor, string start)
    {
        using var answer = await visitor.GetAsync(start);
        Assert.True(answer.StatusCode == HttpStatusCode.Redirect, $"{answer.StatusCode} {answer.Headers.Location}");
        return answer.Headers.Location!;
    }

    private static async Task<string> ReturnAsync(Visitor visitor, string query)
    {
        var (status, page) = await Staff.ReadAsync(visitor.GetAsync($"/sign-in/provider/return{query}"));
        Assert.True(status == HttpStatusCode.OK, $"{status} {page}");
        return HttpUtility.HtmlDecode(Forward().Match(page).Groups[1].Value);
    }

    private async Task AddOrganizationAsync()
    {
        await using var services = CommandServices.Build(new DataFolder(_server.Folder));
        await using var scope = services.CreateAsyncScope();
        var (organization, _) = await scope.ServiceProvider.GetRequiredService<OrganizationSetup>().CreateAsync(
            new OrganizationSetup.Request
            {
                Name = "Second shop", Slug = "second", OwnerEmail = "owner@second.test", OwnerPassword = RunningServer.Password, OwnerName = "Stranger", DemandsSecondFactor = false,
            },
            Cancel);
        Assert.NotNull(organization);
    }

    [GeneratedRegex("http-equiv=\"refresh\" content=\"0; url=([^\"]*)\"")]
    private static partial Regex Forward();
}
