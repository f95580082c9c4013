using Nabij.HostCore.Session;
using Nabij.Protocol.Facts;

namespace Nabij.HostCore.Facts;

/// <summary>One participant's requests for facts about the computer (docs/protocol/12): one open at a time, and few. Thread-safe.</summary>
internal sealed class FactsExchange(SendQueues queues, TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly AskLimit limit = new(time);
    private uint open;

    /// <summary>The open request is gone without an answer. Must return at once.</summary>
    public event Action? Forgotten;

    public bool IsOpen
    {
        get { lock (gate) return open != 0; }
    }

    /// <summary>False for a request more than may be made: the customer does not see it.</summary>
    public bool TryOpen(FactsRequest request)
    {
        lock (gate)
        {
            if (!limit.TryOpen()) return false;
            open = request.Number;
            return true;
        }
    }

    /// <summary>Answers the open request, by the list or, with null, by no; false when there is none.</summary>
    public bool TryAnswer(IReadOnlyList<Fact>? facts)
    {
        lock (gate)
        {
            if (open == 0) return false;
            FactsMessage answer = facts is null ? new FactsWithheld(open) : new FactsGiven(open, facts);
            open = 0;
            limit.Answer();
            queues.PutFacts(answer.Encode());
            return true;
        }
    }

    /// <summary>Nothing may go any more: the open request is gone, and what waits to be sent.</summary>
    public void Forget()
    {
        queues.DropFacts();
        lock (gate)
        {
            if (open == 0) return;
            open = 0;
            limit.Answer();
        }
        Forgotten?.Invoke();
    }
}
