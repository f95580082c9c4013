using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Screen;

/// <summary>The fields of an UPDATE before its content, for a sender that writes them in front of what its encoder made.</summary>
/// <param name="Layout">The current layout.</param>
/// <param name="Number">Number of the update.</param>
/// <param name="Flags">Last piece, echo.</param>
/// <param name="CapturedMicroseconds">The host's steady clock at capture.</param>
/// <param name="Codec">How the content is coded.</param>
public readonly record struct UpdateHead(uint Layout, uint Number, UpdateFlags Flags, ulong CapturedMicroseconds, byte Codec)
{
    /// <summary>Writes <see cref="Update.HeaderBytes"/> bytes: the type and the fields.</summary>
    public void Write(Span<byte> destination)
    {
        var writer = new WireWriter(destination);
        writer.WriteU8((byte)ScreenMessageType.Update);
        WriteFields(ref writer);
    }

    internal void WriteFields(ref WireWriter writer)
    {
        writer.WriteU32(Layout);
        writer.WriteU32(Number);
        writer.WriteU8((byte)Flags);
        writer.WriteU64(CapturedMicroseconds);
        writer.WriteU8(Codec);
    }
}
