namespace Nabij.HostApp.Flow;

/// <summary>What is good to know and asks for nothing: it stands on the bar for a while. The newest counts. UI thread only.</summary>
/// <param name="state">The session.</param>
/// <param name="alarm">Makes a timer of the stage's.</param>
internal sealed class BarNotice(SessionState state, Func<Action, ITimer> alarm)
{
    private static readonly TimeSpan Shown = TimeSpan.FromSeconds(8);

    private (string Key, byte Person)? _newest;
    private ITimer? _ends;

    /// <summary>What the bar says, in the language of now; null for nothing.</summary>
    public string? Text => _newest is var (key, person) ? state.SpokenOf(person)[key] : null;

    /// <param name="key">The text.</param>
    /// <param name="person">Whose doing it is: the technician in the text.</param>
    public void Tell(string key, byte person)
    {
        _newest = (key, person);
        _ends ??= alarm(() =>
        {
            _newest = null;
            state.Refresh();
        });
        _ends.Change(Shown, Timeout.InfiniteTimeSpan);
        state.Refresh();
    }

    /// <summary>This technician keeps a picture of the screen: told at once, and at the end again.</summary>
    public void TellPicture(byte person)
    {
        state.Log.Add("log.picture-kept", state.NameOf(person));
        Tell("bar.picture-kept", person);
        state.Flow.Window.Announce(state.SpokenOf(person)["bar.picture-kept"]);
    }
}
