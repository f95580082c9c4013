// JPEG (ITU-T T.81), as far as a logo needs it: walks over the segments and keeps those that draw the picture. What
// cameras and programs add (places, previews, profiles, comments) is left out.

using System.Buffers.Binary;

namespace Nabij.Server.Organizations.Logos;

internal static class JpegFile
{
    private const byte Start = 0xd8, End = 0xd9, Scan = 0xda, Adobe = 0xee;

    private const int AdobeBytes = 12;

    internal static LogoFile? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 4 || bytes[0] != 0xff || bytes[1] != Start)
            return null;
        using var kept = new MemoryStream();
        kept.Write(bytes[..2]);
        var (at, width, height, hasScan) = (2, 0, 0, false);
        while (at + 2 <= bytes.Length && bytes[at] == 0xff)
        {
            var marker = bytes[at + 1];
            if (marker == End)
            {
                kept.Write(bytes.Slice(at, 2));
                return hasScan && at + 2 == bytes.Length && LogoFile.IsSize(width, height) ? new LogoFile("image/jpeg", kept.ToArray(), width, height) : null;
            }

            if (Segment(bytes, at) is not { Length: > 0 } segment || !IsKnown(marker))
                return null;
            if (IsFrame(marker) && (width > 0 || !TrySize(segment, out width, out height)))
                return null;
            if (IsKept(marker, segment))
                kept.Write(segment);
            at += segment.Length;
            if (marker != Scan)
                continue;
            if (width == 0)
                return null;
            var data = ScanLength(bytes[at..]);
            kept.Write(bytes.Slice(at, data));
            (at, hasScan) = (at + data, true);
        }

        return null;
    }

    /// <summary>A segment with its marker; empty when it does not fit.</summary>
    private static ReadOnlySpan<byte> Segment(ReadOnlySpan<byte> bytes, int at)
    {
        if (at + 4 > bytes.Length)
            return default;
        var length = BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]);
        return length < 2 || at + 2 + length > bytes.Length ? default : bytes.Slice(at, 2 + length);
    }

    // Frames: baseline, extended, progressive. Then tables, restart interval, scan, applications, comment.
    private static bool IsKnown(byte marker) => IsFrame(marker) || marker is 0xc4 or 0xdb or 0xdd or Scan or (>= 0xe0 and <= 0xef) or 0xfe;

    private static bool IsFrame(byte marker) => marker is 0xc0 or 0xc1 or 0xc2;

    /// <summary>Adobe's segment says how three or four channels become colors; of the other applications nothing is kept.</summary>
    private static bool IsKept(byte marker, ReadOnlySpan<byte> segment) =>
        marker is not ((>= 0xe0 and <= 0xef) or 0xfe) || (marker == Adobe && segment.Length == 4 + AdobeBytes && segment[4..].StartsWith("Adobe"u8));

    private static bool TrySize(ReadOnlySpan<byte> frame, out int width, out int height)
    {
        (width, height) = (0, 0);
        if (frame.Length < 10 || frame[4] != 8 || frame[9] is not (1 or 3 or 4) || frame.Length != 10 + (3 * frame[9]))
            return false;
        (height, width) = (BinaryPrimitives.ReadUInt16BigEndian(frame[5..]), BinaryPrimitives.ReadUInt16BigEndian(frame[7..]));
        return LogoFile.IsSize(width, height);
    }

    /// <summary>Up to the next marker: 0xff in the data is followed by 0, and restarts belong to the data.</summary>
    private static int ScanLength(ReadOnlySpan<byte> data)
    {
        for (var at = 0; at + 1 < data.Length; at++)
        {
            if (data[at] == 0xff && data[at + 1] is not (0 or (>= 0xd0 and <= 0xd7)))
                return at;
        }

        return data.Length;
    }
}
