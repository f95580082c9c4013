namespace Nabij.HostCore.Session;

/// <summary>
/// Who has mouse and keyboard (docs/protocol/13, "Control"): one participant at a time, whom others may follow at once.
/// Thread-safe; <see cref="Changed"/> comes from whichever thread changed it, outside of the lock.
/// </summary>
internal sealed class ControlSeat
{
    private readonly Lock gate = new();
    private volatile Participant? holder;
    private int untold;

    /// <summary>Somebody else has control, or nobody.</summary>
    public event Action? Changed;

    /// <summary>Who has control; null for nobody.</summary>
    public Participant? Holder => holder;

    /// <summary>Whether control is this one's; where nobody has it, it is from here on, and <see cref="TellNew"/> says so. Under any lock.</summary>
    public bool TryUse(Participant one)
    {
        if (ReferenceEquals(holder, one)) return true;
        lock (gate)
        {
            if (holder is not null) return ReferenceEquals(holder, one);
            holder = one;
        }
        Volatile.Write(ref untold, 1);
        return true;
    }

    /// <summary>Somebody took control where nobody had it: says so, once, outside of the locks under which that happened.</summary>
    public void TellNew()
    {
        if (Volatile.Read(ref untold) != 0 && Interlocked.Exchange(ref untold, 0) != 0) Changed?.Invoke();
    }

    /// <summary>Gives control to this one, whoever had it; that one's keys and buttons are let go of.</summary>
    public void Take(Participant one)
    {
        Participant? before;
        lock (gate)
        {
            before = holder;
            if (!one.MayControl || ReferenceEquals(before, one)) return;
            holder = one;
        }
        before?.LetGo();
        Changed?.Invoke();
    }

    /// <summary>This one may not have control any more.</summary>
    public void Leave(Participant one)
    {
        lock (gate)
        {
            if (!ReferenceEquals(holder, one)) return;
            holder = null;
        }
        Changed?.Invoke();
    }
}
