using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Screen;

/// <summary>
/// UPDATE: one piece of an update. <paramref name="CapturedMicroseconds"/> is the host's steady clock at capture;
/// <paramref name="Codec"/> is 2 (PX); <paramref name="Content"/> is at least one byte, in that codec.
/// </summary>
public sealed record Update(
    uint Layout, uint Number, UpdateFlags Flags, ulong CapturedMicroseconds, byte Codec, ReadOnlyMemory<byte> Content)
    : ScreenMessage
{
    /// <summary>Codec 2: PX.</summary>
    public const byte PxCodec = 2;

    /// <summary>Bytes before the content, type included: a sender may write them itself in front of its content.</summary>
    public const int HeaderBytes = 19;

    // layout u32, update u32, flags u8, captured u64, codec u8, content
    /// <inheritdoc/>
    public override ScreenMessageType Type => ScreenMessageType.Update;

    /// <inheritdoc/>
    public override int EncodedLength => HeaderBytes + Content.Length;

    /// <summary>Equal when every field and every byte of the content is.</summary>
    public bool Equals(Update? other) =>
        other is not null
        && (Layout, Number, Flags, CapturedMicroseconds, Codec)
            == (other.Layout, other.Number, other.Flags, other.CapturedMicroseconds, other.Codec)
        && Content.Span.SequenceEqual(other.Content.Span);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Layout, Number, Flags, CapturedMicroseconds, Content.Length);

    internal static Update Read(ref WireReader reader)
    {
        var layout = ReadNumber(ref reader);
        var number = ReadNumber(ref reader);
        var flags = reader.ReadU8();
        WireReader.Require(flags <= (byte)(UpdateFlags.Last | UpdateFlags.Echo), WireError.InvalidValue);
        var captured = reader.ReadU64();
        var codec = reader.ReadU8();
        WireReader.Require(codec == PxCodec, WireError.InvalidValue);
        return new Update(layout, number, (UpdateFlags)flags, captured, codec, reader.ReadRest(minimum: 1).ToArray());
    }

    private protected override void WriteFields(ref WireWriter writer)
    {
        new UpdateHead(Layout, Number, Flags, CapturedMicroseconds, Codec).WriteFields(ref writer);
        writer.WriteBytes(Content.Span);
    }
}
