using Nabij.HostApp.Screens;
using Nabij.HostCore.Picture;

namespace Nabij.HostCore.Tests;

/// <summary>
/// A shell without any window: keeps what would be seen, and plays the person. Work that is posted runs when a test
/// pumps, on the test's own thread, so that one thread is the UI thread here as well.
/// </summary>
internal sealed class HostAppRecordingWindow : IHostWindow, IDisposable
{
    private readonly Queue<Action> _posted = new();
    private readonly SemaphoreSlim _work = new(0);
    private readonly Dictionary<string, Screen> _open = [];
    private readonly TaskCompletionSource<int> _quit = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public event Action<Happening>? Happened;

    public event Action? StopPressed;

    public event Action? PrivatePressed;

    public event Action? Locked;

    /// <summary>The computer is locked.</summary>
    public void Lock() => Locked?.Invoke();

    public Bar? Bar { get; private set; }

    public List<string> Announced { get; } = [];

    public List<string> Raised { get; } = [];

    /// <summary>Every screen ever shown, in order.</summary>
    public List<Screen> Seen { get; } = [];

    /// <summary>What the person answers when asked where to save.</summary>
    public string? SavePath { get; set; }

    public Screen? Main => _open.GetValueOrDefault("main");

    public Screen? Displays => _open.GetValueOrDefault("displays");

    public Screen? Chat => _open.GetValueOrDefault("chat");

    /// <summary>The screen of any window, by its key.</summary>
    public Screen? this[string window] => _open.GetValueOrDefault(window);

    public Screen? Question => _open.GetValueOrDefault("ask");

    public void Show(string window, Screen screen)
    {
        _open[window] = screen;
        Seen.Add(screen);
    }

    public void Close(string window) => _open.Remove(window);

    public void Raise(string window) => Raised.Add(window);

    public void ShowBar(Bar? bar) => Bar = bar;

    /// <summary>The displays that carry a number now.</summary>
    public IReadOnlyList<PixelArea> Numbers { get; private set; } = [];

    public void ShowNumbers(IReadOnlyList<PixelArea> displays) => Numbers = displays;

    /// <summary>Where the windows stand.</summary>
    public (int X, int Y)? Place { get; set; }

    public (int X, int Y)? PlaceOf(string window) => Place;

    public void Announce(string text) => Announced.Add(text);

    /// <summary>Every sound that was played, in order.</summary>
    public List<Sound> Played { get; } = [];

    public void Play(Sound sound) => Played.Add(sound);

    /// <summary>Whether sleep is held off now.</summary>
    public bool IsHeldAwake { get; private set; }

    public void HoldOffSleep(bool on, string reason) => IsHeldAwake = on;

    public void OpenAddress(Uri address) => Announced.Add(address.AbsoluteUri);

    public void AskWhereToSave(string window, string suggestedName, Action<string?> answer) => answer(SavePath);

    /// <summary>What the person picks when asked what to send.</summary>
    public IReadOnlyList<string> Picks { get; set; } = [];

    /// <summary>What happens while the system's own dialog is open.</summary>
    public Action? WhilePicking { get; set; }

    public void AskWhichFilesToSend(string window, bool folder, Action<IReadOnlyList<string>> answer)
    {
        WhilePicking?.Invoke();
        answer(Picks);
    }

    public void Post(Action work)
    {
        lock (_posted)
            _posted.Enqueue(work);
        _work.Release();
    }

    public int Run() => throw new InvalidOperationException("A test pumps instead.");

    public void Quit(int exitCode) => _quit.TrySetResult(exitCode);

    /// <summary>Does the posted work until the condition holds.</summary>
    public async Task UntilAsync(Func<bool> condition)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!condition())
        {
            await _work.WaitAsync(timeout.Token);
            TakeOne()();
        }
    }

    /// <summary>Does the work that is posted now.</summary>
    public void Pump()
    {
        while (_work.Wait(0))
            TakeOne()();
    }

    /// <summary>Waits for the end of the program, after which no window is open.</summary>
    public async Task UntilEndAsync(int exitCode)
    {
        Assert.Equal(exitCode, await _quit.Task.WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.Empty(_open);
        Assert.Null(Bar);
    }

    /// <summary>Waits for the main window's screen.</summary>
    public Task UntilScreenAsync(string id) => UntilAsync(() => Main?.Id == id);

    /// <summary>The person presses something that is there and enabled.</summary>
    public void Press(string id, string window = "main")
    {
        var screen = _open[window];
        var press = screen.Presses.Single(press => press.Id == id);
        Assert.True(press.Enabled, $"{id} is not enabled.");
        Happened?.Invoke(new Happening(window, screen.Id, id));
        Pump();
    }

    public void PressBar(string id)
    {
        Assert.Contains(Bar!.Presses.Concat(Bar.Menu), press => press.Id == id && press.Enabled);
        Happened?.Invoke(new Happening(Bar.Window, Bar.Window, id));
        Pump();
    }

    public void Answer(string part, string value, string window = "main")
    {
        Assert.Contains(_open[window].Parts, known => known.Id == part);
        Happened?.Invoke(new Happening(window, _open[window].Id, part, value));
        Pump();
    }

    /// <summary>The person drops files on a window.</summary>
    public void Drop(string window, string list) => Do(window, Happening.Dropped, list);

    /// <summary>The person does something to a part that a screen holds within another.</summary>
    public void Do(string window, string part, string? value = null)
    {
        Happened?.Invoke(new Happening(window, _open[window].Id, part, value));
        Pump();
    }

    public void CloseByButton(string window = "main")
    {
        Happened?.Invoke(new Happening(window, _open[window].Id, Happening.Closed));
        Pump();
    }

    /// <summary>The stop keys, on a thread of their own as in a real shell.</summary>
    public void PressStopKeys()
    {
        var thread = new Thread(() => StopPressed?.Invoke());
        thread.Start();
        thread.Join();
    }

    public void PressPrivateKeys()
    {
        var thread = new Thread(() => PrivatePressed?.Invoke());
        thread.Start();
        thread.Join();
        Pump();
    }

    public void Dispose() => _work.Dispose();

    private Action TakeOne()
    {
        lock (_posted)
            return _posted.Dequeue();
    }
}
