using System.Diagnostics.CodeAnalysis;

namespace Nabij.Protocol.People;

/// <summary>Types of participant messages (docs/protocol/13-participants.md).</summary>
[SuppressMessage("Design", "CA1008", Justification = "Zero is no type.")]
public enum PeopleMessageType : byte
{
    /// <summary>Who is in the session now.</summary>
    People = 0x01,

    /// <summary>How an invitation stands.</summary>
    Invitation = 0x02,

    /// <summary>Please ask the customer whether a colleague may come.</summary>
    Invite = 0x03,

    /// <summary>Nobody needs to come any more.</summary>
    Withdraw = 0x04,

    /// <summary>Mouse and keyboard are the sender's from here on.</summary>
    TakeControl = 0x05,

    /// <summary>A relative stops the session.</summary>
    Halt = 0x06,
}
