using Nabij.HostCore.Rendezvous;
using Nabij.Protocol;
using Nabij.Protocol.Chat;
using Nabij.Protocol.Log;
using Nabij.Protocol.People;
using Nabij.Protocol.Rendezvous;

namespace Nabij.HostCore.Session;

/// <summary>What makes a participant one of several (docs/protocol/13): its number, its role, what the others hear of it and it of them.</summary>
public sealed partial class Participant
{
    private Moment? letIn;

    /// <summary>1 for the technician of the first code; 0 before it is in a session.</summary>
    public byte Person { get; internal set; }

    /// <summary>What it is.</summary>
    public ParticipantRole Role { get; }

    /// <summary>The certified name, or what the customer calls a relative; text.</summary>
    public string Name { get; }

    /// <summary>The customer has let it look once: before that nobody else hears of it, and it of nobody.</summary>
    public bool IsIn => letIn is not null;

    /// <summary>It came by an invitation to take over, to which the customer had agreed.</summary>
    internal bool TakesOver { get; init; }

    public bool IsTechnician => Role == ParticipantRole.Technician;

    /// <summary>The server's number of its run and the cookie for it; null in tests of one participant alone.</summary>
    internal PairedHost? Run { get; set; }

    /// <summary>How many of the customer's lines it has, and how many of them it was shown.</summary>
    internal (ulong Delivered, ulong Seen) Marks => conversation.Marks;

    /// <summary>Whether the customer's lines, and those of others, go to it.</summary>
    internal bool MayHear => (gate.Granted & (IsTechnician ? Permissions.Chat : Permissions.View)) != 0;

    /// <summary>Whether it may use mouse or keyboard, when it has control.</summary>
    internal bool MayControl => (gate.Granted & (Permissions.Pointer | Permissions.Keyboard)) != 0;

    /// <summary>The customer lets it in, after so many lines of the chat; false when it is in already.</summary>
    internal bool LetIn(ulong lines)
    {
        if (letIn is not null) return false;
        letIn = Moment.Now(time);
        conversation.BeginAfter(lines);
        return true;
    }

    /// <summary>How the others see it.</summary>
    internal ListedParticipant Listed =>
        new(Person, Role, Lost is not null, gate.Granted, (uint)Math.Clamp(letIn?.Elapsed(time).TotalSeconds ?? 0, 0, uint.MaxValue), Name);

    /// <summary>Who it is, for the customer's log.</summary>
    internal LoggedPerson Logged => new(Role, Technician.TechnicianId, Name);

    /// <summary>Tells who takes part. What happens while the viewer is away it is told when it is back.</summary>
    internal void Tell(Everybody everybody)
    {
        if (IsIn && Lost is null) queues.PutEverybody(everybody.Encode());
    }

    internal void Tell(Invitation invitation)
    {
        if (Lost is null) queues.PutInvitation(invitation.Encode());
    }

    /// <summary>Another participant said this.</summary>
    internal void Pass(byte person, ChatLine line)
    {
        if (IsIn && MayHear) conversation.TryPass(person, line.Text);
    }

    /// <summary>The customer said something that this one does not get.</summary>
    internal void Miss() => conversation.Miss();

    /// <summary>Somebody else has control now: lets go of everything held, behind whatever has effect at this moment.</summary>
    internal void LetGo() => gate.Observe(_ => ReleaseInput());
}
