using Nabij.HostApp.Screens;
using Nabij.HostCore.Files;
using Nabij.HostCore.Rendezvous;
using Nabij.HostCore.Session;
using Nabij.Protocol;
using Nabij.Protocol.People;

namespace Nabij.HostApp.Flow;

/// <summary>
/// Everybody in the session beside the technician in front (docs/protocol/13): invitations with their question and code,
/// the meeting with one who came, what each is allowed, and how they leave. UI thread only.
/// </summary>
/// <param name="main">The session, and the technician in front.</param>
/// <param name="front">What the technician in front asks for.</param>
internal sealed class Company(SessionState main, PermissionQuestion front)
{
    private const string Remove = "remove-", BackControl = "back-control-";

    private readonly List<Guest> _guests = [];
    // Who came and was not answered yet; the first of them stands before the customer.
    private readonly List<Guest> _meetings = [];
    private readonly InviteWindow _invite = new(main);

    private CustomerFlow Flow => main.Flow;

    /// <summary>For the bar.</summary>
    public CompanyView View
    {
        get
        {
            List<(byte, string)> people = [.. main.IsVacant ? [] : new[] { (main.Person, main.Name) }, .. _guests.Where(one => one.IsIn).Select(one => (one.Person, one.Name))];
            var control = Flow.Line?.Session.Control ?? 0;
            var controlling = _guests.Where(one => one.State.Allowed.Control).Select(one => (one.Person, one.Name)).ToList();
            var mayInvite = !main.IsStopped && !_invite.IsOpen && people.Count < HostSession.MostParticipants;
            return new CompanyView(people, control == 0 ? null : main.NameOf(control), controlling, mayInvite) { IsVacant = main.IsVacant };
        }
    }

    /// <summary>Shows what is open again, as things are now and in the language of now.</summary>
    public void Show()
    {
        _invite.Show();
        if (_meetings is [var guest, ..])
            Flow.Window.Show(CustomerFlow.JoinWindow, InviteScreens.WhoJoins(guest.State.Spoken, guest.Role, guest.CheckNumber, main.IsVacant ? main.Name : null));
    }

    /// <summary>True when it was for this.</summary>
    public bool Hear(CustomerEvent told)
    {
        switch (told)
        {
            case CustomerEvent.InviteAsked asked:
                _invite.Ask(asked);
                return true;
            case CustomerEvent.InviteReady ready:
                _invite.ShowCode(ready);
                return true;
            case CustomerEvent.InviteOver over:
                _invite.End(over);
                main.Refresh();
                return true;
            case CustomerEvent.ParticipantConnected connected:
                Meet(connected);
                return true;
            case CustomerEvent.ParticipantLeft left:
                Part(left);
                return true;
            case CustomerEvent.Asked asked when Find(asked.Person) is { } guest:
                Consider(guest, asked.Permissions);
                return true;
            case CustomerEvent.ConnectionBack back when Find(back.Person) is { } guest:
                guest.State.AwayUntil = null;
                guest.State.Forget(back.Held);
                return true;
            case CustomerEvent.ConnectionAway away when Find(away.Person) is { } guest:
                guest.State.AwayUntil = away.Until;
                main.Refresh();
                return true;
            case CustomerEvent.PeopleChanged:
                main.Refresh();
                return true;
            default:
                return false;
        }
    }

    /// <summary>True when it was for this.</summary>
    public bool Take(Happening happening)
    {
        switch (happening)
        {
            case { Window: CustomerFlow.InviteWindow }:
                _invite.Answer(happening);
                return true;
            case { Window: CustomerFlow.JoinWindow }:
                AnswerMeeting(happening.Part);
                return true;
            case { Window: Bar.Window, Part: "invite" }:
                _invite.AskName();
                return true;
            case { Window: Bar.Window } when PersonOf(happening.Part, Remove) is { } person:
                Flow.Line?.Remove(person);
                return true;
            case { Window: Bar.Window } when PersonOf(happening.Part, BackControl) is { } person && Find(person) is { } guest:
                guest.State.TakeBack(PermissionStep.Control, "log.back-control");
                return true;
            default:
                if (_guests.Find(one => happening.Window == Guest.AskWindow(one.Person)) is not { } asking)
                    return false;
                asking.Question.Answer(happening.Screen, happening.Part);
                return true;
        }
    }

    /// <summary>What the menu offers about this person.</summary>
    public static string RemoveId(byte person) => Remove + Number(person);

    public static string BackControlId(byte person) => BackControl + Number(person);

    /// <summary>Stop: whatever is being asked is over.</summary>
    public void DeclineAll()
    {
        foreach (var guest in _guests)
            guest.Question.Decline();
    }

    public void Close()
    {
        _invite.Close();
        Flow.Window.Close(CustomerFlow.JoinWindow);
        foreach (var guest in _guests)
            guest.Question.Close();
        _meetings.Clear();
    }

    private Guest? Find(byte person) => _guests.Find(one => one.Person == person);

    private void Meet(CustomerEvent.ParticipantConnected connected)
    {
        main.Call(connected.Person, connected.Name);
        var state = new SessionState(Flow, connected.Name, main.Refresh, connected.Person) { Main = main, Log = main.Log };
        var guest = new Guest(state, new PermissionQuestion(state, Guest.AskWindow(connected.Person)), connected.Role, connected.CheckNumber);
        _guests.Add(guest);
        _meetings.Add(guest);
        if (_meetings.Count == 1)
            ShowMeeting();
    }

    private void ShowMeeting()
    {
        Show();
        Flow.Window.Raise(CustomerFlow.JoinWindow);
    }

    // Whoever came behind this one is met next, in a window of its own: no press meant for one lets in another.
    private void EndMeeting(Guest guest)
    {
        var isShown = _meetings is [var shown, ..] && shown == guest;
        _meetings.Remove(guest);
        if (!isShown)
            return;
        Flow.Window.Close(CustomerFlow.JoinWindow);
        if (_meetings.Count > 0)
            ShowMeeting();
    }

    private void AnswerMeeting(string part)
    {
        if (_meetings is not [var guest, ..] || part is not ("yes" or "no" or "differ" or Happening.Closed))
            return;
        EndMeeting(guest);
        if (part == "yes")
        {
            LetIn(guest);
            return;
        }

        main.Log.Add("log.refused-join");
        Flow.Line?.Remove(guest.Person, part == "differ" ? EndReason.NumbersDiffer : EndReason.Declined);
    }

    private void LetIn(Guest guest)
    {
        guest.State.HasBegun = true;
        // Chat comes with look; a relative reads what is said, and writes nothing.
        guest.State.Give(guest.Role == ParticipantRole.Relative ? Permissions.View : Permissions.View | Permissions.Chat, "log.joined");
        var isAlone = main.IsVacant;
        if (isAlone && guest.Role == ParticipantRole.Technician)
            PutInFront(guest);
        Flow.Window.Announce(guest.State.Spoken[isAlone ? "announce.looking" : "announce.joined"]);
    }

    // Files go to and from the technician in front only: two at once nobody could follow.
    private void Consider(Guest guest, Permissions asked)
    {
        var considered = asked & ~FileWays.Both;
        // Who was not let in is met first: nothing else brings anybody in.
        if (!guest.IsIn || considered == Permissions.None)
            Flow.Line?.Decline(asked, guest.Person);
        else
            guest.Question.Ask(considered);
    }

    // The next technician who was let in is in front when the one in front has left.
    private void Part(CustomerEvent.ParticipantLeft left)
    {
        main.Log.Add("log.left");
        Flow.Window.Announce(main.SpokenOf(left.Person)["announce.left"]);
        if (Find(left.Person) is { } guest)
            Forget(guest);
        else if (left.Person == main.Person)
            Follow();
        main.Refresh();
    }

    private void Forget(Guest guest)
    {
        guest.Question.Decline();
        _guests.Remove(guest);
        EndMeeting(guest);
    }

    // Who has not been let in yet is met first; until then nobody sees anything.
    private void Follow()
    {
        front.Decline();
        main.Vacate();
        if (_guests.Find(one => one is { Role: ParticipantRole.Technician, IsIn: true }) is { } next)
            PutInFront(next);
    }

    // What this one was asking for in a window of a guest is asked for anew.
    private void PutInFront(Guest guest)
    {
        main.Become(guest.State);
        Forget(guest);
        main.Refresh();
    }

    private static byte? PersonOf(string part, string prefix) =>
        part.StartsWith(prefix, StringComparison.Ordinal) && byte.TryParse(part.AsSpan(prefix.Length), out var person) ? person : null;

    private static string Number(byte person) => person.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
