using Nabij.Protocol;
using Nabij.Protocol.Control;

namespace Nabij.HostCore.Session;

/// <summary>What the customer lets a participant do, and for how long it is held: first the gate, then everything that was open, then the word to the viewer.</summary>
public sealed partial class Participant
{
    // What a private moment holds back.
    private const Permissions Private = Permissions.View | Permissions.ClipboardToHost | Permissions.ClipboardFromHost;

    /// <summary>The customer allows these, within the ceiling.</summary>
    public void Grant(Permissions permissions)
    {
        lock (announcing)
        {
            asks.Answer();
            GiveBack(permissions);
        }
    }

    /// <summary>Allows again what was taken away for a moment: no answer to what the technician asks.</summary>
    internal void GiveBack(Permissions permissions)
    {
        lock (announcing)
        {
            permissions &= Ceiling;
            if (permissions == Permissions.None) return;
            var all = gate.Grant(permissions);
            Announce(() => new Grant(++number, all));
            awaited &= ~permissions;
            TellPause();
            OpenFiles();
            ShowPicture();
        }
    }

    /// <summary>The customer says no to what was asked.</summary>
    public void Decline(Permissions permissions)
    {
        lock (announcing)
        {
            asks.Answer();
            if (permissions != Permissions.None) Announce(() => new Declined(++number, permissions));
        }
    }

    /// <summary>The customer takes these back.</summary>
    public void Revoke(Permissions permissions)
    {
        awaited &= ~permissions;
        gate.Revoke(permissions);
        HidePicture();
        ReleaseHeld();
        Clipboard.GiveUp(gate.InForce);
        GiveUpFacts();
        lock (announcing)
        {
            HidePicture();
            Announce(() => new Revoke(++number, gate.Granted));
            TellPause();
        }
    }

    /// <summary>Takes the picture away, and all that needs it, until it is granted again; returns what was taken.</summary>
    internal Permissions Rest()
    {
        const Permissions NeedsPicture = Permissions.View | Permissions.Draw | Permissions.Pointer | Permissions.Keyboard;
        if ((gate.InForce & Permissions.View) == 0) return Permissions.None;
        var taken = gate.Granted & NeedsPicture;
        Revoke(taken);
        return taken;
    }

    /// <summary>Stop, a private moment and the like: first the gate, the picture and everything held, then the word to the technician (invariant 3).</summary>
    public void Pause(Pauses why)
    {
        if (!gate.Pause(why)) return;
        picture.Close();
        ReleaseHeld();
        Clipboard.GiveUp(gate.InForce);
        GiveUpFacts();
        lock (announcing)
        {
            HidePicture(); // a grant on another thread may have opened it in between
            TellPause();
            OpenFiles(); // one pause may keep what another one did not
        }
    }

    /// <summary>Takes pauses away: once none is left, what was granted is in force again.</summary>
    public void Lift(Pauses why)
    {
        lock (announcing)
        {
            if (!gate.Lift(why)) return;
            TellPause();
            OpenFiles();
            ShowPicture();
        }
    }

    private void ShowPicture()
    {
        if ((gate.InForce & Permissions.View) == 0 || picture.IsOpen) return;
        picture.Open();
        desktop.Pictures.Wake();
    }

    // Behind the word that they are in force; closing happens with the gate.
    private void OpenFiles()
    {
        if (lost is null && Files is not null) gate.Observe(Files.Open);
    }

    // Says what holds the session now, where that is new. Privacy is no matter to whom sees nothing of the computer anyway.
    private void TellPause()
    {
        var pauses = gate.Pauses;
        if ((gate.Granted & Private) == 0) pauses &= ~(Pauses.Private | Pauses.Guard | Pauses.Copied | Pauses.Facts);
        (StopReason, Permissions)? now = PauseRules.Told(pauses) is { } reason ? (reason, PauseRules.Kept(pauses)) : null;
        if (now == toldPause) return;
        toldPause = now;
        Announce(() => now is var (why, kept) ? new Stopped(++number, why, kept) : new Continued(++number, gate.Granted));
    }

    // The reader's thread, at the pace of what was dropped.
    private void TellLocalInput()
    {
        if (localInputPace.IsDue()) queues.PutControl(new LocalInput().Encode());
    }

    private void GiveUpFacts()
    {
        if ((gate.Granted & Permissions.SystemInformation) == 0 || PauseRules.EndsFacts(gate.Pauses)) Facts.Forget();
    }

    private void HidePicture()
    {
        if ((gate.InForce & Permissions.View) == 0) picture.Close();
    }

    // Under the lock. What happens while the viewer is away it is told when it is back.
    private void Announce(Func<ControlMessage> message)
    {
        if (lost is null) queues.PutControl(message().Encode());
    }

    // The customer's acts come from threads that must survive: a desktop that fails here ends the session instead.
    private void ReleaseHeld()
    {
        if ((gate.InForce & Permissions.Draw) == 0) drawing.Clear();
        ReleaseInput();
    }

    private void ReleaseInput()
    {
        try
        {
            input.Release();
        }
#pragma warning disable CA1031
        catch (Exception failure)
#pragma warning restore CA1031
        {
            fault ??= failure;
            connection.Abort();
        }
    }
}
