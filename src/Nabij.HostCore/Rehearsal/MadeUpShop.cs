using System.Security.Cryptography;
using System.Text;
using Nabij.HostCore.Rendezvous;
using Nabij.HostCore.Session;
using Nabij.Protocol;
using Nabij.Protocol.Organizations;
using Nabij.Protocol.Session;

namespace Nabij.HostCore.Rehearsal;

/// <summary>An organization with one technician and one customer, none of them real: keys and papers for one rehearsal.</summary>
internal sealed class MadeUpShop : IDisposable
{
    /// <summary>The first digits of every code here.</summary>
    public const string Nameplate = "000";

    /// <summary>What the technician may be granted.</summary>
    public const Permissions Rights = Permissions.View | Permissions.Pointer | Permissions.Keyboard;

    private const string Origin = "https://rehearsal.invalid", Nobody = "nobody";

    private readonly ECDsa organizationKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa technicianKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>A customer whose only way to a server is this one.</summary>
    public CustomerOptions Customer(ITransport line, HostDesktop desktop) => new()
    {
        Organization = new OrganizationDocument
        {
            OrganizationId = new string('0', 32), Slug = Nobody, DisplayName = Nobody, LegalName = "", TradeNumber = "", Phone = "",
            HelpUrl = Origin + "/", Origin = Origin, Keys = [organizationKey.ExportSubjectPublicKeyInfo()], DeniedTechnicians = [],
            MinimumVersion = 1, Color = "#000000",
        },
        Consent = new ConsentRecord
        {
            TermsId = Nobody, TermsVersion = "0", Language = "en", TermsHash = new byte[SHA256.HashSizeInBytes],
            LicenceHash = new byte[SHA256.HashSizeInBytes], Ticks = ConsentTicks.Terms | ConsentTicks.Licence, Backup = BackupAnswer.Yes, Time = 0,
        },
        CustomerName = Nobody,
        Language = "en",
        Program = Nobody,
        Ceiling = Rights,
        Connect = _ => Task.FromResult(line),
        Desktop = desktop,
    };

    /// <summary>The technician's side of a handshake about this code.</summary>
    public TechnicianHandshake Technician(ReadOnlyMemory<byte> sidC, SupportSecret typed) => new(new TechnicianHandshakeOptions
    {
        Secret = typed,
        Nameplate = Nameplate,
        SidC = sidC,
        Origin = Origin,
        Certificate = Certificate(),
        Sign = message => P256.Sign(technicianKey, message),
        Requested = Rights,
        Client = Nobody,
    });

    /// <summary>The secret digits of a code as a technician types them.</summary>
    public static SupportSecret Typed(string code) => SupportSecret.FromDigits(Encoding.ASCII.GetBytes(code[Nameplate.Length..]));

    public void Dispose()
    {
        organizationKey.Dispose();
        technicianKey.Dispose();
    }

    private byte[] Certificate() => TechnicianCertificate.Create(
        new CertificateFields
        {
            TechnicianId = new byte[TechnicianCertificate.TechnicianIdBytes], DisplayName = Nobody, PublicKey = P256.PointOf(technicianKey),
            NotBefore = 0, NotAfter = uint.MaxValue, Rights = Rights,
        },
        organizationKey);
}
