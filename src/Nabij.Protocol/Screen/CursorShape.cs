using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Screen;

/// <summary>
/// SHAPE: the pointer's image, width x height pixels of red, green, blue, alpha (not premultiplied), rows from the top;
/// the hotspot lies inside.
/// </summary>
public sealed record CursorShape(int Width, int Height, int HotspotX, int HotspotY, ReadOnlyMemory<byte> Pixels)
    : CursorMessage
{
    private const int BytesPerPixel = 4;

    // width u16, height u16, hotspot x u16, hotspot y u16, pixels
    /// <inheritdoc/>
    public override CursorMessageType Type => CursorMessageType.Shape;

    /// <inheritdoc/>
    public override int EncodedLength => 9 + Pixels.Length;

    /// <summary>Equal when every field and every pixel is.</summary>
    public bool Equals(CursorShape? other) =>
        other is not null
        && (Width, Height, HotspotX, HotspotY) == (other.Width, other.Height, other.HotspotX, other.HotspotY)
        && Pixels.Span.SequenceEqual(other.Pixels.Span);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Width, Height, HotspotX, HotspotY);

    internal static CursorShape Read(ref WireReader reader)
    {
        int width = reader.ReadU16(), height = reader.ReadU16();
        int hotspotX = reader.ReadU16(), hotspotY = reader.ReadU16();
        WireReader.Require(IsValid(width, height, hotspotX, hotspotY), WireError.InvalidValue);
        return new CursorShape(
            width, height, hotspotX, hotspotY, reader.ReadBytes(width * height * BytesPerPixel).ToArray());
    }

    private protected override void WriteFields(ref WireWriter writer)
    {
        if (!IsValid(Width, Height, HotspotX, HotspotY) || Pixels.Length != Width * Height * BytesPerPixel)
            throw new InvalidOperationException("The pointer's image is outside the limits of the protocol.");
        writer.WriteU16((ushort)Width);
        writer.WriteU16((ushort)Height);
        writer.WriteU16((ushort)HotspotX);
        writer.WriteU16((ushort)HotspotY);
        writer.WriteBytes(Pixels.Span);
    }

    private static bool IsValid(int width, int height, int hotspotX, int hotspotY) =>
        width is >= 1 and <= ScreenLimits.GreatestCursorSide && height is >= 1 and <= ScreenLimits.GreatestCursorSide
        && hotspotX >= 0 && hotspotX < width && hotspotY >= 0 && hotspotY < height;
}
