using Nabij.Server.Rendezvous;

namespace Nabij.Server.Desk.Waiting;

/// <summary>
/// One waiting customer as the desk shows it. Name, language and platform come from the customer's program and are
/// text, never markup. Seconds instead of a time of day: the page's clock need not be right. <paramref name="Place"/>
/// names this waiting, not the nameplate, which others have later.
/// </summary>
public sealed record WaitingLine(string Nameplate, string Name, string Language, string Platform, long WaitingSeconds, Guid Place, ClaimLine? Claim)
{
    internal static WaitingLine Of(WaitingCustomer customer, CustomerClaim? claim, DateTimeOffset now) => new(
        customer.Nameplate, customer.Person.Name, customer.Person.Language, customer.Person.Platform,
        Math.Max(0, (long)(now - customer.Since).TotalSeconds), customer.Place, ClaimLine.Of(claim, now));
}
