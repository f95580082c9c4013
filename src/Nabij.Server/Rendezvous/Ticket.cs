namespace Nabij.Server.Rendezvous;

/// <summary>
/// What a ticket allows: the technician of this sign-in, or a relative, may join this nameplate of the organization, once.
/// <paramref name="SignIn"/> is the sign-in's own reference, so that the socket ends with it.
/// </summary>
internal sealed record Ticket(Guid Organization, Guid Technician, string SignIn, string Nameplate)
{
    /// <summary>In the place of a sign-in, where nobody is signed in: a relative.</summary>
    internal const string NobodySignedIn = "0000000000000000000000000000000000000000000000000000000000000000";

    /// <summary>Whose nameplates it joins: customers and invited colleagues, or invited relatives.</summary>
    internal bool IsRelative => SignIn == NobodySignedIn;

    /// <summary>Where the technician's page asked from, as <see cref="Web.RateLimits.AddressKey"/> gives it.</summary>
    internal string Address { get; init; } = "";
}
