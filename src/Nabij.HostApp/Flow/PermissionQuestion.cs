using Nabij.HostApp.Screens;
using Nabij.Protocol;

namespace Nabij.HostApp.Flow;

/// <summary>
/// The question for one step more, while it is open, and the one after a long absence. The engine lets one question of
/// each technician through at a time. An answer counts for the one in whose name it was asked. UI thread only.
/// </summary>
/// <param name="state">The technician's.</param>
/// <param name="window">Where it is asked.</param>
internal sealed class PermissionQuestion(SessionState state, string window = CustomerFlow.AskWindow)
{
    private Permissions _asked;
    private Permissions _before;
    private PermissionStep? _step;
    private byte _person;

    /// <summary>The technician asks for these. While the session is held the answer is no.</summary>
    public void Ask(Permissions permissions)
    {
        (_asked, _person) = (permissions, state.Person);
        if (state.IsStopped || PermissionStep.First(permissions, state.Granted) is not { } step)
        {
            Decline();
            return;
        }

        (_before, _step) = (Permissions.None, step);
        Show(SessionScreens.Ask(state.Spoken, step));
    }

    /// <param name="screen">The screen that was answered: an answer to another question than the open one is none.</param>
    /// <param name="part">What was pressed.</param>
    public void Answer(string screen, string part)
    {
        if (_asked == Permissions.None || _person != state.Person || _step is not { } step || screen != SessionScreens.AskId(step))
            return;
        switch (part)
        {
            case "yes":
                // Only what the dialog put in words: no step brings anything else along.
                _asked = Permissions.None;
                Close();
                state.Give(step.Gives, "log." + step.Name);
                if (step.Announced is { } announced)
                    state.Flow.Window.Announce(state.Spoken[announced]);
                break;
            case "no" or Happening.Closed:
                state.Log.Add("log.refused-" + step.Name);
                Decline();
                break;
            default:
                break;
        }
    }

    /// <summary>The answer is no, whichever of the two questions is open.</summary>
    public void Decline()
    {
        if (_asked != Permissions.None)
            state.Flow.Line?.Decline(_asked, _person);
        else if (_before == Permissions.None)
            return;
        _asked = _before = Permissions.None;
        Close();
    }

    /// <summary>After a long absence: whether the technician may go on with what was allowed before.</summary>
    public void AskAgain(Permissions before)
    {
        Decline();
        (_before, _person) = (before, state.Person);
        Show(SessionScreens.Again(state.Spoken));
    }

    public void AnswerAgain(string part)
    {
        if (part is not ("yes" or "no" or Happening.Closed))
            return;
        var given = part == "yes" && _person == state.Person ? _before : Permissions.None;
        _before = Permissions.None;
        Close();
        if (given == Permissions.None)
            return;
        state.Give(given, "log.again");
        if (given.HasFlag(PermissionStep.Control))
            state.Flow.Window.Announce(state.Spoken["announce.controlling"]);
    }

    public void Close() => state.Flow.Window.Close(window);

    private void Show(Screen screen)
    {
        state.Flow.Window.Show(window, screen);
        state.Flow.Window.Raise(window);
    }
}
