using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Nabij.Server.Accounts;
using Nabij.Server.Storage;

namespace Nabij.Server.Tests.Accounts;

public sealed partial class SignInTests
{
    private readonly ManualClock _clock = new();

    [Fact]
    public async Task The_owner_signs_in_and_reaches_the_desk()
    {
        await using var server = await RunningServer.StartAsync();
        using var visitor = server.Visit();

        using var signedIn = await visitor.SignInAsync();
        using var desk = await visitor.GetAsync("/desk");

        Assert.Equal((HttpStatusCode.SeeOther, "/desk"), (signedIn.StatusCode, signedIn.Headers.Location?.ToString()));
        Assert.Equal(HttpStatusCode.OK, desk.StatusCode);
        Assert.Contains("/viewer/desk.js", await desk.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_desk_leads_to_the_sign_in_and_back()
    {
        await using var server = await RunningServer.StartAsync();
        using var visitor = server.Visit();

        using var desk = await visitor.GetAsync("/desk");

        Assert.Equal((HttpStatusCode.Redirect, "/sign-in?return=%2Fdesk"), (desk.StatusCode, desk.Headers.Location?.ToString()));
        Assert.Contains("name=\"return\" value=\"/desk\"", await visitor.ReadAsync("/sign-in?return=%2Fdesk"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_language_and_the_way_back_survive_the_sign_in()
    {
        await using var server = await RunningServer.StartAsync();
        using var visitor = server.Visit();

        using var desk = await visitor.GetAsync("/desk?lang=nl");
        var page = await visitor.ReadAsync(desk.Headers.Location?.ToString() ?? "");
        using var signedIn = await visitor.SubmitAsync(
            "/sign-in", "/sign-in", ("email", RunningServer.Email), ("password", RunningServer.Password), ("return", "/desk?lang=nl"));
        using var again = await visitor.GetAsync("/sign-in?return=%2Fdesk");

        Assert.Contains("<html lang=\"nl\"", page, StringComparison.Ordinal);
        Assert.Contains("name=\"return\" value=\"/desk?lang=nl\"", page, StringComparison.Ordinal);
        Assert.Contains("?lang=en&amp;return=%2Fdesk%3Flang%3Dnl", page, StringComparison.Ordinal);
        Assert.Equal("/desk?lang=nl", signedIn.Headers.Location?.ToString());
        Assert.Equal((HttpStatusCode.SeeOther, "/desk"), (again.StatusCode, again.Headers.Location?.ToString()));
    }

    [Theory]
    [InlineData("https://elsewhere.example/")]
    [InlineData("//elsewhere.example/")]
    [InlineData("/\\elsewhere.example")]
    [InlineData("/\t/elsewhere.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/sign-in?return=/sign-in")]
    [InlineData("")]
    public async Task A_sign_in_never_leads_to_another_site(string target)
    {
        await using var server = await RunningServer.StartAsync();
        using var visitor = server.Visit();

        using var answer = await visitor.SubmitAsync(
            "/sign-in", "/sign-in", ("email", RunningServer.Email), ("password", RunningServer.Password), ("return", target));

        Assert.Equal("/desk", answer.Headers.Location?.ToString());
    }

    [Fact]
    public async Task An_unknown_name_and_a_wrong_password_read_the_same()
    {
        await using var server = await RunningServer.StartAsync();
        using var visitor = server.Visit();

        using var wrongPassword = await visitor.SignInAsync(password: "another long phrase 43");
        using var unknown = await visitor.SignInAsync(email: "tesh@example.test");

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (wrongPassword.StatusCode, unknown.StatusCode));
        Assert.Equal(await PlainAsync(wrongPassword, RunningServer.Email), await PlainAsync(unknown, "tesh@example.test"));

        static async Task<string> PlainAsync(HttpResponseMessage answer, string email)
        {
            var html = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            var nonce = Nonce().Match(answer.Headers.GetValues("Content-Security-Policy").Single()).Groups[1].Value;
            return WebUtility.HtmlDecode(html).Replace(Visitor.FormToken(html), "", StringComparison.Ordinal).Replace(nonce, "", StringComparison.Ordinal).Replace(email, "", StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Five_failures_bring_a_pause_of_one_minute_then_five_then_fifteen()
    {
        await using var server = await RunningServer.StartAsync(new ServerChoices { Clock = _clock });
        using var visitor = server.Visit();

        foreach (var minutes in (int[])[1, 5, 15, 15])
        {
            for (var i = 0; i < 5; i++)
                Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("wrong phrase of words"));
            Assert.Equal(HttpStatusCode.TooManyRequests, await StatusAsync(RunningServer.Password));
            _clock.Advance(TimeSpan.FromMinutes(minutes) - TimeSpan.FromSeconds(1));
            Assert.Equal(HttpStatusCode.TooManyRequests, await StatusAsync(RunningServer.Password));
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(HttpStatusCode.SeeOther, await StatusAsync(RunningServer.Password));

        async Task<HttpStatusCode> StatusAsync(string password)
        {
            using var answer = await visitor.SignInAsync(password: password);
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task A_pause_survives_a_restart_and_counts_unknown_names_as_well()
    {
        var folder = Directory.CreateTempSubdirectory("nabij-server-test-");
        try
        {
            await RunningServer.SetUpAsync(new DataFolder(folder.FullName));
            var choices = new ServerChoices { Folder = folder, Clock = _clock };
            await using (var first = await RunningServer.StartAsync(choices))
            {
                using var visitor = first.Visit();
                for (var i = 0; i < 5; i++)
                    (await visitor.SignInAsync(email: "nobody@example.test")).Dispose();
            }

            await using var second = await RunningServer.StartAsync(choices);
            using var again = second.Visit();
            using var answer = await again.SignInAsync(email: "nobody@example.test");
            Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_sign_in_ends_after_thirty_idle_minutes()
    {
        await using var server = await RunningServer.StartAsync(new ServerChoices { Clock = _clock });
        using var visitor = server.Visit();
        (await visitor.SignInAsync()).Dispose();

        _clock.Advance(TimeSpan.FromMinutes(29));
        Assert.Equal(HttpStatusCode.OK, await DeskAsync(visitor));
        _clock.Advance(TimeSpan.FromMinutes(29));
        Assert.Equal(HttpStatusCode.OK, await DeskAsync(visitor));
        _clock.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal(HttpStatusCode.Redirect, await DeskAsync(visitor));
    }

    [Fact]
    public async Task A_sign_in_ends_after_twelve_hours_however_busy()
    {
        await using var server = await RunningServer.StartAsync(new ServerChoices { Clock = _clock });
        using var visitor = server.Visit();
        (await visitor.SignInAsync()).Dispose();

        for (var i = 0; i < 35; i++)
        {
            _clock.Advance(TimeSpan.FromMinutes(20));
            Assert.Equal(HttpStatusCode.OK, await DeskAsync(visitor));
        }

        _clock.Advance(TimeSpan.FromMinutes(20));
        Assert.Equal(HttpStatusCode.Redirect, await DeskAsync(visitor));
    }

    [Fact]
    public async Task Signing_out_revokes_the_cookie_and_ends_what_it_opened()
    {
        await using var server = await RunningServer.StartAsync();
        using var visitor = server.Visit();
        (await visitor.SignInAsync()).Dispose();
        var cookie = visitor.CookieValues()["nabij"];
        var ended = false;
        await using (var database = await server.OpenDatabaseAsync())
        {
            var signIn = await database.Set<SignIn>().SingleAsync(TestContext.Current.CancellationToken);
            server.Services.GetRequiredService<LiveSignIns>().Watch(signIn.ReferenceHash, () => ended = true);
        }

        using var answer = await visitor.SubmitAsync("/desk", "/sign-out");

        Assert.Equal((HttpStatusCode.SeeOther, "/sign-in"), (answer.StatusCode, answer.Headers.Location?.ToString()));
        Assert.True(ended);
        using var thief = server.Visit();
        thief.Cookies.Add(server.Address, new Cookie("nabij", cookie));
        Assert.Equal(HttpStatusCode.Redirect, await DeskAsync(thief));
    }

    [Fact]
    public async Task Disabling_an_account_ends_its_sign_in_at_once()
    {
        await using var server = await RunningServer.StartAsync();
        using var visitor = server.Visit();
        (await visitor.SignInAsync()).Dispose();

        await using var database = await server.OpenDatabaseAsync();
        await database.Set<Account>().ExecuteUpdateAsync(
            set => set.SetProperty(row => row.DisabledAt, DateTimeOffset.UnixEpoch), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Redirect, await DeskAsync(visitor));
    }

    [Fact]
    public async Task Without_the_role_of_a_technician_the_desk_is_closed()
    {
        await using var server = await RunningServer.StartAsync();
        using var visitor = server.Visit();
        (await visitor.SignInAsync()).Dispose();

        await using var database = await server.OpenDatabaseAsync();
        await database.Set<AccountRole>().Where(row => row.Role == Role.Technician).ExecuteDeleteAsync(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Forbidden, await DeskAsync(visitor));
    }

    /// <summary>Security.md section 9, item 14: the key ring and the database together sign nobody in.</summary>
    [Fact]
    public async Task A_copy_of_key_ring_and_database_signs_nobody_in()
    {
        await using var server = await RunningServer.StartAsync();
        using var visitor = server.Visit();
        (await visitor.SignInAsync()).Dispose();
        var cookie = visitor.CookieValues()["nabij"];

        await using var database = await server.OpenDatabaseAsync();
        var row = await database.Set<SignIn>().AsNoTracking().SingleAsync(TestContext.Current.CancellationToken);
        // What a thief with both can make: a cookie, sealed by the real key ring, that names what the database holds.
        var options = server.Services.GetRequiredService<Microsoft.Extensions.Options.IOptionsMonitor<Microsoft.AspNetCore.Authentication.Cookies.CookieAuthenticationOptions>>()
            .Get(Microsoft.AspNetCore.Authentication.Cookies.CookieAuthenticationDefaults.AuthenticationScheme);
        var identity = new System.Security.Claims.ClaimsIdentity("Cookies");
        identity.AddClaim(new System.Security.Claims.Claim("Microsoft.AspNetCore.Authentication.Cookies-SessionId", row.ReferenceHash));
        var forged = options.TicketDataFormat.Protect(new Microsoft.AspNetCore.Authentication.AuthenticationTicket(new System.Security.Claims.ClaimsPrincipal(identity), null, "Cookies"));
        using var thief = server.Visit();
        thief.Cookies.Add(server.Address, new Cookie("nabij", forged));

        Assert.Equal(HttpStatusCode.Redirect, await DeskAsync(thief));
        Assert.NotNull(options.TicketDataFormat.Unprotect(cookie));
        Assert.DoesNotContain(row.ReferenceHash, cookie, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_https_the_cookies_are_bound_to_this_host()
    {
        await using var server = await RunningServer.StartAsync(new ServerChoices { Arguments = ["--urls", "https://127.0.0.1:0", "--self-signed"] });
        using var visitor = server.Visit();

        using var answer = await visitor.SignInAsync();
        var cookies = answer.Headers.GetValues("Set-Cookie").ToList();

        var signIn = Assert.Single(cookies, cookie => cookie.StartsWith("__Host-nabij=", StringComparison.Ordinal));
        foreach (var flag in (string[])["secure", "httponly", "samesite=strict", "path=/"])
            Assert.Contains(flag, signIn, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("domain=", signIn, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.OK, await DeskAsync(visitor));
        Assert.Contains(visitor.CookieValues().Keys, name => name == "__Host-nabij-form");
    }

    private static async Task<HttpStatusCode> DeskAsync(Visitor visitor)
    {
        using var answer = await visitor.GetAsync("/desk");
        return answer.StatusCode;
    }

    [GeneratedRegex("'nonce-([^']+)'")]
    private static partial Regex Nonce();
}
