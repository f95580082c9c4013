using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Session;

/// <summary>
/// The keys of one run from ISK to master (docs/protocol/02-handshake.md, "Keys"). Both sides use it alike; transcripts
/// are over bytes as sent. Owns prk and erases it; the traffic secrets it hands out belong to the receiver.
/// </summary>
internal sealed class KeySchedule : IDisposable
{
    private const int CheckNumbers = 10_000;
    private const int CheckNumberBytes = 8;

    private readonly SecretBytes _prk;

    /// <summary>Derives prk; erases nothing of the caller's.</summary>
    public KeySchedule(in RunTranscript transcript, SecretBytes isk)
    {
        Th1 = HashItems("RS1 th1"u8, transcript.Ci, transcript.Sid, transcript.Message1, transcript.Message2);
        _prk = KeyDerivation.Extract(Th1, isk.Span);
    }

    public byte[] Th1 { get; }

    public byte[] Th2 { get; private set; } = [];

    /// <summary>CI = lv("RS1", version u8, suite u16, organization key hash, origin, nameplate, roles).</summary>
    public static byte[] ChannelIdentifier(
        VersionOffer chosen, ReadOnlySpan<byte> organizationKeyHash, string origin, string nameplate)
    {
        var writer = new WireWriter(stackalloc byte[512]);
        writer.WriteItem("RS1"u8);
        writer.WriteItemU8(chosen.Versions[0]);
        writer.WriteItemU16(chosen.Suites[0]);
        writer.WriteItem(organizationKeyHash);
        writer.WriteItemText(origin, 255);
        writer.WriteItemText(nameplate, 4);
        writer.WriteItem("technician"u8);
        writer.WriteItem("customer"u8);
        return writer.Bytes.ToArray();
    }

    /// <summary>commit_t = SHA-256("RS1 sas commit" || nonce_t).</summary>
    public static byte[] Commitment(ReadOnlySpan<byte> nonceT) => SHA256.HashData([.. "RS1 sas commit"u8, .. nonceT]);

    /// <summary>tagT of MSG3.</summary>
    public byte[] TagT() => Tag("confirm T", Th1);

    /// <summary>What the technician signs: lv("RS1 tech sig", th1).</summary>
    public byte[] SignedBytes()
    {
        var writer = new WireWriter(stackalloc byte[64]);
        writer.WriteItem("RS1 tech sig"u8);
        writer.WriteItem(Th1);
        return writer.Bytes.ToArray();
    }

    /// <summary>boxT of MSG3.</summary>
    public byte[] SealT(ReadOnlySpan<byte> tag, ReadOnlySpan<byte> content) => Seal("hs key T", "hs iv T", tag, content);

    /// <summary>Opens boxT; null when it does not open.</summary>
    public byte[]? OpenT(ReadOnlySpan<byte> tag, ReadOnlySpan<byte> box) => Open("hs key T", "hs iv T", tag, box);

    /// <summary>Takes MSG3 into the transcript.</summary>
    public void AddMessage3(ReadOnlySpan<byte> message) => Th2 = HashItems("RS1 th2"u8, Th1, message);

    /// <summary>tagC of MSG4.</summary>
    public byte[] TagC() => Tag("confirm C", Th2);

    /// <summary>boxC of MSG4.</summary>
    public byte[] SealC(ReadOnlySpan<byte> tag, ReadOnlySpan<byte> content) => Seal("hs key C", "hs iv C", tag, content);

    /// <summary>Opens boxC; null when it does not open.</summary>
    public byte[]? OpenC(ReadOnlySpan<byte> tag, ReadOnlySpan<byte> box) => Open("hs key C", "hs iv C", tag, box);

    /// <summary>Takes MSG4 into the transcript: master. The caller owns it.</summary>
    public SecretBytes Master(ReadOnlySpan<byte> message4)
    {
        var th3 = HashItems("RS1 th3"u8, Th2, message4);
        return KeyDerivation.Extract(th3, _prk.Span);
    }

    /// <summary>
    /// The check number, four digits. From prk, that is from MSG1 and MSG2 alone: nothing that a peer may still choose
    /// after nonce_t is revealed may enter it.
    /// </summary>
    public string CheckNumber(ReadOnlySpan<byte> nonceT, ReadOnlySpan<byte> nonceC) => CheckNumber(_prk, nonceT, nonceC);

    public static string CheckNumber(SecretBytes prk, ReadOnlySpan<byte> nonceT, ReadOnlySpan<byte> nonceC)
    {
        var info = new WireWriter(stackalloc byte[64]);
        info.WriteItem("RS1 sas"u8);
        info.WriteItem(nonceT);
        info.WriteItem(nonceC);
        Span<byte> output = stackalloc byte[CheckNumberBytes];
        HKDF.Expand(HashAlgorithmName.SHA256, prk.Span, output, info.Bytes);
        var number = BinaryPrimitives.ReadUInt64BigEndian(output) % CheckNumbers;
        return number.ToString("D4", CultureInfo.InvariantCulture);
    }

    public void Dispose() => _prk.Dispose();

    /// <summary>SHA-256 of lv(label, items...).</summary>
    public static byte[] HashItems(
        ReadOnlySpan<byte> label, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second = default,
        ReadOnlySpan<byte> third = default, ReadOnlySpan<byte> fourth = default)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        CPace.AppendItem(hash, label);
        CPace.AppendItem(hash, first);
        CPace.AppendItem(hash, second);
        if (!third.IsEmpty)
            CPace.AppendItem(hash, third);
        if (!fourth.IsEmpty)
            CPace.AppendItem(hash, fourth);
        return hash.GetHashAndReset();
    }

    private byte[] Tag(string label, ReadOnlySpan<byte> transcript)
    {
        using var key = KeyDerivation.Expand(_prk, label);
        return HMACSHA256.HashData(key.Span, transcript);
    }

    private byte[] Seal(string keyLabel, string ivLabel, ReadOnlySpan<byte> tag, ReadOnlySpan<byte> content)
    {
        using var key = KeyDerivation.Expand(_prk, keyLabel);
        using var iv = KeyDerivation.Expand(_prk, ivLabel, KeyDerivation.IvBytes);
        using var cipher = new AesGcm(key.Span, KeyDerivation.TagBytes);
        var box = new byte[content.Length + KeyDerivation.TagBytes];
        cipher.Encrypt(iv.Span, content, box.AsSpan(0, content.Length), box.AsSpan(content.Length), tag);
        return box;
    }

    private byte[]? Open(string keyLabel, string ivLabel, ReadOnlySpan<byte> tag, ReadOnlySpan<byte> box)
    {
        using var key = KeyDerivation.Expand(_prk, keyLabel);
        using var iv = KeyDerivation.Expand(_prk, ivLabel, KeyDerivation.IvBytes);
        using var cipher = new AesGcm(key.Span, KeyDerivation.TagBytes);
        var content = new byte[box.Length - KeyDerivation.TagBytes];
        try
        {
            cipher.Decrypt(iv.Span, box[..content.Length], box[content.Length..], content, tag);
            return content;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
