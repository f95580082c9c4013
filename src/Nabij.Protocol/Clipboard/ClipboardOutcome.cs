using System.Diagnostics.CodeAnalysis;

namespace Nabij.Protocol.Clipboard;

/// <summary>What came of a TEXT or REQUEST of the viewer (docs/protocol/07-chat-and-clipboard.md, "Outcomes").</summary>
[SuppressMessage("Design", "CA1008", Justification = "Zero is no outcome.")]
public enum ClipboardOutcome : byte
{
    /// <summary>The text is on the customer's clipboard.</summary>
    Placed = 1,

    /// <summary>The customer's system did not take or give it.</summary>
    Failed = 2,

    /// <summary>The customer said no.</summary>
    Declined = 3,

    /// <summary>No text is on the customer's clipboard.</summary>
    Empty = 4,

    /// <summary>The text there has more bytes than travel at once.</summary>
    TooLarge = 5,

    /// <summary>The customer said nothing in time.</summary>
    Unanswered = 6,

    /// <summary>The permission is not in force, or was not any more when it came to that.</summary>
    NotNow = 7,

    /// <summary>One before it is still open, or it came too soon.</summary>
    TooOften = 8,
}
