using System.Net;
using Microsoft.EntityFrameworkCore;
using Nabij.Protocol.Organizations;
using Nabij.Server.Accounts;
using Nabij.Server.Commands;
using Nabij.Server.Organizations;
using Nabij.Server.People;
using Nabij.Server.Storage;
using Nabij.Server.Tests.Desk;
using Nabij.Server.Tests.Rendezvous;

namespace Nabij.Server.Tests.Commands;

/// <summary>`nabij-server revoke`: a technician may not help any more (security.md 3.8).</summary>
public sealed class RevokeTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_revoked_technician_is_out_within_seconds_and_does_not_come_in_again()
    {
        await using var server = await RunningServer.StartAsync();
        using var run = await PairedRun.StartAsync(server, Cancel);
        await PairedRun.TalkAsync(run.Host.Socket, run.Viewer, Cancel);
        var began = TimeProvider.System.GetTimestamp();

        var (code, output) = await RunAsync("revoke", RunningServer.OwnerName, "--data", server.Folder);
        await run.Viewer.ReceiveCloseAsync(Cancel);

        var took = TimeProvider.System.GetElapsedTime(began);
        TestContext.Current.TestOutputHelper?.WriteLine($"closed {took.TotalMilliseconds:F0} ms after the command began (promise: 2000 ms after it)");
        Assert.True(took < TimeSpan.FromSeconds(20), $"took {took}");
        Assert.Equal(ExitCode.Done, code);
        Assert.Contains("may not help any more", output, StringComparison.Ordinal);
        using var ticket = await run.Desk.PostAsync("/desk/tickets", new Nabij.Server.Desk.TicketRequest("417"));
        Assert.NotEqual(HttpStatusCode.OK, ticket.StatusCode);
        using var visitor = server.Visit();
        using var again = await visitor.SignInAsync(RunningServer.Email);
        Assert.NotEqual(HttpStatusCode.SeeOther, again.StatusCode);
    }

    [Fact]
    public async Task The_signed_document_carries_who_is_revoked_until_it_is_lifted()
    {
        await using var server = await RunningServer.StartAsync();
        await using var database = await server.OpenDatabaseAsync();
        var id = database.Set<Account>().Single(account => account.Email == RunningServer.Email).Id;
        Assert.Empty((await DocumentAsync(server)).DeniedTechnicians);

        await RunAsync("revoke", id.ToString("N"), "--data", server.Folder);
        var denied = Assert.Single((await DocumentAsync(server)).DeniedTechnicians);
        Assert.Equal(id.ToByteArray(bigEndian: true), denied.ToArray());
        Assert.Contains(RunningServer.OwnerName, (await RunAsync("revoke", "--list", "--data", server.Folder)).Output, StringComparison.Ordinal);
        Assert.Contains("already", (await RunAsync("revoke", RunningServer.Email, "--data", server.Folder)).Output, StringComparison.Ordinal);

        await RunAsync("revoke", RunningServer.OwnerName.ToUpperInvariant(), "--lift", "--data", server.Folder);
        Assert.Empty((await DocumentAsync(server)).DeniedTechnicians);
        using var desk = await DeskPeer.SignInAsync(server);
        Assert.Contains("Nobody", (await RunAsync("revoke", "--list", "--data", server.Folder)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_operator_lifts_it()
    {
        await using var server = await RunningServer.StartAsync();
        await DeskServer.AddAsync(server, "second@example.test", Role.Technician);
        await RunAsync("revoke", "second@example.test", "--data", server.Folder);
        await using var scope = server.Services.CreateAsyncScope();
        var organization = await server.Services.GetRequiredService<OrganizationDirectory>().DefaultAsync(Cancel);
        scope.ServiceProvider.GetRequiredService<OrganizationScope>().Enter(organization.Id);
        var database = scope.ServiceProvider.GetRequiredService<ServerDatabase>();
        var account = await database.Set<Account>().SingleAsync(one => one.Email == "second@example.test", Cancel);
        var acts = scope.ServiceProvider.GetRequiredService<PeopleActs>();
        Assert.Equal("problem.revoked", (await acts.SwitchOnAsync(new SignedIn(organization.Id, Guid.Empty, "", ""), account, Cancel))?.Key);
        Assert.NotNull(account.DisabledAt);
    }

    [Fact]
    public async Task An_id_without_an_account_is_denied_and_an_unknown_or_double_name_is_asked_back()
    {
        await using var server = await RunningServer.StartAsync();
        await DeskServer.AddAsync(server, "namesake@example.test", Role.Technician);
        await using (var database = await server.OpenDatabaseAsync())
            await database.Set<Account>().ExecuteUpdateAsync(set => set.SetProperty(account => account.DisplayName, RunningServer.OwnerName), Cancel);
        var gone = Guid.NewGuid();
        Assert.Equal(ExitCode.Done, (await RunAsync("revoke", gone.ToString("N"), "--data", server.Folder)).Code);
        Assert.Equal(gone.ToByteArray(bigEndian: true), Assert.Single((await DocumentAsync(server)).DeniedTechnicians).ToArray());
        var (code, output) = await RunAsync("revoke", "Nobody Atall", "--data", server.Folder);
        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains("Nobody Atall", output, StringComparison.Ordinal);
        (code, output) = await RunAsync("revoke", RunningServer.OwnerName, "--data", server.Folder);
        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains("namesake@example.test", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_contact_for_abuse_is_changed_and_signed()
    {
        await using var server = await RunningServer.StartAsync();
        var (code, _) = await RunAsync("organization", "--abuse-contact", "misbruik@test.example", "--phone", "020 1", "--data", server.Folder);
        Assert.Equal(ExitCode.Done, code);
        var document = await DocumentAsync(server);
        Assert.Equal(("misbruik@test.example", "020 1"), (document.AbuseContact, document.Phone));
        Assert.Equal(ExitCode.Usage, (await RunAsync("organization", "--abuse-contact", new string('x', 129), "--data", server.Folder)).Code);
    }

    internal static async Task<OrganizationDocument> DocumentAsync(RunningServer server)
    {
        using var client = new HttpClient { BaseAddress = server.Address };
        return OrganizationDocument.Open(await client.GetByteArrayAsync("/organization.json", Cancel));
    }

    internal static async Task<(int Code, string Output)> RunAsync(params string[] command) => await RunAsync("", command);

    internal static async Task<(int Code, string Output)> RunAsync(string answer, string[] command)
    {
        using var output = new StringWriter();
        using var input = new StringReader(answer);
        var code = await CommandLine.RunAsync(command, new Terminal(output, output) { In = input }, Cancel);
        return (code, output.ToString());
    }
}
