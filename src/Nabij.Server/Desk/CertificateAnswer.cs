namespace Nabij.Server.Desk;

/// <summary>
/// What the viewer needs for the handshake: the certificate (base64, docs/protocol/02), SHA-256 of the organization's
/// public key (base64), the organization's origin, and when the certificate ends (Unix seconds).
/// </summary>
public sealed record CertificateAnswer(string Certificate, string OrganizationKeyHash, string Origin, long NotAfter);
