using Nabij.HostCore.Rendezvous;
using Nabij.HostCore.Session;
using Nabij.Protocol;
using Nabij.Protocol.Control;
using Nabij.Protocol.Input;
using Nabij.Protocol.Log;
using Nabij.Protocol.People;
using Nabij.Protocol.Session;

namespace Nabij.HostCore.Tests.Session;

/// <summary>Who has proven a code and was not let in yet (docs/protocol/13-participants.md): what that one has, for how long, and whom it keeps there.</summary>
public sealed class NewcomersTests
{
    private const Permissions Look = Permissions.View | Permissions.Chat;

    [Fact]
    [Trait("Invariant", "2")]
    public async Task Who_was_not_let_in_asks_for_nothing()
    {
        await using var fixture = new SessionFixture();
        var marie = await fixture.InviteColleagueAsync(await fixture.GrantedAsync(Look));

        await marie.SendAsync(new Ask(Permissions.View));
        await marie.SendAsync(new PointerMove(1, 1));
        // The refusal comes behind the question, which nobody has heard.
        Assert.Equal(new CustomerEvent.Refused(Channel.Input, 1) { Person = 2 }, await fixture.HearAsync<CustomerEvent.Refused>());

        fixture.Connection.Grant(Look, 2);
        await marie.HearAsync<Grant>();
        await marie.SendAsync(new Ask(Permissions.Pointer));
        Assert.Equal(new CustomerEvent.Asked(Permissions.Pointer) { Person = 2 }, await fixture.HearAsync<CustomerEvent.Asked>());
    }

    [Fact]
    [Trait("Invariant", "2")]
    public async Task Nothing_is_given_before_the_first_look()
    {
        await using var fixture = new SessionFixture();
        await fixture.InviteColleagueAsync(await fixture.GrantedAsync(Look));
        var marie = fixture.Connection.Session.Find(2)!;

        fixture.Connection.Grant(Permissions.ClipboardToHost | Permissions.Pointer | Permissions.SystemInformation, 2);
        Assert.Equal((Permissions.None, false), (marie.Granted, marie.IsIn));
        Assert.DoesNotContain(fixture.Connection.Session.Log!.Entries, one => one.Person == 2);

        fixture.Connection.Grant(Look, 2);
        fixture.Connection.Grant(Permissions.ClipboardToHost, 2);
        Assert.Equal((Look | Permissions.ClipboardToHost, true), (marie.Granted, marie.IsIn));
    }

    [Fact]
    [Trait("Invariant", "4")]
    public async Task Whom_the_customer_does_not_answer_for_two_minutes_is_sent_away()
    {
        await using var fixture = new SessionFixture();
        var peter = await fixture.GrantedAsync(Look);
        var toPeter = fixture.HostRoad;
        var marie = await fixture.InviteColleagueAsync(peter);
        var toMarie = fixture.HostRoad;

        var step = TimeSpan.FromSeconds(12);
        for (var left = Guests.AnswerWithin; left > TimeSpan.Zero; left -= step)
        {
            await peter.SendAsync(new Keepalive());
            await marie.SendAsync(new Keepalive());
            await Eventually.True(() => toPeter.IsIdle && toMarie.IsIdle, "the host has heard both");
            var (said, saidToMarie) = (toPeter.Sends, toMarie.Sends);
            Assert.False(fixture.HasNews);
            fixture.Clock.Advance(left < step ? left : step);
            if (left > step) await Eventually.True(() => toPeter.Sends > said && toMarie.Sends > saidToMarie, "the host has said that it is there");
        }
        Assert.Equal(new CustomerEvent.ParticipantLeft(2, "Marie", SessionEnd.Declined), await fixture.HearAsync<CustomerEvent.ParticipantLeft>());
        Assert.Equal(EndReason.Declined, (await marie.HearAsync<Close>()).Reason);
        Assert.Equal(Look, fixture.Connection.Session.Find(1)!.Granted);
    }

    [Fact]
    public async Task A_colleague_who_was_not_let_in_keeps_no_session_alive()
    {
        await using var fixture = new SessionFixture();
        var peter = await fixture.GrantedAsync(Look);
        var marie = await fixture.InviteColleagueAsync(peter);
        fixture.Clock.Advance(TimeSpan.FromSeconds(10)); // between two invitations
        var anna = await fixture.InviteRelativeAsync();
        fixture.Connection.Grant(Permissions.View, 3);
        await anna.HearAsync<Grant>();

        await peter.SendAsync(new Close(EndReason.TechnicianEnded));
        Assert.Equal(EndReason.TechnicianEnded, (await anna.HearAsync<Close>()).Reason);
        Assert.Equal(EndReason.TechnicianEnded, (await marie.HearAsync<Close>()).Reason);
        Assert.Equal(new CustomerEvent.Ended(SessionEnd.TechnicianEnded), await fixture.HearAsync<CustomerEvent.Ended>());
        Assert.Equal(LogEntryKind.Ended, fixture.Connection.Session.Log!.Entries[^1].Kind);
    }

    [Fact]
    public async Task The_one_who_takes_over_may_still_be_let_in_after_the_first_has_left_and_a_relative_goes_meanwhile()
    {
        await using var fixture = new SessionFixture();
        var peter = await fixture.GrantedAsync(Look);
        var marie = await fixture.InviteColleagueAsync(peter, InvitePurpose.TakeOver);
        fixture.Clock.Advance(TimeSpan.FromSeconds(10)); // between two invitations
        var anna = await fixture.InviteRelativeAsync();
        fixture.Connection.Grant(Permissions.View, 3);
        await anna.HearAsync<Grant>();

        await peter.SendAsync(new Close(EndReason.TechnicianEnded));
        Assert.Equal(EndReason.TechnicianEnded, (await anna.HearAsync<Close>()).Reason);
        byte[] left = [(await fixture.HearAsync<CustomerEvent.ParticipantLeft>()).Person, (await fixture.HearAsync<CustomerEvent.ParticipantLeft>()).Person];
        Assert.Equal(new byte[] { 1, 3 }, left.Order());

        fixture.Connection.Grant(Look, 2);
        Assert.Equal(Look, (await marie.HearAsync<Grant>()).Permissions);
        Assert.Equal([2], (await marie.HearPeopleAsync<Everybody>()).Participants.Select(one => one.Person));
        await marie.SendAsync(new Close(EndReason.TechnicianEnded));
        Assert.Equal(new CustomerEvent.Ended(SessionEnd.TechnicianEnded), await fixture.HearAsync<CustomerEvent.Ended>());
    }

    [Fact]
    public async Task When_the_customer_says_no_to_the_one_who_takes_over_the_session_is_over()
    {
        await using var fixture = new SessionFixture();
        var peter = await fixture.GrantedAsync(Look);
        var marie = await fixture.InviteColleagueAsync(peter, InvitePurpose.TakeOver);
        await peter.SendAsync(new Close(EndReason.TechnicianEnded));
        await fixture.HearAsync<CustomerEvent.ParticipantLeft>();

        fixture.Connection.Remove(2, EndReason.Declined);
        Assert.Equal(EndReason.Declined, (await marie.HearAsync<Close>()).Reason);
        await fixture.HearAsync<CustomerEvent.Ended>();
    }

    [Fact]
    [Trait("Invariant", "4")]
    public async Task With_the_end_an_open_invitation_is_over_and_nobody_comes_any_more()
    {
        await using var fixture = new SessionFixture();
        var peter = await fixture.GrantedAsync(Look);
        var toPeter = fixture.HostRoad;
        await peter.SendAsync(new Invite(1, InvitePurpose.TakeOver, "Marie", ""));
        await fixture.HearAsync<CustomerEvent.InviteAsked>();
        fixture.Connection.AnswerInvite(true);
        await (await fixture.NextSocketAsync(TestGuest.Colleague)).GiveGuestNameplateAsync("503");
        await fixture.HearAsync<CustomerEvent.InviteReady>();

        // As long as the line to the first does not carry the end, that one is still leaving.
        var one = fixture.Connection.Session.Find(1)!;
        toPeter.Stall();
        fixture.Connection.End(EndReason.CustomerEnded);
        Assert.True(fixture.HasNews, "the invitation is over at once");
        Assert.Equal(InvitationState.Withdrawn, (await fixture.HearAsync<CustomerEvent.InviteOver>()).Why);
        Assert.False(fixture.Connection.Session.TryAdd(one));
        Assert.False(fixture.Connection.TryInviteRelative("Anna"));
        toPeter.Unstall();
        await fixture.HearAsync<CustomerEvent.Ended>();
    }
}
