using Nabij.HostCore.Rendezvous;
using Nabij.HostCore.Session;
using Nabij.Protocol;
using Nabij.Protocol.Control;
using Nabij.Protocol.Log;
using Nabij.Protocol.Session;

namespace Nabij.HostCore.Tests.Session;

/// <summary>A technician says that a picture of the screen is kept (docs/protocol/14, "Telling the customer"), in whole sessions.</summary>
public sealed class KeptPictureTests
{
    private const byte Type = (byte)ControlMessageType.PictureKept;

    private static Guid Number(byte number) => new(number, 0, 0, new byte[8]);

    // Everything that was answered, once so many answers have come.
    private static async Task<IEnumerable<Guid>> NotedAsync(TechnicianPeer peer, int count)
    {
        while (peer.Heard.OfType<PictureNoted>().Count() < count) Assert.True(await peer.TakeAsync(), "the connection ended");
        return peer.Heard.OfType<PictureNoted>().Select(noted => noted.Picture);
    }

    private static IEnumerable<(Guid Picture, byte Person)> Logged(SessionFixture fixture) =>
        fixture.Connection.Session.Log!.Entries.Where(entry => entry.Kind == LogEntryKind.PictureKept).Select(entry => (entry.Picture, entry.Person));

    [Fact]
    public async Task The_customer_is_told_at_once_the_log_has_it_and_the_technician_is_answered_without_any_chat()
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.GrantedAsync(Permissions.View);
        await peer.SendAsync(new PictureKept(Number(1)));
        Assert.Equal(new CustomerEvent.PictureKept(Number(1)), await fixture.HearAsync<CustomerEvent.PictureKept>());
        Assert.Equal([Number(1)], await NotedAsync(peer, 1));
        Assert.Equal([(Number(1), HostSession.FirstPerson)], Logged(fixture));
        Assert.Equal(0, fixture.Connection.Session.Find(1)!.Refusals);
    }

    [Fact]
    public async Task The_same_one_again_is_only_answered_and_a_new_one_waits_for_its_second()
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.GrantedAsync(Permissions.View);
        await peer.SendAsync(new PictureKept(Number(1)));
        await fixture.HearAsync<CustomerEvent.PictureKept>();
        await peer.SendAsync(new PictureKept(Number(2)));
        await peer.SendAsync(new PictureKept(Number(1)));
        // In their order: the second one was not answered.
        Assert.Equal([Number(1), Number(1)], await NotedAsync(peer, 2));
        Assert.False(fixture.HasNews);
        fixture.Clock.Advance(TimeSpan.FromSeconds(1));
        await peer.SendAsync(new PictureKept(Number(2)));
        Assert.Equal([Number(1), Number(1), Number(2)], await NotedAsync(peer, 3));
        Assert.Equal([(Number(1), HostSession.FirstPerson), (Number(2), HostSession.FirstPerson)], Logged(fixture));
    }

    [Fact]
    [Trait("Invariant", "2")]
    public async Task While_the_session_is_held_it_has_no_effect_and_no_answer()
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.GrantedAsync(Permissions.View | Permissions.Chat);
        fixture.Connection.BeginPrivateMoment();
        await peer.HearAsync<Stopped>();
        await peer.SendAsync(new PictureKept(Number(1)));
        await Eventually.True(() => fixture.HostRoad.IsIdle, "it was heard");
        Assert.Empty(Logged(fixture));
        fixture.Connection.EndPrivateMoment();
        await peer.HearAsync<Continued>();
        await peer.SendAsync(new PictureKept(Number(2)));
        Assert.Equal([Number(2)], await NotedAsync(peer, 1));
        Assert.Equal(Number(2), (await fixture.HearAsync<CustomerEvent.PictureKept>()).Picture);
        Assert.Equal([(Number(2), HostSession.FirstPerson)], Logged(fixture));
    }

    [Fact]
    [Trait("Invariant", "2")]
    public async Task Whom_the_customer_does_not_let_look_it_is_refused()
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.ConnectedAsync();
        await peer.SendAsync(new PictureKept(Number(1)));
        Assert.Equal(new CustomerEvent.Refused(Channel.Control, Type), await fixture.HearAsync<CustomerEvent.Refused>());
        Assert.Empty(Logged(fixture));
    }

    [Fact]
    public async Task Of_several_technicians_each_one_is_told_by_its_own_number_and_the_others_hear_nothing()
    {
        await using var fixture = new SessionFixture();
        var peter = await fixture.GrantedAsync(Permissions.View);
        var marie = await fixture.InviteColleagueAsync(peter);
        fixture.Connection.Grant(Permissions.View, 2);
        await marie.HearAsync<Grant>();
        await marie.SendAsync(new PictureKept(Number(7)));
        Assert.Equal(new CustomerEvent.PictureKept(Number(7)) { Person = 2 }, await fixture.HearAsync<CustomerEvent.PictureKept>());
        Assert.Equal([Number(7)], await NotedAsync(marie, 1));
        await peter.SendAsync(new PictureKept(Number(8)));
        Assert.Equal(new CustomerEvent.PictureKept(Number(8)), await fixture.HearAsync<CustomerEvent.PictureKept>());
        Assert.Equal([Number(8)], await NotedAsync(peter, 1));
        Assert.Equal([(Number(7), 2), (Number(8), 1)], Logged(fixture));
    }

    [Fact]
    [Trait("Invariant", "4")]
    public async Task What_finds_no_room_in_the_log_is_not_answered()
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.GrantedAsync(Permissions.View);
        while (fixture.Connection.Session.Log!.TryAddPicture(Number(0))) { }
        await peer.SendAsync(new PictureKept(Number(1)));
        await peer.SendAsync(new Ask(Permissions.Pointer));
        // What comes behind it is heard and answered, and nothing before.
        await fixture.HearAsync<CustomerEvent.Asked>();
        fixture.Connection.Decline(Permissions.Pointer);
        await peer.HearAsync<Declined>();
        Assert.DoesNotContain((Number(1), HostSession.FirstPerson), Logged(fixture));
        Assert.Empty(peer.Heard.OfType<PictureNoted>());
    }

    [Fact]
    [Trait("Invariant", "7")]
    public async Task After_a_lost_connection_the_same_one_is_answered_and_told_no_second_time()
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.GrantedAsync(Permissions.View);
        using var secrets = new ResumeSecrets(peer.Session);
        await peer.SendAsync(new PictureKept(Number(1)));
        await fixture.HearAsync<CustomerEvent.PictureKept>();
        fixture.HostRoad.Abort();
        await fixture.HearAsync<CustomerEvent.ConnectionAway>();
        await fixture.NewsAsync(TimeSpan.FromMilliseconds(250));
        var back = await fixture.NextSocketAsync();
        await back.ComeBackAsync(secrets);
        await fixture.HearAsync<CustomerEvent.ConnectionBack>();
        await back.HearAsync<Grant>();
        await back.SendAsync(new PictureKept(Number(1)));
        Assert.Equal([Number(1)], await NotedAsync(back, 1));
        Assert.Single(Logged(fixture));
        Assert.False(fixture.HasNews);
    }
}
