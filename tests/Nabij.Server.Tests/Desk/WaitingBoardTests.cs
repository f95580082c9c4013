using Nabij.Server.Accounts;
using Nabij.Server.Desk.Waiting;
using Nabij.Server.Rendezvous;

namespace Nabij.Server.Tests.Desk;

public sealed class WaitingBoardTests
{
    private static readonly Guid Shop = Guid.NewGuid();
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(20);

    private readonly ManualClock _clock = new();
    private readonly MemoryDirectory _directory;
    private readonly ClaimBook _book;
    private readonly WaitingBoard _board;
    private readonly SignedIn _anna = new(Shop, Guid.NewGuid(), "Anna", "a");

    public WaitingBoardTests()
    {
        _directory = new MemoryDirectory(new LeaseStamp(new byte[32]), 1_000, _clock);
        _book = new ClaimBook(_clock);
        _board = new WaitingBoard(_directory, _book, new Nabij.Server.Callbacks.CallbackBoard(), _clock);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_page_is_told_only_what_differs_from_what_it_shows()
    {
        var (first, second) = (await WaitAsync("First"), await WaitAsync("Second"));
        var shown = await _board.ReadAsync(Shop, Cancel);
        Assert.Equal([first.Nameplate, second.Nameplate], shown.ToList().Customers.Select(line => line.Nameplate));
        Assert.Equal((0, 0), Counts((await _board.ReadAsync(Shop, Cancel)).Since(shown)));

        var third = await WaitAsync("Third");
        await _directory.LeaveAsync(Shop, first.Place, LeaveReason.Succeeded, Cancel);
        await _board.ClaimAsync(_anna, second.Place, over: false, Cancel);

        var change = (await _board.ReadAsync(Shop, Cancel)).Since(shown);
        Assert.Equal([first.Nameplate], change.Gone);
        Assert.Equal([(second.Nameplate, "Anna"), (third.Nameplate, null)], change.Came.Select(line => (line.Nameplate, line.Claim?.Name)));
        Assert.Equal(_anna.AccountId.ToString("N"), change.Came[0].Claim?.By);
    }

    [Fact]
    public async Task Waiting_for_a_change_ends_with_one_with_the_end_of_a_claim_or_after_a_quiet_time()
    {
        var customer = await WaitAsync("First");
        var seen = await _board.ChangedAsync(Shop, (0, 0, 0), Quiet, Cancel);
        Assert.NotNull(seen);

        var next = _board.ChangedAsync(Shop, seen.Value, Quiet, Cancel);
        await _board.ClaimAsync(_anna, customer.Place, over: false, Cancel);
        var claimed = await next;
        Assert.NotEqual(seen, claimed);

        next = _board.ChangedAsync(Shop, claimed!.Value, Quiet, Cancel);
        _clock.Advance(Quiet);
        Assert.Equal(claimed, await next);

        _book.Left(_anna);
        next = _board.ChangedAsync(Shop, claimed.Value, Quiet, Cancel);
        _clock.Advance(ClaimBook.Grace);
        await next;
        Assert.Null(Assert.Single((await _board.ReadAsync(Shop, Cancel)).ToList().Customers).Claim);
    }

    [Fact]
    public async Task A_page_that_goes_ends_its_waiting()
    {
        using var over = new CancellationTokenSource();
        var seen = await _board.ChangedAsync(Shop, (0, 0, 0), Quiet, over.Token);
        var next = _board.ChangedAsync(Shop, seen!.Value, Quiet, over.Token);
        await over.CancelAsync();

        Assert.Null(await next);
    }

    private static (int Came, int Gone) Counts(WaitingChange change) => (change.Came.Count, change.Gone.Count);

    private async Task<WaitingCustomer> WaitAsync(string name)
    {
        _clock.Advance(TimeSpan.FromMilliseconds(5));
        var outcome = await _directory.WaitAsync(new WaitingRequest(Shop, new WaitingPerson(name, "nl", "linux-x64"), "192.0.2.1", null), Cancel);
        return outcome.Customer ?? throw new InvalidOperationException();
    }
}
