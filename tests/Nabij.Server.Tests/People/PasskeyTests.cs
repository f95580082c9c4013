using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Nabij.Server.Accounts;
using Nabij.Server.Accounts.Passkeys;
using Nabij.Server.Organizations;

namespace Nabij.Server.Tests.People;

public sealed partial class PasskeyTests
{
    private const string Origin = "http://localhost:5000", Party = "localhost", NewEmail = "anna@example.test";

    private readonly ManualClock _clock = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_passkey_is_added_under_a_name_signs_in_and_confirms()
    {
        await using var server = await StartAsync();
        using var owner = await Staff.SignInAsync(server);
        using var key = NewKey();
        var (status, page) = await AddAsync(owner, key, "blue key");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(RecoveryCode.Count, Codes(page).Count);

        using var visitor = server.Visit();
        var (done, where) = await SignInAsync(visitor, key);
        Assert.Equal((HttpStatusCode.SeeOther, "/desk"), (done, where.Trim()));
        Assert.Equal(HttpStatusCode.OK, await visitor.StatusAsync("/people/new"));
        _clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(HttpStatusCode.SeeOther, await visitor.StatusAsync("/people/new"));
        var (confirmed, back) = await ShowAsync(visitor, key, "/confirm?return=%2Fpeople%2Fnew", "/confirm/passkey", ("return", "/people/new"));

        Assert.Equal((HttpStatusCode.SeeOther, "/people/new"), (confirmed, back.Trim()));
        Assert.Equal(HttpStatusCode.OK, await visitor.StatusAsync("/people/new"));
        Assert.Contains("blue key", await visitor.ReadAsync("/account"), StringComparison.Ordinal);
        var id = await Staff.IdAsync(server, RunningServer.Email);
        Assert.Equal([$"{id} {id} done blue key"], await Staff.AuditAsync(server, "passkey.added"));
        Assert.Contains($"{id}  done passkey", await Staff.AuditAsync(server, "sign-in.done"));
        Assert.Contains($"{id}  done passkey", await Staff.AuditAsync(server, "sign-in.confirmed"));
    }

    [Fact]
    public async Task Where_a_second_factor_is_demanded_a_passkey_is_enough_and_a_password_asks_for_it()
    {
        await using var server = await StartAsync();
        using var owner = await Staff.SignInAsync(server);
        using var key = NewKey();
        var (_, page) = await AddAsync(owner, key);
        await SetAsync(server, organization => organization.DemandsSecondFactor = true);

        using var direct = server.Visit();
        Assert.Equal("/desk", (await SignInAsync(direct, key)).Text.Trim());
        using var typed = server.Visit();
        Assert.StartsWith("/sign-in/second-factor", (await Staff.ReadAsync(typed.SignInAsync())).Text.Trim(), StringComparison.Ordinal);
        var step = await typed.ReadAsync("/sign-in/second-factor");
        Assert.DoesNotContain("otpauth", step, StringComparison.Ordinal);
        var (code, _) = await Staff.ReadAsync(typed.SubmitAsync("/sign-in/second-factor", "/sign-in/second-factor", ("code", "000000")));
        Assert.Equal(HttpStatusCode.Unauthorized, code);
        Assert.Equal("/desk", (await ShowAsync(typed, key, "/sign-in/second-factor", "/sign-in/second-factor/passkey")).Text.Trim());

        using var lost = server.Visit();
        (await lost.SignInAsync()).Dispose();
        var (recovered, _) = await Staff.ReadAsync(lost.SubmitAsync("/sign-in/second-factor", "/sign-in/second-factor", ("code", Codes(page)[0])));
        Assert.Equal(HttpStatusCode.SeeOther, recovered);
    }

    [Fact]
    public async Task Who_has_a_passkey_is_asked_for_it_after_a_password_even_where_no_second_factor_is_demanded()
    {
        await using var server = await StartAsync();
        using var owner = await Staff.SignInAsync(server);
        using var key = NewKey();
        await AddAsync(owner, key);

        using var thief = server.Visit();
        var (_, where) = await Staff.ReadAsync(thief.SignInAsync());

        Assert.StartsWith("/sign-in/second-factor", where.Trim(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, await thief.StatusAsync("/desk"));
    }

    public static TheoryData<string> Frauds() =>
        ["no verification", "another origin", "another party", "inside a frame", "a wrong signature", "no answer", "no JSON", "an empty object", "another credential", "a long answer"];

    [Theory]
    [MemberData(nameof(Frauds))]
    public async Task A_passkey_that_is_not_shown_as_it_must_be_opens_nothing(string fraud)
    {
        await using var server = await StartAsync();
        using var owner = await Staff.SignInAsync(server);
        using var key = NewKey();
        await AddAsync(owner, key);
        using var visitor = server.Visit();
        var (options, token) = await OptionsAsync(visitor, "/sign-in", "/sign-in/passkey");
        key.IsVerified = fraud != "no verification";
        key.Origin = fraud == "another origin" ? "http://localhost:5001" : Origin;
        key.Party = fraud == "another party" ? "example.test" : Party;
        key.CrossOrigin = fraud == "inside a frame";
        using var other = NewKey();
        var answer = fraud switch
        {
            "no answer" => "",
            "no JSON" => "{\"id\":",
            "an empty object" => "{}",
            "another credential" => key.Show(options).Replace(key.IdText, other.IdText, StringComparison.Ordinal),
            "a long answer" => key.Show(options) + new string(' ', 20_000),
            _ => key.Show(options, fraud == "a wrong signature" ? signature => signature[^1] ^= 1 : null),
        };

        var (status, words) = await Staff.ReadAsync(visitor.PostAsync("/sign-in/passkey", ("antiforgery", token), ("passkey", answer)));

        Assert.Equal(HttpStatusCode.Unauthorized, status);
        Assert.Contains("does not open this account", words, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, await visitor.StatusAsync("/desk"));
        Assert.Single(await Staff.AuditAsync(server, "sign-in.failed"));
    }

    [Fact]
    public async Task A_challenge_serves_once_for_three_minutes_in_its_own_browser_and_for_its_own_purpose()
    {
        await using var server = await StartAsync();
        using var owner = await Staff.SignInAsync(server);
        using var key = NewKey();
        await AddAsync(owner, key);
        using var visitor = server.Visit();
        var (options, token) = await OptionsAsync(visitor, "/sign-in", "/sign-in/passkey");
        var cookie = visitor.CookieValues()["nabij-passkey"];
        var answer = key.Show(options);

        using (var stranger = server.Visit())
        {
            var (_, theirs) = await OptionsAsync(stranger, "/sign-in", "/sign-in/passkey");
            Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync(stranger, "/sign-in/passkey", theirs, answer)).Status);
        }

        Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync(owner, "/confirm/passkey", Visitor.FormToken(await owner.ReadAsync("/confirm")), answer)).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await PostAsync(visitor, "/sign-in/passkey", token, answer)).Status);
        using var replay = server.Visit();
        var fresh = Visitor.FormToken(await replay.ReadAsync("/sign-in"));
        replay.Cookies.Add(server.Address, new Cookie("nabij-passkey", cookie, "/"));
        Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync(replay, "/sign-in/passkey", fresh, answer)).Status);

        var (late, lateToken) = await OptionsAsync(replay, "/sign-in", "/sign-in/passkey");
        _clock.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync(replay, "/sign-in/passkey", lateToken, key.Show(late))).Status);
        await using var database = await server.OpenDatabaseAsync();
        Assert.True(await database.Set<PasskeyCeremony>().CountAsync(Cancel) <= 1, "challenges pile up");
    }

    [Fact]
    public async Task A_confirmation_needs_the_passkey_of_the_person_who_is_signed_in()
    {
        await using var server = await StartAsync();
        await Staff.AddAsync(server, NewEmail, Role.Technician);
        using var owner = await Staff.SignInAsync(server);
        using var anna = await Staff.SignInAsync(server, NewEmail);
        using var mine = NewKey();
        using var hers = NewKey();
        await AddAsync(owner, mine);
        await AddAsync(anna, hers);

        Assert.Equal(HttpStatusCode.Unauthorized, (await ShowAsync(owner, hers, "/confirm", "/confirm/passkey")).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await ShowAsync(owner, mine, "/confirm", "/confirm/passkey")).Status);
    }

    [Fact]
    public async Task A_counter_that_goes_back_or_stands_still_blocks_the_passkey_for_ever()
    {
        await using var server = await StartAsync();
        using var owner = await Staff.SignInAsync(server);
        using var key = NewKey();
        await AddAsync(owner, key);
        using var visitor = server.Visit();
        Assert.Equal(HttpStatusCode.SeeOther, (await SignInAsync(visitor, key)).Status);
        using var thief = server.Visit();
        key.CounterOfCopy = key.Counter;
        Assert.Equal(HttpStatusCode.Unauthorized, (await SignInAsync(thief, key)).Status);
        key.CounterOfCopy = null;
        key.Counter += 10;
        Assert.Equal(HttpStatusCode.Unauthorized, (await SignInAsync(thief, key)).Status);

        var id = await Staff.IdAsync(server, RunningServer.Email);
        Assert.Equal([$"visitor {id} refused its counter did not go on"], await Staff.AuditAsync(server, "passkey.suspected"));
        Assert.Contains("opens nothing any more", await owner.ReadAsync("/account"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_passkey_that_never_counts_goes_on_working()
    {
        await using var server = await StartAsync();
        using var owner = await Staff.SignInAsync(server);
        using var key = NewKey();
        key.Counter = 0;
        await AddAsync(owner, key);
        for (var i = 0; i < 3; i++)
        {
            using var visitor = server.Visit();
            Assert.Equal(HttpStatusCode.SeeOther, (await SignInAsync(visitor, key)).Status);
        }
    }

    [Fact]
    public async Task A_removed_passkey_opens_nothing_and_ends_what_was_signed_in_elsewhere()
    {
        await using var server = await StartAsync();
        using var owner = await Staff.SignInAsync(server);
        using var key = NewKey();
        await AddAsync(owner, key);
        using var visitor = server.Visit();
        await SignInAsync(visitor, key);

        var (status, where) = await RemoveAsync(owner, key);

        Assert.Equal((HttpStatusCode.SeeOther, "/account?done=passkey-removed"), (status, where.Trim()));
        Assert.Equal(HttpStatusCode.Redirect, await visitor.StatusAsync("/desk"));
        Assert.Equal(HttpStatusCode.Unauthorized, (await SignInAsync(visitor, key)).Status);
        await using var database = await server.OpenDatabaseAsync();
        Assert.Equal(0, await database.Set<RecoveryCode>().CountAsync(Cancel));
    }

    [Fact]
    public async Task Passkeys_of_others_can_neither_be_removed_nor_registered_again()
    {
        await using var server = await StartAsync();
        await Staff.AddAsync(server, NewEmail, Role.Technician);
        using var owner = await Staff.SignInAsync(server);
        using var anna = await Staff.SignInAsync(server, NewEmail);
        using var key = NewKey();
        await AddAsync(owner, key);

        await RemoveAsync(anna, key);
        var (options, token) = await OptionsAsync(anna, "/account", "/account/passkeys");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await PostAsync(anna, "/account/passkeys", token, key.Make(options, forgets: true))).Status);

        using var visitor = server.Visit();
        Assert.Equal(HttpStatusCode.SeeOther, (await SignInAsync(visitor, key)).Status);
    }

    [Fact]
    public async Task Failures_of_one_passkey_pause_it_at_that_address_and_no_other_passkey()
    {
        await using var server = await StartAsync();
        using var owner = await Staff.SignInAsync(server);
        using var key = NewKey();
        using var removed = NewKey();
        await AddAsync(owner, key);
        using var visitor = server.Visit();
        for (var i = 0; i < 5; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, (await SignInAsync(visitor, removed)).Status);

        Assert.Equal(HttpStatusCode.TooManyRequests, (await SignInAsync(visitor, removed)).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await SignInAsync(visitor, key)).Status);
    }

    [Fact]
    public async Task A_person_who_is_switched_off_does_not_get_in_by_a_passkey()
    {
        await using var server = await StartAsync();
        var id = await Staff.AddAsync(server, NewEmail, Role.Technician);
        using var anna = await Staff.SignInAsync(server, NewEmail);
        using var key = NewKey();
        await AddAsync(anna, key);
        using var owner = await Staff.SignInAsync(server);
        (await owner.SubmitAsync($"/people/{id}", $"/people/{id}/off")).Dispose();

        Assert.Equal(HttpStatusCode.Unauthorized, (await SignInAsync(anna, key)).Status);
    }

    [Fact]
    public async Task An_invited_person_sets_a_passkey_instead_of_a_password()
    {
        await using var server = await StartAsync();
        using var owner = await Staff.SignInAsync(server);
        var secret = await Staff.SecretAsync(await owner.SubmitAsync("/people/new", "/people", ("name", "Anna"), ("email", NewEmail), ("role", Role.Technician)));
        using var anna = server.Visit();
        using var key = NewKey();

        var (status, page) = await JoinAsync(anna, key, secret);

        Assert.Equal((HttpStatusCode.OK, RecoveryCode.Count), (status, Codes(page).Count));
        Assert.Equal(HttpStatusCode.OK, await anna.StatusAsync("/desk"));
        using var again = server.Visit();
        Assert.Equal(HttpStatusCode.NotFound, (await JoinAsync(again, NewKey(), secret)).Status);
        Assert.Equal("/desk", (await SignInAsync(again, key)).Text.Trim());
        Assert.DoesNotContain("never joined", await owner.ReadAsync("/people"), StringComparison.Ordinal);
        Assert.DoesNotContain("Make a new invitation", await owner.ReadAsync($"/people/{await Staff.IdAsync(server, NewEmail)}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_for_a_password_alone_takes_no_passkey_because_the_second_step_stays()
    {
        await using var server = await StartAsync();
        var id = await Staff.AddAsync(server, NewEmail, Role.Technician);
        using var owner = await Staff.SignInAsync(server);
        var secret = await Staff.SecretAsync(await owner.SubmitAsync($"/people/{id}", $"/people/{id}/link", ("kind", "password")));
        using var anna = server.Visit();

        var token = Visitor.FormToken(await anna.ReadAsync("/invitation"));
        var (status, _) = await Staff.ReadAsync(anna.PostAsync("/invitation/passkey/options", ("antiforgery", token), ("link", secret)));

        Assert.Equal(HttpStatusCode.NotFound, status);
    }

    [Fact]
    public async Task A_link_that_starts_over_forgets_password_and_passkeys_from_before()
    {
        await using var server = await StartAsync();
        var id = await Staff.AddAsync(server, NewEmail, Role.Technician);
        using var anna = await Staff.SignInAsync(server, NewEmail);
        using var lost = NewKey();
        await AddAsync(anna, lost);
        using var owner = await Staff.SignInAsync(server);
        var secret = await Staff.SecretAsync(await owner.SubmitAsync($"/people/{id}", $"/people/{id}/link", ("kind", "everything")));
        using var key = NewKey();
        using var fresh = server.Visit();
        Assert.Equal(HttpStatusCode.OK, (await JoinAsync(fresh, key, secret)).Status);

        using var visitor = server.Visit();
        Assert.Equal(HttpStatusCode.Unauthorized, (await SignInAsync(visitor, lost)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await Staff.ReadAsync(visitor.SignInAsync(NewEmail))).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await SignInAsync(visitor, key)).Status);
    }

    [Fact]
    public async Task A_stolen_database_and_key_ring_hold_nothing_that_a_passkey_could_be_shown_with()
    {
        await using var server = await StartAsync();
        using var owner = await Staff.SignInAsync(server);
        using var key = NewKey();
        await AddAsync(owner, key);
        await using var database = await server.OpenDatabaseAsync();
        var row = await database.Set<Passkey>().SingleAsync(Cancel);

        Assert.Equal(77, row.PublicKey.Length);
        Assert.DoesNotContain("clientDataJSON", server.Log.Text, StringComparison.Ordinal);
    }

    internal static Task<RunningServer> StartAsync(ManualClock clock) => RunningServer.StartAsync(
        new ServerChoices { Clock = clock, Arguments = ["--origin", Origin], Settings = new() { ["RateLimits:AccountsPerMinute"] = "10000", ["SignIn:Idle"] = "12:00:00" } });

    internal static SoftAuthenticator NewKey() => new(Origin, Party);

    internal static async Task<(HttpStatusCode Status, string Text)> AddAsync(Visitor visitor, SoftAuthenticator key, string name = "")
    {
        var (options, token) = await OptionsAsync(visitor, "/account", "/account/passkeys");
        return await Staff.ReadAsync(visitor.PostAsync("/account/passkeys", ("antiforgery", token), ("passkey", key.Make(options)), ("name", name)));
    }

    internal static Task<(HttpStatusCode Status, string Text)> SignInAsync(Visitor visitor, SoftAuthenticator key) => ShowAsync(visitor, key, "/sign-in", "/sign-in/passkey");

    internal static async Task<(HttpStatusCode Status, string Text)> JoinAsync(Visitor visitor, SoftAuthenticator key, string secret)
    {
        var token = Visitor.FormToken(await visitor.ReadAsync("/invitation"));
        var (status, options) = await Staff.ReadAsync(visitor.PostAsync("/invitation/passkey/options", ("antiforgery", token), ("link", secret)));
        return status == HttpStatusCode.OK
            ? await Staff.ReadAsync(visitor.PostAsync("/invitation/passkey", ("antiforgery", token), ("link", secret), ("passkey", key.Make(options))))
            : (status, options);
    }

    internal static async Task<(HttpStatusCode Status, string Text)> RemoveAsync(Visitor visitor, SoftAuthenticator key) =>
        await Staff.ReadAsync(visitor.SubmitAsync("/account", "/account/passkeys/remove", ("credential", key.IdText)));

    internal static IReadOnlyList<string> Codes(string page) => [.. CodeText().Matches(page).Select(match => match.Groups[1].Value)];

    internal static async Task SetAsync(RunningServer server, Action<Organization> change)
    {
        await using var database = await server.OpenDatabaseAsync();
        change(await database.Set<Organization>().SingleAsync(Cancel));
        await database.SaveChangesAsync(Cancel);
    }

    internal static async Task<(HttpStatusCode Status, string Text)> ShowAsync(Visitor visitor, SoftAuthenticator key, string page, string action, params (string, string)[] fields)
    {
        var (options, token) = await OptionsAsync(visitor, page, action);
        return await Staff.ReadAsync(visitor.PostAsync(action, [("antiforgery", token), ("passkey", key.Show(options)), .. fields]));
    }

    /// <summary>What the script does: the page's token, then the options.</summary>
    internal static async Task<(string Options, string Token)> OptionsAsync(Visitor visitor, string page, string action)
    {
        var token = Visitor.FormToken(await visitor.ReadAsync(page));
        var (status, options) = await Staff.ReadAsync(visitor.PostAsync($"{action}/options", ("antiforgery", token)));
        Assert.True(status == HttpStatusCode.OK, $"{action}: {status} {options}");
        return (options, token);
    }

    private Task<RunningServer> StartAsync() => StartAsync(_clock);

    private static Task<(HttpStatusCode Status, string Text)> PostAsync(Visitor visitor, string action, string token, string answer) =>
        Staff.ReadAsync(visitor.PostAsync(action, ("antiforgery", token), ("passkey", answer)));

    [GeneratedRegex("<li>([a-z2-7]{4}(?:-[a-z2-7]{4}){3})</li>")]
    private static partial Regex CodeText();
}
