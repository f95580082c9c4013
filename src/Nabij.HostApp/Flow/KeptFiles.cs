using System.Globalization;
using Nabij.HostApp.Screens;
using Nabij.HostCore.Files;

namespace Nabij.HostApp.Flow;

/// <summary>
/// The files that were taken out of the way and are kept for 30 days: the window that lists them and puts them back, and
/// the question that puts a received file in the place of one of the customer's. UI thread only; disks are left to
/// <paramref name="work"/>.
/// </summary>
/// <param name="flow">The program around it.</param>
/// <param name="work">Runs something off the UI thread and brings its result back, unless the stage is over by then.</param>
/// <param name="changed">There are other kept files than before.</param>
internal sealed class KeptFiles(CustomerFlow flow, Action<Func<KeptResult>, Action<KeptResult>> work, Action changed)
{
    private string? _chosen;
    private string? _source;
    private string? _target;
    private IReadOnlyList<string> _sources = [];
    private string? _told;
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);
    private bool _isOpen;

    /// <summary>What is kept, as far as it was looked at.</summary>
    public IReadOnlyList<SafetyCopy> List { get; private set; } = [];

    /// <summary>Whether anything can be kept here at all.</summary>
    public bool CanKeep => flow.Surroundings.Keeping is not null;

    /// <summary>Of these received files, those that were not put elsewhere from here.</summary>
    public IReadOnlyList<string> Left(IReadOnlyList<string> received) => [.. received.Where(path => !_used.Contains(path))];

    /// <summary>Looks at what is kept.</summary>
    public void Look()
    {
        if (flow.Surroundings.Keeping is { } keeping)
            work(() => new KeptResult(keeping.List(), null, null), Note);
    }

    /// <summary>Opens the list of what is kept.</summary>
    public void Open()
    {
        (_isOpen, _source, _target, _told) = (true, null, null, null);
        _sources = [];
        Show();
        flow.Window.Raise(CustomerFlow.KeptWindow);
    }

    /// <summary>Asks which of these received files goes in the place of one of the customer's.</summary>
    public void OpenReplace(IReadOnlyList<string> sources)
    {
        (_isOpen, _target, _told) = (true, null, null);
        _sources = sources;
        _source = sources is [var only] ? only : null;
        Show();
        flow.Window.Raise(CustomerFlow.KeptWindow);
    }

    /// <summary>Shows the open window again, in the language of now.</summary>
    public void Show()
    {
        if (!_isOpen)
            return;
        flow.Window.Show(CustomerFlow.KeptWindow, (_source, _target) switch
        {
            ({ } source, { } target) => KeptScreens.Sure(flow.Phrases, source, target),
            _ when _sources.Count > 0 => KeptScreens.Replace(flow.Phrases, _sources, _source),
            _ => KeptScreens.Kept(flow.Phrases, List, _chosen, _told),
        });
    }

    public void Answer(Happening happening)
    {
        switch (happening)
        {
            case { Part: "close" or "no" or Happening.Closed }:
                Close();
                break;
            case { Screen: "kept", Part: "copies", Value: { } chosen }:
                _chosen = chosen;
                Show();
                break;
            case { Screen: "kept", Part: "put-back" }:
                PutBack();
                break;
            case { Screen: "replace", Part: "sources", Value: { } chosen }
                when int.TryParse(chosen, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < _sources.Count:
                _source = _sources[index];
                Show();
                break;
            case { Screen: "replace", Part: "pick" } when _source is not null:
                flow.Window.AskWhichFilesToSend(CustomerFlow.KeptWindow, folder: false, Consider);
                break;
            case { Screen: "replace-sure", Part: "yes" }:
                Replace();
                break;
            default:
                break;
        }
    }

    public void Close()
    {
        _isOpen = false;
        flow.Window.Close(CustomerFlow.KeptWindow);
    }

    private void Consider(IReadOnlyList<string> picked)
    {
        if (picked.Count == 0)
            return;
        _target = picked[0];
        Show();
    }

    private void Replace()
    {
        if (flow.Surroundings.Keeping is not { } keeping || _source is not { } source || _target is not { } target)
            return;
        (_source, _target, _sources) = (null, null, []);
        _used.Add(source);
        work(() => keeping.Replace(source, target), Note);
    }

    private void PutBack()
    {
        if (flow.Surroundings.Keeping is not { } keeping || List.FirstOrDefault(one => one.Name == _chosen) is not { } copy)
            return;
        _chosen = null;
        work(() => keeping.PutBack(copy), Note);
    }

    private void Note(KeptResult result)
    {
        List = result.List;
        if (result.Key is { } key)
        {
            _told = flow.Phrases.With("path", result.Path ?? string.Empty)[key];
            flow.Window.Announce(_told);
        }

        Show();
        changed();
    }
}
