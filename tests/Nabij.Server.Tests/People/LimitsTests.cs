using System.Net;
using Microsoft.EntityFrameworkCore;
using Nabij.Server.Accounts;
using Nabij.Server.Commands;
using Nabij.Server.Organizations;

namespace Nabij.Server.Tests.People;

public sealed class LimitsTests
{
    private const string AnnaEmail = "anna@example.test";

    /// <summary>It begins on Sunday 2026-11-22 at 08:00 UTC, 09:00 in the organization's zone.</summary>
    private readonly ManualClock _clock = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Outside_the_organizations_hours_nobody_signs_in_and_is_told_why()
    {
        await using var server = await StartAsync();
        await Staff.AddAsync(server, AnnaEmail, Role.Technician);
        using var owner = await Staff.SignInAsync(server);
        var (saved, _) = await Staff.ReadAsync(owner.SubmitAsync("/people/limits", "/people/limits", Hours("own", ("7", "08:30", "12:00"))));
        Assert.Equal(HttpStatusCode.SeeOther, saved);
        using (await Staff.SignInAsync(server, AnnaEmail))
            _clock.Advance(TimeSpan.FromHours(3));

        using var anna = server.Visit();
        var (late, words) = await Staff.ReadAsync(anna.SignInAsync(AnnaEmail));
        var (wrong, _) = await Staff.ReadAsync(anna.SignInAsync(AnnaEmail, "a wrong phrase of words"));
        _clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromHours(1));

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Unauthorized), (late, wrong));
        Assert.Contains("outside your working hours", words, StringComparison.Ordinal);
        using var again = await Staff.SignInAsync(server, AnnaEmail);
        Assert.Single(await Staff.AuditAsync(server, "limits.changed"));
        Assert.Single(await Staff.AuditAsync(server, "sign-in.not-admitted"));
    }

    [Fact]
    public async Task What_is_at_work_when_the_hours_end_may_go_on_for_a_quarter_of_an_hour()
    {
        await using var server = await StartAsync();
        var id = await Staff.AddAsync(server, AnnaEmail, Role.Technician);
        using var owner = await Staff.SignInAsync(server);
        using var anna = await Staff.SignInAsync(server, AnnaEmail);
        (await owner.SubmitAsync($"/people/{id}", $"/people/{id}/limits", Hours("own", ("7", "08:30", "09:20")))).Dispose();
        var ended = false;
        await using (var database = await server.OpenDatabaseAsync())
        {
            var signIn = await database.Set<SignIn>().SingleAsync(row => row.AccountId == id, Cancel);
            server.Services.GetRequiredService<LiveSignIns>().Watch(signIn.ReferenceHash, () => ended = true);
        }

        _clock.Advance(TimeSpan.FromMinutes(20));
        Assert.Equal(HttpStatusCode.OK, await anna.StatusAsync("/desk"));
        _clock.Advance(TimeSpan.FromMinutes(14));
        await LookAsync(server);
        Assert.False(ended);
        _clock.Advance(TimeSpan.FromMinutes(2));
        await LookAsync(server);

        Assert.True(ended);
        Assert.Equal(HttpStatusCode.Redirect, await anna.StatusAsync("/desk"));
    }

    [Fact]
    public async Task From_a_network_that_is_not_allowed_a_person_is_out_at_once_and_told_why()
    {
        await using var server = await StartAsync();
        var id = await Staff.AddAsync(server, AnnaEmail, Role.Technician);
        using var owner = await Staff.SignInAsync(server);
        using var anna = await Staff.SignInAsync(server, AnnaEmail);

        var (saved, _) = await Staff.ReadAsync(owner.SubmitAsync(
            $"/people/{id}", $"/people/{id}/limits", ("hours-choice", "always"), ("networks-choice", "own"), ("networks", "203.0.113.0/24\r\n2001:db8::/32")));

        Assert.Equal(HttpStatusCode.SeeOther, saved);
        Assert.Equal(HttpStatusCode.Redirect, await anna.StatusAsync("/desk"));
        var (status, words) = await Staff.ReadAsync(anna.SignInAsync(AnnaEmail));
        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Contains("from this network", words, StringComparison.Ordinal);
        Assert.Contains("203.0.113.0/24", await owner.ReadAsync($"/people/{id}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_persons_own_rule_stands_in_place_of_the_organizations()
    {
        await using var server = await StartAsync();
        var id = await Staff.AddAsync(server, AnnaEmail, Role.Technician);
        using var owner = await Staff.SignInAsync(server);
        (await owner.SubmitAsync($"/people/{id}", $"/people/{id}/limits", ("hours-choice", "always"), ("networks-choice", "organization"))).Dispose();
        (await owner.SubmitAsync("/people/limits", "/people/limits", Hours("own", ("7", "08:30", "12:00")))).Dispose();
        _clock.Advance(TimeSpan.FromHours(6));

        using var anna = await Staff.SignInAsync(server, AnnaEmail);

        Assert.Equal(HttpStatusCode.OK, await anna.StatusAsync("/desk"));
    }

    [Fact]
    public async Task Nobody_shuts_out_him_or_herself()
    {
        await using var server = await StartAsync();
        var own = await Staff.IdAsync(server, RunningServer.Email);
        using var owner = await Staff.SignInAsync(server);

        foreach (var path in (string[])["/people/limits", $"/people/{own}/limits"])
        {
            var page = path == "/people/limits" ? path : $"/people/{own}";
            var (hours, words) = await Staff.ReadAsync(owner.SubmitAsync(page, path, Hours("own", ("1", "09:00", "17:00"))));
            var (networks, _) = await Staff.ReadAsync(owner.SubmitAsync(
                page, path, ("time-zone", "Europe/Amsterdam"), ("hours-choice", "always"), ("networks-choice", "own"), ("networks", "203.0.113.7")));
            Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity), (hours, networks));
            Assert.Contains("shut yourself out", words, StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.OK, await owner.StatusAsync("/people"));
        Assert.Empty(await Staff.AuditAsync(server, "limits.changed"));
    }

    [Theory]
    [InlineData("Europe/Nowhere", "always", "always", "", "no time zone")]
    [InlineData("Europe/Amsterdam", "own", "always", "", "hours are not complete")]
    [InlineData("Europe/Amsterdam", "", "always", "", "hours are not complete")]
    [InlineData("Europe/Amsterdam", "always", "own", "the shop", "no address and no network")]
    public async Task What_is_not_right_is_said_and_nothing_changes(string zone, string hours, string networks, string list, string words)
    {
        await using var server = await StartAsync();
        using var owner = await Staff.SignInAsync(server);

        var (status, text) = await Staff.ReadAsync(owner.SubmitAsync(
            "/people/limits", "/people/limits", ("time-zone", zone), ("hours-choice", hours), ("networks-choice", networks), ("networks", list)));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains(words, text, StringComparison.Ordinal);
        Assert.Empty(await Staff.AuditAsync(server, "limits.changed"));
    }

    [Fact]
    public async Task The_command_on_the_servers_own_disk_lets_an_owner_in_whatever_the_limits()
    {
        await using var server = await StartAsync();
        await using (var database = await server.OpenDatabaseAsync())
        {
            await database.Set<Organization>().ExecuteUpdateAsync(
                set => set.SetProperty(row => row.Networks, "203.0.113.7").SetProperty(row => row.Hours, "3 09:00-09:01"), Cancel);
        }

        using var words = new StringWriter();
        Assert.Equal(ExitCode.Done, await CommandLine.RunAsync(["reset-owner", "--data", server.Folder, "--email", RunningServer.Email], new Terminal(words, words), Cancel));
        await using (var database = await server.OpenDatabaseAsync())
        {
            // The command's clock is the machine's; the link's time is not what this test is about.
            var later = _clock.GetUtcNow() + TimeSpan.FromHours(1);
            await database.Set<AccountLink>().ExecuteUpdateAsync(set => set.SetProperty(row => row.ExpiresAt, later), Cancel);
        }

        using var owner = server.Visit();
        var (set, _) = await Staff.ReadAsync(owner.SubmitAsync(
            "/invitation", "/invitation/password", ("link", words.ToString().Split('#')[1].Trim()), ("password", "seven quiet lamps 31")));

        Assert.Equal(HttpStatusCode.SeeOther, set);
        Assert.Equal(HttpStatusCode.OK, await owner.StatusAsync("/people"));
    }

    private Task<RunningServer> StartAsync() => RunningServer.StartAsync(new ServerChoices { Clock = _clock });

    private static async Task LookAsync(RunningServer server) => await server.Services.GetServices<IHostedService>().OfType<SignInWatch>().Single().LookAsync(Cancel);

    private static (string, string)[] Hours(string choice, params (string Day, string From, string Until)[] days) =>
    [
        ("time-zone", "Europe/Amsterdam"), ("hours-choice", choice), ("networks-choice", "always"),
        .. days.SelectMany(day => new[] { ($"from-{day.Day}", day.From), ($"until-{day.Day}", day.Until) }),
    ];
}
