using System.Security.Cryptography;
using Nabij.Protocol.Organizations;

namespace Nabij.Server.Organizations;

/// <summary>Writes and signs what customers' programs trust about an organization (docs/protocol/02, "Organization document").</summary>
internal sealed class OrganizationDocuments(OrganizationKeys keys)
{
    private const byte MinimumVersion = 1;

    /// <summary>The signed org.json.</summary>
    /// <param name="organization">Whose it is.</param>
    /// <param name="origin">The public origin that programs are to connect to.</param>
    internal byte[] Sign(Organization organization, string origin)
    {
        var document = new OrganizationDocument
        {
            OrganizationId = organization.Id.ToString("N"),
            Slug = organization.Slug,
            DisplayName = organization.Name,
            LegalName = organization.LegalName,
            TradeNumber = organization.TradeNumber,
            Phone = organization.Phone,
            HelpUrl = $"{origin}/o/{organization.Slug}",
            Origin = origin,
            Keys = [keys.PublicKey(organization.Id)],
            DeniedTechnicians = [],
            MinimumVersion = MinimumVersion,
            Color = organization.Color,
        };
        return keys.Use(organization.Id, document.Sign);
    }

    /// <summary>Whether a program's block was made by this organization, for this origin, under its key.</summary>
    internal bool IsOwn(OrganizationDocument document, Organization organization, string origin) =>
        document.OrganizationId == organization.Id.ToString("N") && document.Origin == origin &&
        document.Keys.Any(key => CryptographicOperations.FixedTimeEquals(key.Span, keys.PublicKey(organization.Id)));
}
