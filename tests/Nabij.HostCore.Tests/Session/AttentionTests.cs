using Nabij.HostCore.Rendezvous;
using Nabij.HostCore.Session;
using Nabij.Protocol;
using Nabij.Protocol.Control;
using Nabij.Protocol.Input;

namespace Nabij.HostCore.Tests.Session;

/// <summary>A session pauses itself when nobody does anything, or nobody says that it is still wanted (security.md 6.2).</summary>
public sealed class AttentionTests
{
    [Fact]
    public async Task Fifteen_minutes_without_input_of_either_side_pause_the_session()
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.GrantedAsync(Permissions.View);
        await fixture.PassAsync(peer, TimeSpan.FromMinutes(14));
        Assert.Equal(Pauses.None, fixture.Connection.Session.Pauses);
        await fixture.PassAsync(peer, TimeSpan.FromMinutes(1.2));
        Assert.Equal(new CustomerEvent.HeldBack(Pauses.Idle), await fixture.HearAsync<CustomerEvent.HeldBack>());
        await peer.HearAsync<Stopped>();
        Assert.Contains(new Stopped(2, StopReason.Idle, Stopped.MostKept), peer.Heard);
        fixture.Connection.GoOn();
        await peer.HearAsync<Continued>();
        await fixture.PassAsync(peer, TimeSpan.FromMinutes(14));
        Assert.Equal(Pauses.None, fixture.Connection.Session.Pauses);
    }

    [Fact]
    public async Task A_locked_computer_is_held_until_the_customer_goes_on()
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.GrantedAsync(Permissions.View | Permissions.Chat);
        fixture.Connection.NoteLocked();
        Assert.Equal(new CustomerEvent.HeldBack(Pauses.Locked), await fixture.HearAsync<CustomerEvent.HeldBack>());
        await peer.HearAsync<Stopped>();
        Assert.Contains(new Stopped(2, StopReason.Locked, Stopped.MostKept), peer.Heard);
        fixture.Connection.NoteLocked();
        fixture.Connection.GoOn();
        await peer.HearAsync<Continued>();
        Assert.Equal(Pauses.None, fixture.Connection.Session.Pauses);
    }

    [Fact]
    public async Task A_lock_before_anybody_looks_changes_nothing()
    {
        await using var fixture = new SessionFixture();
        await fixture.ConnectedAsync();
        fixture.Connection.NoteLocked();
        Assert.Equal(Pauses.None, fixture.Connection.Session.Pauses);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Input_of_either_side_counts(bool byCustomer)
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.GrantedAsync(Permissions.View | Permissions.Pointer | Permissions.Keyboard);
        for (var round = 0; round < 4; round++)
        {
            await fixture.PassAsync(peer, TimeSpan.FromMinutes(10));
            if (byCustomer) fixture.Screen.TouchLocally();
            else await peer.SendAsync(new PointerMove(1, 1));
            await Eventually.True(() => fixture.HostRoad.IsIdle && fixture.Screen.IsWaiting, "the input was heard");
        }
        Assert.Equal(Pauses.None, fixture.Connection.Session.Pauses);
    }

    [Fact]
    public async Task A_key_that_hangs_on_the_technicians_side_is_no_attention()
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.GrantedAsync(Permissions.View | Permissions.Pointer | Permissions.Keyboard);
        for (var second = 0; second < 16 * 60; second += 12)
        {
            await peer.SendAsync(new Held());
            await fixture.PassAsync(peer, TimeSpan.FromSeconds(12));
        }
        await fixture.HearAsync<CustomerEvent.HeldBack>();
        Assert.Equal(Pauses.Idle, fixture.Connection.Session.Pauses);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Every_hour_the_customer_is_asked_and_without_an_answer_in_two_minutes_the_session_pauses(bool answers)
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.GrantedAsync(Permissions.View);
        await PassBusyAsync(fixture, peer, TimeSpan.FromMinutes(60.2));
        await fixture.HearAsync<CustomerEvent.StillHelping>();
        Assert.Equal(Pauses.None, fixture.Connection.Session.Pauses);
        if (answers) fixture.Connection.ConfirmHelp();
        await PassBusyAsync(fixture, peer, TimeSpan.FromMinutes(2.2));
        Assert.Equal(answers ? Pauses.None : Pauses.Unanswered, fixture.Connection.Session.Pauses);
        if (answers) return;
        Assert.Equal(new CustomerEvent.HeldBack(Pauses.Unanswered), await fixture.HearAsync<CustomerEvent.HeldBack>());
        await peer.HearAsync<Stopped>();
        Assert.Contains(new Stopped(2, StopReason.Unanswered), peer.Heard);
        fixture.Connection.GoOn();
        await peer.HearAsync<Continued>();
    }

    [Fact]
    public async Task Whom_nobody_sees_is_asked_nothing_and_pauses_nothing()
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.ConnectedAsync();
        await fixture.PassAsync(peer, TimeSpan.FromMinutes(70));
        Assert.Equal(Pauses.None, fixture.Connection.Session.Pauses);
        Assert.False(fixture.HasNews);
    }

    private static async Task PassBusyAsync(SessionFixture fixture, TechnicianPeer peer, TimeSpan time)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += TimeSpan.FromMinutes(10))
        {
            await fixture.PassAsync(peer, time - passed < TimeSpan.FromMinutes(10) ? time - passed : TimeSpan.FromMinutes(10));
            fixture.Screen.TouchLocally();
            await Eventually.True(() => fixture.Screen.IsWaiting, "the customer's hand was heard");
        }
    }
}
