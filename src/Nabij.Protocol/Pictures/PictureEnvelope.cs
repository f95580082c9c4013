// A kept picture as it leaves the technician's browser (docs/protocol/14-kept-pictures.md). Only the form is known here:
// nothing of ours but a browser with the passphrase opens it.

using Nabij.Protocol.Organizations;
using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Pictures;

/// <summary>The header of a sealed picture whose form was checked. A view of the bytes it was read from.</summary>
public readonly ref struct PictureEnvelope
{
    /// <summary>Bytes before the box.</summary>
    public const int HeaderBytes = 117;

    /// <summary>Bytes of the longest caption, as UTF-8.</summary>
    public const int LongestCaption = 400;

    /// <summary>Bytes of the largest image.</summary>
    public const int LargestImage = 4 * 1024 * 1024;

    private const int PictureBytes = 16, KeyIdBytes = 32, TagBytes = 16, FieldBytes = 11, SmallestImage = 8;

    /// <summary>Bytes of the smallest envelope.</summary>
    public const int Smallest = HeaderBytes + FieldBytes + SmallestImage + TagBytes;

    /// <summary>Bytes of the largest envelope.</summary>
    public const int Largest = HeaderBytes + FieldBytes + LongestCaption + LargestImage + TagBytes;

    private readonly ReadOnlySpan<byte> _header;

    private PictureEnvelope(ReadOnlySpan<byte> header) => _header = header;

    private static ReadOnlySpan<byte> Magic => "NKP1"u8;

    /// <summary>The picture's own number, 16 bytes.</summary>
    public ReadOnlySpan<byte> Picture => _header.Slice(Magic.Length, PictureBytes);

    /// <summary>SHA-256 of the public key it is sealed to.</summary>
    public ReadOnlySpan<byte> KeyId => _header.Slice(Magic.Length + PictureBytes, KeyIdBytes);

    /// <exception cref="WireFormatException">LengthOutOfRange or InvalidValue.</exception>
    public static PictureEnvelope Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length is < Smallest or > Largest)
            throw new WireFormatException(WireError.LengthOutOfRange);
        if (!bytes.StartsWith(Magic) || !P256.IsPoint(bytes[(Magic.Length + PictureBytes + KeyIdBytes)..HeaderBytes]))
            throw new WireFormatException(WireError.InvalidValue);
        return new PictureEnvelope(bytes[..HeaderBytes]);
    }
}
