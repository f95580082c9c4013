using System.Diagnostics.CodeAnalysis;

namespace Nabij.Protocol.Facts;

/// <summary>Types of messages of the facts channel (docs/protocol/12-system-information.md).</summary>
[SuppressMessage("Design", "CA1008", Justification = "Zero is no type.")]
public enum FactsMessageType : byte
{
    /// <summary>Please send the list.</summary>
    Request = 0x01,

    /// <summary>The list, as the customer saw it.</summary>
    Facts = 0x02,

    /// <summary>The customer does not send it.</summary>
    Withheld = 0x03,
}
