using System.Security.Cryptography;
using Nabij.Protocol.Screen.Px;

namespace Nabij.Protocol.Tests.Vectors;

/// <summary>
/// px.json: PxDecoder shows the picture that the reference implementation shows after every update and refuses what it
/// refuses; PxWriter, given the same modes and pixels, writes the same bytes.
/// </summary>
internal static class PxVectors
{
    public static void Read(VectorCase vector) => Run(vector, writes: false);

    public static void Write(VectorCase vector) => Run(vector, writes: true);

    private static void Run(VectorCase vector, bool writes)
    {
        var decoder = new PxDecoder();
        var writer = new PxWriter();
        var (width, height) = ((int)vector.Number("width"), (int)vector.Number("height"));
        decoder.Reset(width, height);
        writer.Picture.Reset(width, height);
        foreach (var step in vector.List("steps"))
        {
            var piece = step.Hex("piece");
            var isLast = step.Flag("last");
            Assert.Equal(step.Error, Refusals.NameOf(() => decoder.Decode(piece, isLast)));
            if (step.Error is not null) return;
            if (writes)
            {
                step.AssertHex("piece", writer.Write(decoder.LastPiece, decoder.Picture.AllPixels).Span);
                if (isLast) writer.Picture.EndUpdate();
            }

            if (step.Has("hash")) step.AssertHex("hash", HashOf(decoder.Picture));
        }
    }

    private static byte[] HashOf(PxPicture picture)
    {
        var rgb = new byte[picture.Width * picture.Height * 3];
        var at = 0;
        for (var y = 0; y < picture.Height; y++)
        {
            foreach (var pixel in picture.Row(y))
            {
                (rgb[at], rgb[at + 1], rgb[at + 2]) = ((byte)(pixel >> 16), (byte)(pixel >> 8), (byte)pixel);
                at += 3;
            }
        }

        return SHA256.HashData(rgb);
    }
}
