using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Control;

/// <summary>PICTURE_NOTED: the customer is told of that picture, and it stands in the log (docs/protocol/14-kept-pictures.md).</summary>
/// <param name="Picture">The picture's own number, as in its envelope: 16 bytes, big-endian.</param>
public sealed record PictureNoted(Guid Picture) : ControlMessage
{
    // picture, 16 bytes
    /// <inheritdoc/>
    public override ControlMessageType Type => ControlMessageType.PictureNoted;

    internal static PictureNoted Read(ref WireReader reader) => new(ReadPicture(ref reader));

    private protected override void WriteFields(ref WireWriter writer) => WritePicture(ref writer, Picture);
}
