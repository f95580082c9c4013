using System.Diagnostics.CodeAnalysis;

namespace Nabij.Protocol.Input;

/// <summary>Types of input messages (docs/protocol/06-input.md).</summary>
[SuppressMessage("Design", "CA1008", Justification = "Zero is no type.")]
public enum InputMessageType : byte
{
    /// <summary>The pointer is here now.</summary>
    PointerMove = 0x01,

    /// <summary>A button went down or up.</summary>
    PointerButton = 0x02,

    /// <summary>The wheel turned.</summary>
    Wheel = 0x03,

    /// <summary>A key went down or up.</summary>
    Key = 0x04,

    /// <summary>This text was entered.</summary>
    Text = 0x05,

    /// <summary>Let go of everything.</summary>
    ReleaseAll = 0x06,

    /// <summary>What is held is still held.</summary>
    Held = 0x07,
}
