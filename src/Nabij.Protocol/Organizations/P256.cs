using System.Numerics;
using System.Security.Cryptography;

namespace Nabij.Protocol.Organizations;

/// <summary>
/// ECDSA on P-256 with SHA-256 and 64-byte signatures r || s (docs/protocol/02-handshake.md). Points and signature
/// ranges are checked here, the same on every platform, before the platform sees the bytes; all of it is public, so
/// BigInteger is fine. The only place that knows which library of the platform verifies.
/// </summary>
public static class P256
{
    /// <summary>Bytes of a public key: 04, x, y.</summary>
    public const int PointBytes = 65;

    /// <summary>Bytes of a signature: r, s.</summary>
    public const int SignatureBytes = 64;

    /// <summary>Bytes of a DER SubjectPublicKeyInfo with named curve and uncompressed point.</summary>
    public const int SubjectPublicKeyInfoBytes = 91;

    private const int NumberBytes = 32;

    private static readonly BigInteger Prime = Hex("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff");
    private static readonly BigInteger Order = Hex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");
    private static readonly BigInteger B = Hex("5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b");

    private static ReadOnlySpan<byte> InfoPrefix =>
    [
        0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01,
        0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
    ];

    /// <summary>Whether these are the 65 bytes of a point on the curve: 04, then x and y below the field prime.</summary>
    public static bool IsPoint(ReadOnlySpan<byte> point)
    {
        if (point.Length != PointBytes || point[0] != 4)
            return false;
        var x = Number(point.Slice(1, NumberBytes));
        var y = Number(point.Slice(1 + NumberBytes, NumberBytes));
        return x < Prime && y < Prime && ((y * y) - (((x * x * x) - (3 * x)) + B)) % Prime == 0;
    }

    /// <summary>Whether these bytes begin as a SubjectPublicKeyInfo of this curve and have its length.</summary>
    public static bool IsSubjectPublicKeyInfo(ReadOnlySpan<byte> info) =>
        info.Length == SubjectPublicKeyInfoBytes && info.StartsWith(InfoPrefix);

    /// <summary>The point inside a SubjectPublicKeyInfo that <see cref="IsSubjectPublicKeyInfo"/> accepts.</summary>
    public static ReadOnlySpan<byte> PointOf(ReadOnlySpan<byte> info) => info[InfoPrefix.Length..];

    /// <summary>The SubjectPublicKeyInfo of a point.</summary>
    public static byte[] SubjectPublicKeyInfo(ReadOnlySpan<byte> point)
    {
        if (!IsPoint(point))
            throw new ArgumentException("Not a point of P-256.", nameof(point));
        return [.. InfoPrefix, .. point];
    }

    /// <summary>The public point of a key.</summary>
    public static byte[] PointOf(ECDsa key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var parameters = key.ExportParameters(includePrivateParameters: false);
        return [4, .. parameters.Q.X!, .. parameters.Q.Y!];
    }

    /// <summary>Whether the signature over the message verifies; false for everything else, whatever the reason.</summary>
    public static bool Verify(ReadOnlySpan<byte> point, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (!IsPoint(point) || !IsInRange(signature))
            return false;
        try
        {
            using var key = ECDsa.Create(new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                Q = new ECPoint
                {
                    X = point.Slice(1, NumberBytes).ToArray(),
                    Y = point.Slice(1 + NumberBytes, NumberBytes).ToArray(),
                },
            });
            return key.VerifyData(
                message, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    /// <summary>Signs a message: 64 bytes.</summary>
    public static byte[] Sign(ECDsa key, ReadOnlySpan<byte> message)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key.SignData(message, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    private static bool IsInRange(ReadOnlySpan<byte> signature)
    {
        if (signature.Length != SignatureBytes)
            return false;
        var r = Number(signature[..NumberBytes]);
        var s = Number(signature[NumberBytes..]);
        return !r.IsZero && r < Order && !s.IsZero && s < Order;
    }

    private static BigInteger Number(ReadOnlySpan<byte> bytes) => new(bytes, isUnsigned: true, isBigEndian: true);

    private static BigInteger Hex(string digits) => Number(Convert.FromHexString(digits));
}
