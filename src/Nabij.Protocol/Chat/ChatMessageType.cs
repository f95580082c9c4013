using System.Diagnostics.CodeAnalysis;

namespace Nabij.Protocol.Chat;

/// <summary>Types of chat messages (docs/protocol/07-chat-and-clipboard.md).</summary>
[SuppressMessage("Design", "CA1008", Justification = "Zero is no type.")]
public enum ChatMessageType : byte
{
    /// <summary>One line.</summary>
    Line = 0x01,

    /// <summary>The other side's lines up to this one have arrived.</summary>
    Delivered = 0x02,

    /// <summary>The other side's lines up to this one have been shown.</summary>
    Seen = 0x03,

    /// <summary>One line of another participant.</summary>
    Said = 0x04,
}
