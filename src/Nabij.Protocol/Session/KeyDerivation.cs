using System.Security.Cryptography;
using System.Text;
using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Session;

/// <summary>HKDF-SHA-256 with the labels of RS1 (docs/protocol/02-handshake.md, "Keys"): info is always one lv list.</summary>
internal static class KeyDerivation
{
    public const int KeyBytes = 32;
    public const int IvBytes = 12;
    public const int TagBytes = 16;

    private const int LongestInfo = 64;
    private const string Prefix = "RS1 ";

    /// <summary>HKDF-Extract.</summary>
    public static SecretBytes Extract(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> material)
    {
        var key = new SecretBytes(KeyBytes);
        HKDF.Extract(HashAlgorithmName.SHA256, material, salt, key.Span);
        return key;
    }

    /// <summary>HKDF-Expand(key, lv("RS1 " + label), length).</summary>
    public static SecretBytes Expand(SecretBytes key, string label, int length = KeyBytes)
    {
        var output = new SecretBytes(length);
        Span<byte> text = stackalloc byte[LongestInfo];
        var textLength = Encoding.ASCII.GetBytes(Prefix + label, text);
        var info = new WireWriter(stackalloc byte[LongestInfo + 1]);
        info.WriteItem(text[..textLength]);
        HKDF.Expand(HashAlgorithmName.SHA256, key.Span, output.Span, info.Bytes);
        return output;
    }
}
