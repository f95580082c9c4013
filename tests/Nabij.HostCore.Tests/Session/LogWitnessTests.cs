using Nabij.HostCore.Rendezvous;
using Nabij.HostCore.Session;
using Nabij.Protocol;
using Nabij.Protocol.Control;
using Nabij.Protocol.Log;
using Nabij.Protocol.Session;

namespace Nabij.HostCore.Tests.Session;

/// <summary>The technician's certified key countersigns the customer's log (docs/protocol/10, "Countersignatures").</summary>
public sealed class LogWitnessTests
{
    [Fact]
    public async Task The_logs_key_is_the_first_word_and_each_grant_is_countersigned()
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.GrantedAsync(Permissions.View);
        Assert.IsType<LogKey>(peer.OfLog[0]);
        var first = await peer.CountersignAsync();
        fixture.Connection.Grant(Permissions.Pointer);
        var second = await peer.CountersignAsync(first.Entry);
        await Eventually.True(() => Log(fixture).Countersigned.Count == 2, "both are signed");
        Assert.Equal([first.Entry, second.Entry], Log(fixture).Countersigned);
        Assert.Equal(Log(fixture).Opening.LogKey.ToArray(), ((LogKey)peer.OfLog[0]).Key.ToArray());
    }

    [Fact]
    public async Task The_end_by_the_customer_is_countersigned_after_everything_is_shut()
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.GrantedAsync(Permissions.View);
        var first = await peer.CountersignAsync();
        await Eventually.True(() => Log(fixture).Countersigned.Count == 1, "the grant is signed");
        fixture.Connection.End(EndReason.CustomerEnded);
        await peer.HearAsync<Close>();
        var end = await peer.CountersignAsync(first.Entry);
        Assert.Equal(SessionEnd.CustomerEnded, (await fixture.HearAsync<CustomerEvent.Ended>()).Reason);
        var report = LogCheck.Block(Log(fixture).Block(), fixture.Organization.Document.Keys);
        Assert.Null(report.Problem);
        Assert.Equal([first.Entry, end.Entry], report.Countersigned);
        Assert.Equal((LogEntryKind.Ended, EndReason.CustomerEnded), (report.Entries[^1].Kind, report.Entries[^1].Reason!.Value));
        Assert.Equal(end.Entry, report.Entries[^1].Number);
    }

    [Fact]
    public async Task The_end_by_the_technician_is_countersigned_after_the_technicians_own_word()
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.GrantedAsync(Permissions.View);
        var first = await peer.CountersignAsync();
        await peer.SendAsync(new Close(EndReason.TechnicianEnded));
        var end = await peer.CountersignAsync(first.Entry);
        Assert.Equal(SessionEnd.TechnicianEnded, (await fixture.HearAsync<CustomerEvent.Ended>()).Reason);
        Assert.Equal([first.Entry, end.Entry], Log(fixture).Countersigned);
        Assert.Equal(EndReason.TechnicianEnded, Log(fixture).Entries[^1].Reason);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_technicians_page_that_signs_no_end_holds_it_up_for_a_second_at_most(bool isCustomers)
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.GrantedAsync(Permissions.View);
        var first = await peer.CountersignAsync();
        await Eventually.True(() => Log(fixture).Countersigned.Count == 1, "the grant is signed");
        if (isCustomers) fixture.Connection.End(EndReason.CustomerEnded);
        else await peer.SendAsync(new Close(EndReason.TechnicianEnded));
        await Eventually.True(() => Log(fixture).Entries[^1].Kind == LogEntryKind.Ended, "the end is written");
        await fixture.NewsAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(isCustomers ? SessionEnd.CustomerEnded : SessionEnd.TechnicianEnded, (await fixture.HearAsync<CustomerEvent.Ended>()).Reason);
        Assert.Equal([first.Entry], Log(fixture).Countersigned);
    }

    [Fact]
    public async Task A_page_that_never_signed_is_not_waited_for()
    {
        await using var fixture = new SessionFixture();
        await fixture.GrantedAsync(Permissions.View);
        fixture.Connection.End(EndReason.CustomerEnded);
        Assert.Equal(SessionEnd.CustomerEnded, (await fixture.HearAsync<CustomerEvent.Ended>()).Reason);
        Assert.Empty(Log(fixture).Countersigned);
    }

    [Fact]
    public async Task A_page_that_is_gone_is_not_waited_for()
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.GrantedAsync(Permissions.View);
        await peer.CountersignAsync();
        await peer.SendAsync(new Close(EndReason.ProgramClosed));
        await Eventually.True(() => Log(fixture).Entries[^1].Kind == LogEntryKind.Ended, "the end is written");
        fixture.HostRoad.Abort();
        Assert.Equal(SessionEnd.ProgramClosed, (await fixture.HearAsync<CustomerEvent.Ended>()).Reason);
    }

    [Fact]
    public async Task A_signature_that_does_not_verify_ends_the_session_as_a_breach()
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.GrantedAsync(Permissions.View);
        await peer.SendAsync(new Countersigned(1, new byte[64]));
        Assert.Equal(SessionEnd.ProtocolError, (await fixture.HearAsync<CustomerEvent.Ended>()).Reason);
    }

    [Fact]
    public async Task After_a_lost_line_the_newest_head_is_asked_for_once_more()
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.GrantedAsync(Permissions.View);
        using var secrets = new ResumeSecrets(peer.Session);
        fixture.HostRoad.Abort();
        await fixture.HearAsync<CustomerEvent.ConnectionAway>();
        var back = await fixture.NextSocketAsync();
        await back.ComeBackAsync(secrets);
        while (back.OfLog.Count < 2) Assert.True(await back.TakeAsync());
        Assert.Equal(Log(fixture).Opening.LogKey.ToArray(), Assert.IsType<LogKey>(back.OfLog[0]).Key.ToArray());
        Assert.Equal(1u, Assert.IsType<LogHead>(back.OfLog[1]).Entry);
    }

    private static CustomerLog Log(SessionFixture fixture) => fixture.Connection.Session.Log!;
}
