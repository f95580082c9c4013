namespace Nabij.Server.Rendezvous;

/// <summary>
/// A claim to one nameplate, as read from the 32 bytes that a host keeps (see <see cref="LeaseStamp"/>).
/// <paramref name="Fingerprint"/> is the SHA-256 of those bytes in hexadecimal: the only form the server keeps.
/// </summary>
internal sealed record Lease(string Nameplate, DateTimeOffset Since, string Fingerprint);
