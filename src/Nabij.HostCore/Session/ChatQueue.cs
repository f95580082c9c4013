using Nabij.Protocol.Chat;

namespace Nabij.HostCore.Session;

/// <summary>
/// What of the chat waits to be sent: the lines of the customer and of others in order, and of the marks the newest. Bounded by
/// <see cref="Conversation.MostUndelivered"/>. Its owner, <see cref="SendQueues"/>, holds the lock.
/// </summary>
internal sealed class ChatQueue
{
    private readonly Queue<ChatMessage> lines = new();
    private ChatMessage? delivered, seen;

    public bool IsEmpty => lines.Count == 0 && delivered is null && seen is null;

    public void Put(ChatMessage message)
    {
        switch (message)
        {
            case ChatLine or ChatSaid:
                lines.Enqueue(message);
                break;
            case ChatDelivered:
                delivered = message;
                break;
            default:
                seen = message;
                break;
        }
    }

    public void Clear()
    {
        lines.Clear();
        delivered = seen = null;
    }

    /// <summary>Copies the next message, marks before lines; 0 when there is none.</summary>
    public int Take(Span<byte> destination)
    {
        if (Next() is not { } next) return 0;
        var bytes = next.Encode();
        bytes.CopyTo(destination);
        return bytes.Length;
    }

    private ChatMessage? Next()
    {
        var next = delivered ?? seen;
        if (next is null) return lines.TryDequeue(out var line) ? line : null;
        if (ReferenceEquals(next, delivered)) delivered = null;
        else seen = null;
        return next;
    }
}
