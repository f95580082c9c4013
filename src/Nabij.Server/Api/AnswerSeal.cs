using System.Security.Cryptography;
using System.Text;

namespace Nabij.Server.Api;

/// <summary>
/// Seals a kept answer: AES-256-GCM under HKDF-SHA-256 of the token, which only its holder has; nonce, tag, content. The key's
/// hash is the salt, and the request's hash is bound in.
/// </summary>
internal static class AnswerSeal
{
    private const int KeyBytes = 32, NonceBytes = 12, TagBytes = 16;

    internal static byte[] Seal(string token, (string KeyHash, string RequestHash) names, ReadOnlySpan<byte> content)
    {
        var box = new byte[NonceBytes + TagBytes + content.Length];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceBytes));
        using var cipher = Cipher(token, names.KeyHash);
        cipher.Encrypt(box.AsSpan(0, NonceBytes), content, box.AsSpan(NonceBytes + TagBytes), box.AsSpan(NonceBytes, TagBytes), Encoding.ASCII.GetBytes(names.RequestHash));
        return box;
    }

    internal static byte[] Open(string token, (string KeyHash, string RequestHash) names, ReadOnlySpan<byte> box)
    {
        var content = new byte[box.Length - NonceBytes - TagBytes];
        using var cipher = Cipher(token, names.KeyHash);
        cipher.Decrypt(box[..NonceBytes], box[(NonceBytes + TagBytes)..], box.Slice(NonceBytes, TagBytes), content, Encoding.ASCII.GetBytes(names.RequestHash));
        return content;
    }

    private static AesGcm Cipher(string token, string salt) => new(
        HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.ASCII.GetBytes(token), KeyBytes, Encoding.ASCII.GetBytes(salt), Encoding.ASCII.GetBytes("nabij kept answer")), TagBytes);
}
