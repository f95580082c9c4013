using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Nabij.Server.Organizations.Logos;

namespace Nabij.Server.Tests.Settings;

public sealed class LogoFileTests
{
    [Fact]
    public void A_picture_is_kept_without_what_does_not_draw_it()
    {
        var png = LogoFile.Read(Pictures.Png(3, 2, ("tEXt", "Author\0Somebody at home"u8.ToArray()), ("eXIf", new byte[20])));
        var jpeg = LogoFile.Read(Pictures.Jpeg(40, 30, "GPS 52.37 4.89"));

        Assert.Equal(("image/png", 3, 2), (png?.MediaType, png?.Width, png?.Height));
        Assert.Equal(("image/jpeg", 40, 30), (jpeg?.MediaType, jpeg?.Width, jpeg?.Height));
        Assert.DoesNotContain("Somebody", Encoding.Latin1.GetString(png!.Content), StringComparison.Ordinal);
        Assert.DoesNotContain("GPS", Encoding.Latin1.GetString(jpeg!.Content), StringComparison.Ordinal);
        Assert.Equal(png.Content, LogoFile.Read(png.Content)?.Content);
        Assert.Equal(jpeg.Content, LogoFile.Read(jpeg.Content)?.Content);
    }

    [Fact]
    public void What_is_no_whole_picture_is_refused()
    {
        var png = Pictures.Png(3, 2);
        byte[][] refused =
        [
            [], "GIF89a"u8.ToArray(), "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>"u8.ToArray(), "<?xml version=\"1.0\"?><svg/>"u8.ToArray(), "RIFF____WEBP"u8.ToArray(),
            [.. png, .. "<script>alert(1)</script>"u8], [.. "<script>"u8, .. png], png[..^1], png[..^12], Pictures.Png(LogoFile.MaximumSide + 1, 1), Pictures.Png(0, 1),
            [.. Pictures.Jpeg(4, 4, ""), 0], Pictures.Jpeg(4, 4, "")[..^2], Pictures.Jpeg(4, LogoFile.MaximumSide + 1, ""), new byte[LogoFile.MaximumBytes + 1],
        ];

        Assert.All(refused, bytes => Assert.Null(LogoFile.Read(bytes)));
    }

    [Fact]
    public void One_changed_byte_anywhere_never_lets_something_else_in()
    {
        var png = Pictures.Png(3, 2);
        for (var at = 0; at < png.Length; at++)
        {
            var changed = (byte[])png.Clone();
            changed[at] ^= 0x41;
            Assert.Null(LogoFile.Read(changed));
        }
    }

    [Fact]
    public void A_picture_that_unpacks_to_more_than_it_says_is_refused()
    {
        Assert.Null(LogoFile.Read(Pictures.PngOf(Pictures.Header(3, 2), new byte[50_000_000])));
        Assert.Null(LogoFile.Read(Pictures.PngOf(Pictures.Header(2000, 2000), new byte[10])));
    }
}

/// <summary>Small pictures, byte by byte.</summary>
internal static class Pictures
{
    internal static byte[] Png(int width, int height, params (string Kind, byte[] Content)[] more) => PngOf(Header(width, height), new byte[Math.Max(0, height * (1 + (width * 3)))], more);

    internal static byte[] Header(int width, int height)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 2);
        return header;
    }

    internal static byte[] PngOf(byte[] header, byte[] pixels, params (string Kind, byte[] Content)[] more)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            zlib.Write(pixels);
        return [0x89, .. "PNG\r\n\u001a\n"u8, .. Chunk("IHDR", header), .. more.SelectMany(one => Chunk(one.Kind, one.Content)), .. Chunk("IDAT", packed.ToArray()), .. Chunk("IEND", [])];
    }

    /// <summary>Segments as an encoder writes them; the scan holds no real picture.</summary>
    internal static byte[] Jpeg(int width, int height, string hidden) =>
    [
        0xff, 0xd8, .. Segment(0xe0, [.. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 0, 0]), .. Segment(0xe1, [.. "Exif\0\0"u8, .. Encoding.ASCII.GetBytes(hidden)]), .. Segment(0xfe, Encoding.ASCII.GetBytes(hidden)),
        .. Segment(0xdb, new byte[65]), .. Segment(0xc0, [8, (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, 1, 1, 0x11, 0]),
        .. Segment(0xda, [1, 1, 0, 0, 63, 0]), 0x12, 0xff, 0x00, 0xff, 0xd0, 0x34, 0xff, 0xd9,
    ];

    private static byte[] Segment(byte marker, byte[] content) => [0xff, marker, (byte)((content.Length + 2) >> 8), (byte)(content.Length + 2), .. content];

    private static byte[] Chunk(string kind, byte[] content)
    {
        byte[] covered = [.. Encoding.ASCII.GetBytes(kind), .. content];
        var chunk = new byte[covered.Length + 8];
        BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length);
        covered.CopyTo(chunk, 4);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(chunk.Length - 4), Crc(covered));
        return chunk;
    }

    private static uint Crc(byte[] bytes)
    {
        var sum = uint.MaxValue;
        foreach (var one in bytes)
        {
            sum ^= one;
            for (var bit = 0; bit < 8; bit++)
                sum = (sum >> 1) ^ (0xedb88320 & (0 - (sum & 1)));
        }

        return ~sum;
    }
}
