using System.Security.Cryptography;
using Nabij.Protocol;
using Nabij.Protocol.Log;
using Nabij.Protocol.Organizations;

namespace Nabij.HostCore.Tests.Session;

/// <summary>An organization with a key of its own, one certified technician, and a customer's consent.</summary>
internal sealed class TestOrganization : IDisposable
{
    public const string Origin = "https://help.example.nl";

    private readonly ECDsa organizationKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa technicianKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public TestOrganization(DateTimeOffset now, byte minimumVersion = 1)
    {
        Document = new OrganizationDocument
        {
            OrganizationId = new string('a', 32), Slug = "shop", DisplayName = "The Shop", LegalName = "", TradeNumber = "", Phone = "",
            HelpUrl = Origin + "/", Origin = Origin, Keys = [organizationKey.ExportSubjectPublicKeyInfo()], DeniedTechnicians = [],
            MinimumVersion = minimumVersion, Color = "#204060",
        };
        Certificate = TechnicianCertificate.Create(
            new CertificateFields
            {
                TechnicianId = new byte[16], DisplayName = "Peter",
                PublicKey = P256.PointOf(technicianKey), NotBefore = (ulong)now.AddHours(-1).ToUnixTimeSeconds(),
                NotAfter = (ulong)now.AddHours(8).ToUnixTimeSeconds(), Rights = Permissions.All,
            },
            organizationKey);
        Consent = new ConsentRecord
        {
            TermsId = "terms", TermsVersion = "1", Language = "nl", TermsHash = new byte[32], LicenceHash = new byte[32],
            Ticks = ConsentTicks.Terms | ConsentTicks.Licence, Backup = BackupAnswer.Yes, Time = (ulong)now.ToUnixTimeSeconds(),
        };
    }

    public OrganizationDocument Document { get; }

    public byte[] Certificate { get; }

    public ConsentRecord Consent { get; }

    public byte[] Sign(ReadOnlySpan<byte> message) => P256.Sign(technicianKey, message);

    /// <summary>A receipt of the server's, for this run and this consent, under a certificate that begins so much later than now.</summary>
    public byte[] Receipt(ReadOnlyMemory<byte> sidC, ConsentRecord consent, ulong later = 0)
    {
        using var records = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var certificate = RecordsCertificate.Create(organizationKey, P256.PointOf(records), Consent.Time + later, Consent.Time + later + 9);
        return ServerReceipt.Create(new ReceiptSubject(new byte[16], sidC, consent.Hash(), Consent.Time), certificate, content => P256.Sign(records, content));
    }

    public void Dispose()
    {
        organizationKey.Dispose();
        technicianKey.Dispose();
    }
}
