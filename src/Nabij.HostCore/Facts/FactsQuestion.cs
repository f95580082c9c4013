using Nabij.HostCore.Rendezvous;
using Nabij.HostCore.Session;
using Nabij.Protocol.Facts;

namespace Nabij.HostCore.Facts;

/// <summary>
/// Whether the facts about the computer go to the technician (docs/protocol/12): asked each time, with the very list that
/// would go. While it stands before the customer nobody sees the screen, and a moment longer, until the window is gone from
/// it. One at a time in a session. Thread-safe: its lock comes before those of the session.
/// </summary>
internal sealed class FactsQuestion(HostSession session, Func<IReadOnlyList<Fact>> gather, TimeProvider time, Action<CustomerEvent> tell) : IDisposable
{
    /// <summary>So long the customer has for an answer (docs/protocol/12, "Interactions" 3).</summary>
    public static readonly TimeSpan AnswerWithin = TimeSpan.FromMinutes(2);

    /// <summary>Tuning: so long the window may stay on the screen after it was closed.</summary>
    public static readonly TimeSpan GoneWithin = TimeSpan.FromMilliseconds(500);

    private readonly Lock gate = new();
    private FactsExchange? asking;
    private byte person;
    // Null while they are gathered, and once the question is over.
    private IReadOnlyList<Fact>? shown;
    private ITimer? timer;
    private bool isWindowOpen, isOver;

    /// <summary>The technician requests the list. Told by FactsAsked once it is there.</summary>
    public void Ask(FactsExchange exchange, byte person = HostSession.FirstPerson)
    {
        lock (gate)
        {
            if (isOver || asking is not null)
            {
                exchange.TryAnswer(null);
                return;
            }
            (asking, this.person) = (exchange, person);
        }
        _ = Task.Run(() => Show(exchange));
    }

    /// <summary>The window is closed, and the customer says whether the list goes; after FactsUnasked it does not in any case.</summary>
    public void Answer(bool send)
    {
        lock (gate)
        {
            if (!isWindowOpen || asking is not { } exchange) return;
            isWindowOpen = false;
            var facts = send ? shown : null;
            shown = null;
            if (facts is null) exchange.TryAnswer(null);
            After(GoneWithin, () => Finish(facts));
        }
    }

    /// <summary>Something came in between: nothing goes.</summary>
    public void Cancel()
    {
        lock (gate)
        {
            if (asking is not { } exchange) return;
            exchange.TryAnswer(null);
            if (!isWindowOpen)
            {
                if (timer is null) asking = null;
                return;
            }
            if (shown is null) return;
            shown = null;
            tell(new CustomerEvent.FactsUnasked());
        }
    }

    /// <summary>As <see cref="Cancel()"/>, where it concerns this one.</summary>
    public void Cancel(FactsExchange exchange)
    {
        lock (gate)
            if (asking == exchange) Cancel();
    }

    public void Dispose()
    {
        lock (gate)
        {
            isOver = true;
            asking = null;
            timer?.Dispose();
        }
        session.Lift(Pauses.Facts);
    }

    private void Show(FactsExchange exchange)
    {
        IReadOnlyList<Fact> facts;
        try
        {
            facts = gather();
        }
        // What a computer says about itself comes from many places; none of them may end the session.
#pragma warning disable CA1031
        catch (Exception)
#pragma warning restore CA1031
        {
            facts = [];
        }
        lock (gate)
        {
            if (isOver || asking != exchange) return;
            if (facts.Count == 0 || !exchange.IsOpen)
            {
                exchange.TryAnswer(null);
                asking = null;
                return;
            }
            (shown, isWindowOpen) = (facts, true);
            // Before anybody is told: what the window shows must not be in the picture.
            session.Pause(Pauses.Facts);
            if (shown is null) return;
            After(AnswerWithin, Cancel);
            tell(new CustomerEvent.FactsAsked(facts) { Person = person });
        }
    }

    private void Finish(IReadOnlyList<Fact>? facts)
    {
        lock (gate)
        {
            if (isOver || asking is not { } exchange) return;
            asking = null;
            timer?.Dispose();
            timer = null;
            session.Lift(Pauses.Facts);
            if (facts is not null && exchange.TryAnswer(facts)) session.Log?.AddFacts(facts.Count, person);
        }
    }

    private void After(TimeSpan span, Action act)
    {
        timer?.Dispose();
        timer = time.CreateTimer(_ => act(), null, span, Timeout.InfiniteTimeSpan);
    }
}
