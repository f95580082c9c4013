using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Nabij.HostApp.Screens;
using Nabij.HostCore.Picture;

namespace Nabij.HostApp.Linux;

/// <summary>
/// The windows on Linux: GTK 3, called directly. One instance per process. The thread that calls
/// <see cref="Run"/> is the UI thread; <see cref="Post"/> and <see cref="Quit"/> come from any thread.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed unsafe class GtkShell : IHostWindow, IDisposable
{
    /// <summary>Work that a stuck UI thread lets pile up; beyond it, work is dropped, since newer states follow.</summary>
    private const int MaximumPosted = 4096;

    private static GtkShell? instance;

    private readonly ConcurrentQueue<Action> _posted = new();
    private readonly Dictionary<string, GtkScreen> _windows = [];
    private readonly List<GtkFrame> _frames = [];
    private readonly List<GtkNumber> _numbers = [];
    private IReadOnlyList<PixelArea> _framed = [];
    private readonly List<nint> _keys = [];
    private readonly SleepHold _sleep = new();
    private readonly bool _colored;
    private GtkBar? _bar;
    private StopWatcher? _watcher;
    private ExceptionDispatchInfo? _failure;
    private volatile bool _quit;
    private int _isFlooded;
    private int _exitCode;

    private GtkShell(bool colored)
    {
        _colored = colored;
        instance = this;
        GtkSignals.Failed = Fail;
        LockWatch.Start(() => Locked?.Invoke());
    }

    public event Action<Happening>? Happened;

    public event Action? StopPressed;

    public event Action? PrivatePressed;

    public event Action? Locked;

    /// <summary>The X window of any of our windows: all of them belong to the same X client. 0 while none is open.</summary>
    public ulong NativeWindow =>
        _windows.Values.Select(view => GtkWidgets.GetWindow(view.Window)).FirstOrDefault(native => native != 0) is var known and not 0
            ? (ulong)Gdk.X11WindowGetXid(known)
            : 0;

    /// <summary>Opens GTK on the display of this process, asking for X11 first.</summary>
    /// <returns>Null when there is no display to show windows on.</returns>
    public static GtkShell? Open()
    {
        _ = X11.XInitThreads();
        GLib.SetProgramName("nabij");
        GLib.SetApplicationName("Nabij");
        GtkSettings.KeepInMemory();
        GtkSettings.KeepDialogs();
        Gdk.SetAllowedBackends("x11,wayland");
        if (!Gtk.InitCheck(0, 0))
            return null;
        GtkSettings.ForgetFiles();
        return new GtkShell(GtkStyle.Load());
    }

    public void Show(string window, Screen screen)
    {
        if (!_windows.TryGetValue(window, out var view))
        {
            view = new GtkScreen(window, Tell, OpenAddress);
            if (_colored)
                GtkPartBuilder.Style(view.Window, "nabij-window");
            if (_bar is not null)
                Gtk.WindowSetKeepAbove(view.Window, true);
            if (screen.Quiet)
                Gtk.WindowSetFocusOnMap(view.Window, false);
            _windows.Add(window, view);
        }

        view.Show(screen);
    }

    public void Close(string window)
    {
        if (_windows.Remove(window, out var view))
            view.Destroy();
    }

    public void Raise(string window)
    {
        if (_windows.TryGetValue(window, out var view))
            Gtk.WindowPresent(view.Window);
        else
            _bar?.Raise();
    }

    public void ShowBar(Bar? bar)
    {
        if (bar is null)
        {
            DropBar();
            return;
        }

        _watcher ??= StopWatcher.Start(() => StopPressed?.Invoke(), () => PrivatePressed?.Invoke());
        Frame(bar.Frames);
        foreach (var frame in _frames)
            frame.Show(bar.Color);
        _bar ??= NewBar();
        _bar.Show(bar);
    }

    public void ShowNumbers(IReadOnlyList<PixelArea> displays)
    {
        foreach (var number in _numbers)
            number.Destroy();
        _numbers.Clear();
        GdkRectangle[] windows = [.. _windows.Values.Select(view => view.Place).OfType<GdkRectangle>()];
        _numbers.AddRange(displays.Select((display, index) => new GtkNumber(index + 1, GtkMonitors.FromPixels(display), windows)));
    }

    public (int X, int Y)? PlaceOf(string window)
    {
        if (!_windows.TryGetValue(window, out var view) || view.Place is not { } place)
            return null;
        var scale = GtkWidgets.GetScaleFactor(view.Window);
        return ((place.X + (place.Width / 2)) * scale, (place.Y + (place.Height / 2)) * scale);
    }

    public void Announce(string text)
    {
        var window = _windows.Values.LastOrDefault()?.Window ?? 0;
        if (window != 0)
            GtkAnnouncement.Say(window, text);
    }

    // The desktop's own bell, which it may play as it likes. A library for sounds would leave caches in the person's folders.
    public void Play(Sound sound) => Gdk.DisplayBeep(Gdk.DisplayGetDefault());

    public void HoldOffSleep(bool on, string reason) => _sleep.Set(on, reason);

    public void OpenAddress(Uri address) => Gtk.ShowUriOnWindow(0, address.AbsoluteUri, 0, 0);

    public void AskWhereToSave(string window, string suggestedName, Action<string?> answer)
    {
        var chooser = Gtk.FileChooserNativeNew(null, Parent(window), Gtk.FileChooserSave, null, null);
        Gtk.FileChooserSetCurrentName(chooser, suggestedName);
        Gtk.FileChooserSetOverwriteConfirmation(chooser, true);
        var path = Gtk.NativeDialogRun(chooser) == Gtk.ResponseAccept ? TakeText(Gtk.FileChooserGetFileName(chooser)) : null;
        GLib.Unref(chooser);
        answer(path);
    }

    public void AskWhichFilesToSend(string window, bool folder, Action<IReadOnlyList<string>> answer)
    {
        var chooser = Gtk.FileChooserNativeNew(null, Parent(window), folder ? Gtk.FileChooserSelectFolder : Gtk.FileChooserOpen, null, null);
        Gtk.FileChooserSetSelectMultiple(chooser, true);
        List<string> paths = [];
        if (Gtk.NativeDialogRun(chooser) == Gtk.ResponseAccept)
        {
            var list = Gtk.FileChooserGetFileNames(chooser);
            // A GSList node is its data and the next node.
            for (var node = (nint*)list; node is not null; node = (nint*)node[1])
            {
                if (TakeText(node[0]) is { } path)
                    paths.Add(path);
            }

            GLib.SListFree(list);
        }

        GLib.Unref(chooser);
        answer(paths);
    }

    /// <summary>
    /// Nothing posted is ever lost: the end of a session must show. But windows that leave so much undone are stuck and
    /// protect nobody, so then the gate closes, and nothing more comes at a technician's pace.
    /// </summary>
    public void Post(Action work)
    {
        _posted.Enqueue(work);
        GtkSignals.Idle(&OnIdle);
        if (_posted.Count >= MaximumPosted && Interlocked.Exchange(ref _isFlooded, 1) == 0)
            _ = Task.Run(() => StopPressed?.Invoke());
    }

    public int Run()
    {
        if (!_quit)
            Gtk.RunMain();
        CloseAll();
        _failure?.Throw();
        return _exitCode;
    }

    public void Quit(int exitCode)
    {
        _exitCode = exitCode;
        _quit = true;
        GtkSignals.Idle(&OnIdle);
    }

    public void Dispose()
    {
        _watcher?.Dispose();
        instance = null;
    }

    private static string? TakeText(nint text)
    {
        var taken = Marshal.PtrToStringUTF8(text);
        GLib.Free(text);
        return taken;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnIdle(nint key)
    {
        instance?.Drain();
        return 0;
    }

    private void Drain()
    {
        Volatile.Write(ref _isFlooded, 0);
        while (_posted.TryDequeue(out var work))
        {
            GtkSignals.Guard(() =>
            {
                work();
                return true;
            });
        }

        if (!_quit)
            return;
        // While GTK's loop still runs: the road to screen readers is closed at its end.
        CloseAll();
        Gtk.MainQuit();
    }

    private void CloseAll()
    {
        foreach (var window in _windows.Keys.ToList())
            Close(window);
        ShowNumbers([]);
        DropBar();
    }

    private void Tell(Happening happening) => Happened?.Invoke(happening);

    private nint Parent(string window) => _windows.TryGetValue(window, out var view) ? view.Window : 0;

    // Where monitors were changed, the bar with Stop must not be left where none is any more.
    private GtkBar NewBar()
    {
        var bar = new GtkBar(Tell, place => _watcher?.Move(place));
        var screen = Gdk.ScreenGetDefault();
        foreach (var signal in (string[])["monitors-changed", "size-changed"])
            GtkSignals.Connect(screen, signal, () => _bar?.Refit(), _keys);
        return bar;
    }

    private void Frame(IReadOnlyList<PixelArea> displays)
    {
        if (_framed.SequenceEqual(displays))
            return;
        _framed = displays;
        foreach (var frame in _frames)
            frame.Destroy();
        _frames.Clear();
        _frames.AddRange(displays.Select(display => new GtkFrame(GtkMonitors.FromPixels(display))));
    }

    private void DropBar()
    {
        _bar?.Destroy();
        _bar = null;
        Frame([]);
        GtkSignals.Forget(_keys);
        _watcher?.Dispose();
        _watcher = null;
    }

    private void Fail(Exception failure)
    {
        _failure ??= ExceptionDispatchInfo.Capture(failure);
        Quit(1);
    }
}
