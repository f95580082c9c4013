using System.Net;
using Microsoft.EntityFrameworkCore;
using Nabij.Protocol.Rendezvous;
using Nabij.Server.Accounts;
using Nabij.Server.Audit;
using Nabij.Server.Desk;
using Nabij.Server.Organizations;
using Nabij.Server.Rendezvous;
using Nabij.Server.Tests.Desk;

namespace Nabij.Server.Tests.Rendezvous;

/// <summary>What wrong codes lead to for a network address and for a whole organization (security.md 3.1).</summary>
public sealed class WrongCodeLimitTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Wrong_codes_from_one_address_keep_everybody_of_that_address_out_for_a_day()
    {
        var clock = new ManualClock();
        await using var server = await StartAsync(clock, "wrong-codes-per-address-per-day=2");
        using (var desk = await DeskPeer.SignInAsync(server))
        using (var other = await DeskPeer.SignInAsync(server, DeskServer.SecondEmail))
        {
            await TypeUnknownAsync(desk, 7);
            clock.Advance(TimeSpan.FromMinutes(20));
            await TypeUnknownAsync(other, 1);

            using var paused = await other.PostAsync("/desk/tickets", new TicketRequest("417"));
            Assert.Equal((HttpStatusCode.TooManyRequests, TimeSpan.FromHours(24) - TimeSpan.FromMinutes(20)), (paused.StatusCode, paused.Headers.RetryAfter?.Delta));
            Assert.Contains("network address", await paused.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
            Assert.Equal(["127.0.0.1"], await AddressesAsync(server));
            Assert.Null(await FindPauseAsync(server, "198.51.100.9"));
            Assert.Equal(JoinPauseScope.Address, (await FindPauseAsync(server, "127.0.0.1"))?.Scope);
        }

        clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromMinutes(20));
        using var nextDay = await DeskPeer.SignInAsync(server);

        Assert.NotEqual("", await nextDay.TicketAsync("417"));
        Assert.Equal(1, await EventsAsync(server, "address.paused"));
    }

    [Fact]
    public async Task A_wrong_code_that_the_host_reports_counts_for_the_address_of_the_technician()
    {
        await using var server = await StartAsync(new ManualClock(), "wrong-codes-per-address-per-day=1");
        using var desk = await DeskPeer.SignInAsync(server);
        using var host = await HostPeer.WaitAsync(server, Cancel);
        var (viewer, paired) = await desk.JoinAsync(host.Given.Nameplate, Cancel);
        Assert.IsType<PairedViewer>(paired);
        viewer.Abort();
        await host.ReadAsync(Cancel);
        await host.Socket.ReceiveCloseAsync(Cancel);

        using var again = await HostPeer.WaitAsync(server, Cancel, register => register with { Lease = host.Given.Lease, Outcome = RunOutcome.WrongCode });

        using var paused = await desk.PostAsync("/desk/tickets", new TicketRequest("417"));
        Assert.Equal(HttpStatusCode.TooManyRequests, paused.StatusCode);
        Assert.Equal(["127.0.0.1"], await AddressesAsync(server));
        await using var database = await server.OpenDatabaseAsync();
        Assert.Null((await database.Set<SupportSession>().SingleAsync(Cancel)).TechnicianAddress);
    }

    [Fact]
    public async Task Many_wrong_codes_of_an_organization_stop_its_joins_until_an_administrator_acts()
    {
        var clock = new ManualClock();
        await using var server = await StartAsync(clock, "wrong-codes-stop-per-day=2");
        using (var desk = await DeskPeer.SignInAsync(server))
        using (var other = await DeskPeer.SignInAsync(server, DeskServer.SecondEmail))
        {
            var held = await other.TicketAsync("417");
            await TypeUnknownAsync(desk, 8);

            Assert.Equal(new Refused(RefusalReason.Limited, 0), (await other.JoinAsync(held, "417", Cancel)).Answer);
            using var stopped = await other.PostAsync("/desk/tickets", new TicketRequest("417"));
            Assert.Equal(HttpStatusCode.Forbidden, stopped.StatusCode);
            Assert.Contains("\"stopped\"", await stopped.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
            using var notAdmin = await other.PostContentAsync("/people/wrong-codes/release", JsonContent.Create(""));
            Assert.Equal(HttpStatusCode.Forbidden, notAdmin.StatusCode);
        }

        clock.Advance(TimeSpan.FromHours(48));
        using var owner = await DeskPeer.SignInAsync(server);
        using (var stillStopped = await owner.PostAsync("/desk/tickets", new TicketRequest("417")))
            Assert.Equal(HttpStatusCode.Forbidden, stillStopped.StatusCode);
        Assert.Contains("nobody can join a customer", await owner.Visitor.ReadAsync("/checks"), StringComparison.Ordinal);
        Assert.Contains("id=\"release-all\"", await owner.Visitor.ReadAsync("/people"), StringComparison.Ordinal);
        for (var i = 0; i < 2; i++)
        {
            using var released = await owner.Visitor.SubmitAsync("/people", "/people/wrong-codes/release");
            Assert.Equal("/people?done=released&lang=en", released.Headers.Location?.ToString());
        }

        var people = await owner.Visitor.ReadAsync("/people?done=released");
        Assert.Contains("Everybody can join customers again", people, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"release-all\"", people, StringComparison.Ordinal);

        Assert.NotEqual("", await owner.TicketAsync("417"));
        Assert.Equal((1, 1), (await EventsAsync(server, "organization.stopped"), await EventsAsync(server, "organization.released")));
        Assert.Contains("until an administrator releases it", server.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_normal_limits_are_twenty_for_an_address_and_two_hundred_for_an_organization()
    {
        var clock = new ManualClock();
        await using var server = await RunningServer.StartAsync(new ServerChoices { Clock = clock });
        var wrongCodes = server.Services.GetRequiredService<WrongCodes>();
        await using var database = await server.OpenDatabaseAsync();
        var technician = (await database.Set<Account>().SingleAsync(Cancel)).Id;
        var organization = database.CurrentOrganizationId;

        var found = new List<(int Count, JoinPauseScope? Scope)>();
        for (var count = 1; count <= 200; count++)
        {
            await wrongCodes.CountAsync(organization, (technician, $"192.0.2.{(count - 1) / 20}"), WrongCode.WrongConfirmation, Cancel);
            await database.Set<WrongCodePause>().ExecuteDeleteAsync(Cancel);
            if (await wrongCodes.FindPauseAsync(organization, technician, "192.0.2.0", Cancel) is { } pause && found.LastOrDefault().Scope != pause.Scope)
                found.Add((count, pause.Scope));
        }

        Assert.Equal([(20, JoinPauseScope.Address), (200, JoinPauseScope.Organization)], found);
    }

    private static async Task<RunningServer> StartAsync(ManualClock clock, string limit)
    {
        var server = await RunningServer.StartAsync(ServerSockets.Wide with { Clock = clock, Arguments = ["--limit", $"{ServerSockets.Wide.Arguments[1]},{limit}"] });
        await DeskServer.AddAsync(server, DeskServer.SecondEmail, Role.Technician);
        return server;
    }

    private static async Task TypeUnknownAsync(DeskPeer desk, int times)
    {
        for (var number = 0; number < times; number++)
            Assert.Equal(new Refused(RefusalReason.Unknown, 0), (await desk.JoinAsync("417", Cancel)).Answer);
    }

    private static async Task<JoinPause?> FindPauseAsync(RunningServer server, string address)
    {
        var organization = await server.Services.GetRequiredService<OrganizationDirectory>().DefaultAsync(Cancel);
        return await server.Services.GetRequiredService<WrongCodes>().FindPauseAsync(organization.Id, Guid.NewGuid(), address, Cancel);
    }

    private static async Task<List<string>> AddressesAsync(RunningServer server)
    {
        await using var database = await server.OpenDatabaseAsync();
        return await database.Set<WrongCode>().Select(row => row.Address).Distinct().ToListAsync(Cancel);
    }

    private static async Task<int> EventsAsync(RunningServer server, string action)
    {
        await using var database = await server.OpenDatabaseAsync();
        return await database.Set<AuditEvent>().CountAsync(row => row.Action == action, Cancel);
    }
}
