using Nabij.Server.Organizations;

namespace Nabij.Server.Records;

/// <summary>Puts a statement under the records key, with all that checking it needs.</summary>
internal sealed class StatementSigner(RecordsKeys keys, OrganizationKeys organizations)
{
    internal SignedStatement Sign(Guid organization, byte[] statement) => new()
    {
        Statement = statement,
        Signature = keys.Sign(organization, statement),
        PublicKey = keys.PublicKey(organization),
        Certificate = keys.Certificate(organization)?.Encoded.ToArray() ?? [],
        OrganizationKey = organizations.PublicKey(organization),
    };
}
