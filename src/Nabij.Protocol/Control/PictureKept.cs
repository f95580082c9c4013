using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Control;

/// <summary>PICTURE_KEPT: a picture of the customer's screen is about to be kept (docs/protocol/14-kept-pictures.md).</summary>
/// <param name="Picture">The picture's own number, as in its envelope: 16 bytes, big-endian.</param>
public sealed record PictureKept(Guid Picture) : ControlMessage
{
    // picture, 16 bytes
    /// <inheritdoc/>
    public override ControlMessageType Type => ControlMessageType.PictureKept;

    internal static PictureKept Read(ref WireReader reader) => new(ReadPicture(ref reader));

    private protected override void WriteFields(ref WireWriter writer) => WritePicture(ref writer, Picture);
}
