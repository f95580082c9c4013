using Nabij.HostCore.Clipboard;
using Nabij.HostCore.Facts;
using Nabij.HostCore.Session;
using Nabij.Protocol;
using Nabij.Protocol.Control;
using Nabij.Protocol.Log;
using Nabij.Protocol.People;

namespace Nabij.HostCore.Rendezvous;

/// <summary>
/// One participant's way through a session: what it brings about is told and written down under its number, its lost
/// connections are found again, and its leaving is said to the others. One per participant; made before it runs.
/// </summary>
internal sealed class ParticipantLeg
{
    // docs/protocol/14, "Telling the customer".
    private static readonly TimeSpan LeastBetweenPictures = TimeSpan.FromSeconds(1);

    private readonly HostSession session;
    private readonly Participant participant;
    private readonly Action<CustomerEvent> tell;
    private readonly WayBack wayBack;
    private readonly EventPace picturePace;
    private Guid? newestPicture;

    public ParticipantLeg(CustomerOptions options, HostSession session, Participant participant, Action<CustomerEvent> tell)
    {
        (this.session, this.participant, this.tell) = (session, participant, tell);
        var paired = participant.Run ?? throw new ArgumentException("The participant has no run.", nameof(participant));
        picturePace = new EventPace(LeastBetweenPictures, options.Time);
        wayBack = new WayBack(options, paired, participant, TellAsOwn);
        Follow();
    }

    /// <summary>What the session has one of for all: whether copied text and the facts go, and who pays attention.</summary>
    public required (ClipboardQuestion Copied, FactsQuestion Facts, Attention Attention) Shared
    {
        init
        {
            var (copied, facts, attention) = value;
            var (intake, person) = (participant.Intake, participant.Person);
            intake.CopiedWanted += number => copied.Ask(participant.Clipboard, number, person);
            participant.Clipboard.Forgotten += () => copied.Cancel(participant.Clipboard);
            intake.FactsWanted += () => facts.Ask(participant.Facts, person);
            participant.Facts.Forgotten += () => facts.Cancel(participant.Facts);
            intake.Acted += attention.NoteInput;
        }
    }

    /// <summary>What the participant would like beside the picture: invitations, control, a relative's stop.</summary>
    public required Action<Participant, PeopleMessage> Wanted { get; init; }

    /// <summary>Hears that the participant is away, or has left.</summary>
    public required Action<Participant> Gone { get; init; }

    /// <summary>Runs until the participant has left for good; says why.</summary>
    /// <param name="first">Its first connection, which runs already.</param>
    public async Task<SessionEnd> RunAsync(Task<SessionEnd> first)
    {
        SessionEnd? end = null;
        try
        {
            end = await first.ConfigureAwait(false);
            while (participant.Lost is not null)
            {
                session.Seat.Leave(participant);
                session.Log?.AddLost(participant.Person);
                session.TellPeople();
                Gone(participant);
                end = await wayBack.GoAsync().ConfigureAwait(false);
            }
            return end.Value;
        }
        finally
        {
            session.WriteUnfinished(participant);
            // Where the program has a word of its own for it, or failed, the protocol has none.
            session.WriteLeft(participant, end is { } reason && Enum.IsDefined((EndReason)reason) ? (EndReason)reason : null);
            session.Remove(participant);
            Gone(participant);
        }
    }

    /// <summary>After an end while the connection was away: tells the server.</summary>
    public Task TellEndAsync(CancellationToken cancellationToken) => wayBack.TellEndAsync(cancellationToken);

    private void Follow()
    {
        var (intake, person) = (participant.Intake, participant.Person);
        intake.Asked += permissions => tell(new CustomerEvent.Asked(permissions) { Person = person });
        intake.LineCame += line =>
        {
            session.Pass(participant, line);
            tell(new CustomerEvent.LineCame(line.Text) { Person = person });
        };
        intake.LinesMarked += (_, _) => TellMarks();
        intake.Refused += (channel, type) =>
        {
            session.Log?.AddRefused(channel, type, person);
            tell(new CustomerEvent.Refused(channel, type) { Person = person });
        };
        intake.PictureKept += Note;
        intake.PeopleWanted += message => Wanted?.Invoke(participant, message);
        intake.CopiedArrived += bytes => tell(new CustomerEvent.TextGiven(bytes));
        participant.Clipboard.Placed += bytes =>
        {
            session.Log?.AddClipboard(LogEntryKind.ClipboardPlaced, bytes, person);
            tell(new CustomerEvent.TextPlaced(bytes));
        };
        participant.CameBack += held =>
        {
            session.Log?.AddResumed(held, person);
            session.TellPeople();
        };
        FollowFiles();
    }

    // Also what becomes of the files when the participant goes: its last word comes from its disposal.
    private void FollowFiles()
    {
        if (participant.Files is not { } files) return;
        files.Ended += file => session.Write(participant, file);
        files.Changed += () =>
        {
            tell(new CustomerEvent.FilesChanged(files, files.Now));
            if (session.HasFinished) session.End(EndReason.CustomerEnded);
        };
    }

    // The reader's thread. Nothing is kept that the log does not have: what is not written is not answered. A repeated one is
    // only answered: the answer before was lost with its line.
    private void Note(Guid picture)
    {
        if (picture != newestPicture)
        {
            if (!picturePace.IsDue() || session.Log?.TryAddPicture(picture, participant.Person) != true) return;
            newestPicture = picture;
            tell(new CustomerEvent.PictureKept(picture) { Person = participant.Person });
        }
        participant.Answer(new PictureNoted(picture));
    }

    // A relative's marks say nothing about whom the customer talks to.
    private void TellMarks()
    {
        if (!participant.IsTechnician) return;
        var (delivered, seen) = session.Marks;
        tell(new CustomerEvent.LinesMarked(delivered, seen));
    }

    private void TellAsOwn(CustomerEvent what) => tell(what switch
    {
        CustomerEvent.ConnectionAway away => away with { Person = participant.Person },
        CustomerEvent.ConnectionBack back => back with { Person = participant.Person },
        _ => what,
    });
}
