// The hash of one audit event: SHA-256(lv(previous hash, canonical bytes)), canonical bytes = lv("2", seq u64, time u64 in
// milliseconds, organization id, actor, action, object, outcome, commitment), commitment = SHA-256(lv(salt, details)).
// Details can so be taken away, with their salt, and the chain still holds (decision 0024). Events from before that have
// no commitment: their canonical bytes are lv(seq, time, organization id, actor, action, object, outcome, details). lv is
// the handshake's: each item after its length in LEB128 (docs/protocol/02).

using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Nabij.Server.Audit;

internal static class AuditChain
{
    internal const int SaltBytes = 16;

    internal static readonly string Start = new('0', 64);

    internal static string Hash(AuditEvent line)
    {
        var canonical = new ArrayBufferWriter<byte>();
        if (line.Commitment is not null)
            Append(canonical, "2"u8);
        Append(canonical, Number(line.Seq));
        Append(canonical, Number(line.Time.ToUnixTimeMilliseconds()));
        foreach (var text in (ReadOnlySpan<string>)[line.OrganizationId.ToString("D"), line.Actor, line.Action, line.Object, line.Outcome])
            Append(canonical, Encoding.UTF8.GetBytes(text));
        Append(canonical, line.Commitment is { } commitment ? Digits(commitment) : Encoding.UTF8.GetBytes(line.Details));

        var linked = new ArrayBufferWriter<byte>();
        Append(linked, Digits(line.PreviousHash));
        Append(linked, canonical.WrittenSpan);
        return Convert.ToHexStringLower(SHA256.HashData(linked.WrittenSpan));
    }

    /// <summary>What stands for the details in the hash.</summary>
    internal static string Commit(string salt, string details)
    {
        var bytes = new ArrayBufferWriter<byte>();
        Append(bytes, Digits(salt));
        Append(bytes, Encoding.UTF8.GetBytes(details));
        return Convert.ToHexStringLower(SHA256.HashData(bytes.WrittenSpan));
    }

    // Somebody may have written anything into the table: what is no hex counts as its text and so gives another hash.
    private static byte[] Digits(string hex) =>
        hex.Length % 2 == 0 && hex.All(char.IsAsciiHexDigitLower) ? Convert.FromHexString(hex) : Encoding.UTF8.GetBytes($"not hex: {hex}");

    private static byte[] Number(long value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        return bytes;
    }

    private static void Append(ArrayBufferWriter<byte> writer, ReadOnlySpan<byte> item)
    {
        var length = (uint)item.Length;
        for (; length >= 0x80; length >>= 7)
            writer.Write([(byte)(length | 0x80)]);
        writer.Write([(byte)length]);
        writer.Write(item);
    }
}
