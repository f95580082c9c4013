namespace Nabij.Protocol.Chat;

/// <summary>DELIVERED: the other side's lines up to this one have arrived.</summary>
public sealed record ChatDelivered : ChatMessage
{
    /// <summary>Makes a mark.</summary>
    /// <param name="number">From 1.</param>
    public ChatDelivered(ulong number)
        : base(number)
    {
    }

    /// <inheritdoc/>
    public override ChatMessageType Type => ChatMessageType.Delivered;
}
