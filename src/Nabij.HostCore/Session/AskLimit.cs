namespace Nabij.HostCore.Session;

/// <summary>How often a technician may ask the customer for more (chapter 04, ASK): one open, 10 s after an answer, 20 in all. Thread-safe.</summary>
internal sealed class AskLimit(TimeProvider time)
{
    private const int MostAsks = 20;
    private static readonly TimeSpan AfterAnswer = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private bool isOpen, wasAnswered;
    private long answeredAt;
    private int asked;

    public bool TryOpen()
    {
        lock (gate)
        {
            if (isOpen || asked >= MostAsks || wasAnswered && time.GetElapsedTime(answeredAt) < AfterAnswer) return false;
            asked++;
            return isOpen = true;
        }
    }

    public void Answer()
    {
        lock (gate)
        {
            if (!isOpen) return;
            (isOpen, wasAnswered, answeredAt) = (false, true, time.GetTimestamp());
        }
    }
}
