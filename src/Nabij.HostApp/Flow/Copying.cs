using Nabij.HostApp.Screens;
using Nabij.HostApp.Texts;
using Nabij.HostCore.Files;
using Nabij.Protocol;
using Nabij.Protocol.Files;

namespace Nabij.HostApp.Flow;

/// <summary>
/// Files in a session, as the customer sees them: the question for what is offered, the one for a file that the technician
/// asks for, the last look before something goes, and the window that shows how far everything is. UI thread only.
/// </summary>
internal sealed class Copying
{
    // Offers of one choice come one by one: the question waits until no more come for this long.
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(400);

    private readonly SessionState _state;
    private readonly ITimer _quiet;
    private readonly HashSet<uint> _declined = [];
    private FileExchange? _files;
    private IReadOnlyList<FileOnItsWay> _asked = [];
    private IReadOnlyList<string> _picked = [];
    private uint _requested;
    private int _offered;
    private bool _isOpen;

    /// <param name="state">The session.</param>
    /// <param name="alarm">Gives a timer of the stage.</param>
    public Copying(SessionState state, Func<Action, ITimer> alarm)
    {
        _state = state;
        Speeds = new FileSpeeds(state.Flow.Time);
        _quiet = alarm(AskOffered);
    }

    /// <summary>Everything that is, was and will be copied.</summary>
    public FilesNow Now { get; private set; } = FilesNow.None;

    public FileSpeeds Speeds { get; }

    public FilesView View => new(Now, Speeds, MaySend);

    /// <summary>How many of how many are done, while something is in flight; null otherwise.</summary>
    public (int Done, int Of)? Count => Now.InFlight.Any()
        ? (Now.Files.Count(one => one.Stand == FileStand.Arrived) + 1, Now.Files.Count(one => one.Stand is FileStand.Arrived || one.IsInFlight))
        : null;

    /// <summary>The files that have arrived here and stand where they arrived, the newest first.</summary>
    public IReadOnlyList<string> Received => Now.Folder is not { } folder ? [] :
    [
        .. Now.Files.Where(one => one is { Way: FileWay.ToHost, Stand: FileStand.Arrived }).Reverse()
            .Select(one => Path.Combine([folder, .. one.Path[..^1], one.Name!])),
    ];

    /// <summary>There is something to see in the window of files.</summary>
    public bool HasAny => Now.Files.Count > 0 || (_state.Granted & FileWays.Both) != 0;

    private CustomerFlow Flow => _state.Flow;

    private bool MaySend => !_state.IsStopped && _files is not null && _state.Granted.HasFlag(Permissions.FilesFromHost);

    /// <summary>The engine says that something is other than before.</summary>
    public void Hear(FileExchange files, FilesNow now)
    {
        var before = Now;
        (_files, Now) = (files, now);
        Speeds.Note(now);
        var offered = now.Files.Count(one => one.Stand == FileStand.Asked);
        if (offered != _offered && offered > 0)
            _quiet.Change(Quiet, Timeout.InfiniteTimeSpan);
        _offered = offered;
        if (_asked.Count > 0 && !_asked.Any(one => Now.Files.Any(other => other.Id == one.Id && other.Stand == FileStand.Asked)))
            CloseOffer();
        AnnounceEnds(before);
        ShowRequest();
        _state.Refresh();
    }

    /// <summary>Shows the open windows again, as things are now and in the language of now.</summary>
    public void Show()
    {
        if (_isOpen)
            Flow.Window.Show(CustomerFlow.FilesWindow, FileScreens.Files(_state.Spoken, View));
        if (_asked.Count > 0)
            Flow.Window.Show(CustomerFlow.OfferWindow, FileScreens.Offer(_state.Spoken, _asked));
        if (_picked.Count > 0)
            Flow.Window.Show(CustomerFlow.SendWindow, FileScreens.Send(_state.Spoken, _picked));
        else if (_requested != 0)
            ShowRequest();
    }

    /// <summary>Opens the window that shows how far everything is.</summary>
    public void Open()
    {
        _isOpen = true;
        Show();
        Flow.Window.Raise(CustomerFlow.FilesWindow);
    }

    public void Answer(Happening happening)
    {
        switch (happening.Window)
        {
            case CustomerFlow.OfferWindow:
                AnswerOffer(happening.Part);
                break;
            case CustomerFlow.SendWindow when happening.Screen == "send":
                AnswerSend(happening.Part);
                break;
            case CustomerFlow.SendWindow:
                AnswerRequest(happening.Part);
                break;
            default:
                AnswerFiles(happening);
                break;
        }
    }

    /// <summary>While the session is held, questions about files wait or are over.</summary>
    public void Hold()
    {
        CloseOffer();
        CloseSend();
        if (_isOpen)
            Show();
    }

    /// <summary>The session is over. A dialog of the system may still be open and answer later: that answer comes too late.</summary>
    public void Close()
    {
        _files = null;
        CloseOffer();
        CloseSend();
        CloseFiles();
    }

    private void AskOffered()
    {
        if (_asked.Count > 0 || _state.IsStopped || _files is null)
            return;
        var groups = Now.Files.Where(one => one.Stand == FileStand.Asked).GroupBy(one => one.Group).ToList();
        // Nobody is asked again about what comes late to a choice that was not wanted.
        foreach (var group in groups.Where(group => _declined.Contains(group.Key)))
            _files.Decline([.. group.Select(one => one.Id)]);
        if (groups.FirstOrDefault(group => !_declined.Contains(group.Key)) is not { } next)
            return;
        _asked = [.. next];
        Show();
        Flow.Window.Raise(CustomerFlow.OfferWindow);
        Flow.Window.Announce(_state.Spoken.With("count", _asked.Count)[_asked.Count == 1 ? "announce.offer.one" : "announce.offer"]);
    }

    private void AnswerOffer(string part)
    {
        if (_asked.Count == 0 || _files is null)
            return;
        uint[] ids = [.. _asked.Select(one => one.Id)];
        switch (part)
        {
            case "yes":
                _state.Log.Add("log.files-taken");
                CloseOffer();
                _files.Accept(ids);
                break;
            case "no" or "never" or Happening.Closed:
                _state.Log.Add("log.files-declined");
                _declined.Add(_asked[0].Group);
                CloseOffer();
                _files.Decline(ids);
                if (part == "never" && PermissionStep.All.First(step => step.Gives == Permissions.FilesToHost) is var step)
                    _state.TakeBack(step.TakesBack, "log.back-" + step.Name);
                break;
            default:
                return;
        }

        // The next choice, if one waits.
        _quiet.Change(Quiet, Timeout.InfiniteTimeSpan);
    }

    private void ShowRequest()
    {
        if (Now.Asked is not { } request || _state.IsStopped)
        {
            if (_requested != 0)
                CloseSend();
            return;
        }

        if (_picked.Count > 0)
            return;
        var isNew = request.Number != _requested;
        _requested = request.Number;
        Flow.Window.Show(CustomerFlow.SendWindow, FileScreens.Request(_state.Spoken, PeerText.Lines(request.What, FileLimits.ComponentBytes)));
        if (!isNew)
            return;
        Flow.Window.Raise(CustomerFlow.SendWindow);
        Flow.Window.Announce(_state.Spoken["request.heading"]);
    }

    private void AnswerRequest(string part)
    {
        switch (part)
        {
            case "pick" or "pick-folder":
                Pick(part);
                break;
            case "no" or Happening.Closed:
                _state.Log.Add("log.files-not-sent");
                CloseSend();
                _files?.AnswerRequest([]);
                break;
            default:
                break;
        }
    }

    private void AnswerFiles(Happening happening)
    {
        switch (happening.Part)
        {
            case "close" or Happening.Closed:
                CloseFiles();
                break;
            case "folder" when Now.Folder is { } folder:
                Flow.Window.OpenAddress(new Uri(folder + Path.DirectorySeparatorChar));
                break;
            case "pick" or "pick-folder" when MaySend:
                Pick(happening.Part);
                break;
            case Happening.Dropped when MaySend && happening.Value is { } list:
                Consider(Dropped(list));
                break;
            default:
                if (_files is not null)
                    _ = FileParts.TryDo(happening.Part, Now, _files);
                break;
        }
    }

    private void Pick(string part) => Flow.Window.AskWhichFilesToSend(
        _requested != 0 ? CustomerFlow.SendWindow : CustomerFlow.FilesWindow, part == "pick-folder", Consider);

    // What was picked goes only after a last look in a window of our own: whatever led to the choice, its answer is the customer's.
    private void Consider(IReadOnlyList<string> paths)
    {
        if (paths.Count == 0 || !MaySend)
            return;
        _picked = paths;
        Show();
        Flow.Window.Raise(CustomerFlow.SendWindow);
    }

    private void AnswerSend(string part)
    {
        var paths = _picked;
        switch (part)
        {
            case "yes" when paths.Count > 0:
                var isAnswer = _requested != 0 && Now.Asked is not null;
                CloseSend();
                _state.Log.Add("log.files-sent");
                if (isAnswer)
                    _files?.AnswerRequest(paths);
                else
                    _ = _files?.TrySend(paths);
                Open();
                break;
            case "no" or Happening.Closed:
                _picked = [];
                Flow.Window.Close(CustomerFlow.SendWindow);
                ShowRequest();
                break;
            default:
                break;
        }
    }

    // Lines of the type text/uri-list (RFC 2483); what is no file of this computer is left out.
    private static List<string> Dropped(string list) =>
    [
        .. list.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#')
            .Select(line => Uri.TryCreate(line, UriKind.Absolute, out var uri) && uri is { IsFile: true, IsUnc: false } ? uri.LocalPath : string.Empty)
            .Where(path => path.Length > 0),
    ];

    private void AnnounceEnds(FilesNow before)
    {
        var known = before.Files.Where(one => !one.IsUnfinished).Select(one => (one.Way, one.Id)).ToHashSet();
        List<FileOnItsWay> ended = [.. Now.Files.Where(one => one is { IsUnfinished: false, Id: not 0 } && !known.Contains((one.Way, one.Id)))];
        foreach (var file in ended.TakeLast(1))
        {
            var named = _state.Spoken.With("name", FileWords.NameOf(file)).With("size", FileWords.Size(file.Size, _state.Spoken));
            Flow.Window.Announce(file.Stand == FileStand.Arrived
                ? named[$"file.{FileWords.WayOf(file)}.arrived"]
                : named.With("reason", FileWords.Reason(file, _state.Spoken))[$"file.{FileWords.WayOf(file)}.failed"]);
        }
    }

    private void CloseOffer()
    {
        _asked = [];
        Flow.Window.Close(CustomerFlow.OfferWindow);
    }

    private void CloseSend()
    {
        (_picked, _requested) = ([], 0);
        Flow.Window.Close(CustomerFlow.SendWindow);
    }

    private void CloseFiles()
    {
        _isOpen = false;
        Flow.Window.Close(CustomerFlow.FilesWindow);
    }
}
