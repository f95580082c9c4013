using Nabij.Server.Rendezvous;

namespace Nabij.Server.Tests.Rendezvous;

public sealed class MemoryDirectoryTests
{
    private static readonly Guid Shop = new("11111111-1111-1111-1111-111111111111");
    private static readonly Guid OtherShop = new("22222222-2222-2222-2222-222222222222");
    private static readonly WaitingPerson Person = new("Mrs. Jansen", "nl", "linux-x64");

    private readonly ManualClock _clock = new();
    private readonly LeaseStamp _stamp = new(new byte[32]);
    private readonly MemoryDirectory _directory;
    private int _nextAddress;

    public MemoryDirectoryTests() => _directory = new MemoryDirectory(_stamp, waitingPerAddress: 5, _clock);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_waiting_customer_is_listed_with_what_the_program_said()
    {
        var outcome = await Wait();

        var listed = Assert.Single(await _directory.ListAsync(Shop, Cancel));
        Assert.Equal(outcome.Customer, listed);
        Assert.Equal(Person, listed.Person);
        Assert.Equal(_clock.GetUtcNow(), listed.Since);
        Assert.Matches("^[0-7][0-9]{2}$", listed.Nameplate);
        Assert.Empty(await _directory.ListAsync(OtherShop, Cancel));
    }

    [Fact]
    public async Task Only_one_technician_takes_a_customer_and_the_second_hears_busy()
    {
        var nameplate = (await Wait()).Customer!.Nameplate;

        Assert.NotNull((await _directory.TakeAsync(Shop, nameplate, Cancel)).Customer);
        Assert.Equal(new TakeOutcome(null, Busy: true), await _directory.TakeAsync(Shop, nameplate, Cancel));
        Assert.Empty(await _directory.ListAsync(Shop, Cancel));
    }

    [Fact]
    public async Task Unknown_expired_used_and_foreign_nameplates_get_one_answer()
    {
        var unknown = new TakeOutcome(null, Busy: false);
        var expired = (await Wait()).Customer!.Nameplate;
        Assert.Equal(unknown, await _directory.TakeAsync(OtherShop, expired, Cancel));
        _clock.Advance(DirectoryTimes.Nameplate);
        var used = (await Wait()).Customer!;
        await _directory.TakeAsync(Shop, used.Nameplate, Cancel);
        await _directory.LeaveAsync(Shop, used.Place, LeaveReason.Succeeded, Cancel);

        Assert.Equal(unknown, await _directory.TakeAsync(Shop, expired, Cancel));
        Assert.Equal(unknown, await _directory.TakeAsync(Shop, used.Nameplate, Cancel));
        Assert.Equal(unknown, await _directory.TakeAsync(Shop, "no such", Cancel));
    }

    [Fact]
    public async Task A_nameplate_expires_after_an_hour_however_often_the_host_came_back()
    {
        var first = await Wait();
        _clock.Advance(TimeSpan.FromMinutes(30));
        await _directory.LeaveAsync(Shop, first.Customer!.Place, LeaveReason.Interrupted, Cancel);
        var second = await Wait(first.Lease);
        Assert.Equal(first.Customer.Nameplate, second.Customer!.Nameplate);
        Assert.Equal(first.Customer.Expires, second.Customer.Expires);

        _clock.Advance(TimeSpan.FromMinutes(30));

        Assert.Empty(await _directory.ListAsync(Shop, Cancel));
        var third = await Wait(first.Lease);
        Assert.NotNull(third.Lease);
        Assert.NotEqual(first.Customer.Nameplate, third.Customer!.Nameplate);
    }

    [Fact]
    public async Task After_an_interrupted_run_only_the_own_lease_gets_the_nameplate_back()
    {
        var first = await Wait();
        await _directory.TakeAsync(Shop, first.Customer!.Nameplate, Cancel);
        await _directory.LeaveAsync(Shop, first.Customer.Place, LeaveReason.Interrupted, Cancel);
        var forged = new Lease(first.Customer.Nameplate, first.Customer.Since, "another");

        Assert.NotEqual(first.Customer.Nameplate, (await WaitWith(forged)).Customer!.Nameplate);
        var back = await Wait(first.Lease);
        Assert.Equal(first.Customer.Nameplate, back.Customer!.Nameplate);
        Assert.Null(back.Lease);
    }

    [Fact]
    public async Task After_a_session_not_even_the_own_lease_gets_the_nameplate_during_quarantine()
    {
        var first = await Wait();
        await _directory.TakeAsync(Shop, first.Customer!.Nameplate, Cancel);
        await _directory.LeaveAsync(Shop, first.Customer.Place, LeaveReason.Succeeded, Cancel);

        Assert.NotEqual(first.Customer.Nameplate, (await Wait(first.Lease)).Customer!.Nameplate);
    }

    [Fact]
    public async Task A_host_that_registers_again_before_its_old_socket_is_noticed_replaces_it()
    {
        var first = await Wait();

        var second = await Wait(first.Lease);

        Assert.Equal(first.Customer!.Place, second.Replaced);
        Assert.Equal(first.Customer.Nameplate, second.Customer!.Nameplate);
        await _directory.LeaveAsync(Shop, first.Customer.Place, LeaveReason.Interrupted, Cancel);
        Assert.Single(await _directory.ListAsync(Shop, Cancel));
    }

    [Fact]
    public async Task A_restarted_server_gives_the_number_back_when_it_is_free_and_another_when_it_is_not()
    {
        var first = await Wait();
        var restarted = new MemoryDirectory(_stamp, 5, _clock);
        var lease = _stamp.Read(Shop, first.Lease);

        var back = await restarted.WaitAsync(new WaitingRequest(Shop, Person, "a", lease), Cancel);
        Assert.Equal(first.Customer!.Nameplate, back.Customer!.Nameplate);

        var stranger = _stamp.Read(Shop, _stamp.Issue(Shop, first.Customer.Nameplate, _clock.GetUtcNow()));
        var refused = await restarted.WaitAsync(new WaitingRequest(Shop, Person, "b", stranger), Cancel);
        Assert.NotEqual(first.Customer.Nameplate, refused.Customer!.Nameplate);
    }

    [Theory]
    [InlineData(LeaveReason.Interrupted, 180)]
    [InlineData(LeaveReason.Succeeded, 120)]
    [InlineData(LeaveReason.Expired, 120)]
    internal async Task A_used_nameplate_stays_unused_for_its_whole_quarantine(LeaveReason why, int seconds)
    {
        var used = (await Wait()).Customer!;
        await _directory.LeaveAsync(Shop, used.Place, why, Cancel);

        _clock.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
        Assert.DoesNotContain(used.Nameplate, await NameplatesOfAFullDirectory());
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(used.Nameplate, (await Wait()).Customer?.Nameplate);
    }

    [Fact]
    public async Task A_run_longer_than_any_handshake_gives_up_its_nameplate_by_itself()
    {
        var first = await Wait();
        await _directory.TakeAsync(Shop, first.Customer!.Nameplate, Cancel);

        _clock.Advance(DirectoryTimes.LongestHandshake);

        Assert.False((await _directory.TakeAsync(Shop, first.Customer.Nameplate, Cancel)).Busy);
        Assert.NotEqual(first.Customer.Nameplate, (await Wait(first.Lease)).Customer!.Nameplate);
    }

    [Fact]
    public async Task Long_nameplates_are_given_only_when_fewer_than_eighty_short_ones_are_free()
    {
        for (var number = 0; number < 721; number++)
            Assert.Equal(3, (await Wait()).Customer!.Nameplate.Length);

        Assert.Equal(4, (await Wait()).Customer!.Nameplate.Length);
    }

    [Fact]
    [Trait("Invariant", "4")]
    public async Task After_2800_nameplates_the_directory_is_full_and_no_nameplate_was_given_twice()
    {
        var given = await NameplatesOfAFullDirectory();

        Assert.Equal(2800, given.Count);
        Assert.Equal(2800, given.Distinct().Count());
        Assert.Equal(WaitingRefusal.Full, (await Wait()).Refusal);
        Assert.Equal(WaitingRefusal.None, (await WaitIn(OtherShop)).Refusal);
    }

    [Fact]
    public async Task Fifty_threads_never_get_the_same_nameplate()
    {
        var given = await Task.WhenAll(Enumerable.Range(0, 50).Select(worker => Task.Run(async () =>
        {
            var own = new List<string>();
            for (var round = 0; round < 20; round++)
            {
                var request = new WaitingRequest(Shop, Person, $"{worker}-{round}", null);
                own.Add((await _directory.WaitAsync(request, Cancel)).Customer!.Nameplate);
            }
            return own;
        }, Cancel)));

        Assert.Equal(1000, given.SelectMany(own => own).Distinct().Count());
    }

    [Fact]
    public async Task Of_fifty_technicians_at_once_exactly_one_takes_the_customer()
    {
        var nameplate = (await Wait()).Customer!.Nameplate;

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ =>
            Task.Run(async () => await _directory.TakeAsync(Shop, nameplate, Cancel), Cancel)));

        Assert.Single(outcomes, outcome => outcome.Customer is not null);
        Assert.Equal(49, outcomes.Count(outcome => outcome.Busy));
    }

    [Fact]
    public async Task The_sixth_program_of_one_address_is_refused_until_one_leaves()
    {
        var places = new List<Guid>();
        for (var program = 0; program < 5; program++)
            places.Add((await WaitFrom("192.0.2.1")).Customer!.Place);

        Assert.Equal(WaitingRefusal.TooManyFromAddress, (await WaitFrom("192.0.2.1")).Refusal);
        Assert.Equal(WaitingRefusal.None, (await WaitFrom("192.0.2.2")).Refusal);
        await _directory.LeaveAsync(Shop, places[0], LeaveReason.Interrupted, Cancel);
        Assert.Equal(WaitingRefusal.None, (await WaitFrom("192.0.2.1")).Refusal);
    }

    [Fact]
    public async Task Free_nameplates_are_chosen_over_the_whole_space()
    {
        var hundreds = new HashSet<char>();
        for (var number = 0; number < 200; number++)
            hundreds.Add((await Wait()).Customer!.Nameplate[0]);

        Assert.Equal(8, hundreds.Count);
    }

    [Fact]
    public async Task Every_change_of_the_list_wakes_those_who_wait_for_one()
    {
        var seen = await _directory.ChangedAsync(Shop, 0, Cancel);
        var change = _directory.ChangedAsync(Shop, seen, Cancel).AsTask();
        Assert.False(change.IsCompleted);

        var nameplate = (await Wait()).Customer!.Nameplate;
        seen = await change;
        change = _directory.ChangedAsync(Shop, seen, Cancel).AsTask();
        Assert.False(change.IsCompleted);

        await _directory.TakeAsync(Shop, nameplate, Cancel);
        Assert.True(await change > seen);
    }

    private Task<WaitingOutcome> Wait(string? lease = null) => WaitWith(_stamp.Read(Shop, lease));

    private async Task<WaitingOutcome> WaitWith(Lease? claim) =>
        await _directory.WaitAsync(new WaitingRequest(Shop, Person, $"address {_nextAddress++}", claim), Cancel);

    private async Task<WaitingOutcome> WaitFrom(string address) =>
        await _directory.WaitAsync(new WaitingRequest(Shop, Person, address, null), Cancel);

    private async Task<WaitingOutcome> WaitIn(Guid organization) =>
        await _directory.WaitAsync(new WaitingRequest(organization, Person, "elsewhere", null), Cancel);

    private async Task<List<string>> NameplatesOfAFullDirectory()
    {
        var given = new List<string>();
        while ((await Wait()).Customer is { } customer)
            given.Add(customer.Nameplate);
        return given;
    }
}
