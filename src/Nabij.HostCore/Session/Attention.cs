using Nabij.HostCore.Rendezvous;
using Nabij.Protocol;

namespace Nabij.HostCore.Session;

/// <summary>
/// Whether somebody still pays attention (security.md 6.2): a session in which nobody uses mouse or keyboard pauses
/// itself, and every hour the customer is asked whether the help goes on. Thread-safe; tells from timers' threads.
/// </summary>
internal sealed class Attention : IDisposable
{
    /// <summary>Without input of either side for this long, the session pauses itself.</summary>
    public static readonly TimeSpan IdleAfter = TimeSpan.FromMinutes(15);
    /// <summary>So often the customer is asked whether the technician is still helping.</summary>
    public static readonly TimeSpan AskEvery = TimeSpan.FromMinutes(60);
    /// <summary>Without an answer for this long, the session pauses itself.</summary>
    public static readonly TimeSpan AnswerWithin = TimeSpan.FromMinutes(2);

    /// <summary>What lasts until the customer goes on, in the window that says so.</summary>
    public const Pauses Held = Pauses.Stop | Pauses.Idle | Pauses.Unanswered | Pauses.Locked;

    private readonly Lock gate = new();
    private readonly HostSession session;
    private readonly TimeProvider time;
    private readonly Action<CustomerEvent> tell;
    private readonly ITimer idle, question;
    private long lastInput;
    private bool isAsked;

    public Attention(HostSession session, TimeProvider time, Action<CustomerEvent> tell)
    {
        (this.session, this.time, this.tell) = (session, time, tell);
        lastInput = time.GetTimestamp();
        idle = time.CreateTimer(_ => LookForInput(), null, IdleAfter, Timeout.InfiniteTimeSpan);
        question = time.CreateTimer(_ => AskOrPause(), null, AskEvery, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Either side used mouse or keyboard. Never waits.</summary>
    public void NoteInput() => Volatile.Write(ref lastInput, time.GetTimestamp());

    /// <summary>The computer is locked: nobody looks after it (security.md 6.2). What is held already stays as it is.</summary>
    public void NoteLocked()
    {
        if (IsRunning) Pause(Pauses.Locked);
    }

    /// <summary>The customer has said that the help goes on: by answering, or by Go on.</summary>
    public void Confirm()
    {
        NoteInput();
        lock (gate)
        {
            isAsked = false;
            question.Change(AskEvery, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose()
    {
        idle.Dispose();
        question.Dispose();
    }

    // What nobody sees, or what is held already, needs no attention.
    private bool IsRunning => (session.Pauses & Held) == Pauses.None && session.Participants.Any(one => (one.Granted & Permissions.View) != 0);

    private void LookForInput()
    {
        var left = IdleAfter - time.GetElapsedTime(Volatile.Read(ref lastInput));
        if (left <= TimeSpan.Zero)
        {
            if (IsRunning) Pause(Pauses.Idle);
            left = IdleAfter;
        }
        idle.Change(left, Timeout.InfiniteTimeSpan);
    }

    private void AskOrPause()
    {
        bool wasAsked;
        lock (gate)
        {
            wasAsked = isAsked;
            isAsked = !wasAsked && IsRunning;
            question.Change(isAsked ? AnswerWithin : AskEvery, Timeout.InfiniteTimeSpan);
            if (!wasAsked && !isAsked) return;
        }
        if (!wasAsked) tell(new CustomerEvent.StillHelping());
        else if (IsRunning) Pause(Pauses.Unanswered);
    }

    private void Pause(Pauses why)
    {
        session.Pause(why);
        tell(new CustomerEvent.HeldBack(why));
    }
}
