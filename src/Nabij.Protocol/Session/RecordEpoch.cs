using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Nabij.Protocol.Session;

/// <summary>
/// Key, iv, epoch, sequence and sum of lengths of one direction (docs/protocol/03-records.md). Owns its traffic secret
/// and erases each as soon as the next takes over.
/// </summary>
internal sealed class RecordEpoch : IDisposable
{
    private SecretBytes _traffic;
    private SecretBytes _iv;
    private AesGcm _cipher;

    /// <summary>Takes over the traffic secret.</summary>
    public RecordEpoch(SecretBytes traffic)
    {
        _traffic = traffic;
        (_cipher, _iv) = Load(traffic);
    }

    public byte Number { get; private set; }

    public ulong Sequence { get; private set; }

    public long Sum { get; private set; }

    public void Seal(ReadOnlySpan<byte> inner, Span<byte> sealedBytes, ReadOnlySpan<byte> header)
    {
        Span<byte> nonce = stackalloc byte[KeyDerivation.IvBytes];
        WriteNonce(nonce);
        _cipher.Encrypt(nonce, inner, sealedBytes[..inner.Length], sealedBytes[inner.Length..], header);
        Count(sealedBytes.Length);
    }

    public bool TryOpen(ReadOnlySpan<byte> sealedBytes, Span<byte> inner, ReadOnlySpan<byte> header)
    {
        Span<byte> nonce = stackalloc byte[KeyDerivation.IvBytes];
        WriteNonce(nonce);
        try
        {
            _cipher.Decrypt(nonce, sealedBytes[..inner.Length], sealedBytes[inner.Length..], inner, header);
        }
        catch (CryptographicException)
        {
            return false;
        }

        Count(sealedBytes.Length);
        return true;
    }

    /// <summary>Goes on to the next epoch: traffic' = HKDF-Expand(traffic, lv("RS1 next"), 32).</summary>
    public void Advance()
    {
        var next = KeyDerivation.Expand(_traffic, "next");
        Dispose();
        _traffic = next;
        (_cipher, _iv) = Load(next);
        Number++;
        (Sequence, Sum) = (0, 0);
    }

    public void Dispose()
    {
        _traffic.Dispose();
        _iv.Dispose();
        _cipher.Dispose();
    }

    /// <summary>Tests of vectors start in the middle.</summary>
    internal void JumpTo(byte number, ulong sequence, long sum) => (Number, Sequence, Sum) = (number, sequence, sum);

    private static (AesGcm Cipher, SecretBytes Iv) Load(SecretBytes traffic)
    {
        using var key = KeyDerivation.Expand(traffic, "key");
        return (new AesGcm(key.Span, KeyDerivation.TagBytes), KeyDerivation.Expand(traffic, "iv", KeyDerivation.IvBytes));
    }

    // The first four bytes of the iv stay; the last eight are XORed with the sequence.
    private void WriteNonce(Span<byte> nonce)
    {
        _iv.Span.CopyTo(nonce);
        var counter = nonce[^8..];
        BinaryPrimitives.WriteUInt64BigEndian(counter, BinaryPrimitives.ReadUInt64BigEndian(counter) ^ Sequence);
    }

    private void Count(int length)
    {
        Sequence++;
        Sum += length;
    }
}
