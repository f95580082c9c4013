using System.Text;
using Nabij.HostCore.Rendezvous;
using Nabij.HostCore.Session;
using Nabij.Protocol.Clipboard;
using Nabij.Protocol.Log;

namespace Nabij.HostCore.Clipboard;

/// <summary>
/// Whether what the customer copied goes to the technician (docs/protocol/07): asked each time, with the very text that
/// would go. While it stands before the customer nobody sees the screen, and a moment longer, until the window is gone
/// from it. One at a time in a session. Thread-safe: its lock comes before those of the session.
/// </summary>
internal sealed class ClipboardQuestion(HostSession session, IClipboard clipboard, TimeProvider time, Action<CustomerEvent> tell) : IDisposable
{
    /// <summary>So long the customer has for an answer (docs/protocol/07, "Outcomes").</summary>
    public static readonly TimeSpan AnswerWithin = TimeSpan.FromMinutes(2);

    /// <summary>Tuning: so long the window may stay on the screen after it was closed.</summary>
    public static readonly TimeSpan GoneWithin = TimeSpan.FromMilliseconds(500);

    /// <summary>So much of the text the customer is shown, in characters (UTF-16).</summary>
    public const int LongestBeginning = 2000;

    private readonly Lock gate = new();
    private Wish? open;
    private ITimer? timer;
    private bool isOver;

    private enum Step
    {
        Reading,
        Shown,
        /// <summary>Over without an answer, but the window may still be there.</summary>
        Withdrawn,
        /// <summary>Answered; the window goes.</summary>
        Leaving,
    }

    private sealed class Wish(ClipboardExchange exchange, uint number, byte person)
    {
        public ClipboardExchange Exchange => exchange;

        /// <summary>The technician's REQUEST; 0 for the customer's own act.</summary>
        public uint Number => number;

        /// <summary>Who gets it.</summary>
        public byte Person => person;

        public Step Step { get; set; }

        public byte[] Text { get; set; } = [];

        public bool IsSent { get; set; }
    }

    /// <summary>The technician asks (a number), or the customer would like to send by own act (0). Told by CopiedAsked or NothingCopied.</summary>
    public void Ask(ClipboardExchange exchange, uint number, byte person = HostSession.FirstPerson)
    {
        var wish = new Wish(exchange, number, person);
        lock (gate)
        {
            if (isOver) return;
            if (open is not null || number == 0 && exchange.IsGiving)
            {
                exchange.Answer(number, ClipboardOutcome.TooOften);
                if (number == 0) tell(new CustomerEvent.NothingCopied(ClipboardOutcome.TooOften, true));
                return;
            }
            open = wish;
        }
        _ = Task.Run(() => ReadAsync(wish));
    }

    /// <summary>The window is closed, and the customer says whether the text goes; after CopiedUnasked it does not in any case.</summary>
    public void Answer(bool send)
    {
        lock (gate)
        {
            if (open is not { Step: Step.Shown or Step.Withdrawn } wish) return;
            wish.IsSent = send && wish.Step == Step.Shown;
            if (wish.Step == Step.Shown && !send) wish.Exchange.Answer(wish.Number, ClipboardOutcome.Declined);
            wish.Step = Step.Leaving;
            After(GoneWithin, () => Finish(wish));
        }
    }

    /// <summary>Something came in between: nothing goes.</summary>
    public void Cancel() => Cancel(ClipboardOutcome.NotNow);

    /// <summary>As <see cref="Cancel()"/>, where it concerns this one.</summary>
    public void Cancel(ClipboardExchange exchange)
    {
        lock (gate)
            if (open?.Exchange == exchange) Cancel();
    }

    public void Dispose()
    {
        lock (gate)
        {
            isOver = true;
            open = null;
            timer?.Dispose();
        }
        session.Lift(Pauses.Copied);
    }

    private async Task ReadAsync(Wish wish)
    {
        var copied = await clipboard.ReadAsync().ConfigureAwait(false);
        var text = CopiedText.Form(copied.Text);
        ClipboardOutcome? nothing = copied.Kind switch
        {
            CopiedKind.Failed => ClipboardOutcome.Failed,
            CopiedKind.TooLarge => ClipboardOutcome.TooLarge,
            _ when text.Length == 0 => ClipboardOutcome.Empty,
            _ when text.Length > ClipboardLimits.LargestText => ClipboardOutcome.TooLarge,
            _ => null,
        };
        lock (gate)
        {
            if (open != wish || wish.Step != Step.Reading) return;
            if (nothing is { } why)
            {
                open = null;
                wish.Exchange.Answer(wish.Number, why);
                tell(new CustomerEvent.NothingCopied(why, wish.Number == 0));
                return;
            }
            wish.Text = text;
            wish.Step = Step.Shown;
            // Before anybody is told: what the window shows must not be in the picture.
            session.Pause(Pauses.Copied);
            if (wish.Step == Step.Shown) Show(wish, copied.IsSecret);
        }
    }

    private void Show(Wish wish, bool isSecret)
    {
        After(AnswerWithin, () => Cancel(ClipboardOutcome.Unanswered));
        var whole = Encoding.UTF8.GetString(wish.Text);
        var beginning = whole.Length <= LongestBeginning ? whole : whole[..LongestBeginning];
        tell(new CustomerEvent.CopiedAsked(beginning, whole.EnumerateRunes().Count(), wish.Number == 0) { IsWhole = beginning.Length == whole.Length, IsSecret = isSecret, Person = wish.Person });
    }

    private void Cancel(ClipboardOutcome why)
    {
        lock (gate)
        {
            if (open is not { } wish) return;
            wish.Exchange.Answer(wish.Number, why);
            wish.IsSent = false;
            switch (wish.Step)
            {
                case Step.Reading:
                    open = null;
                    break;
                case Step.Shown:
                    wish.Step = Step.Withdrawn;
                    timer?.Dispose();
                    tell(new CustomerEvent.CopiedUnasked(why));
                    break;
            }
        }
    }

    private void Finish(Wish wish)
    {
        lock (gate)
        {
            if (open != wish) return;
            open = null;
            session.Lift(Pauses.Copied);
            if (!wish.IsSent) return;
            if (wish.Exchange.TryGive(wish.Number, wish.Text)) session.Log?.AddClipboard(LogEntryKind.ClipboardGiven, wish.Text.Length, wish.Person);
            else wish.Exchange.Answer(wish.Number, ClipboardOutcome.NotNow);
        }
    }

    private void After(TimeSpan span, Action act)
    {
        timer?.Dispose();
        timer = time.CreateTimer(_ => act(), null, span, Timeout.InfiniteTimeSpan);
    }
}
