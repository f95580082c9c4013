using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Screen;

/// <summary>CHECK: hash of the picture after an update (<see cref="PictureHash"/>).</summary>
public sealed record Check(uint Layout, uint Update, ulong Hash) : ScreenMessage
{
    // layout u32, update u32, hash u64 (full range)
    /// <inheritdoc/>
    public override ScreenMessageType Type => ScreenMessageType.Check;

    /// <inheritdoc/>
    public override int EncodedLength => 17;

    internal static Check Read(ref WireReader reader) =>
        new(ReadNumber(ref reader), ReadNumber(ref reader), reader.ReadFullU64());

    private protected override void WriteFields(ref WireWriter writer)
    {
        writer.WriteU32(Layout);
        writer.WriteU32(Update);
        writer.WriteU64(Hash);
    }
}
