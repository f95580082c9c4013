using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Nabij.Protocol.Pictures;

namespace Nabij.Protocol.Tests.Vectors;

/// <summary>pictures.json. The product opens nothing in C#; what opens here is written from chapter 14 by the platform's primitives. It has no normal form C here (invariant globalization): the cases bring the bytes.</summary>
internal static class PictureVectors
{
    private const int TagBytes = 16;

    public static void Seal(VectorCase vector)
    {
        var envelope = vector.Hex("envelope");
        using var ephemeral = Import(vector.Hex("ephemeral"));
        using var key = ECDiffieHellman.Create();
        key.ImportSubjectPublicKeyInfo(vector.Hex("publicKey"), out _);
        var content = Content(vector.Number("taken"), vector.Text("caption"), vector.Hex("image"));

        var header = envelope[..PictureEnvelope.HeaderBytes];
        Assert.Equal(vector.Hex("picture"), PictureEnvelope.Read(envelope).Picture.ToArray());
        Assert.Equal(SHA256.HashData(vector.Hex("publicKey")), PictureEnvelope.Read(envelope).KeyId.ToArray());
        var (boxKey, nonce, context) = Keys(vector, header, ephemeral.DeriveRawSecretAgreement(key.PublicKey));
        using var aes = new AesGcm(boxKey, TagBytes);
        var box = new byte[content.Length + TagBytes];
        aes.Encrypt(nonce, content, box.AsSpan(0, content.Length), box.AsSpan(content.Length), context);
        vector.AssertHex("envelope", [.. header, .. box]);
    }

    public static void Open(VectorCase vector)
    {
        var envelope = vector.Hex("envelope");
        var error = Refusals.NameOf(() => PictureEnvelope.Read(envelope));
        Assert.Equal(vector.Error, error);
        if (error is not null)
            return;
        using var key = Import(vector.Hex("privateKey"));
        var header = envelope[..PictureEnvelope.HeaderBytes];
        using var ephemeral = ECDiffieHellman.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = header[53..85], Y = header[85..117] },
        });
        var (boxKey, nonce, context) = Keys(vector, header, key.DeriveRawSecretAgreement(ephemeral.PublicKey));
        var content = Decrypt(boxKey, nonce, envelope[PictureEnvelope.HeaderBytes..], context);
        Assert.Equal(vector.Flag("opens"), content is not null);
        if (content is not null)
            vector.AssertHex("content", content);
    }

    /// <summary>The server never has content to read; that the case is a case is what C# can say of it.</summary>
    public static void ReadContent(VectorCase vector) => Assert.True(vector.Has("fields") != (vector.Error is not null));

    public static void Wrap(VectorCase vector)
    {
        var wrapped = vector.Hex("wrapped");
        WrappedPicturesKey.Check(wrapped);
        var (key, nonce, associated) = WrappingKeys(wrapped, vector.Hex("utf8"), vector.Hex("organization"), SHA256.HashData(vector.Hex("publicKey")));
        var plaintext = vector.Hex("privateKey");
        var box = new byte[plaintext.Length + TagBytes];
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(nonce, plaintext, box.AsSpan(0, plaintext.Length), box.AsSpan(plaintext.Length), associated);
        vector.AssertHex("wrapped", [.. wrapped[..WrappedPicturesKey.HeaderBytes], .. box]);
    }

    public static void Unwrap(VectorCase vector)
    {
        var wrapped = vector.Hex("wrapped");
        var error = Refusals.NameOf(() => WrappedPicturesKey.Check(wrapped));
        Assert.Equal(vector.Error, error);
        if (error is not null)
            return;
        var (key, nonce, associated) = WrappingKeys(wrapped, Encoding.UTF8.GetBytes(vector.Text("passphrase")), vector.Hex("organization"), vector.Hex("key"));
        var opened = Decrypt(key, nonce, wrapped[WrappedPicturesKey.HeaderBytes..], associated);
        Assert.Equal(vector.Flag("opens"), opened is not null);
        if (opened is not null)
            vector.AssertHex("privateKey", opened);
    }

    private static (byte[] Key, byte[] Nonce, byte[] Context) Keys(VectorCase vector, byte[] header, byte[] shared)
    {
        var context = Items("Nabij kept picture"u8.ToArray(), vector.Hex("organization"), vector.Hex("session"), vector.Hex("author"), header);
        var okm = HKDF.DeriveKey(HashAlgorithmName.SHA256, shared, 44, salt: header[20..52], info: context);
        return (okm[..32], okm[32..], context);
    }

    private static (byte[] Key, byte[] Nonce, byte[] Associated) WrappingKeys(byte[] wrapped, byte[] passphrase, byte[] organization, byte[] keyId)
    {
        var header = wrapped[..WrappedPicturesKey.HeaderBytes];
        var iterations = (int)BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(4));
        var key = Rfc2898DeriveBytes.Pbkdf2(passphrase, header[8..24], iterations, HashAlgorithmName.SHA256, 32);
        return (key, header[24..36], Items("Nabij pictures key"u8.ToArray(), organization, keyId, header));
    }

    private static byte[]? Decrypt(byte[] key, byte[] nonce, byte[] box, byte[] associated)
    {
        using var aes = new AesGcm(key, TagBytes);
        var plaintext = new byte[box.Length - TagBytes];
        try
        {
            aes.Decrypt(nonce, box.AsSpan(0, plaintext.Length), box.AsSpan(plaintext.Length), plaintext, associated);
            return plaintext;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    private static byte[] Content(ulong taken, string caption, byte[] image)
    {
        var text = Encoding.UTF8.GetBytes(caption);
        var fields = new byte[11];
        fields[0] = 1;
        BinaryPrimitives.WriteUInt64BigEndian(fields.AsSpan(1), taken);
        BinaryPrimitives.WriteUInt16BigEndian(fields.AsSpan(9), (ushort)text.Length);
        return [.. fields, .. text, .. image];
    }

    /// <summary>lv: every item here is shorter than 128 bytes, and so has a length of one.</summary>
    private static byte[] Items(params byte[][] items) => [.. items.SelectMany(item => item.Prepend((byte)item.Length))];

    private static ECDiffieHellman Import(byte[] key)
    {
        var imported = ECDiffieHellman.Create();
        imported.ImportPkcs8PrivateKey(key, out _);
        return imported;
    }
}
