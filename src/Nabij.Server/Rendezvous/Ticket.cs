namespace Nabij.Server.Rendezvous;

/// <summary>
/// What a ticket allows: the technician of this sign-in may join this nameplate of the organization, once.
/// <paramref name="SignIn"/> is the sign-in's own reference, so that the socket ends with it.
/// </summary>
internal sealed record Ticket(Guid Organization, Guid Technician, string SignIn, string Nameplate)
{
    /// <summary>Where the technician's page asked from, as <see cref="Web.RateLimits.AddressKey"/> gives it.</summary>
    internal string Address { get; init; } = "";
}
