using Nabij.Server.Rendezvous;

namespace Nabij.Server.Desk.Waiting;

/// <summary>Who waited, and who had taken whom, at one moment. Immutable.</summary>
internal sealed class WaitingPicture(IReadOnlyList<WaitingCustomer> customers, IReadOnlyList<CustomerClaim?> claims, DateTimeOffset at)
{
    private readonly Dictionary<string, (Guid Place, CustomerClaim? Claim)> _known =
        customers.Zip(claims).ToDictionary(pair => pair.First.Nameplate, pair => (pair.First.Place, pair.Second), StringComparer.Ordinal);

    internal WaitingList ToList() => new([.. customers.Zip(claims).Select(pair => WaitingLine.Of(pair.First, pair.Second, at))]);

    /// <summary>What a page that shows <paramref name="earlier"/> has to be told to show this.</summary>
    internal WaitingChange Since(WaitingPicture earlier) => new(
        [.. customers.Zip(claims).Where(pair => !earlier.Shows(pair.First, pair.Second)).Select(pair => WaitingLine.Of(pair.First, pair.Second, at))],
        [.. earlier._known.Keys.Where(nameplate => !_known.ContainsKey(nameplate))]);

    private bool Shows(WaitingCustomer customer, CustomerClaim? claim) =>
        _known.TryGetValue(customer.Nameplate, out var known) && known.Place == customer.Place && known.Claim == claim;
}
