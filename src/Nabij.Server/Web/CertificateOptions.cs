using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Nabij.Server.Commands;

namespace Nabij.Server.Web;

/// <summary>The given TLS certificate: PFX, or PEM with the key in the same or in a second file.</summary>
internal sealed record CertificateOptions(string File, string? KeyFile, string? PasswordFile)
{
    internal static CertificateOptions? From(Arguments arguments)
    {
        var keyFile = arguments.Find("--certificate-key");
        var passwordFile = arguments.Find("--certificate-password-file");
        if (arguments.Find("--certificate") is { } file)
            return new CertificateOptions(file, keyFile, passwordFile);
        if (keyFile is not null || passwordFile is not null)
            throw OperatorException.Usage("--certificate-key and --certificate-password-file need --certificate FILE.");
        return null;
    }

    /// <summary>The certificate with its private key, and the chain that the file holds besides it.</summary>
    internal (X509Certificate2 Certificate, X509Certificate2Collection Chain) Load()
    {
        try
        {
            var password = PasswordFile is null ? null : System.IO.File.ReadAllText(PasswordFile).TrimEnd('\r', '\n');
            return IsPem() ? LoadPem(password) : LoadPfx(password);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new OperatorException($"The certificate cannot be read: {exception.Message} Check the file's name and who may read it.", cause: exception);
        }
        catch (CryptographicException exception)
        {
            throw new OperatorException(
                $"The certificate {File} cannot be used: {exception.Message} It must be a PFX, or PEM with the private key (in the same file or by --certificate-key); " +
                "a password goes into a file named by --certificate-password-file.",
                cause: exception);
        }
    }

    private bool IsPem() => System.IO.File.ReadAllText(File).Contains("-----BEGIN", StringComparison.Ordinal);

    private (X509Certificate2, X509Certificate2Collection) LoadPem(string? password)
    {
        var keyFile = KeyFile ?? File;
        using var loaded = password is null
            ? X509Certificate2.CreateFromPemFile(File, keyFile)
            : X509Certificate2.CreateFromEncryptedPemFile(File, password, keyFile);
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(File);
        // A key that comes from PEM lives in memory only; TLS on some platforms wants it through PKCS#12.
        return (X509CertificateLoader.LoadPkcs12(loaded.Export(X509ContentType.Pkcs12), null), chain);
    }

    private (X509Certificate2, X509Certificate2Collection) LoadPfx(string? password)
    {
        var all = X509CertificateLoader.LoadPkcs12CollectionFromFile(File, password);
        var own = all.FirstOrDefault(one => one.HasPrivateKey)
            ?? throw new CryptographicException("The file holds no private key.");
        return (own, all);
    }
}
