using System.Net;
using System.Text.RegularExpressions;
using Nabij.Server.Accounts;
using Nabij.Server.Commands;

namespace Nabij.Server.Tests.People;

public sealed partial class ResetOwnerTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_lost_owner_starts_over_by_a_link_while_the_server_runs_and_old_sign_ins_are_over()
    {
        await using var server = await RunningServer.StartAsync();
        using var old = await Staff.SignInAsync(server);
        var id = await Staff.IdAsync(server, RunningServer.Email);

        var (code, output, error) = await RunAsync("reset-owner", "--data", server.Folder, "--email", RunningServer.Email);

        Assert.Equal((ExitCode.Done, ""), (code, error));
        Assert.Contains("1 sign-in(s) are ended", output, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, await old.StatusAsync("/desk"));
        using (var password = await old.SignInAsync())
            Assert.Equal(HttpStatusCode.Unauthorized, password.StatusCode);
        using var back = server.Visit();
        var (set, where) = await Staff.ReadAsync(back.SubmitAsync("/invitation", "/invitation/password", ("link", Link().Match(output).Value), ("password", "seven quiet lamps 31")));
        Assert.Equal(HttpStatusCode.SeeOther, set);
        Assert.StartsWith("/desk", where, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await back.StatusAsync("/people"));
        var line = Assert.Single(await Staff.AuditAsync(server, "account.owner-reset"));
        Assert.StartsWith($"command {id} done ", line, StringComparison.Ordinal);
        Assert.DoesNotContain(Link().Match(output).Groups[1].Value, line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Any_person_can_be_made_owner_when_the_owners_are_gone()
    {
        await using var server = await RunningServer.StartAsync();
        await Staff.AddAsync(server, "anna@example.test", Role.Technician);

        var (code, output, _) = await RunAsync("reset-owner", "--data", server.Folder, "--email", "anna@example.test");

        Assert.Equal(ExitCode.Done, code);
        Assert.Contains("was no owner and is one now", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_address_changes_nothing_and_names_the_owners()
    {
        await using var server = await RunningServer.StartAsync();

        var (code, _, error) = await RunAsync("reset-owner", "--data", server.Folder, "--email", "nobody@example.test");

        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains(RunningServer.Email, error, StringComparison.Ordinal);
        Assert.Empty(await Staff.AuditAsync(server, "account.owner-reset"));
    }

    private static async Task<(int Code, string Out, string Error)> RunAsync(params string[] command)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.RunAsync(command, new Terminal(output, error), Cancel);
        return (code, output.ToString(), error.ToString());
    }

    [GeneratedRegex("http\\S+/invitation#([A-Za-z0-9_-]+)")]
    private static partial Regex Link();
}
