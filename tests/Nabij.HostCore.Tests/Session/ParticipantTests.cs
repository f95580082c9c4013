using System.Diagnostics;
using Nabij.HostCore.Picture;
using Nabij.HostCore.Picture.Px;
using Nabij.HostCore.Rendezvous;
using Nabij.HostCore.Session;
using Nabij.HostCore.Tests.Picture;
using Nabij.Protocol;
using Nabij.Protocol.Control;
using Nabij.Protocol.Input;
using Nabij.Protocol.Screen;
using Nabij.Protocol.Session;

namespace Nabij.HostCore.Tests.Session;

/// <summary>A whole session against a programmable technician: grants, Stop, the end, and a technician who is hostile.</summary>
public sealed class ParticipantTests
{
    private const Permissions Control = Permissions.Pointer | Permissions.Keyboard;
    private static readonly Key PressA = new(true, false, "KeyA", "a", KeyModifiers.None, KeyLocks.None);

    [Fact]
    [Trait("Invariant", "2")]
    public async Task Nothing_is_seen_and_nothing_is_done_before_the_customer_allows_it()
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.ConnectedAsync();
        await peer.SendAsync(PressA, new PointerMove(1, 1));
        await peer.SendAsync(new Ask(Control));
        await fixture.HearAsync<CustomerEvent.Refused>();
        await fixture.HearAsync<CustomerEvent.Refused>();
        Assert.Equal(Control, (await fixture.HearAsync<CustomerEvent.Asked>()).Permissions);
        Assert.Empty(fixture.Sink.Lines);
        Assert.Equal(0, fixture.Screen.Captures);
        Assert.Equal(0, peer.ScreenRecords);
    }

    [Fact]
    public async Task Grants_are_numbered_and_named_whole()
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.ConnectedAsync();
        fixture.Connection.Grant(Permissions.View);
        fixture.Connection.Grant(Control);
        fixture.Connection.Revoke(Permissions.Keyboard);
        fixture.Connection.Stop();
        fixture.Connection.GoOn();
        fixture.Connection.Decline(Permissions.Draw);
        await peer.HearAsync<Declined>();
        Assert.Equal(
            [
                new Grant(1, Permissions.View), new Grant(2, Permissions.View | Control), new Revoke(3, Permissions.View | Permissions.Pointer),
                new Stopped(4, StopReason.Stop), new Continued(5, Permissions.View | Permissions.Pointer), new Declined(6, Permissions.Draw),
            ],
            peer.Heard);
    }

    [Fact]
    public async Task Going_on_with_nothing_granted_is_told_so_that_the_next_grant_is_seen()
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.ConnectedAsync();
        fixture.Connection.Stop();
        fixture.Connection.GoOn();
        fixture.Connection.Grant(Permissions.View);
        await peer.HearAsync<Grant>();
        Assert.Equal([new Stopped(1, StopReason.Stop), new Continued(2, Permissions.None), new Grant(3, Permissions.View)], peer.Heard);
    }

    [Fact]
    public async Task Grants_never_pass_the_ceiling()
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.ConnectedAsync();
        fixture.Connection.Grant(Permissions.All);
        Assert.Equal(Permissions.View | Permissions.ClipboardToHost | Permissions.ClipboardFromHost | Permissions.Chat | Permissions.SystemInformation | Permissions.Draw | Control, (await peer.HearAsync<Grant>()).Permissions);
    }

    [Fact]
    public async Task Input_reaches_the_desktop_in_order_once_control_is_granted()
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.GrantedAsync(Control);
        await peer.SendAsync(new PointerMove(10, 20), new PointerButton(10, 20, PointerButtonName.Left, true), new PointerButton(10, 20, PointerButtonName.Left, false), PressA);
        await peer.SendAsync(new Wheel(5, 6, 0, 60), new Wheel(5, 6, 0, 60));
        await Eventually.True(() => fixture.Sink.Lines.Contains("wheel 0 1"), "the wheel has turned");
        Assert.Equal(
            ["move 10 20", "move 10 20", "button Left down", "move 10 20", "button Left up", "text a", "move 5 6", "move 5 6", "wheel 0 1"],
            fixture.Sink.Lines);
    }

    [Fact]
    [Trait("Invariant", "3")]
    public async Task Stop_takes_effect_within_200_ms_while_the_network_is_stuck()
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.GrantedAsync(Control);
        await peer.SendAsync(new Key(true, false, "ShiftLeft", "Shift", KeyModifiers.Shift, KeyLocks.None));
        await Eventually.True(() => fixture.Sink.Lines.Contains("key 42 down"), "Shift is held");
        fixture.HostRoad.Stall();
        fixture.Screen.Fill(0, 0, 320, 200, 0xFF00FF);
        var clock = Stopwatch.StartNew();
        fixture.Connection.Stop();
        var took = clock.Elapsed;
        TestContext.Current.TestOutputHelper?.WriteLine($"Stop took {took.TotalMilliseconds:F2} ms (allowed 200)");
        Assert.InRange(took.TotalMilliseconds, 0, 200);
        Assert.Equal("key 42 up", fixture.Sink.Lines[^1]);
        var lines = fixture.Sink.Lines.Count;
        var captures = fixture.Screen.Captures;
        await peer.SendAsync(PressA, new PointerMove(3, 3));
        fixture.Screen.Fill(0, 0, 320, 200, 0x00FFFF);
        fixture.HostRoad.Unstall();
        await peer.HearAsync<Stopped>();
        await peer.SendAsync(new Ask(Permissions.Draw));
        await peer.SendAsync(new Close(EndReason.TechnicianEnded));
        await fixture.HearAsync<CustomerEvent.Ended>();
        Assert.Equal((lines, captures), (fixture.Sink.Lines.Count, fixture.Screen.Captures));
    }

    [Fact]
    [Trait("Invariant", "3")]
    public async Task A_private_moment_takes_picture_and_input_away_and_only_the_customer_gives_them_back()
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.GrantedAsync(Control);
        await peer.SendAsync(new Key(true, false, "ShiftLeft", "Shift", KeyModifiers.Shift, KeyLocks.None));
        await Eventually.True(() => fixture.Sink.Lines.Contains("key 42 down") && fixture.Screen.Captures > 0, "Shift is held and a picture was taken");
        fixture.Connection.BeginPrivateMoment();
        Assert.Equal("key 42 up", fixture.Sink.Lines[^1]);
        await peer.HearAsync<Stopped>();
        Assert.Equal(new Stopped(2, StopReason.PrivateMoment, Stopped.MostKept), peer.Heard[^1]);
        var (lines, captures, records) = (fixture.Sink.Lines.Count, fixture.Screen.Captures, peer.ScreenRecords);
        await peer.SendAsync(PressA, new PointerMove(3, 3));
        await peer.SendAsync(new Ask(Permissions.Draw));
        fixture.Screen.Fill(0, 0, 320, 200, 0x00FFFF);
        fixture.Connection.GoOn(); // is for Stop, and lifts no private moment
        await Eventually.True(() => fixture.HostRoad.IsIdle && fixture.Screen.IsWaiting, "all of it was heard");
        Assert.Equal((lines, captures, records), (fixture.Sink.Lines.Count, fixture.Screen.Captures, peer.ScreenRecords));
        fixture.Connection.EndPrivateMoment();
        await peer.HearAsync<Continued>();
        while (peer.ScreenRecords == records) Assert.True(await peer.TakeAsync());
    }

    [Fact]
    public async Task Stop_in_a_private_moment_is_told_and_leaves_the_private_moment_when_it_is_lifted()
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.GrantedAsync(Permissions.View);
        fixture.Connection.BeginPrivateMoment();
        fixture.Connection.Stop();
        fixture.Connection.GoOn();
        fixture.Connection.Grant(Control);
        fixture.Connection.EndPrivateMoment();
        await peer.HearAsync<Continued>();
        Assert.Equal(
            [
                new Grant(1, Permissions.View), new Stopped(2, StopReason.PrivateMoment, Stopped.MostKept), new Stopped(3, StopReason.Stop),
                new Stopped(4, StopReason.PrivateMoment, Stopped.MostKept), new Grant(5, Permissions.View | Control),
                new Continued(6, Permissions.View | Control),
            ],
            peer.Heard);
    }

    [Fact]
    public async Task Whose_input_was_dropped_for_the_customers_own_hand_is_told_once_a_second()
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.GrantedAsync(Control);
        fixture.Screen.TouchLocally();
        await Eventually.True(() => fixture.Screen.IsWaiting, "the picture thread has heard the customer");
        for (var press = 0; press < 5; press++) await peer.SendAsync(PressA, new Held());
        await peer.HearAsync<LocalInput>();
        await Eventually.True(() => fixture.HostRoad.IsIdle, "all presses were heard");
        fixture.Clock.Advance(TimeSpan.FromSeconds(1));
        await peer.SendAsync(new PointerMove(1, 1));
        await Eventually.True(() => fixture.HostRoad.IsIdle, "the move was heard");
        fixture.Clock.Advance(TimeSpan.FromSeconds(1));
        await peer.SendAsync(PressA);
        await Eventually.True(() => fixture.Sink.Lines.Contains("text a"), "the technician may type again");
        fixture.Connection.Decline(Permissions.Draw);
        await peer.HearAsync<Declined>();
        Assert.Equal(2, peer.Heard.Count(message => message is LocalInput));
        Assert.Equal(["text a"], fixture.Sink.Lines);
    }

    [Fact]
    public async Task Stop_keeps_the_session_and_Go_on_brings_a_fresh_picture()
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.GrantedAsync(Permissions.View);
        await Eventually.True(() => fixture.Screen.Captures > 0, "the first picture");
        fixture.Connection.Stop();
        await peer.HearAsync<Stopped>();
        var records = peer.ScreenRecords;
        fixture.Connection.GoOn();
        await peer.HearAsync<Continued>();
        while (peer.ScreenRecords == records) Assert.True(await peer.TakeAsync());
    }

    [Fact]
    [Trait("Invariant", "8")]
    public async Task Everything_held_is_let_go_when_the_connection_is_lost()
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.GrantedAsync(Control);
        await peer.SendAsync(new Key(true, false, "ControlLeft", "Control", KeyModifiers.Control, KeyLocks.None), new PointerButton(1, 1, PointerButtonName.Right, true));
        await Eventually.True(() => fixture.Sink.Lines.Contains("button Right down"), "a button is held");
        fixture.HostRoad.Abort();
        await fixture.HearAsync<CustomerEvent.ConnectionAway>();
        Assert.Contains("button Right up", fixture.Sink.Lines);
        Assert.Contains("key 29 up", fixture.Sink.Lines);
    }

    [Fact]
    [Trait("Invariant", "8")]
    public async Task Everything_held_is_let_go_after_a_second_of_silence_and_HELD_keeps_it()
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.GrantedAsync(Control);
        await peer.SendAsync(new Key(true, false, "ShiftLeft", "Shift", KeyModifiers.Shift, KeyLocks.None));
        await Eventually.True(() => fixture.Sink.Lines.Contains("key 42 down"), "Shift is held");
        for (var i = 0; i < 8; i++)
        {
            fixture.Clock.Advance(TimeSpan.FromMilliseconds(250));
            await peer.SendAsync(new Held(), new PointerMove((ushort)i, 0));
            await Eventually.True(() => fixture.Sink.Lines[^1] == $"move {i} 0", "HELD has come");
        }
        Assert.DoesNotContain("key 42 up", fixture.Sink.Lines);
        fixture.Clock.Advance(TimeSpan.FromMilliseconds(1000));
        Assert.Equal("key 42 up", fixture.Sink.Lines[^1]);
    }

    [Fact]
    public async Task Remote_input_pauses_for_two_seconds_when_the_customer_uses_the_own_mouse()
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.GrantedAsync(Control);
        fixture.Screen.TouchLocally();
        await Eventually.True(() => fixture.Screen.IsWaiting, "the picture thread has heard of it");
        await peer.SendAsync(PressA);
        await peer.SendAsync(new Ask(Permissions.Draw));
        await fixture.HearAsync<CustomerEvent.Asked>();
        Assert.Empty(fixture.Sink.Lines);
        fixture.Clock.Advance(TimeSpan.FromSeconds(2));
        await peer.SendAsync(PressA);
        await Eventually.True(() => fixture.Sink.Lines.Contains("text a"), "input works again");
    }

    [Fact]
    [Trait("Invariant", "8")]
    public async Task A_key_held_elsewhere_is_let_go_when_one_of_our_own_windows_comes_to_the_front()
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.GrantedAsync(Control);
        await peer.SendAsync(new Key(true, false, "Enter", "Enter", KeyModifiers.None, KeyLocks.None));
        await Eventually.True(() => fixture.Sink.Lines.Contains("key 28 down"), "Enter is held");
        fixture.Screen.Activate(new ActiveWindow(9, "May Peter do this?", ["nabij"], IsOwn: true));
        await Eventually.True(() => { fixture.Clock.Advance(TimeSpan.Zero); return fixture.Sink.Lines.Contains("key 28 up"); }, "Enter is let go");
        await peer.SendAsync(new Key(true, false, "Enter", "Enter", KeyModifiers.None, KeyLocks.None));
        await peer.HearAsync<LocalInput>();
        Assert.Single(fixture.Sink.Lines, line => line == "key 28 down");
    }

    [Fact]
    [Trait("Invariant", "2")]
    public async Task The_sixth_message_without_permission_ends_the_session()
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.GrantedAsync(Permissions.View);
        for (var i = 0; i < 5; i++) await peer.SendAsync(PressA);
        await peer.SendAsync(new Ask(Permissions.Draw));
        Assert.Equal(new CustomerEvent.Refused(Channel.Input, (byte)InputMessageType.Key), await fixture.HearAsync<CustomerEvent.Refused>());
        await fixture.HearAsync<CustomerEvent.Asked>();
        Assert.Equal(5, fixture.Connection.Session.Participants[0].Refusals);
        await peer.SendAsync(PressA);
        Assert.Equal(EndReason.ProtocolError, (await peer.HearAsync<Close>()).Reason);
        Assert.Equal(SessionEnd.ProtocolError, (await fixture.HearAsync<CustomerEvent.Ended>()).Reason);
        Assert.Empty(fixture.Sink.Lines);
    }

    [Theory]
    [InlineData(Channel.Input, "")]
    [InlineData(Channel.Input, "FF")]
    [InlineData(Channel.Input, "0100")]
    [InlineData(Channel.Control, "")]
    [InlineData(Channel.Control, "10000000010000000F")]
    [InlineData(Channel.Control, "03")]
    [InlineData(Channel.Control, "0208")]
    [InlineData(Channel.Feedback, "01")]
    [InlineData(Channel.Feedback, "0100000001000000630000000000000000")]
    public async Task A_message_that_breaks_the_protocol_ends_the_session_with_words(Channel channel, string hex)
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.GrantedAsync(Permissions.View);
        await peer.SendAsync(channel, Convert.FromHexString(hex));
        Assert.Equal(EndReason.ProtocolError, (await peer.HearAsync<Close>()).Reason);
        Assert.Equal(SessionEnd.ProtocolError, (await fixture.HearAsync<CustomerEvent.Ended>()).Reason);
    }

    [Fact]
    public async Task A_changed_record_closes_the_connection_without_a_word()
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.GrantedAsync(Control);
        await peer.SendRawAsync(new byte[100]);
        Assert.Equal(SessionEnd.ProtocolError, (await fixture.HearAsync<CustomerEvent.Ended>()).Reason);
        await peer.HearEndAsync();
        Assert.DoesNotContain(peer.Heard, message => message is Close);
    }

    [Fact]
    [Trait("Invariant", "4")]
    public async Task A_flood_of_input_ends_the_session()
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.GrantedAsync(Control);
        for (var i = 0; i <= 500; i++) await peer.SendAsync(new PointerMove((ushort)i, 1));
        Assert.Equal(SessionEnd.ProtocolError, (await fixture.HearAsync<CustomerEvent.Ended>()).Reason);
    }

    [Fact]
    public async Task Whoever_asks_too_often_is_not_heard()
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.GrantedAsync(Permissions.View);
        await peer.SendAsync(new Ask(Control));
        await fixture.HearAsync<CustomerEvent.Asked>();
        await peer.SendAsync(new Ask(Permissions.Draw)); // one is open
        fixture.Connection.Decline(Control);
        await peer.HearAsync<Declined>();
        await peer.SendAsync(new Ask(Permissions.Draw)); // ten seconds have not passed
        await peer.SendAsync(PressA); // not allowed either: its refusal shows that the question before it was taken
        await fixture.HearAsync<CustomerEvent.Refused>();
        fixture.Clock.Advance(TimeSpan.FromSeconds(10));
        await peer.SendAsync(new Ask(Permissions.Pointer));
        Assert.Equal(Permissions.Pointer, (await fixture.HearAsync<CustomerEvent.Asked>()).Permissions);
    }

    [Fact]
    public async Task Other_displays_are_no_answer_to_what_was_asked()
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.GrantedAsync(Permissions.View);
        await peer.SendAsync(new Ask(Control));
        await fixture.HearAsync<CustomerEvent.Asked>();
        fixture.Connection.Share(DisplayChoice.All);
        fixture.Clock.Advance(TimeSpan.FromSeconds(10));
        await peer.SendAsync(new Ask(Permissions.Draw)); // the question still stands
        await peer.SendAsync(PressA);
        await fixture.HearAsync<CustomerEvent.Refused>();
        fixture.Connection.Grant(Control);
        fixture.Clock.Advance(TimeSpan.FromSeconds(10));
        await peer.SendAsync(new Ask(Permissions.Draw));
        Assert.Equal(Permissions.Draw, (await fixture.HearAsync<CustomerEvent.Asked>()).Permissions);
    }

    [Theory]
    [InlineData(EndReason.CustomerEnded, SessionEnd.CustomerEnded)]
    [InlineData(EndReason.Declined, SessionEnd.Declined)]
    [InlineData(EndReason.NumbersDiffer, SessionEnd.NumbersDiffer)]
    public async Task The_customers_end_is_told_with_its_reason(EndReason reason, SessionEnd end)
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.GrantedAsync(Permissions.View);
        fixture.Connection.End(reason);
        Assert.Equal(reason, (await peer.HearAsync<Close>()).Reason);
        Assert.Equal(end, (await fixture.HearAsync<CustomerEvent.Ended>()).Reason);
        await peer.HearEndAsync();
    }

    [Fact]
    public async Task The_technicians_end_is_told_as_such()
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.GrantedAsync(Permissions.View);
        await peer.SendAsync(new Close(EndReason.TechnicianEnded));
        Assert.Equal(SessionEnd.TechnicianEnded, (await fixture.HearAsync<CustomerEvent.Ended>()).Reason);
    }

    [Fact]
    public async Task End_leaves_within_a_second_while_the_network_is_stuck()
    {
        await using var fixture = new SessionFixture();
        await fixture.GrantedAsync(Permissions.View);
        fixture.HostRoad.Stall();
        fixture.Connection.End(EndReason.CustomerEnded);
        fixture.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(SessionEnd.CustomerEnded, (await fixture.HearAsync<CustomerEvent.Ended>()).Reason);
    }

    [Fact]
    public async Task Keepalives_go_out_in_quiet_and_silence_is_a_lost_connection()
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.ConnectedAsync();
        for (var i = 0; i < 6; i++) fixture.Clock.Advance(TimeSpan.FromSeconds(1));
        await peer.HearAsync<Keepalive>();
        for (var i = 0; i < 15; i++) fixture.Clock.Advance(TimeSpan.FromSeconds(1));
        await fixture.HearAsync<CustomerEvent.ConnectionAway>();
    }

    [Fact]
    public async Task A_screen_that_is_lost_ends_the_session_in_words()
    {
        await using var fixture = new SessionFixture();
        await fixture.GrantedAsync(Permissions.View);
        fixture.Screen.Lose("gone");
        await Eventually.True(() => { fixture.Clock.Advance(TimeSpan.FromMilliseconds(100)); return fixture.HasNews; }, "the end");
        Assert.Equal(SessionEnd.ScreenLost, (await fixture.HearAsync<CustomerEvent.Ended>()).Reason);
    }

    [Fact]
    public async Task A_session_ends_after_four_hours_whatever_happens_in_it()
    {
        var step = TimeSpan.FromSeconds(12);
        await using var fixture = new SessionFixture();
        var peer = await fixture.GrantedAsync(Permissions.View);
        var hearing = peer.HearEndAsync();
        for (var passed = TimeSpan.Zero; passed < HostSession.LongestTime; passed += step)
        {
            Assert.Single(fixture.Connection.Session.Participants);
            await fixture.PassAsync(peer, step);
        }
        await fixture.HearAsync<CustomerEvent.HeldBack>(); // nobody has done anything for a quarter of an hour
        Assert.Equal(SessionEnd.Expired, (await fixture.HearAsync<CustomerEvent.Ended>()).Reason);
        await hearing;
        Assert.Equal(new Close(EndReason.Expired), peer.Heard[^1]);
    }

    [Fact]
    public async Task A_place_of_an_older_screen_is_never_taken_for_one_of_the_new()
    {
        await using var fixture = new SessionFixture();
        using var queues = new SendQueues();
        using var unused = new ViewerPicture(queues, new PxEncoder(), fixture.Clock);
        var peer = await fixture.ConnectedAsync();
        var viewer = peer.Viewer = new TestViewer(queues, unused) { PresentsAtOnce = false };
        fixture.Connection.Grant(Permissions.View | Control);
        await Painted(1);
        await Sees(new PointerMove(300, 150), "text a");
        await peer.SendAsync(new Presented(1, viewer.Update, 0, 0));
        await Sees(new PointerMove(300, 151), "move 300 151", "text a");

        fixture.Screen.Resize(640, 400);
        await Eventually.True(() => fixture.Desktop.Shared.Width == 640, "the desktop is larger");
        await Sees(new PointerMove(300, 152), "text a");
        await Painted(2);
        await Sees(new PointerButton(300, 153, PointerButtonName.Left, true), "text a");
        await peer.SendAsync(new Presented(2, viewer.Update, 0, 0));
        await Sees(new PointerMove(600, 300), "move 600 300", "text a");

        // Back to the first size: what the viewer once saw of it says nothing about what it sees now.
        fixture.Screen.Resize(320, 200);
        await Painted(3);
        await Sees(new PointerMove(319, 199), "text a");
        await peer.SendAsync(new Presented(3, viewer.Update, 0, 0));
        await Sees(new PointerMove(9, 9), "move 9 9", "text a");

        async Task Painted(uint layout)
        {
            while (viewer.Layout?.Number != layout || viewer.Update == 0) Assert.True(await peer.TakeAsync());
        }

        // The text behind it shows that the message before was dealt with.
        async Task Sees(InputMessage message, params string[] effects)
        {
            var before = fixture.Sink.Lines.Count;
            await peer.SendAsync(message, PressA);
            await Eventually.True(() => fixture.Sink.Lines.Count > before && fixture.Sink.Lines[^1] == "text a", "the text has come");
            Assert.Equal(effects, fixture.Sink.Lines.Skip(before));
            await peer.SendAsync(new Key(false, false, "KeyA", "a", KeyModifiers.None, KeyLocks.None));
        }
    }

    [Fact]
    public async Task A_fault_of_our_own_is_told_and_ends_the_session_on_both_sides()
    {
        await using var fixture = new SessionFixture(sink: new FailingSink());
        var peer = await fixture.GrantedAsync(Control);
        await peer.SendAsync(new PointerMove(1, 1));
        Assert.Equal(EndReason.ProgramClosed, (await peer.HearAsync<Close>()).Reason);
        Assert.IsType<NotSupportedException>((await fixture.HearAsync<CustomerEvent.Faulted>()).Failure);
        Assert.Empty(fixture.Connection.Session.Participants);
    }

    [Fact]
    [Trait("Invariant", "3")]
    public async Task Stop_works_on_a_desktop_that_fails_to_let_go()
    {
        var sink = new FailingSink { FailsOnRelease = true };
        await using var fixture = new SessionFixture(sink: sink);
        var peer = await fixture.GrantedAsync(Control);
        await peer.SendAsync(new PointerButton(1, 1, PointerButtonName.Left, true));
        await Eventually.True(() => sink.HasPressed, "the button is down");
        fixture.Connection.Stop();
        Assert.True(fixture.Connection.Session.Participants.All(one => one.IsStopped));
        Assert.IsType<NotSupportedException>((await fixture.HearAsync<CustomerEvent.Faulted>()).Failure);
    }

    [Fact]
    [Trait("Invariant", "4")]
    public async Task A_technician_who_takes_nothing_loses_the_connection_when_the_queue_is_full()
    {
        await using var fixture = new SessionFixture();
        await fixture.GrantedAsync(Permissions.View);
        fixture.HostRoad.Stall();
        for (var act = 0; act < 300; act++) fixture.Connection.Decline(Permissions.Draw);
        await fixture.HearAsync<CustomerEvent.ConnectionAway>();
    }
}
