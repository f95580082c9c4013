using System.Collections.Immutable;
using Nabij.HostCore.Clipboard;
using Nabij.HostCore.Facts;
using Nabij.HostCore.Files;
using Nabij.HostCore.Picture;
using Nabij.Protocol;
using Nabij.Protocol.Files;
using Nabij.Protocol.Log;

namespace Nabij.HostCore.Session;

/// <summary>
/// One help case on the customer's computer: the people who take part, each on an own connection, and the customer's
/// acts that concern all of them. Thread-safe; the acts take effect before they return.
/// </summary>
public sealed class HostSession
{
    /// <summary>Technician, colleague, second technician, relative (settled.md 13).</summary>
    public const int MostParticipants = 4;

    /// <summary>A session ends after so long, whatever happens in it (security.md 6.2).</summary>
    public static readonly TimeSpan LongestTime = TimeSpan.FromHours(4);

    private ImmutableList<Participant> participants = [];
    private readonly HashSet<(Participant, FileWay, uint)> written = [];
    private int pauses;

    /// <summary>What the customer may keep of it; null before a technician has proven the code.</summary>
    public CustomerLog? Log { get; internal set; }

    /// <summary>Whether what was copied goes to the technician, while somebody is connected.</summary>
    internal ClipboardQuestion? Copied { get; set; }

    /// <summary>Whether the facts about the computer go to the technician, while somebody is connected.</summary>
    internal FactsQuestion? Facts { get; set; }

    /// <summary>Who takes part now.</summary>
    public IReadOnlyList<Participant> Participants => participants;

    /// <summary>What holds the session now, for everybody.</summary>
    public Pauses Pauses => (Pauses)Volatile.Read(ref pauses);

    /// <summary>False when the session is full.</summary>
    public bool TryAdd(Participant participant)
    {
        if (!ImmutableInterlocked.Update(ref participants, list => list.Count < MostParticipants ? list.Add(participant) : list))
            return false;
        Settle(~Pauses.None);
        return true;
    }

    public void Remove(Participant participant) => ImmutableInterlocked.Update(ref participants, list => list.Remove(participant));

    /// <summary>Holds the session for everybody: no picture and no input of anyone from here on.</summary>
    public void Pause(Pauses why)
    {
        var before = (Pauses)Interlocked.Or(ref pauses, (int)why);
        Settle(why);
        if (why is not (Pauses.Copied or Pauses.Facts)) Copied?.Cancel();
        WritePause(before, before | why);
    }

    /// <summary>Takes these pauses away, for everybody.</summary>
    public void Lift(Pauses why)
    {
        var before = (Pauses)Interlocked.And(ref pauses, (int)~why);
        Settle(why);
        WritePause(before, before & ~why);
    }

    public void Grant(Permissions permissions)
    {
        var before = Granted;
        participants.ForEach(one => one.Grant(permissions));
        Log?.Add(LogEntryKind.Allowed, Granted & ~before);
    }

    public void Decline(Permissions permissions)
    {
        participants.ForEach(one => one.Decline(permissions));
        Log?.Add(LogEntryKind.NotAllowed, permissions);
    }

    public void Revoke(Permissions permissions)
    {
        var before = Granted;
        participants.ForEach(one => one.Revoke(permissions));
        if ((permissions & Permissions.ClipboardFromHost) != 0) Copied?.Cancel();
        Log?.Add(LogEntryKind.TakenBack, before & ~Granted);
    }

    /// <summary>After Stop: lets everybody's copying go to its end, unseen, and nothing else.</summary>
    public void LetFinish()
    {
        participants.ForEach(one => one.Files?.Finish());
        Pause(Pauses.Finishing);
    }

    /// <summary>After <see cref="LetFinish"/>: nothing is in flight any more, with anybody.</summary>
    public bool HasFinished => (Pauses & Pauses.Finishing) != 0
        && participants.All(one => one.Files is not { HasBegun: true } files || files.Now.IsFinished);

    /// <summary>The customer writes this to everybody who may chat; false when it goes to nobody.</summary>
    public bool TrySay(string text)
    {
        var isSaid = false;
        foreach (var one in participants) isSaid |= one.TrySay(text);
        return isSaid;
    }

    /// <summary>All lines that came stand before the customer.</summary>
    public void ShowLines() => participants.ForEach(one => one.ShowLines());

    /// <summary>
    /// Shares these displays with everybody and no others. The picture is taken away first, with what waits of it, and
    /// comes back anew: nothing of a display leaves after the customer has stopped sharing it.
    /// </summary>
    public void Share(HostDesktop desktop, DisplayChoice choice)
    {
        var resting = participants.ConvertAll(one => (Participant: one, Taken: one.Rest()));
        desktop.Share(choice);
        foreach (var (participant, taken) in resting)
            participant.GiveBack(taken);
        Log?.AddDisplays(desktop.Displays.Count(choice.Includes));
    }

    public void End(EndReason reason)
    {
        participants.ForEach(one => one.End(reason));
        participants.ForEach(WriteUnfinished);
        Log?.End(reason);
    }

    /// <summary>Writes what became of a file, once for each.</summary>
    internal void Write(Participant participant, FileOnItsWay file)
    {
        lock (written)
            if (!written.Add((participant, file.Way, file.Id))) return;
        var kind = file.Way == FileWay.ToHost ? LogEntryKind.FileReceived : LogEntryKind.FileSent;
        Log?.AddFile(kind, file is { Name: { } name, Hash: { } hash }
            ? LoggedFile.Arrived(name, file.Size, hash.Bytes)
            : LoggedFile.NotArrived(file.Path[^1], file.Size, file.Reason ?? TransferReason.NotAllowed));
    }

    /// <summary>What was in flight at the end did not arrive. The disk is not waited for to say so.</summary>
    internal void WriteUnfinished(Participant participant)
    {
        foreach (var file in participant.Files?.Now.InFlight ?? []) Write(participant, file);
    }

    // Of anybody: less than what the customer pressed, where the technician may not have all of it.
    private Permissions Granted => participants.Aggregate(Permissions.None, (all, one) => all | one.Granted);

    // Stop and Go on may come from two threads at the same moment: who was later above is later for everybody. Each thread
    // looks again after it has carried out what it saw, so the last one to carry out anything saw the last word.
    private void Settle(Pauses why)
    {
        Pauses held;
        do
        {
            held = Pauses & why;
            var lifted = why & ~held;
            foreach (var one in participants)
            {
                if (held != Pauses.None) one.Pause(held);
                if (lifted != Pauses.None) one.Lift(lifted);
            }
        }
        while ((Pauses & why) != held);
    }

    // After the act itself, which nothing may delay.
    private void WritePause(Pauses before, Pauses now)
    {
        if (PauseRules.Told(before) != PauseRules.Told(now)) Log?.AddPause(PauseRules.Told(now));
    }
}
