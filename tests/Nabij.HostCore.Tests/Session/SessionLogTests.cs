using Nabij.HostCore.Picture;
using Nabij.HostCore.Rendezvous;
using Nabij.HostCore.Session;
using Nabij.Protocol;
using Nabij.Protocol.Input;
using Nabij.Protocol.Log;
using Nabij.Protocol.Rendezvous;
using Nabij.Protocol.Session;

namespace Nabij.HostCore.Tests.Session;

/// <summary>What the engine writes into the log that the customer may keep.</summary>
public sealed class SessionLogTests
{
    [Fact]
    public async Task The_log_holds_what_the_customer_did_what_was_refused_and_how_it_ended()
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.ConnectedAsync();
        fixture.Connection.Grant(Permissions.View);
        await peer.HearAsync<Nabij.Protocol.Control.Grant>();
        await peer.SendAsync(new Key(true, false, "KeyA", "a", KeyModifiers.None, KeyLocks.None));
        await fixture.HearAsync<CustomerEvent.Refused>();
        fixture.Connection.Decline(Permissions.Keyboard);
        fixture.Connection.Share(DisplayChoice.All);
        fixture.Connection.Stop();
        fixture.Connection.Stop();
        fixture.Connection.GoOn();
        fixture.Connection.Revoke(Permissions.View);
        fixture.Connection.End(EndReason.CustomerEnded);
        await fixture.HearAsync<CustomerEvent.Ended>();

        var log = fixture.Connection.Session.Log!;
        var report = LogCheck.Block(log.Block(), fixture.Organization.Document.Keys);

        Assert.Null(report.Problem);
        Assert.Equal(
            [
                LogEntryKind.Allowed, LogEntryKind.Refused, LogEntryKind.NotAllowed, LogEntryKind.Displays, LogEntryKind.Stopped,
                LogEntryKind.WentOn, LogEntryKind.TakenBack, LogEntryKind.Ended,
            ],
            report.Entries.Select(entry => entry.Kind));
        Assert.Equal(((byte)Channel.Input, (byte)InputMessageType.Key), report.Entries[1].Message);
        Assert.Equal((1, EndReason.CustomerEnded), (report.Entries[3].DisplayCount, report.Entries[^1].Reason));
        Assert.Equal((peer.Session.CheckNumber, "Peter"), (report.Opening!.CheckNumber, report.Opening.Certificate.DisplayName));
        Assert.Equal(fixture.Organization.Consent.Hash(), report.Opening.Consent.Hash());
    }

    [Fact]
    public async Task The_servers_receipt_stands_in_the_log()
    {
        Assert.NotNull(await ReceiptInLogAsync((organization, register) => organization.Receipt(register.SidC, organization.Consent)));
    }

    [Fact]
    public async Task A_receipt_that_does_not_hold_is_left_out_and_costs_the_customer_nothing()
    {
        Func<TestOrganization, Register, byte[]>[] wrong =
        [
            (_, _) => [],
            (_, _) => [1, 2, 3],
            (organization, _) => organization.Receipt(new byte[16], organization.Consent),
            (organization, register) => organization.Receipt(register.SidC, organization.Consent with { TermsVersion = "2" }),
            (organization, register) => organization.Receipt(register.SidC, organization.Consent, later: 1),
        ];
        foreach (var one in wrong) Assert.Null(await ReceiptInLogAsync(one));
    }

    [Fact]
    public async Task A_connection_that_is_lost_is_no_reason_of_the_protocol()
    {
        await using var fixture = new SessionFixture();
        await fixture.GrantedAsync(Permissions.View);
        fixture.HostRoad.Abort();
        await fixture.HearAsync<CustomerEvent.ConnectionAway>();
        var refused = await fixture.NextSocketAsync();
        await refused.TakeResumeAsync();
        await refused.RefuseAsync(RefusalReason.Unknown);
        Assert.Equal(SessionEnd.ConnectionLost, (await fixture.HearAsync<CustomerEvent.Ended>()).Reason);
        var entries = fixture.Connection.Session.Log!.Entries;
        Assert.Equal((LogEntryKind.Ended, null), (entries[^1].Kind, entries[^1].Reason));
        Assert.Equal(LogEntryKind.Lost, entries[^2].Kind);
    }

    [Theory]
    [InlineData(1, Permissions.None)]
    [InlineData(61, Permissions.Pointer | Permissions.Keyboard)]
    public async Task A_lost_line_and_the_way_back_are_told_with_what_the_absence_cost(int seconds, Permissions takenBack)
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.GrantedAsync(Permissions.View | Permissions.Pointer | Permissions.Keyboard);
        using var secrets = new ResumeSecrets(peer.Session);
        fixture.HostRoad.Abort();
        await fixture.HearAsync<CustomerEvent.ConnectionAway>();
        fixture.Clock.Sleep(TimeSpan.FromSeconds(seconds));
        var back = await fixture.NextSocketAsync();
        await back.ComeBackAsync(secrets);
        await fixture.HearAsync<CustomerEvent.ConnectionBack>();
        var entries = fixture.Connection.Session.Log!.Entries;
        Assert.Equal([LogEntryKind.Allowed, LogEntryKind.Lost, LogEntryKind.Resumed], entries.Select(entry => entry.Kind));
        Assert.Equal(takenBack, entries[^1].Permissions);
    }

    private static async Task<ServerReceipt?> ReceiptInLogAsync(Func<TestOrganization, Register, byte[]> make)
    {
        SessionFixture? own = null;
        await using var fixture = own = new SessionFixture { Receipt = register => make(own!.Organization, register) };
        await fixture.GrantedAsync(Permissions.View);
        fixture.Connection.End(EndReason.CustomerEnded);
        await fixture.HearAsync<CustomerEvent.Ended>();
        var report = LogCheck.Block(fixture.Connection.Session.Log!.Block(), fixture.Organization.Document.Keys);
        Assert.Null(report.Problem);
        return report.Opening!.Receipt;
    }
}
