namespace Nabij.Server.Desk;

/// <summary>Asks for a certificate. <paramref name="PublicKey"/>: base64 of the browser's public key, a point of P-256 in 65 bytes.</summary>
public sealed record CertificateRequest(string? PublicKey);
