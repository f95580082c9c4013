using System.Buffers.Binary;
using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Pictures;

/// <summary>
/// The private pictures key under a passphrase that only people know (docs/protocol/14-kept-pictures.md). Here is its form alone.
/// </summary>
public static class WrappedPicturesKey
{
    /// <summary>Fewer rounds of PBKDF2 are refused: a stolen key must stay slow to guess at.</summary>
    public const uint LeastIterations = 600_000;

    /// <summary>More would hold a browser up.</summary>
    public const uint MostIterations = 10_000_000;

    /// <summary>Bytes before the box.</summary>
    public const int HeaderBytes = 36;

    private const int SmallestBox = 80, LargestBox = 528;

    private static ReadOnlySpan<byte> Magic => "NKW1"u8;

    /// <exception cref="WireFormatException">LengthOutOfRange or InvalidValue.</exception>
    public static void Check(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length is < HeaderBytes + SmallestBox or > HeaderBytes + LargestBox)
            throw new WireFormatException(WireError.LengthOutOfRange);
        if (!bytes.StartsWith(Magic) || BinaryPrimitives.ReadUInt32BigEndian(bytes[Magic.Length..]) is < LeastIterations or > MostIterations)
            throw new WireFormatException(WireError.InvalidValue);
    }
}
