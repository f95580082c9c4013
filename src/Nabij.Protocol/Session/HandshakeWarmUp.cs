using System.Security.Cryptography;

namespace Nabij.Protocol.Session;

/// <summary>Runs the handshake's arithmetic once on made-up numbers, so that the first real one does not wait for the compiler.</summary>
public static class HandshakeWarmUp
{
    private const byte MadeUp = 0x55;

    /// <summary>Takes a few milliseconds; keeps and returns nothing.</summary>
    public static void Run()
    {
        Span<byte> scalar = stackalloc byte[X25519.Size], point = stackalloc byte[X25519.Size], hash = stackalloc byte[SHA512.HashSizeInBytes];
        scalar.Fill(MadeUp);
        using (var generator = CPace.Generator(scalar, scalar, scalar)) generator.Span.CopyTo(point);
        X25519.ScalarMultiply(scalar, point, point);
        SHA512.HashData(point, hash);
        HKDF.DeriveKey(HashAlgorithmName.SHA512, hash, point, scalar, scalar);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        _ = key.VerifyData(point, key.SignData(point, HashAlgorithmName.SHA256), HashAlgorithmName.SHA256);
        using var cipher = new AesGcm(scalar, AesGcm.TagByteSizes.MaxSize);
        Span<byte> tag = stackalloc byte[AesGcm.TagByteSizes.MaxSize];
        cipher.Encrypt(hash[..AesGcm.NonceByteSizes.MaxSize], scalar, point, tag);
    }
}
