using System.Security.Cryptography;
using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Log;

/// <summary>The hashes that tie the entries of a log together, and what is signed of them (docs/protocol/10-customer-log.md, "Chain").</summary>
internal static class LogChain
{
    private const int MostBytes = 64 + LogEntry.LargestBytes;

    public static byte[] First(ReadOnlySpan<byte> opening) => SHA256.HashData(opening);

    public static byte[] Next(ReadOnlySpan<byte> head, ReadOnlySpan<byte> entry)
    {
        var writer = new WireWriter(stackalloc byte[MostBytes]);
        writer.WriteItem("RS1 log entry"u8);
        writer.WriteItem(head);
        writer.WriteItem(entry);
        return SHA256.HashData(writer.Bytes);
    }

    /// <summary>What the technician's key signs of a head.</summary>
    public static byte[] Countersigned(LogOpening opening, ReadOnlySpan<byte> head)
    {
        var writer = new WireWriter(stackalloc byte[MostBytes]);
        writer.WriteItem("RS1 log countersignature"u8);
        writer.WriteItem(opening.SessionId.Span);
        writer.WriteItem(opening.LogKey.Span);
        writer.WriteItem(head);
        return writer.Bytes.ToArray();
    }

    public static byte[] Signed(ReadOnlySpan<byte> head)
    {
        var writer = new WireWriter(stackalloc byte[MostBytes]);
        writer.WriteItem("RS1 log head"u8);
        writer.WriteItem(head);
        return writer.Bytes.ToArray();
    }
}
