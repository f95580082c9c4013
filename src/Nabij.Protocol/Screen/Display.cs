using Nabij.Protocol.Wire;

namespace Nabij.Protocol.Screen;

/// <summary>One display inside the screen, in pixels of the screen; its name is text of the host's system.</summary>
public readonly record struct Display(int X, int Y, int Width, int Height, string Name)
{
    // x u16, y u16, width u16, height u16, name text<64>
    internal int EncodedLength => 10 + System.Text.Encoding.UTF8.GetByteCount(Name);

    internal static Display Read(ref WireReader reader, int screenWidth, int screenHeight)
    {
        var display = new Display(
            reader.ReadU16(), reader.ReadU16(), reader.ReadU16(), reader.ReadU16(),
            reader.ReadText(0, ScreenLimits.DisplayNameBytes));
        WireReader.Require(display.IsInside(screenWidth, screenHeight), WireError.InvalidValue);
        return display;
    }

    internal void Write(ref WireWriter writer)
    {
        writer.WriteU16((ushort)X);
        writer.WriteU16((ushort)Y);
        writer.WriteU16((ushort)Width);
        writer.WriteU16((ushort)Height);
        writer.WriteText(Name, ScreenLimits.DisplayNameBytes);
    }

    internal bool IsInside(int screenWidth, int screenHeight) =>
        X >= 0 && Y >= 0 && Width >= 1 && Height >= 1 && X + Width <= screenWidth && Y + Height <= screenHeight;
}
