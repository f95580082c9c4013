using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Screen;

/// <summary>LAYOUT: size of the screen and its displays, in pixels; the picture starts anew, black. Without displays nothing is shared now.</summary>
public sealed record Layout(uint Number, int Width, int Height, IReadOnlyList<Display> Displays) : ScreenMessage
{
    // layout u32, width u16, height u16, display count u8, displays
    /// <inheritdoc/>
    public override ScreenMessageType Type => ScreenMessageType.Layout;

    /// <inheritdoc/>
    public override int EncodedLength => 10 + Displays.Sum(display => display.EncodedLength);

    /// <summary>Equal when every field and every display is.</summary>
    public bool Equals(Layout? other) =>
        other is not null && (Number, Width, Height) == (other.Number, other.Width, other.Height)
        && Displays.SequenceEqual(other.Displays);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Number, Width, Height, Displays.Count);

    internal static Layout Read(ref WireReader reader)
    {
        var number = ReadNumber(ref reader);
        int width = reader.ReadU16();
        int height = reader.ReadU16();
        WireReader.Require(ScreenLimits.IsScreenSize(width, height), WireError.InvalidValue);
        int count = reader.ReadU8();
        WireReader.Require(count <= ScreenLimits.MostDisplays, WireError.InvalidValue);
        var displays = new Display[count];
        for (var index = 0; index < count; index++)
            displays[index] = Display.Read(ref reader, width, height);
        return new Layout(number, width, height, displays);
    }

    private protected override void WriteFields(ref WireWriter writer)
    {
        if (!ScreenLimits.IsScreenSize(Width, Height) || Displays.Count > ScreenLimits.MostDisplays
            || !Displays.All(display => display.IsInside(Width, Height)))
            throw new InvalidOperationException("The layout is outside the limits of the protocol.");
        writer.WriteU32(Number);
        writer.WriteU16((ushort)Width);
        writer.WriteU16((ushort)Height);
        writer.WriteU8((byte)Displays.Count);
        foreach (var display in Displays)
            display.Write(ref writer);
    }
}
