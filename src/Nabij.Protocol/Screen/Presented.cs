using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Screen;

/// <summary>
/// PRESENTED: this update is on the canvas, with the times of decoding and painting in microseconds. That the numbers
/// were sent and do not fall is checked by the host's pacer.
/// </summary>
public sealed record Presented(uint Layout, uint Update, uint DecodeMicroseconds, uint PresentMicroseconds)
    : FeedbackMessage
{
    // layout u32, update u32, decode u32, present u32
    /// <inheritdoc/>
    public override FeedbackMessageType Type => FeedbackMessageType.Presented;

    internal static Presented Read(ref WireReader reader) =>
        new(ReadNumber(ref reader), ReadNumber(ref reader), reader.ReadU32(), reader.ReadU32());

    private protected override void WriteFields(ref WireWriter writer)
    {
        writer.WriteU32(Layout);
        writer.WriteU32(Update);
        writer.WriteU32(DecodeMicroseconds);
        writer.WriteU32(PresentMicroseconds);
    }
}
