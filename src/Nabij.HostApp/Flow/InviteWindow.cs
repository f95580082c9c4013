using System.Text;
using Nabij.HostApp.Screens;
using Nabij.HostCore.Rendezvous;
using Nabij.Protocol.People;

namespace Nabij.HostApp.Flow;

/// <summary>
/// The window of one invitation: whether a colleague may come, or whom the customer invites; then the code; then, where
/// nobody came, why. UI thread only.
/// </summary>
internal sealed class InviteWindow(SessionState state)
{
    private CustomerEvent.InviteAsked? _asked;
    private CustomerEvent.InviteReady? _ready;
    private CustomerEvent.InviteOver? _over;
    private string? _name;
    private bool _isRefused;

    private CustomerFlow Flow => state.Flow;

    /// <summary>Something of an invitation stands before the customer.</summary>
    public bool IsOpen => _asked is not null || _ready is not null || _over is not null || _name is not null;

    /// <summary>A technician asks whether a colleague may come.</summary>
    public void Ask(CustomerEvent.InviteAsked asked)
    {
        Forget();
        _asked = asked;
        ShowInFront();
        Flow.Window.Announce(state.SpokenOf(asked.Person)["invite.heading"]);
    }

    /// <summary>The customer would like somebody to watch: who?</summary>
    public void AskName()
    {
        if (IsOpen)
            return;
        _name = string.Empty;
        ShowInFront();
    }

    public void ShowCode(CustomerEvent.InviteReady ready)
    {
        Forget();
        _ready = ready;
        ShowInFront();
    }

    /// <summary>The invitation is over; told where somebody waits for it in vain.</summary>
    public void End(CustomerEvent.InviteOver over)
    {
        var wasOpen = IsOpen;
        Forget();
        if (wasOpen && over.Why is InvitationState.Expired or InvitationState.WrongCode or InvitationState.Full or InvitationState.Unavailable)
        {
            _over = over;
            ShowInFront();
            return;
        }
        Leave();
    }

    public void Show()
    {
        if (ScreenNow() is { } screen)
            Flow.Window.Show(CustomerFlow.InviteWindow, screen);
    }

    public void Answer(Happening happening)
    {
        switch (happening.Part)
        {
            case InviteScreens.NameId:
                (_name, _isRefused) = (happening.Value ?? string.Empty, false);
                break;
            case "yes" when _asked is not null:
                Reply(true);
                break;
            case "no" or Happening.Closed when _asked is not null:
                Reply(false);
                break;
            case "invite" when _name is not null:
                Invite(_name);
                break;
            case "withdraw" or Happening.Closed when _ready is not null:
                Flow.Line?.WithdrawInvite();
                break;
            case "no" or "close" or Happening.Closed:
                Leave();
                break;
            default:
                break;
        }
    }

    /// <summary>Takes the window away.</summary>
    public void Close()
    {
        Forget();
        Flow.Window.Close(CustomerFlow.InviteWindow);
    }

    private void Leave()
    {
        Close();
        state.Refresh();
    }

    private void Reply(bool agrees)
    {
        state.Log.Add(agrees ? "log.invited" : "log.refused-invite");
        Forget();
        Flow.Window.Close(CustomerFlow.InviteWindow);
        Flow.Line?.AnswerInvite(agrees);
        state.Refresh();
    }

    private void Invite(string typed)
    {
        var name = Fit(typed);
        if (name.Length == 0)
            return;
        _isRefused = Flow.Line?.TryInviteRelative(name) != true;
        if (_isRefused)
        {
            Show();
            return;
        }
        state.Log.Add("log.invited");
        Forget();
        Flow.Window.Close(CustomerFlow.InviteWindow);
    }

    // Short enough to be read aloud: without the scheme.
    private string WatchAddress => Flow.Organization is { Document: { } document }
        ? $"{document.Origin[(document.Origin.IndexOf("//", StringComparison.Ordinal) + 2)..]}/o/{document.Slug}/watch"
        : string.Empty;

    private Screen? ScreenNow()
    {
        if (_asked is { } asked)
            return InviteScreens.Ask(state.SpokenOf(asked.Person), asked);
        if (_ready is { } ready)
            return InviteScreens.Code(state.Spoken, ready, WatchAddress);
        if (_over is { } over)
            return InviteScreens.Over(state.Spoken, over);
        return _name is { } name ? InviteScreens.Name(state.Spoken, name, _isRefused) : null;
    }

    private void ShowInFront()
    {
        Show();
        Flow.Window.Raise(CustomerFlow.InviteWindow);
        state.Refresh();
    }

    private void Forget()
    {
        (_asked, _ready, _over, _name) = (null, null, null, null);
        _isRefused = false;
    }

    // At most 64 bytes, without control characters (docs/protocol/13).
    private static string Fit(string typed)
    {
        var kept = new StringBuilder();
        var bytes = 0;
        foreach (var rune in typed.Trim().EnumerateRunes())
        {
            if (Rune.IsControl(rune) || bytes + rune.Utf8SequenceLength > PeopleLimits.NameBytes)
                continue;
            bytes += rune.Utf8SequenceLength;
            kept.Append(rune);
        }
        return kept.ToString();
    }
}
