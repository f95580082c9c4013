using System.Diagnostics.CodeAnalysis;

namespace Nabij.Protocol.Screen;

/// <summary>Types of cursor messages (docs/protocol/05-screen.md).</summary>
[SuppressMessage("Design", "CA1008", Justification = "Zero is no type.")]
public enum CursorMessageType : byte
{
    /// <summary>The pointer's image.</summary>
    Shape = 0x01,

    /// <summary>Where the customer's pointer is.</summary>
    Position = 0x02,

    /// <summary>There is no pointer to show.</summary>
    Hidden = 0x03,
}
