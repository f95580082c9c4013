using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Nabij.Protocol.Rendezvous;
using Nabij.Server.Accounts;
using Nabij.Server.Organizations;
using Nabij.Server.Relay;
using Nabij.Server.Rendezvous;

namespace Nabij.Server.Tests.Rendezvous;

/// <summary>Which reports of a host on its last run count against the technician of that run.</summary>
public sealed class RunReportTests : IAsyncLifetime
{
    private static readonly string Lease = new('a', 64);

    private readonly ManualClock _clock = new();
    private RunningServer _server = null!;
    private SessionLedger _ledger = null!;
    private Guid _organization;
    private Guid _technician;
    private string _consent = "";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await RunningServer.StartAsync(new ServerChoices { Clock = _clock });
        _ledger = _server.Services.GetRequiredService<SessionLedger>();
        _organization = (await _server.Services.GetRequiredService<OrganizationDirectory>().DefaultAsync(Cancel)).Id;
        await using var database = await _server.OpenDatabaseAsync();
        _technician = await database.Set<Account>().Select(account => account.Id).SingleAsync(Cancel);
        _consent = (await _ledger.KeepConsentAsync(_organization, (await HostPeer.RegistrationAsync(_server, Cancel)).Consent, Cancel))!;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_run_that_failed_is_reported_once()
    {
        await EndAsync(await BeginAsync());

        Assert.Equal(_technician, await ReportAsync());
        Assert.Null(await ReportAsync());
    }

    [Fact]
    public async Task Of_many_reports_at_once_one_is_taken()
    {
        await EndAsync(await BeginAsync());

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ReportAsync()));

        Assert.Single(answers, answer => answer == _technician);
    }

    [Fact]
    public async Task A_run_that_is_still_open_is_reported_on()
    {
        await BeginAsync();

        Assert.Equal(_technician, await ReportAsync());
    }

    [Theory]
    [InlineData(300, true)]
    [InlineData(301, false)]
    [InlineData(86_400, false)]
    public async Task A_report_comes_at_most_five_minutes_after_the_run(int secondsAfterTheEnd, bool taken)
    {
        await EndAsync(await BeginAsync());

        _clock.Advance(TimeSpan.FromSeconds(secondsAfterTheEnd));

        Assert.Equal(taken, await ReportAsync() is not null);
    }

    [Fact]
    public async Task A_session_that_started_and_lasted_is_no_failed_run_while_it_lasts_and_after_it()
    {
        var id = await BeginAsync();
        Assert.True(await _ledger.StartAsync(_organization, _technician, id, Cancel));
        _clock.Advance(DirectoryTimes.LongestHandshake + TimeSpan.FromSeconds(1));

        Assert.Null(await ReportAsync());
        await EndAsync(id);
        Assert.Null(await ReportAsync());
    }

    [Fact]
    public async Task A_technician_who_says_that_a_wrong_guess_was_a_start_does_not_escape_the_count()
    {
        var id = await BeginAsync();
        Assert.True(await _ledger.StartAsync(_organization, _technician, id, Cancel));
        _clock.Advance(TimeSpan.FromSeconds(30));
        await EndAsync(id);

        Assert.Equal(_technician, await ReportAsync());
    }

    [Fact]
    public async Task A_report_is_about_the_last_run_of_its_lease_and_of_no_other_lease()
    {
        await EndAsync(await BeginAsync());
        _clock.Advance(TimeSpan.FromSeconds(10));
        var last = await BeginAsync();
        Assert.True(await _ledger.StartAsync(_organization, _technician, last, Cancel));
        _clock.Advance(TimeSpan.FromMinutes(3));
        await EndAsync(last);

        Assert.Null(await ReportAsync());
        Assert.Null(await _ledger.ReportAsync(_organization, new string('b', 64), RunOutcome.WrongCode, Cancel));
    }

    private async Task<Guid?> ReportAsync() => (await _ledger.ReportAsync(_organization, Lease, RunOutcome.WrongCode, Cancel))?.Technician;

    private async Task<string> BeginAsync()
    {
        var session = new SupportSession
        {
            OrganizationId = _organization,
            Id = RandomNumberGenerator.GetHexString(32, lowercase: true),
            TechnicianId = _technician,
            Nameplate = "417",
            ConsentHash = _consent,
            CustomerName = "Mrs. Jansen",
            Language = "nl",
            Platform = "linux-x64",
            Program = "nabij 0.1.0",
            LeaseHash = Lease,
            PairedAt = _clock.GetUtcNow(),
        };
        await _ledger.BeginAsync(session, Cancel);
        return session.Id;
    }

    private Task<bool> EndAsync(string id) => _ledger.EndAsync(_organization, id, new RelayOutcome(RelayEnd.HostGone, 1, 1), Cancel);
}
