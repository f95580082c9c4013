// An organization's key as a file on the machine of whoever keeps it (security.md 3.8, offline mode): PKCS#8 in PEM, mode 0600,
// with a pass phrase or without. Its public half is a PEM file beside it.

using System.Security.Cryptography;
using System.Text;
using Nabij.Protocol.Organizations;
using Nabij.Server.Commands;
using Nabij.Server.Storage;

namespace Nabij.Server.Organizations;

internal static class KeyFile
{
    /// <summary>OWASP's figure for PBKDF2 with SHA-512 (2023), as for passwords.</summary>
    private const int Iterations = 210_000;

    internal static string PublicOf(string file) => file + ".pub";

    /// <summary>Makes a key in a new file, and its public half beside it; gives the public half.</summary>
    internal static async Task<byte[]> CreateAsync(string file, string? passPhrase, CancellationToken cancellation)
    {
        foreach (var one in new[] { file, PublicOf(file) })
            if (File.Exists(one))
                throw OperatorException.Usage($"{one} exists already. Give a new name; keys are never overwritten.");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var pem = Encoding.ASCII.GetBytes(passPhrase is null
            ? key.ExportPkcs8PrivateKeyPem()
            : key.ExportEncryptedPkcs8PrivateKeyPem(passPhrase, new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA512, Iterations)));
        try
        {
            DataFolder.WriteSecret(file, pem);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new OperatorException($"{file} cannot be written: {exception.Message}", cause: exception);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pem);
        }

        await OutputFile.WriteAsync(PublicOf(file), Encoding.ASCII.GetBytes(key.ExportSubjectPublicKeyInfoPem() + "\n"), cancellation);
        return key.ExportSubjectPublicKeyInfo();
    }

    /// <summary>Opens the private half; the caller disposes.</summary>
    internal static ECDsa Open(string file, string? passPhrase)
    {
        var key = ECDsa.Create();
        try
        {
            var pem = File.ReadAllText(file);
            if (passPhrase is null)
                key.ImportFromPem(pem);
            else
                key.ImportFromEncryptedPem(pem, passPhrase);
            if (!P256.IsSubjectPublicKeyInfo(key.ExportSubjectPublicKeyInfo()))
                throw new CryptographicException("It is no key of P-256.");
            return key;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw new OperatorException($"The key {file} cannot be opened: {exception.Message} Is it the private key, and is the pass phrase right?", cause: exception);
        }
    }

    /// <summary>The public half, as SubjectPublicKeyInfo.</summary>
    internal static byte[] ReadPublic(string file)
    {
        using var key = ECDsa.Create();
        try
        {
            var pem = File.ReadAllText(file);
            if (pem.Contains("PRIVATE KEY", StringComparison.Ordinal))
                throw OperatorException.Usage($"{file} holds the private key, which must not come to this machine. Give the file ending in .pub.");
            key.ImportFromPem(pem);
            var info = key.ExportSubjectPublicKeyInfo();
            return P256.IsSubjectPublicKeyInfo(info) ? info : throw new CryptographicException("It is no key of P-256.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or CryptographicException)
        {
            throw new OperatorException($"The public key {file} cannot be read: {exception.Message} `nabij-server make-key` makes one.", cause: exception);
        }
    }

    /// <summary>How people compare a public key: the first 16 bytes of its SHA-256, in groups of four digits.</summary>
    internal static string Fingerprint(ReadOnlySpan<byte> publicKey)
    {
        var digits = Convert.ToHexStringLower(SHA256.HashData(publicKey).AsSpan(0, 16));
        return string.Join(' ', digits.Chunk(4).Select(group => new string(group)));
    }

    /// <summary>The pass phrase in a file, without the line's end; null where none is given.</summary>
    internal static string? PassPhrase(string? file)
    {
        if (file is null)
            return null;
        try
        {
            return File.ReadAllText(file).TrimEnd('\r', '\n');
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new OperatorException($"The file with the pass phrase cannot be read: {exception.Message}", cause: exception);
        }
    }
}
