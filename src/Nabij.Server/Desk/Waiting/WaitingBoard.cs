using Nabij.Server.Accounts;
using Nabij.Server.Callbacks;
using Nabij.Server.Rendezvous;

namespace Nabij.Server.Desk.Waiting;

/// <summary>The waiting room of an organization as its technicians have it before them: the directory's customers with the claims on them.</summary>
internal sealed class WaitingBoard(IDirectory directory, ClaimBook book, CallbackBoard callbacks, TimeProvider time)
{
    internal async Task<WaitingPicture> ReadAsync(Guid organization, CancellationToken cancellation)
    {
        var customers = await directory.ListAsync(organization, cancellation);
        return new WaitingPicture(customers, book.Find(organization, customers), time.GetUtcNow());
    }

    internal async Task<(ClaimOutcome Outcome, CustomerClaim? Other)> ClaimAsync(SignedIn who, Guid place, bool over, CancellationToken cancellation)
    {
        var waiting = await directory.ListAsync(who.OrganizationId, cancellation);
        return waiting.FirstOrDefault(one => one.Place == place) is { } customer ? book.Take(who, customer, over, waiting) : (ClaimOutcome.Unknown, null);
    }

    internal async Task<bool> ReleaseAsync(SignedIn who, Guid place, CancellationToken cancellation) =>
        await FindAsync(who, place, cancellation) is { } customer && book.Release(who, customer);

    /// <summary>The claim of a colleague on the customer of this nameplate, or null.</summary>
    internal async Task<CustomerClaim?> FindOthersClaimAsync(SignedIn who, string nameplate, CancellationToken cancellation)
    {
        var customers = (await directory.ListAsync(who.OrganizationId, cancellation)).Where(one => one.Nameplate == nameplate).ToList();
        return book.Find(who.OrganizationId, customers).FirstOrDefault(claim => claim is not null && claim.Technician != who.AccountId);
    }

    /// <summary>
    /// Completes when list, claims or requests to be called back may differ from those of <paramref name="seen"/>, or after <paramref name="quiet"/> or the
    /// end of a claim if nothing else happens. Null when it is over.
    /// </summary>
    internal async Task<(long List, long Claims, long Callbacks)?> ChangedAsync(
        Guid organization, (long List, long Claims, long Callbacks) seen, TimeSpan quiet, CancellationToken over)
    {
        using var enough = new CancellationTokenSource(book.UntilNextEnd(organization, quiet), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over, enough.Token);
        var list = NumberAsync(directory.ChangedAsync(organization, seen.List, either.Token), seen.List);
        var claims = NumberAsync(book.ChangedAsync(organization, seen.Claims, either.Token), seen.Claims);
        var asked = NumberAsync(callbacks.ChangedAsync(organization, seen.Callbacks, either.Token), seen.Callbacks);
        await Task.WhenAny(list, claims, asked);
        await either.CancelAsync();
        var now = (await list, await claims, await asked);
        return over.IsCancellationRequested ? null : now;
    }

    private async Task<WaitingCustomer?> FindAsync(SignedIn who, Guid place, CancellationToken cancellation) =>
        (await directory.ListAsync(who.OrganizationId, cancellation)).FirstOrDefault(customer => customer.Place == place);

    /// <summary>The number to wait from next; the one that was seen when the waiting was ended.</summary>
    private static async Task<long> NumberAsync(ValueTask<long> changed, long seen)
    {
        try
        {
            return await changed;
        }
        catch (OperationCanceledException)
        {
            return seen;
        }
    }
}
