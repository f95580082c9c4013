namespace Nabij.Server.Desk.Waiting;

/// <summary>Who has taken a customer, as the desk shows it. <paramref name="By"/>: the account, 32 hex digits.</summary>
public sealed record ClaimLine(string By, string Name, long Seconds)
{
    internal static ClaimLine? Of(CustomerClaim? claim, DateTimeOffset now) =>
        claim is null ? null : new(claim.Technician.ToString("N"), claim.Name, Math.Max(0, (long)(now - claim.At).TotalSeconds));
}
