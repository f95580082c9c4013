using System.Buffers.Binary;
using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Organizations;

/// <summary>
/// The organization block at the end of a published program (docs/protocol/02-handshake.md): signed org.json, its
/// length u32, "NABIJORG". In a signed Windows program the block ends where the certificate table begins.
/// </summary>
public static class OrganizationBlock
{
    private const int LengthBytes = 4;
    private const int MostAlignmentBytes = 7;

    // PE/COFF: where the header says its place, and where the certificate table's entry stands in it.
    private const int NewHeaderPointer = 0x3c;
    private const int OptionalHeader = 24;
    private const ushort Pe32 = 0x10b;
    private const ushort Pe32Plus = 0x20b;
    private const int CertificateEntryPe32 = 96 + (4 * 8);
    private const int CertificateEntryPe32Plus = 112 + (4 * 8);

    private static ReadOnlySpan<byte> Magic => "NABIJORG"u8;

    /// <summary>The block to append to a program for this signed document.</summary>
    public static byte[] Create(ReadOnlySpan<byte> signedDocument)
    {
        ArgumentOutOfRangeException.ThrowIfZero(signedDocument.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(signedDocument.Length, OrganizationDocument.LargestBytes);
        var block = new byte[signedDocument.Length + LengthBytes + Magic.Length];
        var writer = new WireWriter(block);
        writer.WriteBytes(signedDocument);
        writer.WriteU32((uint)signedDocument.Length);
        writer.WriteBytes(Magic);
        return block;
    }

    /// <summary>The signed document inside a whole program; empty when there is no block.</summary>
    /// <exception cref="WireFormatException">LengthOutOfRange or Truncated.</exception>
    public static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> program)
    {
        var before = EndOf(program);
        if (!before.EndsWith(Magic))
            return [];
        before = before[..^Magic.Length];
        WireReader.Require(before.Length >= LengthBytes, WireError.Truncated);
        var length = BinaryPrimitives.ReadUInt32BigEndian(before[^LengthBytes..]);
        WireReader.Require(length is > 0 and <= OrganizationDocument.LargestBytes, WireError.LengthOutOfRange);
        before = before[..^LengthBytes];
        WireReader.Require(length <= (uint)before.Length, WireError.Truncated);
        return before[^(int)length..];
    }

    private static ReadOnlySpan<byte> EndOf(ReadOnlySpan<byte> program)
    {
        if (CertificateTable(program) is not { } table)
            return program;
        var before = program[..table];
        for (var skipped = 0; skipped < MostAlignmentBytes && before.Length > 0 && before[^1] == 0; skipped++)
            before = before[..^1];
        return before;
    }

    // File offset of the attribute certificate table, when this is a PE file that has one.
    private static int? CertificateTable(ReadOnlySpan<byte> program)
    {
        if (!program.StartsWith("MZ"u8) || program.Length < NewHeaderPointer + 4)
            return null;
        var header = BinaryPrimitives.ReadUInt32LittleEndian(program[NewHeaderPointer..]);
        if (header > (uint)program.Length || !program[(int)header..].StartsWith("PE\0\0"u8))
            return null;
        var optional = program[(int)header..];
        if (optional.Length < OptionalHeader + 2)
            return null;
        optional = optional[OptionalHeader..];
        var entry = BinaryPrimitives.ReadUInt16LittleEndian(optional) switch
        {
            Pe32 => CertificateEntryPe32,
            Pe32Plus => CertificateEntryPe32Plus,
            _ => 0,
        };
        if (entry == 0 || optional.Length < entry + 8)
            return null;
        var offset = BinaryPrimitives.ReadUInt32LittleEndian(optional[entry..]);
        return offset > 0 && offset <= (uint)program.Length ? (int)offset : null;
    }
}
