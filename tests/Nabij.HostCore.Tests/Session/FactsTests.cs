using Nabij.HostCore.Facts;
using Nabij.HostCore.Rendezvous;
using Nabij.HostCore.Session;
using Nabij.Protocol;
using Nabij.Protocol.Control;
using Nabij.Protocol.Facts;
using Nabij.Protocol.Log;
using Nabij.Protocol.Session;

namespace Nabij.HostCore.Tests.Session;

/// <summary>Facts about the customer's computer in a whole session against a programmable technician (docs/protocol/12).</summary>
public sealed class FactsTests
{
    private const Permissions Allowed = Permissions.View | Permissions.SystemInformation;

    [Fact]
    [Trait("Invariant", "2")]
    public async Task The_list_goes_only_when_the_customer_has_seen_it_and_said_so_and_exactly_as_seen()
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.GrantedAsync(Allowed);
        await peer.SendAsync(new FactsRequest(7));
        var asked = await fixture.HearAsync<CustomerEvent.FactsAsked>();
        await peer.HearAsync<Stopped>();
        Assert.Equal(new Stopped(2, StopReason.PrivateMoment, Stopped.MostKept), peer.Heard[^1]);
        Assert.Empty(peer.Facts);
        fixture.Facts = [new(FactKind.System, "Another one meanwhile")];
        fixture.Connection.AnswerFacts(send: true);
        Assert.Empty(peer.Facts);
        fixture.Clock.Advance(FactsQuestion.GoneWithin);
        var given = Assert.IsType<FactsGiven>(Assert.Single(await peer.HearFactsAsync(1)));
        Assert.Equal(7u, given.Number);
        Assert.Equal(new FactsGiven(7, asked.Facts).Encode(), given.Encode());
        await peer.HearAsync<Continued>();
        Assert.Equal(3, fixture.Connection.Session.Log!.Entries.Single(entry => entry.Kind == LogEntryKind.FactsGiven).FactCount);
    }

    [Fact]
    public async Task A_no_is_told_and_the_next_request_waits_for_its_time()
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.GrantedAsync(Allowed);
        await peer.SendAsync(new FactsRequest(1));
        await fixture.HearAsync<CustomerEvent.FactsAsked>();
        await peer.SendAsync(new FactsRequest(2));
        fixture.Connection.AnswerFacts(send: false);
        Assert.Equal([new FactsWithheld(1)], await peer.HearFactsAsync(1));
        fixture.Clock.Advance(FactsQuestion.GoneWithin);
        await peer.HearAsync<Continued>();
        await peer.SendAsync(new FactsRequest(3));
        await Eventually.True(() => fixture.HostRoad.IsIdle, "it was heard");
        Assert.False(fixture.HasNews);
        fixture.Clock.Advance(TimeSpan.FromSeconds(10));
        await peer.SendAsync(new FactsRequest(4));
        await fixture.HearAsync<CustomerEvent.FactsAsked>();
        Assert.DoesNotContain(fixture.Connection.Session.Log!.Entries, entry => entry.Kind == LogEntryKind.FactsGiven);
    }

    [Theory]
    [InlineData("stop")]
    [InlineData("taken back")]
    [InlineData("lost")]
    public async Task What_ends_the_permission_ends_the_question_and_nothing_goes(string how)
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.GrantedAsync(Allowed);
        await peer.SendAsync(new FactsRequest(1));
        await fixture.HearAsync<CustomerEvent.FactsAsked>();
        if (how == "stop") fixture.Connection.Stop();
        else if (how == "taken back") fixture.Connection.Revoke(Permissions.SystemInformation);
        else fixture.HostRoad.Abort();
        if (how == "lost") await fixture.HearAsync<CustomerEvent.FactsUnasked>();
        else Assert.IsType<CustomerEvent.FactsUnasked>(await fixture.HearAsync<CustomerEvent.FactsUnasked>());
        fixture.Connection.AnswerFacts(send: true);
        fixture.Clock.Advance(FactsQuestion.GoneWithin);
        fixture.Connection.GoOn();
        Assert.DoesNotContain(fixture.Connection.Session.Log!.Entries, entry => entry.Kind == LogEntryKind.FactsGiven);
        Assert.Equal(Pauses.None, fixture.Connection.Session.Pauses);
        Assert.Empty(peer.Facts);
    }

    [Fact]
    public async Task A_question_without_an_answer_is_withdrawn_after_two_minutes()
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.GrantedAsync(Allowed);
        await peer.SendAsync(new FactsRequest(1));
        await fixture.HearAsync<CustomerEvent.FactsAsked>();
        await fixture.PassAsync(peer, FactsQuestion.AnswerWithin);
        await fixture.HearAsync<CustomerEvent.FactsUnasked>();
        fixture.Connection.AnswerFacts(send: false);
        Assert.Equal([new FactsWithheld(1)], await peer.HearFactsAsync(1));
    }

    [Fact]
    public async Task A_computer_that_tells_nothing_sends_nothing_and_asks_nobody()
    {
        await using var fixture = new SessionFixture { Facts = [] };
        var peer = await fixture.GrantedAsync(Allowed);
        await peer.SendAsync(new FactsRequest(1));
        Assert.Equal([new FactsWithheld(1)], await peer.HearFactsAsync(1));
        Assert.False(fixture.HasNews);
        Assert.Equal(Pauses.None, fixture.Connection.Session.Pauses);
    }

    [Fact]
    [Trait("Invariant", "2")]
    public async Task Without_the_permission_nobody_is_asked()
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.GrantedAsync(Permissions.View);
        await peer.SendAsync(new FactsRequest(1));
        Assert.Equal(new CustomerEvent.Refused(Channel.Facts, (byte)FactsMessageType.Request), await fixture.HearAsync<CustomerEvent.Refused>());
    }
}
