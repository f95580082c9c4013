using System.Collections.Immutable;
using Nabij.HostCore.Clipboard;
using Nabij.HostCore.Facts;
using Nabij.HostCore.Files;
using Nabij.HostCore.Picture;
using Nabij.Protocol;
using Nabij.Protocol.Chat;
using Nabij.Protocol.Files;
using Nabij.Protocol.Log;
using Nabij.Protocol.People;

namespace Nabij.HostCore.Session;

/// <summary>
/// One help case on the customer's computer: the people who take part, each on an own connection, and the customer's
/// acts that concern all of them. Thread-safe; the acts take effect before they return.
/// </summary>
public sealed class HostSession
{
    /// <summary>Technician, colleague, second technician, relative (settled.md 13).</summary>
    public const int MostParticipants = PeopleLimits.MostParticipants;

    /// <summary>The technician of the first code.</summary>
    public const byte FirstPerson = 1;

    /// <summary>A session ends after so long, whatever happens in it (security.md 6.2).</summary>
    public static readonly TimeSpan LongestTime = TimeSpan.FromHours(4);

    private ImmutableList<Participant> participants = [];
    private readonly HashSet<(Participant, FileWay, uint)> written = [];
    private readonly HashSet<Participant> left = [];
    private readonly Lock telling = new(), joining = new();
    private int pauses, lastPerson;
    private ulong said;
    private volatile bool isEnding;

    public HostSession() => Seat.Changed += TellPeople;

    /// <summary>It ends for everybody, by the customer or the program: nobody else comes any more. From any thread.</summary>
    internal event Action? Ending;

    /// <summary>Who takes part, what they may, or who has control is other than before. From any thread.</summary>
    public event Action? PeopleChanged;

    /// <summary>Who has mouse and keyboard.</summary>
    internal ControlSeat Seat { get; } = new();

    /// <summary>The one who has mouse and keyboard; 0 for nobody.</summary>
    public byte Control => Seat.Holder?.Person ?? 0;

    /// <summary>The technician who has been here longest; of those who keep the session alive by being asked about only where nobody else is; null when there is none.</summary>
    public Participant? Lead => participants.Find(one => one is { IsTechnician: true, IsIn: true }) ?? participants.Find(Leads);

    /// <summary>The session goes on: a technician is there for whom it does.</summary>
    internal bool GoesOn => !isEnding && participants.Exists(Leads);

    /// <summary>The participant of this number, or the lead for 0; null when there is none.</summary>
    public Participant? Find(byte person) => person == 0 ? Lead : participants.Find(one => one.Person == person);

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

    /// <summary>False when the session is full, or ends.</summary>
    public bool TryAdd(Participant participant)
    {
        // Under the lock under which it is decided that the session ends: nobody is added behind that, and missed by it.
        lock (joining)
        {
            if (isEnding || participants.Count >= MostParticipants) return false;
            participant.Person = (byte)++lastPerson;
            ImmutableInterlocked.Update(ref participants, list => list.Add(participant));
        }
        participant.Intake.MayAsk = () => participant.IsIn || participant.Person == FirstPerson;
        participant.Intake.HasControl = () => Seat.TryUse(participant);
        participant.Intake.AfterInput = Seat.TellNew;
        Settle(~Pauses.None);
        return true;
    }

    /// <summary>
    /// This one has left. With the last technician who was let in relatives leave too: nobody watches what nobody helps with.
    /// Without one for whom it goes on, the session ends for everybody.
    /// </summary>
    public void Remove(Participant participant)
    {
        ImmutableInterlocked.Update(ref participants, list => list.Remove(participant));
        Seat.Leave(participant);
        var (goesOn, helps) = (GoesOn, participants.Exists(one => one is { IsTechnician: true, IsIn: true }));
        foreach (var one in participants)
            if (!goesOn || !helps && !one.IsTechnician) one.End(EndReason.TechnicianEnded);
        TellPeople();
    }

    /// <summary>Writes that this one has left: the end of the log, when no technician goes on. Once for each.</summary>
    internal void WriteLeft(Participant participant, EndReason? reason)
    {
        lock (telling)
            if (!left.Add(participant)) return;
        bool goesOn;
        lock (joining)
        {
            goesOn = !isEnding && participants.Exists(one => Leads(one) && !ReferenceEquals(one, participant) && !HasLeft(one));
            isEnding |= !goesOn && participant.IsTechnician;
        }
        if (!goesOn && participant.IsTechnician) Log?.End(reason);
        else if (participant.IsIn) Log?.AddLeft(participant.Person, reason);
    }

    /// <summary>Holds the session for everybody: no picture and no input of anyone from here on.</summary>
    /// <param name="why">What holds it.</param>
    /// <param name="person">The relative who stopped it; 0 for the customer, or the program.</param>
    public void Pause(Pauses why, byte person = 0)
    {
        var before = (Pauses)Interlocked.Or(ref pauses, (int)why);
        Settle(why);
        if (why is not (Pauses.Copied or Pauses.Facts)) Copied?.Cancel();
        WritePause(before, before | why, person);
    }

    /// <summary>Takes these pauses away, for everybody.</summary>
    public void Lift(Pauses why)
    {
        var before = (Pauses)Interlocked.And(ref pauses, (int)~why);
        Settle(why);
        WritePause(before, before & ~why);
    }

    /// <summary>The customer allows these to one participant; the first look lets it in, and before it there is nothing else for a newcomer.</summary>
    /// <param name="permissions">What.</param>
    /// <param name="person">Whom; 0 for the lead.</param>
    public void Grant(Permissions permissions, byte person = 0)
    {
        if (Find(person) is not { } one) return;
        if (one is { IsIn: false, Person: > FirstPerson } && (permissions & Permissions.View) == 0) return;
        var before = one.Granted;
        var isNew = (permissions & Permissions.View) != 0 && one.LetIn(said);
        if (isNew && one.Person > FirstPerson) Log?.AddJoined(one.Person, one.Logged);
        one.Grant(permissions);
        Log?.Add(LogEntryKind.Allowed, one.Granted & ~before, one.Person);
        TellPeople();
    }

    /// <summary>The customer says no to what one participant asked.</summary>
    public void Decline(Permissions permissions, byte person = 0)
    {
        if (Find(person) is not { } one) return;
        one.Decline(permissions);
        Log?.Add(LogEntryKind.NotAllowed, permissions, one.Person);
    }

    /// <summary>The customer takes these back from one participant.</summary>
    public void Revoke(Permissions permissions, byte person = 0)
    {
        if (Find(person) is not { } one) return;
        var before = one.Granted;
        one.Revoke(permissions);
        if ((permissions & Permissions.ClipboardFromHost) != 0) Copied?.Cancel(one.Clipboard);
        if (!one.MayControl) Seat.Leave(one);
        Log?.Add(LogEntryKind.TakenBack, before & ~one.Granted, one.Person);
        TellPeople();
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
        lock (telling)
        {
            var all = participants.FindAll(one => one.IsIn);
            var missed = all.FindAll(one => !one.TrySay(text));
            if (missed.Count == all.Count) return false;
            said++;
            missed.ForEach(one => one.Miss());
            return true;
        }
    }

    /// <summary>A technician said this: the others who were let in hear it too.</summary>
    internal void Pass(Participant from, ChatLine line)
    {
        foreach (var one in participants)
            if (!ReferenceEquals(one, from)) one.Pass(from.Person, line);
    }

    /// <summary>How many of the customer's lines every technician who may chat has, and was shown.</summary>
    internal (ulong Delivered, ulong Seen) Marks
    {
        get
        {
            var all = participants.FindAll(one => one is { IsTechnician: true, IsIn: true, MayHear: true }).ConvertAll(one => one.Marks);
            return all.IsEmpty ? (0, 0) : (all.Min(one => one.Delivered), all.Min(one => one.Seen));
        }
    }

    /// <summary>Tells everybody who was let in who takes part.</summary>
    internal void TellPeople()
    {
        // One after the other: the newest word is the last one.
        lock (telling)
        {
            var all = participants.FindAll(one => one.IsIn);
            var listed = all.ConvertAll(one => one.Listed);
            var control = Seat.Holder is { } holder && all.Contains(holder) ? holder.Person : (byte)0;
            foreach (var one in all) one.Tell(new Everybody(one.Person, control, listed));
        }
        PeopleChanged?.Invoke();
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
        lock (joining) isEnding = true;
        participants.ForEach(one => one.End(reason));
        participants.ForEach(WriteUnfinished);
        Log?.End(reason);
        Ending?.Invoke();
    }

    /// <summary>Writes what became of a file, once for each.</summary>
    internal void Write(Participant participant, FileOnItsWay file)
    {
        lock (written)
            if (!written.Add((participant, file.Way, file.Id))) return;
        var kind = file.Way == FileWay.ToHost ? LogEntryKind.FileReceived : LogEntryKind.FileSent;
        Log?.AddFile(kind, file is { Name: { } name, Hash: { } hash }
            ? LoggedFile.Arrived(name, file.Size, hash.Bytes)
            : LoggedFile.NotArrived(file.Path[^1], file.Size, file.Reason ?? TransferReason.NotAllowed), participant.Person);
    }

    /// <summary>What was in flight at the end did not arrive. The disk is not waited for to say so.</summary>
    internal void WriteUnfinished(Participant participant)
    {
        foreach (var file in participant.Files?.Now.InFlight ?? []) Write(participant, file);
    }

    // The technician of the code that the session began with, those who were let in since, and the one to whom it is handed
    // over while the customer is asked about that one (docs/protocol/13, "Leaving").
    private static bool Leads(Participant one) => one.IsTechnician && (one.IsIn || one.TakesOver || one.Person == FirstPerson);

    private bool HasLeft(Participant one)
    {
        lock (telling) return left.Contains(one);
    }

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
    private void WritePause(Pauses before, Pauses now, byte person = 0)
    {
        if (PauseRules.Told(before) != PauseRules.Told(now)) Log?.AddPause(PauseRules.Told(now), person);
    }
}
