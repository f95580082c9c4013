using Nabij.HostCore.Files;
using Nabij.HostCore.Guard;
using Nabij.HostCore.Session;
using Nabij.Protocol;
using Nabij.Protocol.Clipboard;
using Nabij.Protocol.Facts;
using Nabij.Protocol.People;
using Nabij.Protocol.Session;

namespace Nabij.HostCore.Rendezvous;

/// <summary>What the engine tells the program around it, in the order in which it happened, from threads of the engine.</summary>
public abstract record CustomerEvent
{
    private CustomerEvent()
    {
    }

    /// <summary>There is a code to read aloud. The digits are for the customer's screen only.</summary>
    /// <param name="Digits">All nine.</param>
    /// <param name="Until">When the secret digits are replaced.</param>
    /// <param name="News">Why they are these.</param>
    public sealed record CodeReady(string Digits, DateTimeOffset Until, CodeNews News) : CustomerEvent
    {
        // The digits belong in no log.
        public override string ToString() => $"CodeReady {News}";
    }

    /// <summary>Somebody entered the nameplate; the handshake runs.</summary>
    public sealed record Joined : CustomerEvent;

    /// <summary>Somebody entered a wrong code: the secret digits are worth nothing any more.</summary>
    public sealed record WrongCode : CustomerEvent;

    /// <summary>Somebody entered the right code who may not help: revoked, or without a certificate that is good now.</summary>
    public sealed record TechnicianRefused(bool IsRevoked) : CustomerEvent;

    /// <summary>Three wrong codes in a row: there is no code until then.</summary>
    public sealed record Paused(DateTimeOffset Until) : CustomerEvent;

    /// <summary>Six wrong codes in a row: no more codes. The connection is over.</summary>
    public sealed record TooManyWrong : CustomerEvent;

    /// <summary>A technician has proven the code and who it is, and asks to look. Answer by Grant or End.</summary>
    /// <param name="Technician">The certified name; peer text.</param>
    /// <param name="Organization">The name in the verified document.</param>
    /// <param name="CheckNumber">Four digits.</param>
    /// <param name="Requested">What was asked for at once, within the ceiling.</param>
    public sealed record TechnicianConnected(string Technician, string Organization, string CheckNumber, Permissions Requested) : CustomerEvent;

    /// <summary>The technician asks for more. Answer by Grant or Decline.</summary>
    public sealed record Asked(Permissions Permissions) : CustomerEvent
    {
        /// <summary>Who asks (docs/protocol/13).</summary>
        public byte Person { get; init; } = HostSession.FirstPerson;
    }

    /// <summary>The technician's program tried what is not granted; it had no effect. Told once for each type of message.</summary>
    public sealed record Refused(Channel Channel, byte Type) : CustomerEvent
    {
        public byte Person { get; init; } = HostSession.FirstPerson;
    }

    /// <summary>The technician wrote a line of the chat; peer text.</summary>
    public sealed record LineCame(string Text) : CustomerEvent
    {
        /// <summary>Who wrote it.</summary>
        public byte Person { get; init; } = HostSession.FirstPerson;

        // What was said belongs in no log.
        public override string ToString() => "LineCame";
    }

    /// <summary>So many of the customer's lines have arrived, and so many of them were shown.</summary>
    public sealed record LinesMarked(ulong Delivered, ulong Seen) : CustomerEvent;

    /// <summary>Something is other than before with what is copied.</summary>
    /// <param name="Files">Its acts answer.</param>
    /// <param name="Now">How things stand.</param>
    public sealed record FilesChanged(FileExchange Files, FilesNow Now) : CustomerEvent
    {
        // Names of files belong in no log.
        public override string ToString() => "FilesChanged";
    }

    /// <summary>The technician put a text of so many bytes on the customer's clipboard.</summary>
    public sealed record TextPlaced(int Bytes) : CustomerEvent;

    /// <summary>The technician keeps a picture of the screen with the notes; it stands in the log under this number.</summary>
    public sealed record PictureKept(Guid Picture) : CustomerEvent
    {
        /// <summary>Who keeps it.</summary>
        public byte Person { get; init; } = HostSession.FirstPerson;
    }

    /// <summary>What the customer copied may go to the technician, if the customer says so. Answer by AnswerCopied within two minutes, once what was shown is shown no longer.</summary>
    /// <param name="Beginning">The first of it, in the form that travels; text of any program.</param>
    /// <param name="Characters">Of all of it, as Unicode code points.</param>
    /// <param name="IsOwnAct">The customer asked to send it; else the technician did.</param>
    public sealed record CopiedAsked(string Beginning, int Characters, bool IsOwnAct) : CustomerEvent
    {
        /// <summary>Whether the beginning is all.</summary>
        public required bool IsWhole { get; init; }

        /// <summary>A password manager, or the like, says that it is a secret.</summary>
        public required bool IsSecret { get; init; }

        /// <summary>To whom it would go.</summary>
        public byte Person { get; init; } = HostSession.FirstPerson;

        // What was copied belongs in no log.
        public override string ToString() => "CopiedAsked";
    }

    /// <summary>The question of CopiedAsked is over without the customer's answer: its time is, or something came in between. Answer by AnswerCopied too, once what was shown is shown no longer.</summary>
    public sealed record CopiedUnasked(ClipboardOutcome Why) : CustomerEvent;

    /// <summary>The technician asked for what the customer copied, or the customer wanted to send it, and there is nothing to send.</summary>
    public sealed record NothingCopied(ClipboardOutcome Why, bool IsOwnAct) : CustomerEvent;

    /// <summary>A text of so many bytes from the customer's clipboard has arrived at the technician.</summary>
    public sealed record TextGiven(int Bytes) : CustomerEvent;

    /// <summary>These facts go to the technician, if the customer says so. Answer by AnswerFacts within two minutes, once what was shown is shown no longer.</summary>
    public sealed record FactsAsked(IReadOnlyList<Fact> Facts) : CustomerEvent
    {
        /// <summary>To whom they would go.</summary>
        public byte Person { get; init; } = HostSession.FirstPerson;

        // What the computer is belongs in no log.
        public override string ToString() => "FactsAsked";
    }

    /// <summary>The question of FactsAsked is over without the customer's answer. Answer by AnswerFacts too, once what was shown is shown no longer.</summary>
    public sealed record FactsUnasked : CustomerEvent;

    /// <summary>Somebody sees the screen for an hour, or for an hour since the last such question. Answer by ConfirmHelp within two minutes, or the session pauses itself.</summary>
    public sealed record StillHelping : CustomerEvent;

    /// <summary>The session has paused itself, as by Stop; the customer may go on.</summary>
    public sealed record HeldBack(Pauses Why) : CustomerEvent;

    /// <summary>The window in front looks private: nobody sees the screen until the customer leaves it or shows it anyway.</summary>
    public sealed record Guarded(SensitiveKind Kind) : CustomerEvent;

    /// <summary>The window in front does not look private any more, or the customer shows it anyway.</summary>
    public sealed record Unguarded : CustomerEvent;

    /// <summary>The connection was lost: nobody sees the screen or uses the computer. The session goes on when it is back by then.</summary>
    public sealed record ConnectionAway(DateTimeOffset Until) : CustomerEvent
    {
        /// <summary>Whose connection.</summary>
        public byte Person { get; init; } = HostSession.FirstPerson;
    }

    /// <summary>The technician is back. After a long absence only looking is allowed; answer by Grant for the rest, or not at all.</summary>
    /// <param name="Held">What was allowed before and is not any more.</param>
    public sealed record ConnectionBack(Permissions Held) : CustomerEvent
    {
        /// <summary>Whose connection.</summary>
        public byte Person { get; init; } = HostSession.FirstPerson;
    }

    /// <summary>A technician asks whether a colleague may come. Answer by AnswerInvite within two minutes.</summary>
    /// <param name="Person">Who asks.</param>
    /// <param name="Name">Who is to come; peer text.</param>
    /// <param name="Reason">Why; peer text, may be empty.</param>
    /// <param name="Purpose">To come along, or to take over.</param>
    public sealed record InviteAsked(byte Person, string Name, string Reason, InvitePurpose Purpose) : CustomerEvent;

    /// <summary>There is a code for the one who was invited. The digits are for the customer's screen, and for the technician who invited, only.</summary>
    /// <param name="Digits">All nine.</param>
    /// <param name="Until">When they serve no longer.</param>
    /// <param name="Name">Whom it is for.</param>
    /// <param name="Role">What that one would be.</param>
    public sealed record InviteReady(string Digits, DateTimeOffset Until, string Name, ParticipantRole Role) : CustomerEvent
    {
        // The digits belong in no log.
        public override string ToString() => $"InviteReady {Role}";
    }

    /// <summary>An invitation is over: its question and its code are gone. Joined means that the code was proven; ParticipantConnected has told by whom.</summary>
    public sealed record InviteOver(InvitationState Why, string Name, ParticipantRole Role) : CustomerEvent;

    /// <summary>One more has proven a code and asks to look. Answer by Grant or Remove.</summary>
    /// <param name="Person">The number of this one from here on.</param>
    /// <param name="Role">What it is.</param>
    /// <param name="Name">The certified name; of a relative what the customer called it.</param>
    /// <param name="CheckNumber">Four digits.</param>
    public sealed record ParticipantConnected(byte Person, ParticipantRole Role, string Name, string CheckNumber) : CustomerEvent;

    /// <summary>This one has left, and the session goes on.</summary>
    public sealed record ParticipantLeft(byte Person, string Name, SessionEnd Reason) : CustomerEvent;

    /// <summary>Somebody is away or back, may more or less, or has control.</summary>
    public sealed record PeopleChanged : CustomerEvent;

    /// <summary>A relative has stopped the session, as by Stop.</summary>
    public sealed record Halted(byte Person, string Name) : CustomerEvent;

    /// <summary>The session is over for good, and the connection with it.</summary>
    public sealed record Ended(SessionEnd Reason) : CustomerEvent;

    /// <summary>A fault of our own ended everything: for a report, and for people to know that nobody sees the screen. The connection is over.</summary>
    public sealed record Faulted(Exception Failure) : CustomerEvent;

    /// <summary>There is no session, and something is in the way of one. The connection is over.</summary>
    public sealed record InTheWay(Trouble Trouble) : CustomerEvent;
}
