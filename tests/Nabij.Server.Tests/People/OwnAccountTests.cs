using System.Net;
using System.Text.RegularExpressions;
using Nabij.Server.Accounts;
using Nabij.Server.Tests.Accounts;

namespace Nabij.Server.Tests.People;

public sealed partial class OwnAccountTests
{
    private const string NewPassword = "seven quiet lamps 31";

    private readonly ManualClock _clock = new();

    [Fact]
    public async Task Changing_the_password_ends_every_other_sign_in()
    {
        await using var server = await RunningServer.StartAsync(new ServerChoices { Clock = _clock });
        using var here = await Staff.SignInAsync(server);
        using var there = await Staff.SignInAsync(server);

        var (weak, _) = await Staff.ReadAsync(here.SubmitAsync("/account", "/account/password", ("password", "password123456")));
        Assert.Equal(HttpStatusCode.OK, await there.StatusAsync("/desk"));
        var (done, _) = await Staff.ReadAsync(here.SubmitAsync("/account", "/account/password", ("password", NewPassword)));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.SeeOther), (weak, done));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Redirect), (await here.StatusAsync("/desk"), await there.StatusAsync("/desk")));
        using var old = await there.SignInAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, old.StatusCode);
        using var again = await Staff.SignInAsync(server, password: NewPassword);
        Assert.Single(await Staff.AuditAsync(server, "password.changed"));
    }

    [Fact]
    public async Task Without_a_fresh_proof_the_page_shows_no_form_that_would_be_lost()
    {
        await using var server = await RunningServer.StartAsync(new ServerChoices { Clock = _clock });
        using var here = await Staff.SignInAsync(server);
        Assert.Contains("id=\"change-password\"", await here.ReadAsync("/account"), StringComparison.Ordinal);
        _clock.Advance(TimeSpan.FromMinutes(10));

        var page = await here.ReadAsync("/account");

        Assert.DoesNotContain("id=\"change-password\"", page, StringComparison.Ordinal);
        Assert.Contains("id=\"confirm-first\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sign_in_that_has_run_out_stands_in_no_list()
    {
        await using var server = await RunningServer.StartAsync(new ServerChoices { Clock = _clock });
        var anna = await Staff.AddAsync(server, "anna@example.test", Role.Technician);
        using var gone = await Staff.SignInAsync(server, "anna@example.test");
        using var here = await Staff.SignInAsync(server);
        Assert.Equal(2, SignedInText().Count(await here.ReadAsync("/people")));
        _clock.Advance(TimeSpan.FromMinutes(29));
        Assert.Equal(HttpStatusCode.OK, await here.StatusAsync("/desk"));
        _clock.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(1, SignedInText().Count(await here.ReadAsync("/people")));
        (await here.SubmitAsync("/confirm", "/confirm", ("proof", RunningServer.Password), ("return", "/people"))).Dispose();
        Assert.Contains("Not signed in anywhere", await here.ReadAsync($"/people/{anna}"), StringComparison.Ordinal);
    }

    [GeneratedRegex("chip good\">Signed in")]
    private static partial Regex SignedInText();

    [Fact]
    public async Task The_list_of_sign_ins_names_browser_and_system_and_ends_one_or_all_others()
    {
        await using var server = await RunningServer.StartAsync(new ServerChoices { Clock = _clock });
        using var here = await Staff.SignInAsync(server);
        var others = new List<Visitor>();
        for (var i = 0; i < 3; i++)
        {
            var visitor = server.Visit();
            visitor.Client.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", i == 0 ? "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0" : "<b>Zzyzx</b>");
            (await visitor.SignInAsync()).Dispose();
            others.Add(visitor);
        }

        var page = await here.ReadAsync("/account");
        Assert.Contains("Firefox, Windows", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Zzyzx", page, StringComparison.Ordinal);
        var firefox = SignInOf().Match(page[page.IndexOf("Firefox, Windows", StringComparison.Ordinal)..]).Groups[1].Value;
        (await here.SubmitAsync("/account", "/account/sign-ins/end", ("sign-in", firefox))).Dispose();
        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.OK), (await others[0].StatusAsync("/desk"), await others[1].StatusAsync("/desk")));
        (await here.SubmitAsync("/account", "/account/sign-ins/end")).Dispose();

        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.Redirect), (await others[1].StatusAsync("/desk"), await others[2].StatusAsync("/desk")));
        Assert.Equal(HttpStatusCode.OK, await here.StatusAsync("/desk"));
        Assert.Equal(2, (await Staff.AuditAsync(server, "sign-in.revoked")).Count);
        others.ForEach(visitor => visitor.Dispose());
    }

    [Fact]
    public async Task Nobody_ends_the_sign_in_of_another_person_by_naming_it()
    {
        await using var server = await RunningServer.StartAsync(new ServerChoices { Clock = _clock });
        await Staff.AddAsync(server, "other@example.test", Role.Technician);
        using var other = await Staff.SignInAsync(server, "other@example.test");
        using var owner = await Staff.SignInAsync(server);
        using var second = await Staff.SignInAsync(server);
        var named = SignInOf().Match(await owner.ReadAsync("/account")).Groups[1].Value;
        Assert.NotEqual("", named);

        (await other.SubmitAsync("/account", "/account/sign-ins/end", ("sign-in", named))).Dispose();

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (await owner.StatusAsync("/desk"), await second.StatusAsync("/desk")));
    }

    [Fact]
    public async Task New_recovery_codes_replace_the_old_ones()
    {
        await using var server = await RunningServer.StartAsync(new ServerChoices { Clock = _clock, DemandsSecondFactor = true });
        using var here = server.Visit();
        (await here.SignInAsync()).Dispose();
        var (_, old) = await SecondFactorTests.EnrollAsync(here, _clock);
        Assert.Contains("Recovery codes left: 10", await here.ReadAsync("/account"), StringComparison.Ordinal);

        var (status, page) = await Staff.ReadAsync(here.SubmitAsync("/account", "/account/recovery-codes"));
        var fresh = SecondFactorTests.Codes(page);

        Assert.Equal((HttpStatusCode.OK, RecoveryCode.Count), (status, fresh.Count));
        Assert.Empty(fresh.Intersect(old));
        Assert.Equal(HttpStatusCode.Unauthorized, await SecondStepAsync(server, old[0]));
        Assert.Equal(HttpStatusCode.SeeOther, await SecondStepAsync(server, fresh[0]));
    }

    [Fact]
    public async Task Another_phone_counts_from_its_first_code_on_and_the_old_one_no_longer()
    {
        await using var server = await RunningServer.StartAsync(new ServerChoices { Clock = _clock, DemandsSecondFactor = true });
        using var here = server.Visit();
        (await here.SignInAsync()).Dispose();
        var (old, _) = await SecondFactorTests.EnrollAsync(here, _clock);

        var page = await here.ReadAsync("/account/second-factor");
        var secret = SecondFactorTests.SecretIn(page);
        Assert.Equal(page.Contains("otpauth", StringComparison.Ordinal), (await here.ReadAsync("/account/second-factor")).Contains("otpauth", StringComparison.Ordinal));
        Assert.Equal(secret, SecondFactorTests.SecretIn(await here.ReadAsync("/account/second-factor")));
        var (wrong, _) = await Staff.ReadAsync(here.SubmitAsync("/account/second-factor", "/account/second-factor", ("code", "000000")));
        _clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(HttpStatusCode.SeeOther, await SecondStepAsync(server, Totp.Code(old, _clock.GetUtcNow())));
        var (right, _) = await Staff.ReadAsync(here.SubmitAsync("/account/second-factor", "/account/second-factor", ("code", Totp.Code(secret, _clock.GetUtcNow()))));
        _clock.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.OK), (wrong, right));
        Assert.Equal(HttpStatusCode.Unauthorized, await SecondStepAsync(server, Totp.Code(old, _clock.GetUtcNow())));
        Assert.Equal(HttpStatusCode.SeeOther, await SecondStepAsync(server, Totp.Code(secret, _clock.GetUtcNow())));
    }

    private static async Task<HttpStatusCode> SecondStepAsync(RunningServer server, string code)
    {
        using var visitor = server.Visit();
        (await visitor.SignInAsync()).Dispose();
        using var answer = await visitor.SubmitAsync("/sign-in/second-factor", "/sign-in/second-factor", ("code", code));
        return answer.StatusCode;
    }

    [GeneratedRegex("name=\"sign-in\" value=\"([0-9a-f]{64})\"")]
    private static partial Regex SignInOf();
}
