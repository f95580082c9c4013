// The hash of one audit event: SHA-256(lv(previous hash, canonical bytes)), canonical bytes = lv(seq u64, time u64 in
// milliseconds, organization id, actor, action, object, outcome, details). lv is the handshake's: each item after its
// length in LEB128 (docs/protocol/02).

using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Nabij.Server.Audit;

internal static class AuditChain
{
    internal static readonly string Start = new('0', 64);

    internal static string Hash(AuditEvent line)
    {
        var canonical = new ArrayBufferWriter<byte>();
        Append(canonical, Number(line.Seq));
        Append(canonical, Number(line.Time.ToUnixTimeMilliseconds()));
        foreach (var text in (ReadOnlySpan<string>)[line.OrganizationId.ToString("D"), line.Actor, line.Action, line.Object, line.Outcome, line.Details])
            Append(canonical, Encoding.UTF8.GetBytes(text));

        var linked = new ArrayBufferWriter<byte>();
        Append(linked, Convert.FromHexString(line.PreviousHash));
        Append(linked, canonical.WrittenSpan);
        return Convert.ToHexStringLower(SHA256.HashData(linked.WrittenSpan));
    }

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
