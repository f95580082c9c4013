namespace Nabij.Protocol.Chat;

/// <summary>SEEN: the other side's lines up to this one have been shown.</summary>
public sealed record ChatSeen : ChatMessage
{
    /// <summary>Makes a mark.</summary>
    /// <param name="number">From 1.</param>
    public ChatSeen(ulong number)
        : base(number)
    {
    }

    /// <inheritdoc/>
    public override ChatMessageType Type => ChatMessageType.Seen;
}
