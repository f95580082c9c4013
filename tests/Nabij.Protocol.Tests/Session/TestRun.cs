using System.Security.Cryptography;
using System.Text;
using Nabij.Protocol.Organizations;
using Nabij.Protocol.Session;

namespace Nabij.Protocol.Tests.Session;

/// <summary>One host and one viewer of the same organization, with everything a run needs.</summary>
internal sealed class TestRun : IDisposable
{
    private static readonly ECDsa OrganizationKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private static readonly ECDsa TechnicianKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_790_000_000);

    public static readonly byte[] Certificate = TechnicianCertificate.Create(
        new CertificateFields
        {
            TechnicianId = new byte[16],
            DisplayName = "Peter",
            PublicKey = P256.PointOf(TechnicianKey),
            NotBefore = (ulong)Now.ToUnixTimeSeconds() - 60,
            NotAfter = (ulong)Now.ToUnixTimeSeconds() + 3600,
            Rights = Permissions.All,
        },
        OrganizationKey);

    public TestRun(string typed = "902635", SupportSecret? secret = null)
    {
        Secret = secret ?? SupportSecret.FromDigits("902635"u8);
        Typed = SupportSecret.FromDigits(Encoding.ASCII.GetBytes(typed));
        var sidC = RandomNumberGenerator.GetBytes(HandshakeLimits.SidBytes);
        Host = new CustomerHandshake(HostOptions(Secret, sidC));
        Viewer = new TechnicianHandshake(ViewerOptions(Typed, sidC));
    }

    public SupportSecret Secret { get; }

    public SupportSecret Typed { get; }

    public CustomerHandshake Host { get; }

    public TechnicianHandshake Viewer { get; }

    public static CustomerHandshakeOptions HostOptions(SupportSecret secret, ReadOnlyMemory<byte> sidC) => new()
    {
        Secret = secret,
        Nameplate = "417",
        SidC = sidC,
        Origin = "https://help.example.nl",
        OrganizationKeys = [OrganizationKey.ExportSubjectPublicKeyInfo()],
        DeniedTechnicians = [],
        Host = new HostIdentity
        {
            TermsId = "terms",
            TermsVersion = "2026-01",
            ConsentHash = new byte[32],
            AcceptanceTime = 1_789_999_990,
            Ceiling = Permissions.View | Permissions.Pointer | Permissions.Keyboard,
            Application = "nabij/0.1.0 linux",
            MachineName = "PC-JAN",
            UserName = "jan",
        },
        Time = new ManualTime(Now),
    };

    public static TechnicianHandshakeOptions ViewerOptions(SupportSecret secret, ReadOnlyMemory<byte> sidC) => new()
    {
        Secret = secret,
        Nameplate = "417",
        SidC = sidC,
        Origin = "https://help.example.nl",
        Certificate = Certificate,
        Sign = message => P256.Sign(TechnicianKey, message),
        Requested = Permissions.View | Permissions.Pointer | Permissions.Chat,
        Client = "test/1",
    };

    /// <summary>The whole run as it should be; gives the sessions of host and viewer.</summary>
    public (EstablishedSession Host, EstablishedSession Viewer) Complete()
    {
        var message1 = Viewer.Start().Reply!.Value;
        var message2 = Host.Receive(message1.Span).Reply!.Value;
        var message3 = Viewer.Receive(message2.Span).Reply!.Value;
        var host = Host.Receive(message3.Span);
        var viewer = Viewer.Receive(host.Reply!.Value.Span);
        return (host.Session!, viewer.Session!);
    }

    public static (EstablishedSession Host, EstablishedSession Viewer) Established()
    {
        using var run = new TestRun();
        return run.Complete();
    }

    public void Dispose()
    {
        Host.Dispose();
        Viewer.Dispose();
        Typed.Dispose();
    }
}
