using System.Security.Cryptography;
using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Session;

/// <summary>
/// CPACE-X25519-SHA512 of draft-irtf-cfrg-cpace-21, initiator/responder mode (docs/protocol/02-handshake.md). A
/// generator is made for one run and never kept.
/// </summary>
internal static class CPace
{
    public const int IskBytes = SHA512.HashSizeInBytes;

    private const int HashBlockBytes = 128;

    private static ReadOnlySpan<byte> Domain => "CPace255"u8;

    private static ReadOnlySpan<byte> ZeroBlock => new byte[HashBlockBytes];

    private static ReadOnlySpan<byte> IskDomain => "CPace255_ISK"u8;

    /// <summary>lv("CPace255", PRS, zeros, CI, sid): holds the secret, so it is erased by the caller.</summary>
    public static SecretBytes GeneratorString(ReadOnlySpan<byte> prs, ReadOnlySpan<byte> ci, ReadOnlySpan<byte> sid)
    {
        var zeros = Math.Max(
            0, HashBlockBytes - 1 - WireWriter.ItemLength(prs.Length) - WireWriter.ItemLength(Domain.Length));
        var length = WireWriter.ItemLength(Domain.Length) + WireWriter.ItemLength(prs.Length)
            + WireWriter.ItemLength(zeros) + WireWriter.ItemLength(ci.Length) + WireWriter.ItemLength(sid.Length);
        var text = new SecretBytes(length);
        var writer = new WireWriter(text.Span);
        writer.WriteItem(Domain);
        writer.WriteItem(prs);
        writer.WriteItem(ZeroBlock[..zeros]);
        writer.WriteItem(ci);
        writer.WriteItem(sid);
        return text;
    }

    /// <summary>The generator of one run.</summary>
    public static SecretBytes Generator(ReadOnlySpan<byte> prs, ReadOnlySpan<byte> ci, ReadOnlySpan<byte> sid)
    {
        using var text = GeneratorString(prs, ci, sid);
        using var hash = new SecretBytes(SHA512.HashSizeInBytes);
        SHA512.HashData(text.Span, hash.Span);
        var generator = new SecretBytes(X25519.Size);
        X25519.MapToCurve(hash.Span[..X25519.Size], generator.Span);
        return generator;
    }

    /// <summary>SHA-512(lv("CPace255_ISK", sid, K) || lv(Ya, ADa) || lv(Yb, ADb)), all 64 bytes.</summary>
    public static SecretBytes Isk(
        ReadOnlySpan<byte> sid, SecretBytes k, in CPaceSide initiator, in CPaceSide responder)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA512);
        AppendItem(hash, IskDomain);
        AppendItem(hash, sid);
        AppendItem(hash, k.Span);
        AppendItem(hash, initiator.Share);
        AppendItem(hash, initiator.AssociatedData);
        AppendItem(hash, responder.Share);
        AppendItem(hash, responder.AssociatedData);
        var isk = new SecretBytes(IskBytes);
        hash.GetHashAndReset(isk.Span);
        return isk;
    }

    /// <summary>Adds one lv item to a running hash.</summary>
    public static void AppendItem(IncrementalHash hash, ReadOnlySpan<byte> item)
    {
        var length = new WireWriter(stackalloc byte[3]);
        length.WriteLength(item.Length);
        hash.AppendData(length.Bytes);
        hash.AppendData(item);
    }
}
