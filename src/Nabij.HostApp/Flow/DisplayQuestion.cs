using Nabij.HostCore.Picture;

namespace Nabij.HostApp.Flow;

/// <summary>
/// Which displays the customer shares: the choice in force, and the question while it is open, with the numbers on the
/// displays themselves. With one display nothing is asked: that one it is. UI thread only.
/// </summary>
internal sealed class DisplayQuestion(CustomerFlow flow)
{
    private readonly HashSet<string> _ticked = new(StringComparer.Ordinal);
    private HashSet<string> _chosen = new(StringComparer.Ordinal);
    private DisplayReason _reason;

    /// <summary>The window in which the question stands; null while it is not open.</summary>
    public string? OpenIn { get; private set; }

    /// <summary>The computer's displays.</summary>
    public IReadOnlyList<DesktopDisplay> Displays => flow.Desktop?.Displays ?? [];

    /// <summary>What is shared, for the bar.</summary>
    public Sharing Sharing
    {
        get
        {
            var displays = Displays;
            PixelArea[] shared = [.. ScreenLayout.Of(displays, DisplayChoice.Of(_chosen)).DesktopAreas];
            return new Sharing(shared, displays.Count > 1 || _chosen.Count > 0 && shared.Length == 0)
            {
                IsTooLarge = shared.Length == 0 && displays.Any(one => _chosen.Contains(one.Key)),
            };
        }
    }

    /// <summary>Opens the question; the display that holds the window, or the main one, is ticked where nothing was chosen.</summary>
    public void Open(string window, DisplayReason reason, Phrases phrases)
    {
        _reason = reason;
        _ticked.Clear();
        _ticked.UnionWith(Displays.Select(one => one.Key).Where(_chosen.Contains));
        if (_ticked.Count == 0 && reason == DisplayReason.First && Likely() is { } likely)
            _ticked.Add(likely.Key);
        OpenIn = window;
        Show(phrases);
        flow.Window.Raise(window);
    }

    /// <summary>Shows the open question again, with the displays there are now and in the language of now.</summary>
    public void Show(Phrases phrases)
    {
        if (OpenIn is not { } window)
            return;
        _ticked.IntersectWith(Displays.Select(one => one.Key));
        flow.Window.Show(window, DisplayScreens.Choose(phrases, Displays, _ticked, _reason));
        flow.Window.ShowNumbers([.. Displays.Select(one => one.Area)]);
    }

    /// <summary>The customer ticked something.</summary>
    public void Tick(string part, bool on, Phrases phrases)
    {
        if (part == DisplayScreens.AllId)
            _ticked.Clear();
        var keys = part == DisplayScreens.AllId ? Displays.Select(one => one.Key)
            : DisplayScreens.IndexOf(part) is { } index && index < Displays.Count ? [Displays[index].Key] : [];
        foreach (var key in keys)
            _ = on ? _ticked.Add(key) : _ticked.Remove(key);
        Show(phrases);
    }

    /// <summary>A question about what could not be shown any more has answered itself: it can be shown again.</summary>
    public void Recover()
    {
        if (_reason is DisplayReason.Gone or DisplayReason.TooLarge && Sharing.Lost is null)
            Close();
    }

    /// <summary>The answer is yes: what is ticked is the choice.</summary>
    /// <returns>False while nothing that is still there is ticked.</returns>
    public bool TryAnswer()
    {
        if (!Displays.Any(one => _ticked.Contains(one.Key)))
            return false;
        _chosen = new HashSet<string>(_ticked, StringComparer.Ordinal);
        Share();
        Close();
        return true;
    }

    /// <summary>Chooses the only display there is.</summary>
    public void ChooseOnly()
    {
        _chosen = [.. Displays.Select(one => one.Key)];
        Share();
    }

    /// <summary>The question goes; the choice stays.</summary>
    public void Close()
    {
        if (OpenIn is not { } window)
            return;
        OpenIn = null;
        flow.Window.ShowNumbers([]);
        flow.Window.Close(window);
    }

    /// <summary>Nothing is shared any more: the session is over.</summary>
    public void End()
    {
        Close();
        _chosen.Clear();
        flow.Desktop?.Share(DisplayChoice.None);
    }

    private void Share()
    {
        var choice = DisplayChoice.Of(_chosen);
        if (flow.Line is { } line)
            line.Share(choice);
        else
            flow.Desktop?.Share(choice);
    }

    private DesktopDisplay? Likely()
    {
        var place = flow.Window.PlaceOf(CustomerFlow.MainWindow);
        return Displays.FirstOrDefault(one => place is var (x, y) && one.Area.Contains(x, y))
            ?? Displays.FirstOrDefault(one => one.IsPrimary)
            ?? (Displays is [var first, ..] ? first : null);
    }
}
