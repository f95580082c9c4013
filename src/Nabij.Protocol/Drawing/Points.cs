using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Drawing;

/// <summary>POINTS: the newest mark goes on through these, 1 to 64.</summary>
public sealed record Points : DrawingMessage
{
    /// <summary>Most points in one message.</summary>
    public const int Most = 64;

    // count u8, count x (x u16, y u16)
    /// <summary>Takes over 1 to 64 places.</summary>
    public Points(IReadOnlyList<DrawingPoint> places)
    {
        ArgumentNullException.ThrowIfNull(places);
        ArgumentOutOfRangeException.ThrowIfZero(places.Count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(places.Count, Most);
        Places = places;
    }

    /// <summary>In their order.</summary>
    public IReadOnlyList<DrawingPoint> Places { get; }

    /// <inheritdoc/>
    public override DrawingMessageType Type => DrawingMessageType.Points;

    internal static Points Read(ref WireReader reader)
    {
        var count = reader.ReadU8();
        WireReader.Require(count is >= 1 and <= Most, WireError.InvalidValue);
        var places = new DrawingPoint[count];
        for (var index = 0; index < count; index++)
            places[index] = ReadPoint(ref reader);
        return new Points(places);
    }

    private protected override void WriteFields(ref WireWriter writer)
    {
        writer.WriteU8((byte)Places.Count);
        foreach (var place in Places)
            Write(ref writer, place);
    }
}
