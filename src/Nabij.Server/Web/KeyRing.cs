// The ring of keys that seals form tokens, the second factors' secrets, and what the server keeps for providers and webhooks.
// It signs nobody in (decision 0030). Its files are plain, mode 0600, unless the operator gives a certificate: then every key is
// sealed by the first one given, at each start also those that were plain or sealed by another. Format of the files: ASP.NET Core
// data protection, XML Encryption with the certificate's RSA key.

using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.Logging.Abstractions;
using Nabij.Server.Commands;

namespace Nabij.Server.Web;

internal static class KeyRing
{
    private static readonly XNamespace Framework = "http://schemas.asp.net/2015/03/dataProtection", Signature = "http://www.w3.org/2000/09/xmldsig#";

    private static readonly XName Sealed = Framework + "encryptedSecret", ToBeSealed = Framework + "requiresEncryption";

    internal static void AddKeyRing(this IServiceCollection services, RunOptions options)
    {
        var folder = new DirectoryInfo(options.DataFolder.KeyRingFolder);
        var certificates = options.KeyRingCertificates.Select(Load).ToArray();
        if (folder.Exists)
            Prepare(folder, certificates);
        Add(services, certificates).PersistKeysToFileSystem(folder);
    }

    private static IDataProtectionBuilder Add(IServiceCollection services, X509Certificate2[] certificates)
    {
        var protection = services.AddDataProtection().SetApplicationName("nabij");
        return certificates.Length == 0 ? protection : protection.ProtectKeysWithCertificate(certificates[0]).UnprotectKeysWithAnyCertificate(certificates);
    }

    private static X509Certificate2 Load(CertificateOptions options)
    {
        var (certificate, _) = options.Load();
        return certificate.GetRSAPrivateKey() is not null
            ? certificate
            : throw new OperatorException($"The certificate {options.File} cannot seal the key ring: it must hold a private key for RSA. One of its own will do, with many years, such as {Make}");
    }

    internal const string Make = "`openssl req -x509 -newkey rsa:3072 -nodes -days 7300 -subj /CN=nabij-key-ring -keyout ring.pem -out ring.crt && cat ring.crt >> ring.pem`.";

    /// <exception cref="OperatorException">A key is sealed by a certificate that was not given.</exception>
    private static void Prepare(DirectoryInfo folder, X509Certificate2[] certificates)
    {
        using var services = Add(new ServiceCollection(), certificates).Services.BuildServiceProvider();
        var known = certificates.Select(certificate => Convert.ToBase64String(certificate.RawData)).ToList();
        foreach (var file in folder.EnumerateFiles("key-*.xml"))
        {
            var document = XDocument.Load(file.FullName);
            foreach (var box in document.Descendants(Sealed).Where(box => CertificateOf(box) != known.FirstOrDefault()).ToList())
            {
                if (!known.Contains(CertificateOf(box)))
                {
                    throw new OperatorException(
                        $"The key ring in {folder.FullName} is sealed with a certificate that was not given. Name its file with --key-ring-certificate; after a change give both, the new one first: NEW;OLD. " +
                        "If it is lost, move the files of the ring away: everybody with an authenticator app then signs in by a recovery code.");
                }

                box.ReplaceWith(new EncryptedXmlDecryptor(services).Decrypt(box.Elements().Single()));
            }

            if (certificates.Length > 0 && SealAll(document, new CertificateXmlEncryptor(certificates[0], NullLoggerFactory.Instance)))
                Storage.DataFolder.WriteSecret(file.FullName, Encoding.UTF8.GetBytes(document.ToString()));
        }
    }

    private static bool SealAll(XDocument document, CertificateXmlEncryptor sealer)
    {
        var plain = document.Descendants().Where(element => (bool?)element.Attribute(ToBeSealed) == true).ToList();
        foreach (var secret in plain)
        {
            var made = sealer.Encrypt(new XDocument(new XElement(secret)).Root ?? throw new InvalidOperationException());
            secret.ReplaceWith(new XElement(Sealed, new XAttribute("decryptorType", made.DecryptorType.AssemblyQualifiedName ?? ""), made.EncryptedElement));
        }

        return plain.Count > 0;
    }

    /// <summary>The certificate that a key is sealed with, in base64.</summary>
    private static string CertificateOf(XElement box) =>
        string.Concat((box.Descendants(Signature + "X509Certificate").FirstOrDefault()?.Value ?? "").Where(letter => !char.IsWhiteSpace(letter)));
}
