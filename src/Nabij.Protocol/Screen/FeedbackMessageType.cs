using System.Diagnostics.CodeAnalysis;

namespace Nabij.Protocol.Screen;

/// <summary>Types of feedback messages (docs/protocol/05-screen.md).</summary>
[SuppressMessage("Design", "CA1008", Justification = "Zero is no type.")]
public enum FeedbackMessageType : byte
{
    /// <summary>This update is on the canvas.</summary>
    Presented = 0x01,

    /// <summary>The viewer's picture is wrong.</summary>
    Repair = 0x02,
}
