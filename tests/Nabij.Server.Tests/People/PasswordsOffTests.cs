using System.Net;
using Microsoft.EntityFrameworkCore;
using Nabij.Server.Accounts;
using Nabij.Server.Commands;

namespace Nabij.Server.Tests.People;

public sealed class PasswordsOffTests
{
    private const string AnnaEmail = "anna@example.test", BossEmail = "boss@example.test";

    private readonly ManualClock _clock = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Passwords_stay_on_until_every_owner_has_a_passkey_and_recovery_codes()
    {
        await using var server = await PasskeyTests.StartAsync(_clock);
        await Staff.AddAsync(server, BossEmail, Role.Owner);
        using var owner = await Staff.SignInAsync(server);
        using var boss = await Staff.SignInAsync(server, BossEmail);
        using var key = PasskeyTests.NewKey();
        using var theirs = PasskeyTests.NewKey();
        await PasskeyTests.AddAsync(owner, key);

        Assert.Contains("boss", await owner.ReadAsync("/people/ways"), StringComparison.Ordinal);
        var (early, words) = await SwitchAsync(owner, "off");
        await PasskeyTests.AddAsync(boss, theirs);
        await using (var database = await server.OpenDatabaseAsync())
            await database.Set<RecoveryCode>().Where(row => row.AccountId != Guid.Empty).ExecuteUpdateAsync(set => set.SetProperty(row => row.UsedAt, _clock.GetUtcNow()), Cancel);
        var (spent, _) = await SwitchAsync(owner, "off");
        (await owner.SubmitAsync("/account", "/account/recovery-codes")).Dispose();
        (await boss.SubmitAsync("/account", "/account/recovery-codes")).Dispose();
        var (done, _) = await SwitchAsync(owner, "off");

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity, HttpStatusCode.SeeOther), (early, spent, done));
        Assert.Contains("these owners have no passkey or no recovery codes left: boss", words, StringComparison.Ordinal);
        Assert.Single(await Staff.AuditAsync(server, "passwords.off"));
    }

    [Fact]
    public async Task Without_passwords_nobody_signs_in_sets_or_confirms_by_one_until_they_are_on_again()
    {
        await using var server = await PasskeyTests.StartAsync(_clock);
        await Staff.AddAsync(server, AnnaEmail, Role.Technician);
        using var anna = await Staff.SignInAsync(server, AnnaEmail);
        using var owner = await Staff.SignInAsync(server);
        using var key = PasskeyTests.NewKey();
        await PasskeyTests.AddAsync(owner, key);
        Assert.Equal(HttpStatusCode.SeeOther, (await SwitchAsync(owner, "off")).Status);

        using var visitor = server.Visit();
        var page = await visitor.ReadAsync("/sign-in");
        Assert.DoesNotContain("type=\"password\"", page, StringComparison.Ordinal);
        var (refused, words) = await Staff.ReadAsync(visitor.SignInAsync(AnnaEmail));
        var (changed, _) = await Staff.ReadAsync(anna.SubmitAsync("/account", "/account/password", ("password", "seven quiet lamps 31")));
        _clock.Advance(TimeSpan.FromMinutes(5));
        var (confirmed, _) = await Staff.ReadAsync(anna.SubmitAsync("/confirm", "/confirm", ("proof", RunningServer.Password)));
        Assert.Equal(
            (HttpStatusCode.Unauthorized, HttpStatusCode.UnprocessableEntity, HttpStatusCode.Unauthorized), (refused, changed, confirmed));
        Assert.Contains("has switched passwords off", words, StringComparison.Ordinal);

        await PasskeyTests.ShowAsync(owner, key, "/confirm", "/confirm/passkey");
        Assert.Equal(HttpStatusCode.SeeOther, (await SwitchAsync(owner, "on")).Status);
        using var again = await Staff.SignInAsync(server, AnnaEmail);
    }

    [Fact]
    public async Task Without_passwords_links_begin_anew_with_a_passkey()
    {
        await using var server = await PasskeyTests.StartAsync(_clock);
        var id = await Staff.AddAsync(server, AnnaEmail, Role.Technician);
        using var owner = await Staff.SignInAsync(server);
        using var key = PasskeyTests.NewKey();
        await PasskeyTests.AddAsync(owner, key);
        await SwitchAsync(owner, "off");

        var (forPassword, _) = await Staff.ReadAsync(owner.SubmitAsync($"/people/{id}", $"/people/{id}/link", ("kind", "password")));
        var secret = await Staff.SecretAsync(await owner.SubmitAsync($"/people/{id}", $"/people/{id}/link", ("kind", "everything")));
        using var anna = server.Visit();
        var (_, opened) = await Staff.ReadAsync(anna.SubmitAsync("/invitation", "/invitation", ("link", secret)));
        var (byPassword, _) = await Staff.ReadAsync(anna.SubmitAsync("/invitation", "/invitation/password", ("link", secret), ("password", "seven quiet lamps 31")));
        using var hers = PasskeyTests.NewKey();
        var (joined, _) = await PasskeyTests.JoinAsync(anna, hers, secret);

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.NotFound, HttpStatusCode.OK), (forPassword, byPassword, joined));
        Assert.DoesNotContain("type=\"password\"", opened, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await anna.StatusAsync("/desk"));
    }

    [Fact]
    public async Task Without_passwords_the_last_passkey_of_a_person_and_of_the_owners_stays()
    {
        await using var server = await PasskeyTests.StartAsync(_clock);
        var boss = await Staff.AddAsync(server, BossEmail, Role.Owner);
        using var owner = await Staff.SignInAsync(server);
        using var key = PasskeyTests.NewKey();
        using var theirs = PasskeyTests.NewKey();
        await PasskeyTests.AddAsync(owner, key);
        using (var other = await Staff.SignInAsync(server, BossEmail))
        {
            await PasskeyTests.AddAsync(other, theirs);
            await SwitchAsync(owner, "off");
            var (kept, words) = await PasskeyTests.RemoveAsync(other, theirs);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, kept);
            Assert.Contains("your only way to sign in", words, StringComparison.Ordinal);
        }

        // The other one has a password, which counts no more: only the passkey makes a second owner.
        await using var database = await server.OpenDatabaseAsync();
        await database.Set<Nabij.Server.Accounts.Passkeys.Passkey>().Where(row => row.AccountId == boss).ExecuteDeleteAsync(Cancel);
        var own = await Staff.IdAsync(server, RunningServer.Email);
        var (status, last) = await Staff.ReadAsync(owner.SubmitAsync($"/people/{own}", $"/people/{own}", ("name", "Peter"), ("role", Role.Technician)));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("the only owner who can sign in", last, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recovery_code_opens_one_page_which_makes_a_new_passkey()
    {
        await using var server = await PasskeyTests.StartAsync(_clock);
        using var owner = await Staff.SignInAsync(server);
        using var lost = PasskeyTests.NewKey();
        var codes = PasskeyTests.Codes((await PasskeyTests.AddAsync(owner, lost)).Text);
        await SwitchAsync(owner, "off");

        using var visitor = server.Visit();
        var (wrong, _) = await RecoverAsync(visitor, RunningServer.Email, "aaaa-bbbb-cccc-dddd");
        var (unknown, _) = await RecoverAsync(visitor, "nobody@example.test", codes[0]);
        var (right, where) = await RecoverAsync(visitor, RunningServer.Email, codes[0]);
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized, HttpStatusCode.SeeOther), (wrong, unknown, right));
        Assert.StartsWith("/sign-in/new-passkey", where.Trim(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, await visitor.StatusAsync("/desk"));
        Assert.Equal(HttpStatusCode.SeeOther, await visitor.StatusAsync("/sign-in/second-factor"));

        using var key = PasskeyTests.NewKey();
        var (options, token) = await PasskeyTests.OptionsAsync(visitor, "/sign-in/new-passkey", "/sign-in/new-passkey");
        var (made, to) = await Staff.ReadAsync(visitor.PostAsync("/sign-in/new-passkey", ("antiforgery", token), ("passkey", key.Make(options))));

        Assert.Equal((HttpStatusCode.SeeOther, "/account"), (made, to.Trim()));
        Assert.Equal(HttpStatusCode.OK, await visitor.StatusAsync("/desk"));
        using var replay = server.Visit();
        Assert.Equal(HttpStatusCode.Unauthorized, (await RecoverAsync(replay, RunningServer.Email, codes[0])).Status);
        Assert.Equal(HttpStatusCode.SeeOther, (await PasskeyTests.SignInAsync(replay, key)).Status);
    }

    [Fact]
    public async Task Where_a_password_counts_a_recovery_code_is_no_way_past_it()
    {
        await using var server = await PasskeyTests.StartAsync(_clock);
        using var owner = await Staff.SignInAsync(server);
        using var key = PasskeyTests.NewKey();
        var codes = PasskeyTests.Codes((await PasskeyTests.AddAsync(owner, key)).Text);
        using var visitor = server.Visit();

        Assert.Equal(HttpStatusCode.Unauthorized, (await RecoverAsync(visitor, RunningServer.Email, codes[0])).Status);
        Assert.Equal(HttpStatusCode.SeeOther, await visitor.StatusAsync("/sign-in/new-passkey"));
    }

    [Fact]
    public async Task Guessing_recovery_codes_pauses_like_guessing_passwords()
    {
        await using var server = await PasskeyTests.StartAsync(_clock);
        using var visitor = server.Visit();
        for (var i = 0; i < 5; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, (await RecoverAsync(visitor, RunningServer.Email, $"aaaa-bbbb-cccc-ddd{(char)('a' + i)}")).Status);

        Assert.Equal(HttpStatusCode.TooManyRequests, (await RecoverAsync(visitor, RunningServer.Email, "aaaa-bbbb-cccc-dddd")).Status);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await Staff.ReadAsync(visitor.SignInAsync())).Status);
    }

    [Fact]
    public async Task The_command_lets_an_owner_begin_anew_with_a_passkey()
    {
        await using var server = await PasskeyTests.StartAsync(_clock);
        using var owner = await Staff.SignInAsync(server);
        using var lost = PasskeyTests.NewKey();
        await PasskeyTests.AddAsync(owner, lost);
        await SwitchAsync(owner, "off");
        using var words = new StringWriter();

        Assert.Equal(ExitCode.Done, await CommandLine.RunAsync(["reset-owner", "--data", server.Folder, "--email", RunningServer.Email], new Terminal(words, words), Cancel));
        var secret = words.ToString().Split("/invitation#")[1].Trim();
        using var visitor = server.Visit();
        Assert.Equal(HttpStatusCode.Unauthorized, (await PasskeyTests.SignInAsync(visitor, lost)).Status);
        using var key = PasskeyTests.NewKey();
        Assert.Equal(HttpStatusCode.OK, (await PasskeyTests.JoinAsync(visitor, key, secret)).Status);
        Assert.Equal(HttpStatusCode.OK, await visitor.StatusAsync("/people"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("maybe")]
    public async Task A_choice_that_is_none_changes_nothing(string choice)
    {
        await using var server = await PasskeyTests.StartAsync(_clock);
        using var owner = await Staff.SignInAsync(server);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SwitchAsync(owner, choice)).Status);
    }

    private static async Task<(HttpStatusCode Status, string Text)> SwitchAsync(Visitor owner, string passwords) =>
        await Staff.ReadAsync(owner.SubmitAsync("/people/ways", "/people/ways/passwords", ("passwords", passwords)));

    private static async Task<(HttpStatusCode Status, string Text)> RecoverAsync(Visitor visitor, string email, string code) =>
        await Staff.ReadAsync(visitor.SubmitAsync("/sign-in/recovery", "/sign-in/recovery", ("email", email), ("code", code)));
}
