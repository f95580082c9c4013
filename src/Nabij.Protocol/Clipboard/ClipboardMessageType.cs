using System.Diagnostics.CodeAnalysis;

namespace Nabij.Protocol.Clipboard;

/// <summary>Types of clipboard messages (docs/protocol/07-chat-and-clipboard.md).</summary>
[SuppressMessage("Design", "CA1008", Justification = "Zero is no type.")]
public enum ClipboardMessageType : byte
{
    /// <summary>A text begins.</summary>
    Text = 0x01,

    /// <summary>The next piece of it.</summary>
    More = 0x02,

    /// <summary>So much of the other side's text has arrived.</summary>
    Taken = 0x03,

    /// <summary>The technician would like what the customer copied.</summary>
    Request = 0x04,

    /// <summary>What came of the viewer's TEXT or REQUEST.</summary>
    Answer = 0x05,
}
