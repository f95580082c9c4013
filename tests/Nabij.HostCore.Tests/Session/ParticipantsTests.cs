using Nabij.HostCore.Rendezvous;
using Nabij.HostCore.Session;
using Nabij.Protocol;
using Nabij.Protocol.Chat;
using Nabij.Protocol.Control;
using Nabij.Protocol.Drawing;
using Nabij.Protocol.Input;
using Nabij.Protocol.Log;
using Nabij.Protocol.People;
using Nabij.Protocol.Rendezvous;
using Nabij.Protocol.Session;

namespace Nabij.HostCore.Tests.Session;

/// <summary>Several people in one session (docs/protocol/13-participants.md), with simulated technicians and a relative.</summary>
public sealed class ParticipantsTests
{
    private const Permissions Look = Permissions.View | Permissions.Chat, Control = Look | Permissions.Pointer | Permissions.Keyboard;

    // Where the pointer was put last.
    private static string? Place(SessionFixture fixture) => fixture.Sink.Lines.LastOrDefault(line => line.StartsWith("move ", StringComparison.Ordinal))?["move ".Length..];

    [Fact]
    public async Task A_colleague_comes_with_an_own_code_and_begins_with_nothing()
    {
        await using var fixture = new SessionFixture();
        var peter = await fixture.GrantedAsync(Control);
        await peter.SendAsync(new Invite(1, InvitePurpose.ComeAlong, "Marie", ""));
        await fixture.HearAsync<CustomerEvent.InviteAsked>();
        Assert.Equal(InvitationState.Asked, (await peter.HearPeopleAsync<Invitation>()).State);
        fixture.Connection.AnswerInvite(true);
        var marie = await fixture.NextSocketAsync(TestGuest.Colleague);
        await marie.GiveGuestNameplateAsync("503");
        var ready = await fixture.HearAsync<CustomerEvent.InviteReady>();

        var told = await peter.HearPeopleAsync<Invitation>(one => one.State == InvitationState.Code);
        Assert.Equal((ready.Digits, 600), (told.Code, (int)told.Seconds));
        Assert.StartsWith("503", told.Code, StringComparison.Ordinal);
        Assert.True(await marie.ConnectAsync(ready.Digits));
        var connected = await fixture.HearAsync<CustomerEvent.ParticipantConnected>();
        Assert.Equal(new CustomerEvent.ParticipantConnected(2, ParticipantRole.Technician, "Marie", marie.Session.CheckNumber), connected);
        await peter.HearPeopleAsync<Invitation>(one => one.State == InvitationState.Joined);

        Assert.Equal(Permissions.None, fixture.Connection.Session.Find(2)!.Granted);
        Assert.Equal([1], (await peter.HearPeopleAsync<Everybody>()).Participants.Select(one => one.Person));
        fixture.Connection.Grant(Look, 2);
        Assert.Equal(Look, (await marie.HearAsync<Grant>()).Permissions);
        var everybody = await marie.HearPeopleAsync<Everybody>();
        Assert.Equal((2, 0), ((int)everybody.Own, (int)everybody.Control));
        Assert.Equal([("Peter", Control), ("Marie", Look)], everybody.Participants.Select(one => (one.Name, one.Permissions)));
        Assert.Equal(2, (await peter.HearPeopleAsync<Everybody>(one => one.Participants.Count == 2)).Participants.Count);
    }

    [Fact]
    public async Task The_host_names_the_running_run_and_the_role_to_the_server_and_no_secret_digit()
    {
        await using var fixture = new SessionFixture();
        var peter = await fixture.GrantedAsync(Look);
        var marie = await fixture.InviteColleagueAsync(peter);

        Assert.Equal(ParticipantRole.Technician, marie.Guest.Role);
        Assert.Equal((16, Resume.CookieBytes), (marie.Guest.Session.Length, marie.Guest.Cookie.Length));
        Assert.NotEqual(peter.Registration.SidC.ToArray(), marie.Guest.SidC.ToArray());
    }

    [Fact]
    public async Task Grants_of_one_are_not_the_others()
    {
        await using var fixture = new SessionFixture();
        var peter = await fixture.GrantedAsync(Look);
        var marie = await fixture.InviteColleagueAsync(peter);
        fixture.Connection.Grant(Look, 2);
        await marie.HearAsync<Grant>();

        fixture.Connection.Grant(Permissions.Pointer | Permissions.Keyboard, 2);
        await marie.PaintFirstAsync();
        await marie.SendAsync(new PointerMove(30, 40));
        await Eventually.True(() => Place(fixture) == "30 40", "Marie moved the pointer");
        await peter.SendAsync(new PointerMove(1, 1));
        Assert.Equal(new CustomerEvent.Refused(Channel.Input, 1), await fixture.HearAsync<CustomerEvent.Refused>());
        Assert.Equal("30 40", Place(fixture));
        Assert.Equal(Look, fixture.Connection.Session.Find(1)!.Granted);

        fixture.Connection.Revoke(Permissions.View, 2);
        Assert.Equal(Permissions.Chat, fixture.Connection.Session.Find(2)!.Granted);
        Assert.Equal(Look, fixture.Connection.Session.Find(1)!.Granted);
    }

    [Fact]
    public async Task An_ask_and_its_answer_concern_the_one_who_asked()
    {
        await using var fixture = new SessionFixture();
        var peter = await fixture.GrantedAsync(Look);
        var marie = await fixture.InviteColleagueAsync(peter);
        fixture.Connection.Grant(Look, 2);
        await marie.HearAsync<Grant>();

        await marie.SendAsync(new Ask(Permissions.Pointer));
        Assert.Equal(new CustomerEvent.Asked(Permissions.Pointer) { Person = 2 }, await fixture.HearAsync<CustomerEvent.Asked>());
        fixture.Connection.Decline(Permissions.Pointer, 2);

        Assert.Equal(Permissions.Pointer, (await marie.HearAsync<Declined>()).Permissions);
        await peter.SendAsync(new Ask(Permissions.Pointer));
        Assert.Equal(1, (await fixture.HearAsync<CustomerEvent.Asked>()).Person);
        Assert.Empty(peter.Heard.OfType<Declined>());
    }

    [Fact]
    public async Task One_has_control_at_a_time_and_another_takes_it_with_one_message()
    {
        await using var fixture = new SessionFixture();
        var peter = await fixture.GrantedAsync(Control);
        var marie = await fixture.InviteColleagueAsync(peter);
        fixture.Connection.Grant(Control, 2);
        await marie.PaintFirstAsync();
        await peter.SendAsync(new PointerButton(10, 10, PointerButtonName.Left, true));
        await Eventually.True(() => Place(fixture) == "10 10", "Peter pressed");
        Assert.Equal(1, (int)(await marie.HearPeopleAsync<Everybody>(one => one.Control != 0)).Control);

        await marie.SendAsync(new PointerMove(20, 20));
        await marie.SendAsync(new TakeControl());
        Assert.Equal(2, (int)(await peter.HearPeopleAsync<Everybody>(one => one.Control == 2)).Control);
        Assert.Equal("10 10", Place(fixture));
        Assert.Contains("button Left up", fixture.Sink.Lines);

        await marie.SendAsync(new PointerMove(30, 30));
        await Eventually.True(() => Place(fixture) == "30 30", "Marie has control");
        await peter.SendAsync(new PointerMove(11, 11));
        await peter.SendAsync(new ChatLine(1, "yours"));
        await fixture.HearAsync<CustomerEvent.LineCame>();
        Assert.Equal("30 30", Place(fixture));
        Assert.Equal(0, fixture.Connection.Session.Find(1)!.Refusals);
    }

    [Fact]
    public async Task Who_may_not_use_the_mouse_cannot_take_control_and_who_loses_it_has_it_no_longer()
    {
        await using var fixture = new SessionFixture();
        var peter = await fixture.GrantedAsync(Control);
        var marie = await fixture.InviteColleagueAsync(peter);
        fixture.Connection.Grant(Look, 2);
        await peter.SendAsync(new PointerMove(10, 10));
        await Eventually.True(() => fixture.Connection.Session.Control == 1, "Peter has control");

        await marie.SendAsync(new TakeControl());
        await marie.SendAsync(new ChatLine(1, "mine?"));
        await fixture.HearAsync<CustomerEvent.LineCame>();
        Assert.Equal(1, fixture.Connection.Session.Control);

        fixture.Connection.Revoke(Permissions.Pointer | Permissions.Keyboard, 1);
        Assert.Equal(0, fixture.Connection.Session.Control);
    }

    [Fact]
    [Trait("Invariant", "3")]
    public async Task Stop_stops_everybody_and_go_on_gives_each_what_it_had()
    {
        await using var fixture = new SessionFixture();
        var peter = await fixture.GrantedAsync(Control);
        var marie = await fixture.InviteColleagueAsync(peter);
        fixture.Connection.Grant(Look, 2);
        await marie.HearAsync<Grant>();

        fixture.Connection.Stop();
        Assert.All(fixture.Connection.Session.Participants, one => Assert.True(one.IsStopped));
        await peter.SendAsync(new PointerMove(50, 50));
        await marie.HearAsync<Stopped>();
        await peter.HearAsync<Stopped>();
        Assert.NotEqual("50 50", Place(fixture));

        fixture.Connection.GoOn();
        Assert.Equal(Control, (await peter.HearAsync<Continued>()).Permissions);
        Assert.Equal(Look, (await marie.HearAsync<Continued>()).Permissions);
    }

    [Fact]
    public async Task Everybody_reads_what_the_others_write_and_by_whom()
    {
        await using var fixture = new SessionFixture();
        var peter = await fixture.GrantedAsync(Look);
        fixture.Connection.TrySay("before");
        var marie = await fixture.InviteColleagueAsync(peter);
        fixture.Connection.Grant(Look, 2);
        var anna = await AnnaAsync();
        fixture.Connection.Grant(Permissions.View, 3);
        await anna.HearAsync<Grant>();

        await marie.SendAsync(new ChatLine(1, "It is the cable"));
        Assert.Equal(("It is the cable", (byte)2), (await fixture.HearAsync<CustomerEvent.LineCame>()) is var line ? (line.Text, line.Person) : default);
        Assert.Equal(("It is the cable", (byte)2), Said((await peter.HearChatAsync(2))[1]));
        Assert.Equal(("It is the cable", (byte)2), Said((await anna.HearChatAsync(1))[0]));
        Assert.True(fixture.Connection.TrySay("thank you"));
        Assert.Equal("thank you", Assert.IsType<ChatLine>((await anna.HearChatAsync(2))[1]).Text);
        Assert.Equal("thank you", Assert.IsType<ChatLine>((await marie.HearChatAsync(2))[1]).Text);

        Task<TechnicianPeer> AnnaAsync()
        {
            fixture.Clock.Advance(TimeSpan.FromSeconds(10)); // between two invitations
            return fixture.InviteRelativeAsync();
        }

        static (string, byte) Said(ChatMessage message) => message is ChatSaid said ? (said.Text, said.Person) : default;
    }

    [Fact]
    public async Task The_customers_lines_have_arrived_when_every_technician_has_them()
    {
        await using var fixture = new SessionFixture();
        var peter = await fixture.GrantedAsync(Look);
        Assert.True(fixture.Connection.TrySay("one"));
        await peter.SendAsync(new ChatSeen(1));
        Assert.Equal(new CustomerEvent.LinesMarked(1, 1), await fixture.HearAsync<CustomerEvent.LinesMarked>());
        var marie = await fixture.InviteColleagueAsync(peter);
        fixture.Connection.Grant(Look, 2);
        await marie.SendAsync(new ChatLine(1, "hello"));
        await fixture.HearAsync<CustomerEvent.LineCame>();

        Assert.True(fixture.Connection.TrySay("two"));
        await peter.HearChatAsync(3); // "one", what Marie said, "two"
        await peter.SendAsync(new ChatSeen(3));
        Assert.Equal(new CustomerEvent.LinesMarked(1, 1), await fixture.HearAsync<CustomerEvent.LinesMarked>());
        await marie.SendAsync(new ChatDelivered(1));
        Assert.Equal(new CustomerEvent.LinesMarked(2, 1), await fixture.HearAsync<CustomerEvent.LinesMarked>());
    }

    [Fact]
    public async Task Handing_over_is_a_second_technician_and_the_firsts_leaving()
    {
        await using var fixture = new SessionFixture();
        var peter = await fixture.GrantedAsync(Control);
        var marie = await fixture.InviteColleagueAsync(peter, InvitePurpose.TakeOver);
        fixture.Connection.Grant(Look, 2);
        await marie.HearAsync<Grant>();

        await peter.SendAsync(new Close(EndReason.TechnicianEnded));
        Assert.Equal(new CustomerEvent.ParticipantLeft(1, "Peter", SessionEnd.TechnicianEnded), await fixture.HearAsync<CustomerEvent.ParticipantLeft>());
        Assert.Equal([2], (await marie.HearPeopleAsync<Everybody>(one => one.Participants.Count == 1)).Participants.Select(one => one.Person));
        fixture.Connection.Grant(Control);
        await Eventually.True(() => fixture.Connection.Session.Lead?.Granted == Control, "Marie may use the mouse");

        await marie.SendAsync(new Close(EndReason.TechnicianEnded));
        Assert.Equal(new CustomerEvent.Ended(SessionEnd.TechnicianEnded), await fixture.HearAsync<CustomerEvent.Ended>());
    }

    [Fact]
    public async Task The_log_says_who_came_who_left_and_whose_everything_was()
    {
        await using var fixture = new SessionFixture();
        var peter = await fixture.GrantedAsync(Look);
        var marie = await fixture.InviteColleagueAsync(peter);
        fixture.Connection.Grant(Look, 2);
        fixture.Connection.Grant(Permissions.Pointer, 2);
        await peter.SendAsync(new Close(EndReason.TechnicianEnded));
        await fixture.HearAsync<CustomerEvent.ParticipantLeft>();
        fixture.Connection.End(EndReason.CustomerEnded);
        await fixture.HearAsync<CustomerEvent.Ended>();

        var log = fixture.Connection.Session.Log!;
        Assert.Equal(
            [(LogEntryKind.Allowed, 1), (LogEntryKind.Joined, 2), (LogEntryKind.Allowed, 2), (LogEntryKind.Allowed, 2), (LogEntryKind.Left, 1), (LogEntryKind.Ended, 0)],
            log.Entries.Select(one => (one.Kind, (int)one.Person)));
        Assert.Equal(("Marie", ParticipantRole.Technician), (log.Entries[1].Joined.Name, log.Entries[1].Joined.Role));
        Assert.Null(LogCheck.Block(log.Block(), fixture.Organization.Document.Keys).Problem);
    }

    [Fact]
    public async Task The_customer_removes_one_and_the_others_go_on()
    {
        await using var fixture = new SessionFixture();
        var peter = await fixture.GrantedAsync(Look);
        var marie = await fixture.InviteColleagueAsync(peter);
        fixture.Connection.Grant(Look, 2);

        fixture.Connection.Remove(2);
        Assert.Equal(EndReason.CustomerEnded, (await marie.HearAsync<Close>()).Reason);
        Assert.Equal((byte)2, (await fixture.HearAsync<CustomerEvent.ParticipantLeft>()).Person);
        Assert.Single((await peter.HearPeopleAsync<Everybody>(one => one.Participants.Count == 1)).Participants);
        Assert.Equal(Look, fixture.Connection.Session.Find(1)!.Granted);
    }

    [Fact]
    public async Task With_the_last_technician_the_session_ends_for_a_relative_too()
    {
        await using var fixture = new SessionFixture();
        var peter = await fixture.GrantedAsync(Look);
        var anna = await fixture.InviteRelativeAsync();
        fixture.Connection.Grant(Permissions.View, 2);

        await peter.SendAsync(new Close(EndReason.TechnicianEnded));
        Assert.Equal(EndReason.TechnicianEnded, (await anna.HearAsync<Close>()).Reason);
        Assert.Equal(new CustomerEvent.Ended(SessionEnd.TechnicianEnded), await fixture.HearAsync<CustomerEvent.Ended>());
    }

    [Fact]
    public async Task A_relative_may_stop_the_session_for_everybody_and_only_the_customer_goes_on()
    {
        await using var fixture = new SessionFixture();
        var peter = await fixture.GrantedAsync(Control);
        var anna = await fixture.InviteRelativeAsync();
        fixture.Connection.Grant(Permissions.View, 2);
        await anna.HearAsync<Grant>();

        await anna.SendAsync(new Halt());
        Assert.Equal(new CustomerEvent.Halted(2, "Anna"), await fixture.HearAsync<CustomerEvent.Halted>());
        Assert.Equal(StopReason.Stop, (await peter.HearAsync<Stopped>()).Reason);
        Assert.Equal(StopReason.Stop, (await anna.HearAsync<Stopped>()).Reason);
        Assert.Equal((byte)2, fixture.Connection.Session.Log!.Entries[^1].Person);
        fixture.Connection.GoOn();
        await peter.HearAsync<Continued>();
    }

    /// <summary>Every message that a viewer may send, and every grant that the customer could try to give a relative.</summary>
    [Fact]
    [Trait("Invariant", "2")]
    public async Task Everything_else_of_a_relative_is_refused()
    {
        await using var fixture = new SessionFixture();
        await fixture.GrantedAsync(Look);
        await fixture.InviteRelativeAsync();
        fixture.Connection.Grant(Permissions.All, 2);
        var anna = fixture.Connection.Session.Find(2)!;
        Assert.Equal(Permissions.View, anna.Granted);

        foreach (var row in PermissionTable.Rows)
        {
            var isHers = PermissionTable.OfRelatives.Contains((row.Channel, row.Type));
            using var gate = new PermissionGate(fixture.Time, role: ParticipantRole.Relative);
            gate.Grant(Permissions.All);
            var passage = gate.Pass(row.Channel, row.Type, () => Assert.True(isHers, $"{row.Channel} {row.Type} had effect"));
            Assert.Equal(isHers ? Passage.Passed : Passage.Refused, passage);
        }
    }

    [Fact]
    [Trait("Invariant", "2")]
    public async Task What_a_relative_sends_beyond_its_few_messages_has_no_effect_on_the_computer()
    {
        await using var fixture = new SessionFixture();
        var peter = await fixture.GrantedAsync(Control);
        var anna = await fixture.InviteRelativeAsync();
        fixture.Connection.Grant(Permissions.All, 2);
        await anna.PaintFirstAsync();

        await anna.SendAsync(new PointerMove(70, 70));
        await anna.SendAsync(new ChatLine(1, "let me"));
        await anna.SendAsync(new Ask(Permissions.Pointer));
        await anna.SendAsync(new Invite(1, InvitePurpose.ComeAlong, "Bob", ""));
        await anna.SendAsync(new Spot(new DrawingPoint(5, 5)));
        for (var refused = 0; refused < 5; refused++) Assert.Equal((byte)2, (await fixture.HearAsync<CustomerEvent.Refused>()).Person);
        Assert.NotEqual("70 70", Place(fixture));
        Assert.Empty(peter.Chat);
        await anna.SendAsync(new TakeControl());
        Assert.Equal(EndReason.ProtocolError, (await anna.HearAsync<Close>()).Reason);
        await fixture.HearAsync<CustomerEvent.Refused>();
        Assert.Equal(SessionEnd.ProtocolError, (await fixture.HearAsync<CustomerEvent.ParticipantLeft>()).Reason);
        Assert.Equal(Control, fixture.Connection.Session.Find(1)!.Granted);
    }

    [Fact]
    public async Task A_technician_has_no_halt()
    {
        await using var fixture = new SessionFixture();
        var peter = await fixture.GrantedAsync(Look);
        await peter.SendAsync(new Halt());
        Assert.Equal(new CustomerEvent.Refused(Channel.People, (byte)PeopleMessageType.Halt), await fixture.HearAsync<CustomerEvent.Refused>());
        Assert.False(fixture.Connection.Session.Find(1)!.IsStopped);
    }

    [Fact]
    public async Task A_relatives_code_goes_over_no_line()
    {
        await using var fixture = new SessionFixture();
        var peter = await fixture.GrantedAsync(Look);
        await fixture.InviteRelativeAsync();
        await peter.SendAsync(new ChatLine(1, "hello"));
        await peter.HearChatAsync(1);
        Assert.Empty(peter.People.OfType<Invitation>());
    }

    [Fact]
    public async Task A_wrong_code_ends_the_invitation_and_nothing_else()
    {
        await using var fixture = new SessionFixture();
        var peter = await fixture.GrantedAsync(Look);
        await peter.SendAsync(new Invite(1, InvitePurpose.ComeAlong, "Marie", ""));
        await fixture.HearAsync<CustomerEvent.InviteAsked>();
        fixture.Connection.AnswerInvite(true);
        var marie = await fixture.NextSocketAsync(TestGuest.Colleague);
        await marie.GiveGuestNameplateAsync("503");
        var ready = await fixture.HearAsync<CustomerEvent.InviteReady>();
        var wrong = ready.Digits[..^1] + (ready.Digits[^1] == '0' ? '1' : '0');

        Assert.False(await marie.ConnectAsync(wrong));
        Assert.Equal(InvitationState.WrongCode, (await fixture.HearAsync<CustomerEvent.InviteOver>()).Why);
        await peter.HearPeopleAsync<Invitation>(one => one.State == InvitationState.WrongCode);
        Assert.Single(fixture.Connection.Session.Participants);
        Assert.Equal(Look, fixture.Connection.Session.Find(1)!.Granted);
    }

    [Fact]
    public async Task A_technicians_certificate_opens_no_relatives_code()
    {
        await using var fixture = new SessionFixture();
        await fixture.GrantedAsync(Look);
        Assert.True(fixture.Connection.TryInviteRelative("Anna"));
        var marie = await fixture.NextSocketAsync(TestGuest.Colleague);
        await marie.GiveGuestNameplateAsync("503");
        Assert.Equal(ParticipantRole.Relative, marie.Guest.Role);
        var ready = await fixture.HearAsync<CustomerEvent.InviteReady>();
        Assert.False(await marie.ConnectAsync(ready.Digits));
        Assert.Equal(InvitationState.Unavailable, (await fixture.HearAsync<CustomerEvent.InviteOver>()).Why);
    }

    [Fact]
    public async Task The_customer_says_no_and_no_code_is_made()
    {
        await using var fixture = new SessionFixture();
        var peter = await fixture.GrantedAsync(Look);
        await peter.SendAsync(new Invite(1, InvitePurpose.ComeAlong, "Marie", ""));
        await fixture.HearAsync<CustomerEvent.InviteAsked>();
        fixture.Connection.AnswerInvite(false);
        await peter.HearPeopleAsync<Invitation>(one => one.State == InvitationState.Declined);
        Assert.Equal(1, fixture.Calls);

        await fixture.HearAsync<CustomerEvent.InviteOver>();
        await peter.SendAsync(new Invite(2, InvitePurpose.ComeAlong, "Marie", ""));
        await peter.HearPeopleAsync<Invitation>(one => one is { Number: 2, State: InvitationState.TooOften });
    }

    [Fact]
    public async Task Nobody_comes_within_ten_minutes_and_the_code_is_gone()
    {
        await using var fixture = new SessionFixture();
        var peter = await fixture.GrantedAsync(Look);
        var road = fixture.HostRoad;
        await peter.SendAsync(new Invite(1, InvitePurpose.ComeAlong, "Marie", ""));
        await fixture.HearAsync<CustomerEvent.InviteAsked>();
        fixture.Connection.AnswerInvite(true);
        await (await fixture.NextSocketAsync(TestGuest.Colleague)).GiveGuestNameplateAsync("503");
        await fixture.HearAsync<CustomerEvent.InviteReady>();
        await fixture.PassAsync(peter, TimeSpan.FromMinutes(10), road);
        Assert.Equal(InvitationState.Expired, (await fixture.HearAsync<CustomerEvent.InviteOver>()).Why);
    }

    [Fact]
    public async Task Four_may_take_part_and_no_fifth()
    {
        await using var fixture = new SessionFixture();
        var peter = await fixture.GrantedAsync(Look);
        List<(TechnicianPeer Peer, MemoryTransport Road)> all = [(peter, fixture.HostRoad)];
        for (byte person = 2; person <= HostSession.MostParticipants; person++)
        {
            var guest = await fixture.InviteColleagueAsync(peter, number: person);
            fixture.Connection.Grant(Look, person);
            await guest.HearAsync<Grant>();
            all.Add((guest, fixture.HostRoad));
            foreach (var (peer, road) in all)
            {
                await peer.SendAsync(new Keepalive());
                await Eventually.True(() => road.IsIdle, "the host has heard that it is there");
            }
            fixture.Clock.Advance(TimeSpan.FromSeconds(10)); // between two invitations
        }
        await peter.SendAsync(new Invite(9, InvitePurpose.ComeAlong, "Bob", ""));
        await peter.HearPeopleAsync<Invitation>(one => one is { Number: 9, State: InvitationState.Full });
        Assert.False(fixture.Connection.TryInviteRelative("Anna"));
    }

    [Fact]
    [Trait("Invariant", "7")]
    public async Task A_colleagues_lost_connection_comes_back_by_itself_and_the_first_notices_nothing()
    {
        await using var fixture = new SessionFixture();
        var peter = await fixture.GrantedAsync(Look);
        var marie = await fixture.InviteColleagueAsync(peter);
        fixture.Connection.Grant(Control, 2);
        await marie.HearAsync<Grant>();
        var secrets = new ResumeSecrets(marie.Session);
        fixture.HostRoad.Abort();
        Assert.Equal((byte)2, (await fixture.HearAsync<CustomerEvent.ConnectionAway>()).Person);
        Assert.True((await peter.HearPeopleAsync<Everybody>(one => one.Participants.Any(each => each.IsAway))).Participants[1].IsAway);
        Assert.Equal(Look, fixture.Connection.Session.Find(1)!.Granted);

        var back = await fixture.NextSocketAsync(TestGuest.Colleague);
        await back.ComeBackAsync(secrets);
        Assert.Equal(Control, (await back.HearAsync<Grant>()).Permissions);
        Assert.Equal((byte)2, (await fixture.HearAsync<CustomerEvent.ConnectionBack>()).Person);
        Assert.Equal(2, (await back.HearPeopleAsync<Everybody>()).Participants.Count);
        Assert.Empty(peter.Heard.OfType<Stopped>());
    }

    [Fact]
    public async Task When_the_one_who_invited_leaves_the_invitation_is_over()
    {
        await using var fixture = new SessionFixture();
        var peter = await fixture.GrantedAsync(Look);
        await peter.SendAsync(new Invite(1, InvitePurpose.TakeOver, "Marie", ""));
        await fixture.HearAsync<CustomerEvent.InviteAsked>();
        await peter.SendAsync(new Close(EndReason.TechnicianEnded));
        Assert.Equal(InvitationState.Withdrawn, (await fixture.HearAsync<CustomerEvent.InviteOver>()).Why);
        await fixture.HearAsync<CustomerEvent.Ended>();
    }

    [Fact]
    public async Task The_one_who_invited_takes_it_back()
    {
        await using var fixture = new SessionFixture();
        var peter = await fixture.GrantedAsync(Look);
        await peter.SendAsync(new Invite(1, InvitePurpose.ComeAlong, "Marie", ""));
        await fixture.HearAsync<CustomerEvent.InviteAsked>();
        await peter.SendAsync(new Withdraw(1));
        Assert.Equal(InvitationState.Withdrawn, (await fixture.HearAsync<CustomerEvent.InviteOver>()).Why);
        fixture.Connection.AnswerInvite(true);
        await peter.HearPeopleAsync<Invitation>(one => one.State == InvitationState.Withdrawn);
        Assert.Equal(1, fixture.Calls);
    }
}
