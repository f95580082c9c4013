using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Screen;

/// <summary>CHECK: hash of the picture after an update (<see cref="PictureHash"/>).</summary>
public sealed record Check(uint Layout, uint Update, ulong Hash) : ScreenMessage
{
    /// <summary>Length of the message.</summary>
    public const int Bytes = 17;

    /// <summary>Writes the message without making one, for a sender that may not allocate.</summary>
    public static void Write(Span<byte> destination, uint layout, uint update, ulong hash)
    {
        var writer = new WireWriter(destination);
        writer.WriteU8((byte)ScreenMessageType.Check);
        WriteFields(ref writer, layout, update, hash);
    }

    // layout u32, update u32, hash u64 (full range)
    /// <inheritdoc/>
    public override ScreenMessageType Type => ScreenMessageType.Check;

    /// <inheritdoc/>
    public override int EncodedLength => Bytes;

    internal static Check Read(ref WireReader reader) =>
        new(ReadNumber(ref reader), ReadNumber(ref reader), reader.ReadFullU64());

    private protected override void WriteFields(ref WireWriter writer) => WriteFields(ref writer, Layout, Update, Hash);

    private static void WriteFields(ref WireWriter writer, uint layout, uint update, ulong hash)
    {
        writer.WriteU32(layout);
        writer.WriteU32(update);
        writer.WriteU64(hash);
    }
}
