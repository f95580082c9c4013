using Nabij.HostCore.Rendezvous;
using Nabij.HostCore.Session;
using Nabij.Protocol;
using Nabij.Protocol.Chat;
using Nabij.Protocol.Control;
using Nabij.Protocol.Input;
using Nabij.Protocol.Rendezvous;
using Nabij.Protocol.Session;

namespace Nabij.HostCore.Tests.Session;

/// <summary>A lost connection does not end the session (docs/protocol/01, steps 9 to 12; 02, "Resume"), on the customer's side.</summary>
public sealed class WayBackTests
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);
    private const Permissions Control = Permissions.View | Permissions.Pointer | Permissions.Keyboard;

    [Fact]
    [Trait("Invariant", "7")]
    public async Task The_technician_comes_back_without_a_new_code_and_finds_what_was_allowed_and_a_new_picture()
    {
        await using var fixture = new SessionFixture();
        var (peer, secrets) = await LostAsync(fixture, Control);
        var back = await fixture.NextSocketAsync();
        await back.ComeBackAsync(secrets);
        Assert.Equal(Permissions.None, (await fixture.HearAsync<CustomerEvent.ConnectionBack>()).Held);
        Assert.Equal(new Grant(1, Control), await back.HearAsync<Grant>());
        while (back.ScreenRecords == 0) Assert.True(await back.TakeAsync());
        await back.SendAsync(new Key(true, false, "ShiftLeft", "Shift", KeyModifiers.Shift, KeyLocks.None));
        await Eventually.True(() => fixture.Sink.Lines.Contains("key 42 down"), "typing works again");
        Assert.NotSame(peer, back);
    }

    [Fact]
    [Trait("Invariant", "7")]
    public async Task It_comes_back_as_often_as_the_connection_is_lost()
    {
        await using var fixture = new SessionFixture();
        var (_, secrets) = await LostAsync(fixture, Permissions.View);
        for (var time = 0; time < 9; time++) // chapter 02: at most 10 R1 a minute
        {
            await fixture.NewsAsync(Step);
            var back = await fixture.NextSocketAsync();
            await back.ComeBackAsync(secrets);
            await fixture.HearAsync<CustomerEvent.ConnectionBack>();
            Assert.Equal(new Grant(1, Permissions.View), await back.HearAsync<Grant>());
            fixture.HostRoad.Abort();
            await fixture.HearAsync<CustomerEvent.ConnectionAway>();
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [Trait("Invariant", "7")]
    public async Task A_line_that_breaks_at_any_step_of_the_way_back_locks_nobody_out(int step)
    {
        await using var fixture = new SessionFixture();
        var (_, secrets) = await LostAsync(fixture, Permissions.View);
        var first = await fixture.NextSocketAsync();
        await first.TakeResumeAsync();
        if (step == 1) await first.AnswerResumeAsync(new Waiting(200));
        if (step == 2) await first.AnswerResumeAsync(new Rejoined { Session = new byte[16] });
        if (step == 3) await first.ShakeHandsAgainAsync(secrets);
        fixture.HostRoad.Abort();
        await fixture.NewsAsync(Step);

        var back = await fixture.NextSocketAsync();
        await back.ComeBackAsync(secrets);
        await fixture.HearAsync<CustomerEvent.ConnectionBack>();
        Assert.Equal(new Grant(1, Permissions.View), await back.HearAsync<Grant>());
    }

    [Fact]
    public async Task After_a_minute_only_looking_is_allowed_until_the_customer_goes_on()
    {
        await using var fixture = new SessionFixture();
        var (_, secrets) = await LostAsync(fixture, Control);
        fixture.Clock.Sleep(TimeSpan.FromSeconds(61));
        var back = await fixture.NextSocketAsync();
        await back.ComeBackAsync(secrets);
        var held = (await fixture.HearAsync<CustomerEvent.ConnectionBack>()).Held;
        Assert.Equal(Permissions.Pointer | Permissions.Keyboard, held);
        Assert.Equal(new Grant(1, Permissions.View), await back.HearAsync<Grant>());
        fixture.Connection.Grant(held);
        await Eventually.True(() => fixture.Connection.Session.Participants[0].Granted == Control, "the customer went on");
        while (back.Heard[^1] is not Grant { Number: 2, Permissions: Control }) Assert.True(await back.TakeAsync());
    }

    [Fact]
    public async Task What_was_said_before_the_computer_slept_does_not_make_the_absence_shorter()
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.GrantedAsync(Control);
        using var secrets = new ResumeSecrets(peer.Session);
        fixture.Clock.Sleep(TimeSpan.FromSeconds(61));
        await peer.SendAsync(new Keepalive());
        await Eventually.True(() => fixture.HasNews, "the connection counts as lost");
        await fixture.HearAsync<CustomerEvent.ConnectionAway>();
        var back = await fixture.NextSocketAsync();
        await back.ComeBackAsync(secrets);
        Assert.Equal(Permissions.Pointer | Permissions.Keyboard, (await fixture.HearAsync<CustomerEvent.ConnectionBack>()).Held);
    }

    [Fact]
    [Trait("Invariant", "3")]
    public async Task Stop_and_Go_on_at_the_same_moment_leave_everybody_as_the_session_says()
    {
        await using var fixture = new SessionFixture();
        await LostAsync(fixture, Permissions.View); // so that nothing has to be told
        var session = fixture.Connection.Session;
        var participant = session.Participants[0];
        using var together = new Barrier(2);
        const int Rounds = 20_000;
        var goingOn = Task.Factory.StartNew(() => EachRound(() => session.Lift(Pauses.Stop)), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        var differ = 0;
        EachRound(() => session.Pause(Pauses.Stop), () => differ += participant.IsStopped == (session.Pauses == Pauses.Stop) ? 0 : 1);
        await goingOn;
        Assert.Equal(0, differ);

        void EachRound(Action act, Action? look = null)
        {
            for (var round = 0; round < Rounds; round++)
            {
                together.SignalAndWait();
                act();
                together.SignalAndWait();
                look?.Invoke();
            }
        }
    }

    [Fact]
    public async Task What_the_customer_does_meanwhile_holds_when_the_technician_is_back()
    {
        await using var fixture = new SessionFixture();
        var (_, secrets) = await LostAsync(fixture, Control);
        fixture.Connection.Revoke(Permissions.Pointer | Permissions.Keyboard);
        fixture.Connection.Stop();
        var back = await fixture.NextSocketAsync();
        await back.ComeBackAsync(secrets);
        await fixture.HearAsync<CustomerEvent.ConnectionBack>();
        await back.HearAsync<Stopped>();
        Assert.Equal([new Resumed(), new Grant(1, Permissions.View), new Stopped(2, StopReason.Stop)], back.Heard);
        Assert.Equal(0, back.ScreenRecords);
    }

    [Fact]
    public async Task Nothing_is_said_before_the_technicians_own_word_that_it_is_back()
    {
        await using var fixture = new SessionFixture();
        var (_, secrets) = await LostAsync(fixture, Permissions.View);
        var back = await fixture.NextSocketAsync();
        await back.TakeResumeAsync();
        await back.ShakeHandsAgainAsync(secrets);
        await back.HearAsync<Resumed>();
        fixture.Connection.Grant(Permissions.Draw);
        await Eventually.True(() => fixture.HostRoad.IsIdle, "the host waits");
        await back.SendAsync(new Resumed());
        Assert.Equal(new Grant(1, Permissions.View | Permissions.Draw), await back.HearAsync<Grant>());
    }

    [Fact]
    public async Task Who_ends_the_session_while_it_is_away_ends_it_at_once_and_the_server_hears_it()
    {
        await using var fixture = new SessionFixture();
        await LostAsync(fixture, Permissions.View);
        var waiting = await fixture.NextSocketAsync();
        await waiting.TakeResumeAsync();
        await waiting.AnswerResumeAsync(new Waiting(200));
        fixture.Connection.End(EndReason.CustomerEnded);
        Assert.Equal(SessionEnd.CustomerEnded, (await fixture.HearAsync<CustomerEvent.Ended>()).Reason);
        Assert.False(await waiting.TakeAsync());
    }

    [Fact]
    [Trait("Invariant", "7")]
    public async Task Only_what_the_technician_has_not_heard_is_said_again()
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.GrantedAsync(Permissions.View | Permissions.Chat);
        string[] said = ["first", "second", "third"];
        foreach (var line in said) Assert.True(fixture.Connection.TrySay(line));
        await peer.HearChatAsync(3);
        var secrets = new ResumeSecrets(peer.Session);
        fixture.HostRoad.Abort();
        await fixture.HearAsync<CustomerEvent.ConnectionAway>();
        Assert.True(fixture.Connection.TrySay("while away"));
        var back = await fixture.NextSocketAsync();
        await back.ComeBackAsync(secrets, new LastMessageId((byte)Channel.Chat, 2));
        Assert.Equal([new ChatLine(3, "third"), new ChatLine(4, "while away")], await back.HearChatAsync(2));
    }

    [Fact]
    public async Task An_end_between_two_tries_is_told_to_the_server_as_soon_as_it_can_be_reached()
    {
        await using var fixture = new SessionFixture();
        await fixture.GrantedAsync(Permissions.View);
        fixture.IsServerAway = true;
        fixture.HostRoad.Abort();
        await fixture.HearAsync<CustomerEvent.ConnectionAway>();
        fixture.Connection.End(EndReason.CustomerEnded);
        Assert.Equal(SessionEnd.CustomerEnded, (await fixture.HearAsync<CustomerEvent.Ended>()).Reason);
        fixture.IsServerAway = false;
        await fixture.NewsAsync(Step);
        var told = await fixture.NextSocketAsync();
        await told.TakeResumeAsync();
        await told.AnswerResumeAsync(new Waiting(200));
        Assert.False(await told.TakeAsync());
        Assert.Equal(1000, told.CloseCode);
        var calls = fixture.Calls;
        fixture.Clock.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal(calls, fixture.Calls);
    }

    [Fact]
    public async Task Tries_follow_each_other_by_a_second_in_the_first_minute_and_by_five_later()
    {
        await using var fixture = new SessionFixture();
        await fixture.GrantedAsync(Permissions.View);
        fixture.IsServerAway = true;
        fixture.HostRoad.Abort();
        await fixture.HearAsync<CustomerEvent.ConnectionAway>();
        var began = fixture.Clock.GetTimestamp();
        await Eventually.True(() => fixture.Calls == 2, "the first try, at once");
        for (var tries = 2; fixture.Clock.GetElapsedTime(began) < TimeSpan.FromSeconds(90); tries++)
        {
            var pause = TimeSpan.FromSeconds(tries switch
            {
                2 => 0.25,
                3 => 0.5,
                _ => fixture.Clock.GetElapsedTime(began) < TimeSpan.FromSeconds(60) ? 1 : 5,
            });
            await Eventually.True(() => fixture.Clock.IsWaitedFor(pause), $"a pause of {pause}");
            Assert.Equal(tries, fixture.Calls);
            fixture.Clock.Advance(pause);
            await Eventually.True(() => fixture.Calls == tries + 1, "the next try");
        }
    }

    [Fact]
    public async Task After_the_window_the_session_is_over_as_a_lost_connection()
    {
        await using var fixture = new SessionFixture();
        var (_, secrets) = await LostAsync(fixture, Permissions.View);
        var waiting = await fixture.NextSocketAsync();
        await waiting.TakeResumeAsync();
        fixture.Clock.Sleep(TimeSpan.FromSeconds(301));
        await fixture.NewsAsync(Step);
        Assert.Equal(SessionEnd.ConnectionLost, (await fixture.HearAsync<CustomerEvent.Ended>()).Reason);
        Assert.Single(secrets.Generations);
    }

    [Fact]
    public async Task A_server_that_takes_nobody_back_ends_it_at_once()
    {
        await using var fixture = new SessionFixture();
        await LostAsync(fixture, Permissions.View);
        var refused = await fixture.NextSocketAsync();
        await refused.TakeResumeAsync();
        await refused.RefuseAsync(RefusalReason.Unknown);
        Assert.Equal(SessionEnd.ConnectionLost, (await fixture.HearAsync<CustomerEvent.Ended>()).Reason);
    }

    [Fact]
    public async Task Who_does_not_hold_the_resume_secret_gets_nothing()
    {
        await using var fixture = new SessionFixture();
        var (_, secrets) = await LostAsync(fixture, Permissions.View);
        var forger = await fixture.NextSocketAsync();
        await forger.TakeResumeAsync();
        await forger.AnswerResumeAsync(new Rejoined { Session = new byte[16] });
        await forger.SendRawAsync(new byte[200]);
        Assert.False(await forger.TakeAsync());
        await fixture.NewsAsync(Step);
        var back = await fixture.NextSocketAsync();
        await back.ComeBackAsync(secrets);
        await fixture.HearAsync<CustomerEvent.ConnectionBack>();
    }

    // With this granted, then without a connection.
    private static async Task<(TechnicianPeer Peer, ResumeSecrets Secrets)> LostAsync(SessionFixture fixture, Permissions granted)
    {
        var peer = await fixture.GrantedAsync(granted);
        fixture.HostRoad.Abort();
        await fixture.HearAsync<CustomerEvent.ConnectionAway>();
        return (peer, new ResumeSecrets(peer.Session));
    }
}
