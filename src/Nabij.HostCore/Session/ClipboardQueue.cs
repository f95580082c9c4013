using Nabij.Protocol.Clipboard;
using Nabij.Protocol.Wire;

namespace Nabij.HostCore.Session;

/// <summary>
/// What of the clipboard waits to be sent: answers in order, the newest TAKEN, and the customer's text, of which no more
/// than two pieces are on their way (docs/protocol/07). Its owner, <see cref="SendQueues"/>, holds the lock.
/// </summary>
internal sealed class ClipboardQueue
{
    /// <summary>A viewer that keeps to the rules never has more than a few open; what is more is not answered.</summary>
    private const int MostAnswers = 16;

    private readonly Queue<ClipboardAnswer> answers = new();
    private ClipboardTaken? taken;
    private byte[]? text;
    private uint number, request;
    private int sent, arrived;

    public bool IsEmpty => answers.Count == 0 && taken is null && !IsPieceDue;

    public bool HasText => text is not null;

    // Every piece but the last is of full size.
    private bool IsPieceDue =>
        text is not null && sent < text.Length && sent - arrived <= (ClipboardLimits.MostPiecesUnderWay - 1) * ClipboardLimits.LargestContent;

    public void Put(ClipboardMessage message)
    {
        if (message is ClipboardTaken newest) taken = newest;
        else if (answers.Count < MostAnswers) answers.Enqueue((ClipboardAnswer)message);
    }

    /// <summary>Begins a text of the customer; one that was under way is given up.</summary>
    public void Begin(uint number, uint request, byte[] text) => (this.number, this.request, this.text, sent, arrived) = (number, request, text, 0, 0);

    /// <summary>Gives up the text under way: the REQUEST that it answered, 0 for none; null when there is no text.</summary>
    public uint? Drop()
    {
        if (text is null) return null;
        text = null;
        return request;
    }

    /// <summary>So much has arrived at the viewer; the length of the text once that is all of it.</summary>
    /// <exception cref="WireFormatException">More than was sent.</exception>
    public int? Note(ClipboardTaken taken)
    {
        if (text is null || taken.Number != number) return null;
        WireReader.Require(taken.Length <= sent, WireError.InvalidValue);
        arrived = Math.Max(arrived, taken.Length);
        if (arrived < text.Length) return null;
        text = null;
        return arrived;
    }

    public void Clear()
    {
        answers.Clear();
        taken = null;
        text = null;
    }

    /// <summary>Copies the next message, pieces of the text last; 0 when there is none.</summary>
    public int Take(Span<byte> destination)
    {
        if (Next() is not { } next) return 0;
        var bytes = next.Encode();
        bytes.CopyTo(destination);
        return bytes.Length;
    }

    private ClipboardMessage? Next()
    {
        if (taken is { } newest)
        {
            taken = null;
            return newest;
        }
        if (answers.TryDequeue(out var answer)) return answer;
        if (!IsPieceDue) return null;
        var piece = text.AsMemory(sent, Math.Min(ClipboardLimits.LargestContent, text!.Length - sent));
        ClipboardMessage message = sent == 0 ? new ClipboardText(number, request, text.Length, piece) : new ClipboardMore(number, piece);
        sent += piece.Length;
        return message;
    }
}
