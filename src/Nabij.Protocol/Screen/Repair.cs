using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Screen;

/// <summary>REPAIR: the viewer's picture of this layout is wrong; start anew.</summary>
public sealed record Repair(uint Layout) : FeedbackMessage
{
    // layout u32
    /// <inheritdoc/>
    public override FeedbackMessageType Type => FeedbackMessageType.Repair;

    internal static Repair Read(ref WireReader reader) => new(ReadNumber(ref reader));

    private protected override void WriteFields(ref WireWriter writer) => writer.WriteU32(Layout);
}
