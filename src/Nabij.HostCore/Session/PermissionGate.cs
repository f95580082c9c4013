using Nabij.Protocol;
using Nabij.Protocol.People;
using Nabij.Protocol.Session;

namespace Nabij.HostCore.Session;

/// <summary>What became of a message at the gate.</summary>
public enum Passage
{
    /// <summary>It was allowed and has taken effect.</summary>
    Passed,
    /// <summary>Not allowed, but it may have been under way when a permission was taken back: dropped silently.</summary>
    Dropped,
    /// <summary>Not allowed: no effect, counted.</summary>
    Refused,
    /// <summary>Not allowed, and once too often: the session must end.</summary>
    RefusedTooOften,
}

/// <summary>
/// The only road from decoder to effect (invariant 2): deny by default, by <see cref="PermissionTable"/>. A message is
/// checked and takes effect under one lock, so once a permission is taken back no later message can use it. A pause needs
/// no lock to be seen: <see cref="Halted"/> lets go of an effect that takes long. Thread-safe; one gate per participant.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="closing">Hears under the lock what is granted and what is in force, whenever something may have been taken away. Must return at once.</param>
/// <param name="role">Whose it is: a relative may send less.</param>
public sealed class PermissionGate(
    TimeProvider time, Action<Permissions, Permissions>? closing = null, ParticipantRole role = ParticipantRole.Technician) : IDisposable
{
    /// <summary>So many refusals are borne; the next one ends the session (chapter 04).</summary>
    public const int MostRefusals = 5;

    /// <summary>Messages may still be under way for this long after a permission was taken back (chapter 04).</summary>
    public static readonly TimeSpan UnderWay = TimeSpan.FromSeconds(2);

    /// <summary>Tuning: whoever waits for an effect says this often again that it must let go.</summary>
    private static readonly TimeSpan HaltAgain = TimeSpan.FromMilliseconds(10);

    private const Permissions NeedView = Permissions.Pointer | Permissions.Keyboard | Permissions.Draw;

    private readonly Lock gate = new();
    private CancellationTokenSource halt = new();
    private Permissions granted;
    private Pauses pauses;
    private bool hasTakenBack, isClosed, isSuspended;
    private long takenBackAt;

    /// <summary>What the customer has granted, whether or not a pause holds it back.</summary>
    public Permissions Granted
    {
        get { lock (gate) return granted; }
    }

    /// <summary>What is in force now.</summary>
    public Permissions InForce
    {
        get { lock (gate) return Open; }
    }

    /// <summary>What holds the session now.</summary>
    public Pauses Pauses
    {
        get { lock (gate) return pauses; }
    }

    public bool IsStopped => Pauses != Pauses.None;

    /// <summary>Refusals counted so far.</summary>
    public int Refusals { get; private set; }

    /// <summary>Canceled by every pause, by the end, and whenever a permission is taken back.</summary>
    public CancellationToken Halted
    {
        get { lock (gate) return isClosed ? new CancellationToken(canceled: true) : halt.Token; }
    }

    /// <summary>Carries out <paramref name="effect"/> if the message may have it. The reader calls this for every message.</summary>
    public Passage Pass(Channel channel, byte type, Action effect)
    {
        lock (gate)
        {
            if (!isClosed && !isSuspended && IsAllowed(channel, type))
            {
                effect();
                return Passage.Passed;
            }
            if (pauses != Pauses.None || isClosed || isSuspended || hasTakenBack && time.GetElapsedTime(takenBackAt) < UnderWay) return Passage.Dropped;
            return ++Refusals > MostRefusals ? Passage.RefusedTooOften : Passage.Refused;
        }
    }

    /// <summary>Looks at what is in force in a moment in which that cannot change. <paramref name="look"/> must return at once.</summary>
    public void Observe(Action<Permissions> look)
    {
        lock (gate) look(Open);
    }

    /// <summary>Adds permissions; POINTER, KEYBOARD and DRAW bring VIEW along, which they need.</summary>
    public Permissions Grant(Permissions permissions)
    {
        lock (gate)
        {
            granted |= permissions;
            if ((permissions & NeedView) != 0) granted |= Permissions.View;
            return granted;
        }
    }

    /// <summary>Takes permissions back; without VIEW there is no POINTER, no KEYBOARD and no DRAW either.</summary>
    public Permissions Revoke(Permissions permissions) => Shut(() =>
    {
        granted &= ~permissions;
        if ((permissions & Permissions.View) != 0) granted &= ~NeedView;
        NoteTakenBack();
        RenewHalt();
        return granted;
    });

    /// <summary>Holds the session: what these pauses do not keep is not in force until they are lifted. False when they held already.</summary>
    public bool Pause(Pauses why) => Shut(() =>
    {
        var isNew = (pauses & why) != why;
        pauses |= why;
        if (isNew) NoteTakenBack();
        RenewHalt();
        return isNew;
    });

    /// <summary>Takes these pauses away; what was granted is in force again once none is left. False when none of them held.</summary>
    public bool Lift(Pauses why)
    {
        lock (gate)
        {
            if ((pauses & why) == Pauses.None || isClosed) return false;
            pauses &= ~why;
            NoteTakenBack();
            RenewHalt();
            return true;
        }
    }

    /// <summary>The connection is lost: nothing is in force until <see cref="Restore"/>. What was granted stays granted.</summary>
    public void Suspend() => Shut(() =>
    {
        isSuspended = true;
        NoteTakenBack();
        return true;
    });

    /// <summary>The viewer is back on a new connection.</summary>
    public void Restore()
    {
        lock (gate)
        {
            isSuspended = false;
            RenewHalt();
        }
    }

    /// <summary>The session is over: nothing passes any more.</summary>
    public void Close() => Shut(() =>
    {
        isClosed = true;
        closing?.Invoke(granted, Permissions.None);
        return true;
    });

    public void Dispose()
    {
        Close();
        halt.Dispose();
    }

    private Permissions Open => isClosed || isSuspended ? Permissions.None : granted & PauseRules.Kept(pauses);

    private bool IsAllowed(Channel channel, byte type)
    {
        if (PermissionTable.Find(role, channel, type) is not { } row) return false;
        return (Open & row.Needs) == row.Needs;
    }

    private void NoteTakenBack()
    {
        hasTakenBack = true;
        takenBackAt = time.GetTimestamp();
        closing?.Invoke(granted, Open);
    }

    // An effect that holds the lock is told to let go first, and told again: another thread that comes in before may have
    // renewed the token for the effect after it.
    private T Shut<T>(Func<T> change)
    {
        do Halt();
        while (!gate.TryEnter(HaltAgain));
        try
        {
            return change();
        }
        finally
        {
            gate.Exit();
        }
    }

    private void Halt()
    {
        try
        {
            Volatile.Read(ref halt).Cancel();
        }
        catch (ObjectDisposedException)
        {
            // Stop or the end on another thread, after the session is gone: there is nothing left to let go of.
        }
    }

    private void RenewHalt()
    {
        if (isClosed || isSuspended || PauseRules.Kept(pauses) == Permissions.None || !halt.IsCancellationRequested) return;
        halt = new CancellationTokenSource();
    }
}
