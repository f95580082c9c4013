using System.Net;
using Microsoft.EntityFrameworkCore;
using Nabij.Server.Accounts;
using Nabij.Server.Tests.Accounts;
using Nabij.Server.Tests.Storage;

namespace Nabij.Server.Tests.People;

public sealed class InvitationTests
{
    private const string NewEmail = "anna@example.test", NewPassword = "seven quiet lamps 31";

    private readonly ManualClock _clock = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_invited_person_sets_a_password_and_works_in_the_roles_that_were_given()
    {
        await using var server = await StartAsync();
        using var owner = await Staff.SignInAsync(server);
        var secret = await InviteAsync(owner);

        using var anna = server.Visit();
        var (opened, page) = await Staff.ReadAsync(anna.SubmitAsync("/invitation", "/invitation", ("link", $"http://127.0.0.1/invitation#{secret}")));
        Assert.Equal(HttpStatusCode.OK, opened);
        Assert.Contains("Welcome, Anna", page, StringComparison.Ordinal);
        var (set, where) = await Staff.ReadAsync(SetAsync(anna, secret, NewPassword));

        Assert.Equal(HttpStatusCode.SeeOther, set);
        Assert.StartsWith("/desk", where, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await anna.StatusAsync("/desk"));
        Assert.Equal(HttpStatusCode.Forbidden, await anna.StatusAsync("/people"));
        using var again = await Staff.SignInAsync(server, NewEmail, NewPassword);
        var (id, ownerId) = (await Staff.IdAsync(server, NewEmail), await Staff.IdAsync(server, RunningServer.Email));
        Assert.Equal([$"{ownerId} {id} done roles technician"], await Staff.AuditAsync(server, "account.invited"));
        Assert.Equal([$"{id} {id} done invitation"], await Staff.AuditAsync(server, "link.used"));
    }

    [Fact]
    public async Task Where_a_second_factor_is_demanded_the_invited_person_sets_one_up_before_anything_opens()
    {
        await using var server = await RunningServer.StartAsync(new ServerChoices { Clock = _clock });
        using var owner = await Staff.SignInAsync(server);
        var secret = await InviteAsync(owner);
        await using (var database = await server.OpenDatabaseAsync())
            await database.Set<Nabij.Server.Organizations.Organization>().ExecuteUpdateAsync(set => set.SetProperty(row => row.DemandsSecondFactor, true), Cancel);

        using var anna = server.Visit();
        var (_, where) = await Staff.ReadAsync(SetAsync(anna, secret, NewPassword));
        Assert.StartsWith("/sign-in/second-factor?", where, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, await anna.StatusAsync("/desk"));
        var (_, codes) = await SecondFactorTests.EnrollAsync(anna, _clock);

        Assert.Equal(RecoveryCode.Count, codes.Count);
        Assert.Equal(HttpStatusCode.OK, await anna.StatusAsync("/desk"));
    }

    [Fact]
    public async Task A_link_serves_once()
    {
        await using var server = await StartAsync();
        using var owner = await Staff.SignInAsync(server);
        var secret = await InviteAsync(owner);
        using var first = server.Visit();
        using var second = server.Visit();
        (await SetAsync(first, secret, NewPassword)).Dispose();

        var (status, words) = await Staff.ReadAsync(SetAsync(second, secret, "another quiet lamp 32"));

        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Contains("ask the person who gave it for a new one", words, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, await second.StatusAsync("/desk"));
    }

    [Fact]
    public async Task Of_many_who_use_a_link_at_once_one_succeeds()
    {
        await using var server = await StartAsync();
        using var owner = await Staff.SignInAsync(server);
        var secret = await InviteAsync(owner);
        var visitors = Enumerable.Range(0, 6).Select(_ => server.Visit()).ToList();

        var statuses = await Task.WhenAll(visitors.Select(async visitor => (await Staff.ReadAsync(SetAsync(visitor, secret, NewPassword))).Status));

        Assert.Equal(1, statuses.Count(status => status == HttpStatusCode.SeeOther));
        visitors.ForEach(visitor => visitor.Dispose());
    }

    [Fact]
    public async Task A_weak_password_does_not_use_the_link_up()
    {
        await using var server = await StartAsync();
        using var owner = await Staff.SignInAsync(server);
        var secret = await InviteAsync(owner);
        using var anna = server.Visit();

        var (weak, words) = await Staff.ReadAsync(SetAsync(anna, secret, "password123456"));
        var (good, _) = await Staff.ReadAsync(SetAsync(anna, secret, NewPassword));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.SeeOther), (weak, good));
        Assert.Contains("guessers", words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_three_days_an_invitation_is_over_and_a_new_one_replaces_it()
    {
        await using var server = await StartAsync();
        using var owner = await Staff.SignInAsync(server);
        var secret = await InviteAsync(owner);
        _clock.Advance(TimeSpan.FromHours(72));

        using var anna = server.Visit();
        var (late, _) = await Staff.ReadAsync(SetAsync(anna, secret, NewPassword));
        using var back = await Staff.SignInAsync(server);
        var path = $"/people/{await Staff.IdAsync(server, NewEmail)}";
        Assert.Contains("the link is over", await back.ReadAsync("/people"), StringComparison.Ordinal);
        var fresh = await Staff.SecretAsync(await back.SubmitAsync(path, $"{path}/link", ("kind", "invitation")));
        var (set, _) = await Staff.ReadAsync(SetAsync(anna, fresh, NewPassword));

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.SeeOther), (late, set));
    }

    [Theory]
    [InlineData("/link/revoke")]
    [InlineData("/off")]
    [InlineData("/link")]
    public async Task A_revoked_or_replaced_link_and_one_of_a_person_switched_off_no_longer_work(string act)
    {
        await using var server = await StartAsync();
        using var owner = await Staff.SignInAsync(server);
        var secret = await InviteAsync(owner);
        var path = $"/people/{await Staff.IdAsync(server, NewEmail)}";
        (await owner.SubmitAsync(path, path + act, ("kind", "invitation"))).Dispose();

        using var anna = server.Visit();
        var (status, _) = await Staff.ReadAsync(SetAsync(anna, secret, NewPassword));

        Assert.Equal(HttpStatusCode.NotFound, status);
    }

    [Fact]
    public async Task A_link_opens_no_more_than_it_was_made_for_and_goes_with_whoever_made_it()
    {
        await using var server = await StartAsync();
        using var owner = await Staff.SignInAsync(server);
        var admin = await Staff.AddAsync(server, "admin@example.test", Role.Admin);
        using var made = await Staff.SignInAsync(server, "admin@example.test");
        var secret = await InviteAsync(made);
        var path = $"/people/{await Staff.IdAsync(server, NewEmail)}";
        (await owner.SubmitAsync(path, path, ("name", "Anna"), ("role", Role.Owner))).Dispose();
        using var anna = server.Visit();
        Assert.Equal(HttpStatusCode.NotFound, (await Staff.ReadAsync(SetAsync(anna, secret, NewPassword))).Status);

        (await owner.SubmitAsync(path, path, ("name", "Anna"), ("role", Role.Technician))).Dispose();
        var again = await Staff.SecretAsync(await made.SubmitAsync(path, $"{path}/link", ("kind", "invitation")));
        (await owner.SubmitAsync($"/people/{admin}", $"/people/{admin}/off")).Dispose();
        Assert.Equal(HttpStatusCode.NotFound, (await Staff.ReadAsync(SetAsync(anna, again, NewPassword))).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("#")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("'; drop table account_link; --")]
    [InlineData("<script>alert(1)</script>")]
    public async Task A_wrong_link_says_what_to_do_and_nothing_of_what_was_typed(string typed)
    {
        await using var server = await StartAsync();
        using var visitor = server.Visit();

        var (status, words) = await Staff.ReadAsync(visitor.SubmitAsync("/invitation", "/invitation", ("link", typed)));

        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Contains("This link does not work", words, StringComparison.Ordinal);
        Assert.True(typed.Length < 2 || !words.Contains(typed, StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Invariant", "12")]
    public async Task The_secret_of_a_link_stands_in_no_log_no_address_and_not_in_the_database()
    {
        await using var server = await StartAsync();
        using var owner = await Staff.SignInAsync(server);
        var secret = await InviteAsync(owner);
        using var anna = server.Visit();
        var (_, where) = await Staff.ReadAsync(SetAsync(anna, secret, NewPassword));
        var stored = await TestDatabase.ContentAsync(server);

        Assert.True(secret.Length >= 22, "fewer than 128 random bits");
        Assert.DoesNotContain(secret, server.Log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, where, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, stored, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_for_a_password_keeps_the_second_factor_and_one_for_everything_forgets_it()
    {
        await using var server = await StartAsync();
        var id = await Staff.AddAsync(server, NewEmail, Role.Technician);
        await using var database = await server.OpenDatabaseAsync();
        using var owner = await Staff.SignInAsync(server);
        foreach (var (kind, stays) in ((string, bool)[])[("password", true), ("everything", false)])
        {
            await database.Set<Account>().Where(row => row.Id == id).ExecuteUpdateAsync(set => set.SetProperty(row => row.TwoFactorEnabled, true), Cancel);
            using var old = server.Visit();
            var secret = await Staff.SecretAsync(await owner.SubmitAsync($"/people/{id}", $"/people/{id}/link", ("kind", kind)));
            using var anna = server.Visit();
            (await SetAsync(anna, secret, $"{NewPassword} {kind}")).Dispose();

            Assert.Equal(stays, await database.Set<Account>().Where(row => row.Id == id).Select(row => row.TwoFactorEnabled).SingleAsync(Cancel));
        }
    }

    [Fact]
    public async Task A_new_password_by_link_ends_every_sign_in_of_the_person()
    {
        await using var server = await StartAsync();
        var id = await Staff.AddAsync(server, NewEmail, Role.Technician);
        using var thief = await Staff.SignInAsync(server, NewEmail);
        using var owner = await Staff.SignInAsync(server);
        var secret = await Staff.SecretAsync(await owner.SubmitAsync($"/people/{id}", $"/people/{id}/link", ("kind", "password")));
        Assert.Equal(HttpStatusCode.OK, await thief.StatusAsync("/desk"));

        using var anna = server.Visit();
        (await SetAsync(anna, secret, NewPassword)).Dispose();

        Assert.Equal(HttpStatusCode.Redirect, await thief.StatusAsync("/desk"));
        Assert.Equal(HttpStatusCode.OK, await anna.StatusAsync("/desk"));
    }

    private Task<RunningServer> StartAsync() => RunningServer.StartAsync(new ServerChoices { Clock = _clock, Settings = new() { ["Logging:LogLevel:Default"] = "Debug" } });

    private static async Task<string> InviteAsync(Visitor owner) => await Staff.SecretAsync(
        await owner.SubmitAsync("/people/new", "/people", ("name", "Anna"), ("email", NewEmail), ("role", Role.Technician)));

    private static Task<HttpResponseMessage> SetAsync(Visitor visitor, string secret, string password) =>
        visitor.SubmitAsync("/invitation", "/invitation/password", ("link", secret), ("password", password));
}
