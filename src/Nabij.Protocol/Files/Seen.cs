using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Files;

/// <summary>SEEN: the receiver has taken this RENEWED; what it says from here on is about the renewal.</summary>
public sealed record Seen(uint Round) : FileMessage
{
    // round u32
    /// <inheritdoc/>
    public override FileMessageType Type => FileMessageType.Seen;

    private protected override int FieldBytes => sizeof(uint);

    internal static Seen Read(ref WireReader reader) => new(ReadNumber(ref reader));

    private protected override void WriteFields(ref WireWriter writer) => writer.WriteU32(Round);
}
