using System.Diagnostics.CodeAnalysis;

namespace Nabij.Protocol.Drawing;

/// <summary>Types of drawing messages (docs/protocol/11-drawing.md).</summary>
[SuppressMessage("Design", "CA1008", Justification = "Zero is no type.")]
public enum DrawingMessageType : byte
{
    /// <summary>The spot is here now.</summary>
    Spot = 0x01,

    /// <summary>There is no spot.</summary>
    SpotOff = 0x02,

    /// <summary>A mark begins here.</summary>
    Begin = 0x03,

    /// <summary>The newest mark goes on through these.</summary>
    Points = 0x04,

    /// <summary>The newest mark is finished.</summary>
    Done = 0x05,

    /// <summary>The newest mark goes.</summary>
    Undo = 0x06,

    /// <summary>All marks go.</summary>
    Clear = 0x07,
}
