using Nabij.Protocol.Organizations;

namespace Nabij.Protocol.Log;

/// <summary>What a customer's log is to be about; the log adds its own key and the time.</summary>
/// <param name="SessionId">16 bytes.</param>
/// <param name="CheckNumber">Four digits.</param>
/// <param name="Certificate">Who helps.</param>
/// <param name="OrganizationKey">SubjectPublicKeyInfo, the one that signed the certificate.</param>
/// <param name="Consent">What the customer had agreed to.</param>
public sealed record LogSubject(
    ReadOnlyMemory<byte> SessionId, string CheckNumber, TechnicianCertificate Certificate, ReadOnlyMemory<byte> OrganizationKey, ConsentRecord Consent)
{
    /// <summary>The server's receipt for the consent, where it gave one that holds.</summary>
    public ServerReceipt? Receipt { get; init; }
}
