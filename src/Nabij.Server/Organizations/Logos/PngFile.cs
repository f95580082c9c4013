// PNG (W3C, third edition), as far as a logo needs it: checks every chunk, and keeps those that draw the picture. The
// picture data is unpacked once to the length that the header promises, and no further.

using System.Buffers.Binary;
using System.IO.Compression;

namespace Nabij.Server.Organizations.Logos;

internal static class PngFile
{
    private const int HeaderBytes = 13, FrameBytes = 12;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a];

    internal static LogoFile? Read(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.StartsWith(Signature))
            return null;
        using var kept = new MemoryStream();
        using var pixels = new MemoryStream();
        kept.Write(Signature);
        Header? header = null;
        var rest = bytes[Signature.Length..];
        while (Next(ref rest, out var kind, out var chunk))
        {
            if (header is null != (kind == "IHDR"))
                return null;
            if (kind == "IHDR" && (header = Header.Read(Content(chunk))) is null)
                return null;
            if (kind == "IDAT")
                pixels.Write(Content(chunk));
            if (kind is "IHDR" or "PLTE" or "tRNS" or "IDAT" or "IEND")
                kept.Write(chunk);
            else if (char.IsAsciiLetterUpper(kind[0]))
                return null;
            if (kind == "IEND")
                return header is not null && rest.IsEmpty && IsWhole(pixels, header) ? new LogoFile("image/png", kept.ToArray(), header.Width, header.Height) : null;
        }

        return null;
    }

    private static ReadOnlySpan<byte> Content(ReadOnlySpan<byte> chunk) => chunk[8..^4];

    /// <summary>Length, kind, content, CRC-32 over kind and content.</summary>
    private static bool Next(ref ReadOnlySpan<byte> rest, out string kind, out ReadOnlySpan<byte> chunk)
    {
        kind = "";
        chunk = default;
        if (rest.Length < FrameBytes)
            return false;
        var length = BinaryPrimitives.ReadUInt32BigEndian(rest);
        if (length > (uint)(rest.Length - FrameBytes))
            return false;
        chunk = rest[..((int)length + FrameBytes)];
        rest = rest[chunk.Length..];
        foreach (var letter in chunk[4..8])
        {
            if (!char.IsAsciiLetter((char)letter))
                return false;
        }

        kind = System.Text.Encoding.ASCII.GetString(chunk[4..8]);
        return Crc(chunk[4..^4]) == BinaryPrimitives.ReadUInt32BigEndian(chunk[^4..]);
    }

    /// <summary>CRC-32 with the polynomial of IEEE 802.3, bit by bit: a logo is small.</summary>
    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var sum = uint.MaxValue;
        foreach (var one in bytes)
        {
            sum ^= one;
            for (var bit = 0; bit < 8; bit++)
                sum = (sum & 1) == 0 ? sum >> 1 : (sum >> 1) ^ 0xedb88320;
        }

        return ~sum;
    }

    private static bool IsWhole(MemoryStream packed, Header header)
    {
        packed.Position = 0;
        try
        {
            using var unpacked = new ZLibStream(packed, CompressionMode.Decompress);
            var buffer = new byte[64 * 1024];
            var length = 0L;
            int read;
            while (length <= header.DataBytes && (read = unpacked.Read(buffer)) > 0)
                length += read;
            return length == header.DataBytes;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    /// <summary>IHDR: size, depth, kind of color, and whether it is drawn in passes.</summary>
    private sealed record Header(int Width, int Height, int BitsPerPixel, bool IsInterlaced)
    {
        // Adam7: first column, first row, and steps of each pass.
        private static readonly (int X, int Y, int StepX, int StepY)[] Passes = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

        internal long DataBytes => IsInterlaced
            ? Passes.Sum(pass => Rows(Count(Width, pass.X, pass.StepX), Count(Height, pass.Y, pass.StepY)))
            : Rows(Width, Height);

        internal static Header? Read(ReadOnlySpan<byte> content)
        {
            if (content.Length != HeaderBytes)
                return null;
            var (width, height) = (BinaryPrimitives.ReadUInt32BigEndian(content), BinaryPrimitives.ReadUInt32BigEndian(content[4..]));
            var (depth, color, packing, filter, passes) = (content[8], content[9], content[10], content[11], content[12]);
            var channels = (color, depth) switch
            {
                (0, 1 or 2 or 4 or 8 or 16) or (3, 1 or 2 or 4 or 8) => 1,
                (2, 8 or 16) => 3,
                (4, 8 or 16) => 2,
                (6, 8 or 16) => 4,
                _ => 0,
            };
            return channels > 0 && packing == 0 && filter == 0 && passes <= 1 && width <= int.MaxValue && height <= int.MaxValue && LogoFile.IsSize((int)width, (int)height)
                ? new Header((int)width, (int)height, channels * depth, passes == 1)
                : null;
        }

        /// <summary>Each row that is not empty begins with the byte of its filter.</summary>
        private long Rows(int width, int height) => width == 0 ? 0 : (1 + (((long)width * BitsPerPixel) + 7) / 8) * height;

        private static int Count(int size, int first, int step) => size <= first ? 0 : (size - first + step - 1) / step;
    }
}
