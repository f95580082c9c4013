using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using Nabij.HostApp.Linux;
using Nabij.HostCore.Input;
using Nabij.HostCore.Linux;
using Nabij.HostCore.Picture;
using Nabij.HostCore.Tests.Linux;
using Nabij.HostCore.Tests.Picture;
using Nabij.HostCore.Tests.Session;
using Nabij.Protocol;
using Nabij.Protocol.Input;
using Nabij.Protocol.Screen;
using Nabij.Protocol.Session;

namespace Nabij.HostCore.Tests;

/// <summary>
/// The runs of the campaign on Stop, in a process with real windows, the real screen and real input: a person presses
/// the bar's Stop while a picture flows and the technician types, and what is handed to the line and to the desktop
/// after the press is timed. Prints a line for each case.
/// </summary>
[SupportedOSPlatform("linux")]
internal static class HostAppStopRuns
{
    public const string Runs = "NABIJ_STOP_RUNS";
    private const Permissions Control = Permissions.View | Permissions.Pointer | Permissions.Keyboard;
    private const int Width = 400, Height = 300;

    /// <summary>How long after the press is looked for what still leaves or lands.</summary>
    private static readonly TimeSpan Watched = TimeSpan.FromMilliseconds(400);

    /// <summary>The line stalled; the window thread stuck; the processor busy with twice as many threads as it has cores.</summary>
    [Flags]
    public enum Stress
    {
        Network = 1,
        Windows = 2,
        Processor = 4,
        All = 7,
    }

    // Records of one technician go out one after the other: two of the tasks below send.
    private static readonly SemaphoreSlim Line = new(1);

    public static void Run(GtkShell shell) => RunAsync(shell).GetAwaiter().GetResult();

    private static async Task RunAsync(GtkShell shell)
    {
        var runs = int.Parse(Environment.GetEnvironmentVariable(Runs)!, CultureInfo.InvariantCulture);
        shell.Post(() => shell.ShowBar(HostAppSamples.Bars("en").First(sample => sample.Name == "bar-controlling").Bar));
        using var sink = new TimedSink(new X11InputSink(TimeProvider.System));
        await using var fixture = new SessionFixture(sink: sink, screen: new X11ScreenSource(), time: TimeProvider.System);
        using var pressed = new SemaphoreSlim(0);
        shell.StopPressed += () =>
        {
            fixture.Connection.Stop();
            pressed.Release();
        };
        var peer = await fixture.ConnectedAsync();
        var firstRecord = fixture.HostRoad.SendTimes.Count;
        peer.Viewer = new TestViewer(null!, null!) { PresentsAtOnce = false };
        fixture.Connection.Grant(Control);
        using var ending = new CancellationTokenSource();
        using var drawing = new DrawingProgram(Environment.GetEnvironmentVariable("DISPLAY")!, Width, Height);
        var places = new SeededNumbers(1);
        using var pen = new Timer(_ => drawing.Fill(places.Below(Width), places.Below(Height), 80, 60, (uint)places.Below(0xFFFFFF)), null, 0, 12);
        var work = Task.WhenAll(TakeAsync(peer), TypeAsync(peer, ending.Token));
        using var mouse = new Mouse();
        var place = await FindStopAsync(mouse, pressed);
        fixture.Connection.GoOn();
        foreach (var stress in Enum.GetValues<Stress>())
        {
            var (picture, input) = (TimeSpan.Zero, TimeSpan.Zero);
            for (var run = 0; run < runs; run++)
            {
                await FlowsAsync(fixture, peer, sink);
                var (lastPicture, lastInput) = await StopOnceAsync(shell, fixture, stress, () => mouse.Click(place), pressed, sink, peer, firstRecord);
                if (lastPicture > picture) picture = lastPicture;
                if (lastInput > input) input = lastInput;
            }
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{stress} {runs} {picture.TotalMilliseconds:F1} {input.TotalMilliseconds:F1}"));
        }
        await ending.CancelAsync();
        fixture.Connection.End(EndReason.CustomerEnded);
        try
        {
            await work;
        }
        catch (IOException)
        {
            // A record was on its way when the session ended. A road that is cut sooner fails the run that needs it.
        }
    }

    private static async Task<(TimeSpan Picture, TimeSpan Input)> StopOnceAsync(
        GtkShell shell, SessionFixture fixture, Stress stress, Func<long> press, SemaphoreSlim pressed, TimedSink sink, TechnicianPeer peer, int firstRecord)
    {
        using var release = new ManualResetEventSlim();
        if (stress.HasFlag(Stress.Network)) fixture.HostRoad.Stall();
        if (stress.HasFlag(Stress.Windows)) await StickAsync(shell, release);
        using var busy = stress.HasFlag(Stress.Processor) ? new BusyThreads() : null;
        var at = press();
        Assert.True(await pressed.WaitAsync(TimeSpan.FromSeconds(20)), "Stop was not heard");
        using (var watching = new PeriodicTimer(Watched)) await watching.WaitForNextTickAsync();
        busy?.Dispose();
        var lastInput = sink.LastEffect;
        var sent = fixture.HostRoad.SendTimes;
        release.Set();
        fixture.HostRoad.Unstall();
        var records = sent.Count - firstRecord;
        await Eventually.True(() => peer.Channels.Count >= records, "the technician has all that was sent");
        var channels = peer.Channels;
        var lastPicture = Enumerable.Range(0, records).Where(record => channels[record] is Channel.Screen or Channel.Cursor).Max(record => sent[firstRecord + record]);
        fixture.Connection.GoOn();
        return (Since(at, lastPicture), Since(at, lastInput));
    }

    private static TimeSpan Since(long press, long effect) => effect > press ? Stopwatch.GetElapsedTime(press, effect) : TimeSpan.Zero;

    private static async Task StickAsync(GtkShell shell, ManualResetEventSlim release)
    {
        var stuck = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        shell.Post(() =>
        {
            stuck.SetResult();
            release.Wait();
        });
        await stuck.Task;
    }

    // A picture leaves and a key lands: only then is there something to stop.
    private static async Task FlowsAsync(SessionFixture fixture, TechnicianPeer peer, TimedSink sink)
    {
        var (records, effects) = (peer.ScreenRecords + 3, sink.Effects + 3);
        await Eventually.True(() => peer.ScreenRecords > records && sink.Effects > effects, "the session is in full flow");
        Assert.False(fixture.Connection.Session.Participants[0].IsStopped);
    }

    // From the right end of the bar to the left, until something stops.
    private static async Task<int> FindStopAsync(Mouse mouse, SemaphoreSlim pressed)
    {
        for (var x = mouse.Width - 10; x > 0; x -= 12)
        {
            mouse.Click(x);
            if (await pressed.WaitAsync(TimeSpan.FromMilliseconds(80))) return x;
        }
        throw new InvalidOperationException("There is no Stop on the bar.");
    }

    private static async Task SayAsync(Func<Task> say)
    {
        await Line.WaitAsync();
        try
        {
            await say();
        }
        finally
        {
            Line.Release();
        }
    }

    private static async Task TakeAsync(TechnicianPeer peer)
    {
        var viewer = peer.Viewer!;
        var presented = (0u, 0u);
        while (await peer.TakeAsync())
        {
            if (viewer.Layout is not { } layout || viewer.Update == 0 || presented == (layout.Number, viewer.Update)) continue;
            presented = (layout.Number, viewer.Update);
            await SayAsync(() => peer.SendAsync(new Presented(layout.Number, viewer.Update, 500, 500)));
        }
    }

    // A key that enters no text, down and up: nothing it does moves the pointer from Stop.
    private static async Task TypeAsync(TechnicianPeer peer, CancellationToken cancellationToken)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(8));
        try
        {
            for (var down = true; await pace.WaitForNextTickAsync(cancellationToken); down = !down)
                await SayAsync(() => peer.SendAsync(new Key(down, false, "F13", "F13", KeyModifiers.None, KeyLocks.None)));
        }
        catch (OperationCanceledException)
        {
            // The campaign is over.
        }
    }

    /// <summary>Clicks at the top of the screen, as a mouse that no session moves.</summary>
    private sealed class Mouse : IDisposable
    {
        private const int Row = 16;
        private readonly X11Connection x = new();

        public Mouse()
        {
            _ = LibX11.XGetGeometry(x.Display, x.Root, out _, out _, out _, out var width, out _, out _, out _);
            Width = (int)width;
        }

        public int Width { get; }

        /// <summary>Presses here; says when.</summary>
        public long Click(int left)
        {
            _ = XExtensions.XTestFakeMotionEvent(x.Display, x.Screen, left, Row, 0);
            _ = LibX11.XSync(x.Display, 0);
            var at = Stopwatch.GetTimestamp();
            _ = XExtensions.XTestFakeButtonEvent(x.Display, 1, 1, 0);
            _ = XExtensions.XTestFakeButtonEvent(x.Display, 1, 0, 0);
            _ = LibX11.XFlush(x.Display);
            return at;
        }

        public void Dispose() => x.Dispose();
    }

    /// <summary>Twice as many threads as cores that do nothing, all the time.</summary>
    private sealed class BusyThreads : IDisposable
    {
        private volatile bool isOver;
        private readonly Thread[] threads;

        public BusyThreads()
        {
            threads = [.. Enumerable.Range(0, 2 * Environment.ProcessorCount).Select(_ => new Thread(Spin) { IsBackground = true })];
            foreach (var thread in threads) thread.Start();
        }

        public void Dispose()
        {
            isOver = true;
            foreach (var thread in threads) thread.Join();
        }

        private void Spin()
        {
            while (!isOver) Thread.SpinWait(1000);
        }
    }

    /// <summary>The real sink, with the time of the last effect that the technician asked for; letting go is none.</summary>
    private sealed class TimedSink(IInputSink inner) : IInputSink
    {
        private long last;
        private int effects;

        public long LastEffect => Volatile.Read(ref last);

        public int Effects => Volatile.Read(ref effects);

        public void Confine(ScreenLayout screen) => inner.Confine(screen);

        public void MovePointer(int x, int y)
        {
            inner.MovePointer(x, y);
            Note();
        }

        public bool SetButton(PointerButtonName button, bool isDown) => Note(isDown, inner.SetButton(button, isDown));

        public bool TurnWheel(int notchesRight, int notchesDown) => Note(true, inner.TurnWheel(notchesRight, notchesDown));

        public int FindKey(string code, char shortcutCharacter = '\0') => inner.FindKey(code, shortcutCharacter);

        public bool SetKey(int key, bool isDown) => Note(isDown, inner.SetKey(key, isDown));

        public bool EnterText(string text, CancellationToken cancellationToken) => Note(true, inner.EnterText(text, cancellationToken));

        public void ShowDrawn(IReadOnlyList<Nabij.HostCore.Drawing.Drawn> drawn)
        {
            inner.ShowDrawn(drawn);
            Note(drawn.Count > 0, true);
        }

        public void Settle() => inner.Settle();

        public void Dispose() => inner.Dispose();

        private bool Note(bool counts, bool isDone)
        {
            if (counts && isDone) Note();
            return isDone;
        }

        private void Note()
        {
            Volatile.Write(ref last, Stopwatch.GetTimestamp());
            Interlocked.Increment(ref effects);
        }
    }
}
