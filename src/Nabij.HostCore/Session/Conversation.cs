using Nabij.Protocol.Chat;
using Nabij.Protocol.Wire;

namespace Nabij.HostCore.Session;

/// <summary>What a message of the chat brought: the other side's line, or how far its marks of the customer's lines have come.</summary>
/// <param name="Line">A new line; null when it was none, or came before.</param>
/// <param name="Delivered">How many of the customer's lines have arrived.</param>
/// <param name="Seen">How many of them were shown.</param>
public readonly record struct ChatNews(ChatLine? Line, ulong Delivered, ulong Seen);

/// <summary>
/// The chat with one participant (docs/protocol/07 and 13): numbers what the customer and the other participants say in
/// one row, keeps it until it has arrived, takes this participant's lines once and in order, and answers with marks. Thread-safe.
/// </summary>
internal sealed class Conversation(SendQueues queues)
{
    /// <summary>So many lines may be without DELIVERED (docs/protocol/07).</summary>
    public const int MostUndelivered = 64;

    private readonly Lock gate = new();
    // Bounds what is remembered of lines that somebody never opens.
    private const int MostUnseen = 4096;

    private readonly Queue<ChatMessage> undelivered = new();
    // The customer's lines among those said, by their number here and among the customer's own.
    private readonly Queue<(ulong Number, ulong Own)> undeliveredOwn = new(), unseenOwn = new();
    private ulong said, own, delivered, seen, ownDelivered, ownSeen, heard, shown;

    /// <summary>The last line that was taken from the other side; 0 for none. What a resume tells it.</summary>
    public ulong Heard
    {
        get { lock (gate) return heard; }
    }

    /// <summary>How many of the customer's lines have arrived here, and how many of them were shown.</summary>
    public (ulong Delivered, ulong Seen) Marks
    {
        get { lock (gate) return (ownDelivered, ownSeen); }
    }

    /// <summary>The participant came after so many lines of the customer's, which it does not get.</summary>
    public void BeginAfter(ulong lines)
    {
        lock (gate) own = ownDelivered = ownSeen = lines;
    }

    /// <summary>The customer says this, in the form that travels. False while too much has not arrived.</summary>
    public bool TrySay(string text)
    {
        lock (gate)
        {
            if (!TryPut(new ChatLine(said + 1, text))) return false;
            own++;
            undeliveredOwn.Enqueue((said, own));
            if (unseenOwn.Count == MostUnseen) unseenOwn.Dequeue();
            unseenOwn.Enqueue((said, own));
            return true;
        }
    }

    /// <summary>The customer said something that found no room here: it counts as arrived, and is not.</summary>
    public void Miss()
    {
        lock (gate) own++;
    }

    /// <summary>Another participant says this. False while too much has not arrived: then this one does not get it.</summary>
    public bool TryPass(byte person, string text)
    {
        lock (gate) return TryPut(new ChatSaid(said + 1, person, text));
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
            return new ChatNews(isNew ? (ChatLine)message : null, ownDelivered, ownSeen);
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
        NoteDelivered(mark.Number);
        if (mark is not ChatSeen) return;
        seen = Math.Max(seen, mark.Number);
        while (unseenOwn.TryPeek(out var first) && first.Number <= seen) ownSeen = unseenOwn.Dequeue().Own;
    }

    private bool TryPut(ChatMessage line)
    {
        if (undelivered.Count >= MostUndelivered) return false;
        said = line.Number;
        undelivered.Enqueue(line);
        queues.PutChat(line);
        return true;
    }

    private void NoteDelivered(ulong number)
    {
        delivered = Math.Max(delivered, number);
        while (undelivered.TryPeek(out var first) && first.Number <= delivered) undelivered.Dequeue();
        while (undeliveredOwn.TryPeek(out var mine) && mine.Number <= delivered) ownDelivered = undeliveredOwn.Dequeue().Own;
    }
}
