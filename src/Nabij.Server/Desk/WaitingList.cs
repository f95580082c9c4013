using Nabij.Server.Rendezvous;

namespace Nabij.Server.Desk;

/// <summary>The customers who wait, longest first: at most one for each of the 2,800 nameplates.</summary>
public sealed record WaitingList(IReadOnlyList<WaitingLine> Customers)
{
    internal static WaitingList Of(IReadOnlyList<WaitingCustomer> waiting, DateTimeOffset now) =>
        new([.. waiting.Select(customer => WaitingLine.Of(customer, now))]);
}
