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

    // What a reader of a file keeps of it: the headers of a Windows program, and the end with the largest block.
    private const int HeadBytes = 65_536;
    private const int LargestTail = OrganizationDocument.LargestBytes + LengthBytes + 8 + MostAlignmentBytes;

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
    public static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> program) => Last(EndOf(program));

    /// <summary>
    /// The signed document inside a whole program in a file, of which only the headers and the end are read; empty when
    /// there is no block. The stream can seek and is left anywhere.
    /// </summary>
    /// <exception cref="WireFormatException">LengthOutOfRange or Truncated.</exception>
    /// <exception cref="IOException">The file cannot be read, or became shorter meanwhile.</exception>
    public static byte[] Find(Stream program)
    {
        var length = program.Length;
        var head = Read(program, 0, Math.Min(length, HeadBytes));
        var table = CertificateTable(head, length);
        var end = table ?? length;
        var tail = Read(program, Math.Max(0, end - LargestTail), Math.Min(end, LargestTail));
        return Last(table is null ? tail : WithoutAlignment(tail)).ToArray();
    }

    private static byte[] Read(Stream program, long from, long length)
    {
        var bytes = new byte[length];
        program.Position = from;
        program.ReadExactly(bytes);
        return bytes;
    }

    private static ReadOnlySpan<byte> Last(ReadOnlySpan<byte> before)
    {
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

    private static ReadOnlySpan<byte> EndOf(ReadOnlySpan<byte> program) =>
        CertificateTable(program, program.Length) is { } table ? WithoutAlignment(program[..(int)table]) : program;

    private static ReadOnlySpan<byte> WithoutAlignment(ReadOnlySpan<byte> before)
    {
        for (var skipped = 0; skipped < MostAlignmentBytes && before.Length > 0 && before[^1] == 0; skipped++)
            before = before[..^1];
        return before;
    }

    // File offset of the attribute certificate table, when this is a PE file that has one.
    private static long? CertificateTable(ReadOnlySpan<byte> program, long length)
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
        return offset > 0 && offset <= length ? offset : null;
    }
}
