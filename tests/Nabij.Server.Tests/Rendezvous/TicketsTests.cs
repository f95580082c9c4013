using Nabij.Server.Rendezvous;

namespace Nabij.Server.Tests.Rendezvous;

public sealed class TicketsTests
{
    private static readonly Ticket ForPlate = new(new Guid("11111111-1111-1111-1111-111111111111"), new Guid("33333333-3333-3333-3333-333333333333"), "sign-in 1", "417");

    private readonly ManualClock _clock = new();
    private readonly Tickets _tickets;

    public TicketsTests() => _tickets = new Tickets(_clock);

    [Fact]
    public void A_ticket_is_redeemed_once_for_the_technician_it_was_made_for()
    {
        var text = _tickets.Issue(ForPlate);

        Assert.Matches("^[0-9a-f]{64}$", text);
        Assert.Equal(ForPlate, _tickets.Redeem(text, "417"));
        Assert.Null(_tickets.Redeem(text, "417"));
    }

    [Fact]
    public void A_ticket_expires_after_thirty_seconds()
    {
        var inTime = _tickets.Issue(ForPlate);
        var late = _tickets.Issue(ForPlate);

        _clock.Advance(TimeSpan.FromSeconds(30) - TimeSpan.FromMilliseconds(1));
        Assert.NotNull(_tickets.Redeem(inTime, "417"));
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Null(_tickets.Redeem(late, "417"));
    }

    [Fact]
    public void A_ticket_for_another_nameplate_is_refused_and_used_up()
    {
        var text = _tickets.Issue(ForPlate);

        Assert.Null(_tickets.Redeem(text, "418"));
        Assert.Null(_tickets.Redeem(text, "417"));
    }

    [Fact]
    public void The_tickets_of_a_sign_in_that_ended_are_void()
    {
        var ended = _tickets.Issue(ForPlate);
        var other = _tickets.Issue(ForPlate with { SignIn = "sign-in 2" });

        _tickets.Void("sign-in 1");

        Assert.Null(_tickets.Redeem(ended, "417"));
        Assert.NotNull(_tickets.Redeem(other, "417"));
    }

    [Fact]
    [Trait("Invariant", "4")]
    public void A_technician_holds_at_most_sixteen_tickets_and_the_newest_count()
    {
        var first = _tickets.Issue(ForPlate);
        var foreign = _tickets.Issue(ForPlate with { Technician = Guid.Empty });
        for (var number = 0; number < Tickets.MostPerTechnician; number++)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(1));
            _tickets.Issue(ForPlate);
        }

        Assert.Null(_tickets.Redeem(first, "417"));
        Assert.NotNull(_tickets.Redeem(foreign, "417"));
    }

    [Fact]
    public async Task Of_fifty_sockets_with_the_same_ticket_one_gets_in()
    {
        var text = _tickets.Issue(ForPlate);

        var redeemed = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ =>
            Task.Run(() => _tickets.Redeem(text, "417"), TestContext.Current.CancellationToken)));

        Assert.Single(redeemed, ticket => ticket is not null);
    }
}
