using System.Diagnostics.CodeAnalysis;

namespace Nabij.Protocol.Screen;

/// <summary>Types of screen messages (docs/protocol/05-screen.md).</summary>
[SuppressMessage("Design", "CA1008", Justification = "Zero is no type.")]
public enum ScreenMessageType : byte
{
    /// <summary>Size of the screen and its displays.</summary>
    Layout = 0x01,

    /// <summary>One piece of an update.</summary>
    Update = 0x02,

    /// <summary>Hash of the picture after an update.</summary>
    Check = 0x03,
}
