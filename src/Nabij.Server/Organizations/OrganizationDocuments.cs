using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Nabij.Protocol;
using Nabij.Protocol.Organizations;
using Nabij.Protocol.Wire;
using Nabij.Server.Commands;
using Nabij.Server.Storage;

namespace Nabij.Server.Organizations;

/// <summary>
/// Writes and signs what customers' programs trust about an organization (docs/protocol/02, "Organization document"), or
/// gives the one that was signed elsewhere.
/// </summary>
internal sealed class OrganizationDocuments(OrganizationKeys keys, DatabaseSource source)
{
    private const byte MinimumVersion = 1;

    /// <summary>The signed org.json; null where it is signed elsewhere and has not come yet, or is of another origin.</summary>
    /// <param name="organization">Whose it is.</param>
    /// <param name="origin">The public origin that programs are to connect to.</param>
    /// <param name="cancellation">Of the caller.</param>
    internal async Task<byte[]?> FindAsync(Organization organization, string origin, CancellationToken cancellation)
    {
        if (keys.IsOffline(organization.Id))
            return await StoredAsync(organization, origin, cancellation);
        var document = await DraftAsync(organization, origin, cancellation);
        return keys.Use(organization.Id, document.Sign);
    }

    /// <summary>As <see cref="FindAsync"/>.</summary>
    /// <exception cref="OperatorException">There is none, with what to do.</exception>
    internal async Task<byte[]> SignAsync(Organization organization, string origin, CancellationToken cancellation) =>
        await FindAsync(organization, origin, cancellation) ?? throw new OperatorException(
            $"The document of {organization.Name} for {origin} is not signed yet: the organization's key is kept elsewhere. "
            + "Run `nabij-server requests`, sign the file where the key is (`nabij-server sign`), then `nabij-server import`.");

    /// <summary>What is to be signed, with the deny list of now.</summary>
    internal async Task<OrganizationDocument> DraftAsync(Organization organization, string origin, CancellationToken cancellation)
    {
        await using var database = source.Open(organization.Id);
        var denied = await database.Set<DeniedTechnician>().AsNoTracking().OrderBy(row => row.DeniedAt).Select(row => row.TechnicianId).ToListAsync(cancellation);
        return new OrganizationDocument
        {
            OrganizationId = organization.Id.ToString("N"),
            Slug = organization.Slug,
            DisplayName = organization.Name,
            LegalName = organization.LegalName,
            TradeNumber = organization.TradeNumber,
            Phone = organization.Phone,
            AbuseContact = organization.AbuseContact,
            HelpUrl = $"{origin}/o/{organization.Slug}",
            Origin = origin,
            Keys = [keys.PublicKey(organization.Id)],
            DeniedTechnicians = [.. denied.Select(id => (ReadOnlyMemory<byte>)id.ToByteArray(bigEndian: true))],
            MinimumVersion = MinimumVersion,
            Color = organization.Color,
        };
    }

    /// <summary>Whether a program's block was made by this organization, for this origin, under its key.</summary>
    internal bool IsOwn(OrganizationDocument document, Organization organization, string origin) =>
        document.OrganizationId == organization.Id.ToString("N") && document.Origin == origin &&
        document.Keys.Any(key => CryptographicOperations.FixedTimeEquals(key.Span, keys.PublicKey(organization.Id)));

    private async Task<byte[]?> StoredAsync(Organization organization, string origin, CancellationToken cancellation)
    {
        try
        {
            var signed = await File.ReadAllBytesAsync(keys.DocumentFileOf(organization.Id), cancellation);
            return IsOwn(OrganizationDocument.Open(signed), organization, origin) ? signed : null;
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException or WireFormatException or HandshakeException)
        {
            return null;
        }
    }
}
