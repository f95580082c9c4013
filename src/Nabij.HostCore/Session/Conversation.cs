using Nabij.Protocol.Chat;
using Nabij.Protocol.Wire;

namespace Nabij.HostCore.Session;

/// <summary>What a message of the chat brought: the other side's line, or how far its marks have come.</summary>
/// <param name="Line">A new line; null when it was none, or came before.</param>
/// <param name="Delivered">The last of our own lines that has arrived; 0 for none.</param>
/// <param name="Seen">The last of them that was shown; 0 for none.</param>
public readonly record struct ChatNews(ChatLine? Line, ulong Delivered, ulong Seen);

/// <summary>
/// The chat with one participant (docs/protocol/07): numbers the customer's lines, keeps them until they have arrived,
/// takes the technician's lines once and in order, and answers with marks. Thread-safe.
/// </summary>
internal sealed class Conversation(SendQueues queues)
{
    /// <summary>So many lines may be without DELIVERED (docs/protocol/07).</summary>
    public const int MostUndelivered = 64;

    private readonly Lock gate = new();
    private readonly Queue<ChatLine> undelivered = new();
    private ulong said, delivered, seen, heard, shown;

    /// <summary>The last line that was taken from the other side; 0 for none. What a resume tells it.</summary>
    public ulong Heard
    {
        get { lock (gate) return heard; }
    }

    /// <summary>The customer says this, in the form that travels. False while too much has not arrived.</summary>
    public bool TrySay(string text)
    {
        lock (gate)
        {
            if (undelivered.Count >= MostUndelivered) return false;
            var line = new ChatLine(++said, text);
            undelivered.Enqueue(line);
            queues.PutChat(line);
            return true;
        }
    }

    /// <summary>The other side has come back and says what it had taken last; 0 for nothing. More than was said counts for nothing.</summary>
    public void Learn(ulong arrived)
    {
        lock (gate)
        {
            if (arrived <= said) NoteDelivered(arrived);
        }
    }

    /// <summary>Says everything again of which nobody knows whether it arrived, and the marks with it.</summary>
    public void SayAgain()
    {
        lock (gate)
        {
            queues.DropChat();
            foreach (var line in undelivered) queues.PutChat(line);
            if (heard > 0) queues.PutChat(new ChatDelivered(heard));
            if (shown > 0) queues.PutChat(new ChatSeen(shown));
        }
    }

    /// <summary>All that was heard stands before the customer.</summary>
    public void Show()
    {
        lock (gate)
        {
            if (shown == heard) return;
            shown = heard;
            queues.PutChat(new ChatSeen(shown));
        }
    }

    /// <summary>Takes a message of the other side; what is new in it.</summary>
    /// <exception cref="WireFormatException">It marks a line that was never said.</exception>
    public ChatNews Take(ChatMessage message)
    {
        lock (gate)
        {
            var isNew = false;
            if (message is ChatLine line) isNew = Hear(line);
            else Mark(message);
            return new ChatNews(isNew ? (ChatLine)message : null, delivered, seen);
        }
    }

    private bool Hear(ChatLine line)
    {
        // Lines before this one were dropped at the gate: all of them come again, in order.
        if (line.Number > heard + 1) return false;
        var isNew = line.Number == heard + 1;
        if (isNew) heard = line.Number;
        queues.PutChat(new ChatDelivered(heard));
        return isNew;
    }

    private void Mark(ChatMessage mark)
    {
        if (mark.Number > said) throw new WireFormatException(WireError.InvalidValue);
        if (mark is ChatSeen) seen = Math.Max(seen, mark.Number);
        NoteDelivered(mark.Number);
    }

    private void NoteDelivered(ulong number)
    {
        delivered = Math.Max(delivered, number);
        while (undelivered.TryPeek(out var first) && first.Number <= delivered) undelivered.Dequeue();
    }
}
