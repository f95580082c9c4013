using Nabij.Server.Accounts;
using Nabij.Server.Desk.Waiting;
using Nabij.Server.Rendezvous;

namespace Nabij.Server.Tests.Desk;

public sealed class ClaimBookTests
{
    private static readonly Guid Shop = Guid.NewGuid();

    private readonly ManualClock _clock = new();
    private readonly ClaimBook _book;
    private readonly SignedIn _anna = new(Shop, Guid.NewGuid(), "Anna", "a");
    private readonly SignedIn _bert = new(Shop, Guid.NewGuid(), "Bert", "b");

    public ClaimBookTests() => _book = new ClaimBook(_clock);

    [Fact]
    public void Who_takes_a_customer_first_has_it_until_a_colleague_takes_it_over()
    {
        var customer = Customer("417");

        Assert.Equal(ClaimOutcome.Taken, _book.Take(_anna, customer, over: false, [customer]).Outcome);
        var (outcome, other) = _book.Take(_bert, customer, over: false, [customer]);
        Assert.Equal((ClaimOutcome.Held, "Anna"), (outcome, other?.Name));
        Assert.Equal(ClaimOutcome.Taken, _book.Take(_bert, customer, over: true, [customer]).Outcome);
        Assert.Equal("Bert", Who(customer));
        Assert.False(_book.Release(_anna, customer));
        Assert.True(_book.Release(_bert, customer));
        Assert.Null(Who(customer));
    }

    [Fact]
    public void A_claim_ends_by_itself_and_taking_again_renews_it()
    {
        var customer = Customer("417");
        _book.Take(_anna, customer, over: false, [customer]);
        _clock.Advance(ClaimBook.Lifetime - TimeSpan.FromSeconds(1));
        _book.Take(_anna, customer, over: false, [customer]);
        _clock.Advance(ClaimBook.Lifetime - TimeSpan.FromSeconds(1));
        Assert.Equal("Anna", Who(customer));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(Who(customer));
    }

    [Fact]
    public void Closing_the_desk_gives_customers_back_and_loading_it_anew_does_not()
    {
        var customer = Customer("417");
        _book.Take(_anna, customer, over: false, [customer]);
        _book.Left(_anna);
        _clock.Advance(ClaimBook.Grace / 2);
        _book.Arrived(_anna);
        _clock.Advance(ClaimBook.Grace);
        Assert.Equal("Anna", Who(customer));

        _book.Left(_anna);
        _clock.Advance(ClaimBook.Grace);
        Assert.Null(Who(customer));
    }

    [Fact]
    public void A_claim_is_on_the_customer_and_not_on_who_has_the_number_next()
    {
        var customer = Customer("417");
        _book.Take(_anna, customer, over: false, [customer]);

        Assert.Equal("Anna", Who(customer with { Place = Guid.NewGuid() }));
        Assert.Null(Who(customer with { Place = Guid.NewGuid(), Since = customer.Since.AddMinutes(1) }));
    }

    [Fact]
    [Trait("Invariant", "4")]
    public void One_technician_takes_no_more_than_a_desk_has_room_for()
    {
        WaitingCustomer[] waiting = [.. Enumerable.Range(100, ClaimBook.MostPerTechnician + 1).Select(number => Customer($"{number}"))];
        foreach (var customer in waiting[..^1])
            Assert.Equal(ClaimOutcome.Taken, _book.Take(_anna, customer, over: false, waiting).Outcome);

        Assert.Equal(ClaimOutcome.TooMany, _book.Take(_anna, waiting[^1], over: false, waiting).Outcome);
        Assert.Equal(ClaimOutcome.Taken, _book.Take(_anna, waiting[0], over: false, waiting).Outcome);
        Assert.Equal(ClaimOutcome.Taken, _book.Take(_bert, waiting[^1], over: false, waiting).Outcome);
        Assert.Equal(ClaimOutcome.Taken, _book.Take(_anna, waiting[^1], over: true, waiting[1..]).Outcome);
    }

    [Fact]
    public async Task Whoever_waits_for_a_change_hears_of_each()
    {
        var customer = Customer("417");
        var seen = await _book.ChangedAsync(Shop, 0, TestContext.Current.CancellationToken);
        var next = _book.ChangedAsync(Shop, seen, TestContext.Current.CancellationToken).AsTask();
        Assert.False(next.IsCompleted);
        _book.Take(_anna, customer, over: false, [customer]);
        Assert.NotEqual(seen, await next);

        Assert.Equal(ClaimBook.Lifetime, _book.UntilNextEnd(Shop, TimeSpan.FromHours(1)));
        Assert.Equal(TimeSpan.FromSeconds(1), _book.UntilNextEnd(Shop, TimeSpan.FromSeconds(1)));
    }

    private string? Who(WaitingCustomer customer) => _book.Find(Shop, [customer])[0]?.Name;

    private WaitingCustomer Customer(string nameplate) =>
        new(Guid.NewGuid(), nameplate, new WaitingPerson("Mrs. Jansen", "nl", "linux-x64"), DateTimeOffset.UnixEpoch, _clock.GetUtcNow().AddHours(1));
}
