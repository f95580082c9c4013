// A certificate of our own for tests and first tries. It stands in DIR/self-signed.crt so that a test can trust that
// one file; nothing ever touches a trust store. Its key stays under DIR/keys.

using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Nabij.Server.Commands;
using Nabij.Server.Storage;

namespace Nabij.Server.Web;

internal static class SelfSigned
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(365);
    private static readonly TimeSpan RenewBefore = TimeSpan.FromDays(30);
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromDays(1);

    internal static X509Certificate2 LoadOrCreate(RunOptions options)
    {
        var keyFile = Path.Combine(options.DataFolder.KeysFolder, "self-signed.pem");
        var hosts = Hosts(options);
        if (Find(options.DataFolder.SelfSignedCertificate, keyFile, hosts) is { } existing)
            return existing;

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = Create(key, hosts);
        DataFolder.WriteSecret(keyFile, Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem()));
        File.WriteAllText(options.DataFolder.SelfSignedCertificate, certificate.ExportCertificatePem() + "\n");
        return WithStoredKey(certificate);
    }

    private static X509Certificate2? Find(string certificateFile, string keyFile, IReadOnlyCollection<string> hosts)
    {
        if (!File.Exists(certificateFile) || !File.Exists(keyFile))
            return null;
        try
        {
            var certificate = X509Certificate2.CreateFromPemFile(certificateFile, keyFile);
            var serves = hosts.All(host => certificate.MatchesHostname(host)) && certificate.NotAfter - RenewBefore > TimeProvider.System.GetLocalNow();
            return serves ? WithStoredKey(certificate) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static X509Certificate2 Create(ECDsa key, IEnumerable<string> hosts)
    {
        var request = new CertificateRequest("CN=Nabij self-signed", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        foreach (var host in hosts)
        {
            if (IPAddress.TryParse(host, out var ip))
                names.AddIpAddress(ip);
            else
                names.AddDnsName(host);
        }

        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now - ClockTolerance, now + Lifetime);
    }

    /// <summary>Every host that --urls and --origin name, and localhost.</summary>
    private static List<string> Hosts(RunOptions options)
    {
        var named = options.Addresses.Select(address => address.AsOrigin(address.Port)?.Host).Append(options.Origin?.Host).OfType<string>();
        return [.. named.Append("localhost").Append("127.0.0.1").Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    private static X509Certificate2 WithStoredKey(X509Certificate2 certificate) =>
        X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
}
