using System.Diagnostics;
using System.Runtime.Versioning;
using Nabij.HostCore.Guard;
using Nabij.HostCore.Linux;
using Nabij.HostCore.Picture;
using Nabij.HostCore.Rendezvous;
using Nabij.HostCore.Tests.Picture;
using Nabij.HostCore.Tests.Session;
using Nabij.Protocol;
using Nabij.Protocol.Control;
using Nabij.Protocol.Input;
using Nabij.Protocol.Screen;

namespace Nabij.HostCore.Tests.Linux;

/// <summary>What keeps the customer in charge, on a real X desktop: the own hand wins, and what looks private is not shown.</summary>
[SupportedOSPlatform("linux")]
public sealed class X11CustomerTests
{
    private const Permissions Control = Permissions.View | Permissions.Pointer | Permissions.Keyboard;
    private const int ShiftLeft = 50;
    private const uint Magenta = 0xFF00FF, LetterA = 'a';

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    // The guard has 200 ms; the figure here includes the start of xdotool, on a machine that does other things too.
    private static readonly TimeSpan GuardBound = TimeSpan.FromMilliseconds(200 * 5);

    [Fact]
    [Trait("Invariant", "8")]
    public async Task The_customers_own_mouse_and_keyboard_win_for_two_seconds()
    {
        using var display = await VirtualDisplay.StartResizable();
        using var hand = new CustomersKeyboard(display);
        using var listener = new InputListener(display.Name);
        await using var fixture = new SessionFixture(sink: new X11InputSink(TimeProvider.System, display.Name), screen: new X11ScreenSource(display.Name));
        var peer = await fixture.GrantedAsync(Control);
        await HoldShiftAsync(fixture, peer, listener);

        hand.Point(200, 150);
        await Released(fixture, listener);
        await peer.SendAsync(new PointerMove(300, 300), new Key(true, false, "ShiftLeft", "Shift", KeyModifiers.Shift, KeyLocks.None));
        await peer.HearAsync<LocalInput>();
        Assert.Equal((200, 150), await PlaceAsync(display));
        Assert.False(listener.IsKeyDown(ShiftLeft));

        fixture.Clock.Advance(TimeSpan.FromSeconds(2));
        await peer.SendAsync(new PointerMove(300, 250));
        await Eventually.True(() => fixture.HostRoad.IsIdle, "the move was heard");
        Assert.Equal((300, 250), await PlaceAsync(display));
        await HoldShiftAsync(fixture, peer, listener);

        hand.SetKey(LetterA, true);
        hand.SetKey(LetterA, false);
        await Released(fixture, listener);
        await peer.SendAsync(new PointerMove(10, 10));
        await Eventually.True(() => fixture.HostRoad.IsIdle, "the move was heard");
        Assert.Equal((300, 250), await PlaceAsync(display));
    }

    [Fact]
    public async Task No_pixel_of_a_window_that_looks_private_leaves()
    {
        using var display = await VirtualDisplay.Start();
        display.Run("openbox");
        await ShowAsync(display, "Rabobank internetbankieren", "-geometry", "60x20+0+0", "-bg", "#ff00ff");
        await ShowAsync(display, "notes", "-geometry", "100x36+0+0");
        await display.Ask("xdotool", "search", "--name", "Rabobank", "windowminimize");
        await UntilAsync(display, ["search", "--name", "notes", "windowactivate", "getactivewindow", "getwindowname"], "notes");
        await using var fixture = new SessionFixture(screen: new X11ScreenSource(display.Name));
        var peer = await fixture.ConnectedAsync();
        peer.Viewer = new TestViewer(null!, null!) { PresentsAtOnce = false };
        fixture.Connection.Grant(Permissions.View);
        var taking = TakeAllAsync(peer);
        await Eventually.True(() => { Go(fixture); return peer.Viewer.Update > 1; }, "a picture");

        var begin = Stopwatch.GetTimestamp();
        await display.Ask("xdotool", "search", "--name", "Rabobank", "windowactivate");
        Assert.Equal(SensitiveKind.Bank, (await fixture.HearAsync<CustomerEvent.Guarded>()).Kind);
        var took = Stopwatch.GetElapsedTime(begin);
        TestContext.Current.TestOutputHelper?.WriteLine($"The guard took {took.TotalMilliseconds:F0} ms with the start of xdotool (allowed {GuardBound.TotalMilliseconds:F0})");
        Assert.InRange(took, TimeSpan.Zero, GuardBound);
        await Eventually.True(() => { Go(fixture); return peer.Heard.Any(message => message is Stopped); }, "the technician is told");
        await Eventually.True(() => DrawingProgram.ReadScreen(display.Name).Contains(Magenta), "the private window is painted");

        await display.Ask("xdotool", "search", "--name", "Rabobank", "windowminimize");
        await fixture.HearAsync<CustomerEvent.Unguarded>();
        var updates = peer.ScreenRecords;
        await Eventually.True(() => { Go(fixture); return peer.ScreenRecords > updates + 1; }, "a fresh picture");
        fixture.Connection.End(EndReason.CustomerEnded);
        Assert.False(await taking, "a pixel of the private window was sent");
    }

    [Fact]
    public async Task A_window_stays_in_front_as_long_as_it_is_in_sight_and_no_other_came()
    {
        using var display = await VirtualDisplay.Start();
        await ShowAsync(display, "Rabobank internetbankieren");
        var window = (await display.Ask("xdotool", "search", "--onlyvisible", "--name", "Rabobank")).Trim();
        using var screen = new X11ScreenSource(display.Name);
        await SayFrontAsync(display, window);
        Assert.Equal("Rabobank internetbankieren", LookAt(screen)?.Title);
        await SayFrontAsync(display, "0");
        Assert.Equal("Rabobank internetbankieren", LookAt(screen)?.Title);
        await display.Ask("xdotool", "windowunmap", "--sync", window);
        Assert.Null(LookAt(screen));
    }

    // As a window manager says it.
    private static Task<string> SayFrontAsync(VirtualDisplay display, string window) =>
        display.Ask("xprop", "-root", "-f", "_NET_ACTIVE_WINDOW", "32x", "-set", "_NET_ACTIVE_WINDOW", window);

    private static ActiveWindow? LookAt(X11ScreenSource screen)
    {
        screen.Wake();
        _ = screen.Wait();
        return screen.ActiveWindow;
    }

    private static void Go(SessionFixture fixture)
    {
        fixture.Clock.Advance(TimeSpan.FromMilliseconds(5));
        fixture.Desktop.Pictures.Wake();
    }

    // Paints and presents what comes; true when something of the private window was among it.
    private static async Task<bool> TakeAllAsync(TechnicianPeer peer)
    {
        var (hasSeen, presented) = (false, (0u, 0u));
        var viewer = peer.Viewer!;
        while (await peer.TakeAsync())
        {
            hasSeen |= viewer.Pixels.Any(pixel => (pixel & 0xFFFFFF) == Magenta);
            if (viewer.Layout is not { } layout || viewer.Update == 0 || presented == (layout.Number, viewer.Update)) continue;
            presented = (layout.Number, viewer.Update);
            if (peer.Heard[^1] is not Stopped && !await TrySendAsync(peer, new Presented(layout.Number, viewer.Update, 500, 500))) break;
        }
        return hasSeen;
    }

    // What came before the end of the session is still painted; its road is cut by then.
    private static async Task<bool> TrySendAsync(TechnicianPeer peer, Presented presented)
    {
        try
        {
            await peer.SendAsync(presented);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static async Task HoldShiftAsync(SessionFixture fixture, TechnicianPeer peer, InputListener listener)
    {
        await peer.SendAsync(new Key(true, false, "ShiftLeft", "Shift", KeyModifiers.Shift, KeyLocks.None));
        await Eventually.True(() => listener.IsKeyDown(ShiftLeft), "Shift is held");
        await Eventually.True(() => fixture.HostRoad.IsIdle, "the press was heard");
    }

    private static Task Released(SessionFixture fixture, InputListener listener) => Eventually.True(
        () =>
        {
            fixture.Clock.Advance(TimeSpan.Zero);
            return !listener.IsKeyDown(ShiftLeft);
        },
        "the customer's hand has let go of Shift");

    private static async Task<(int X, int Y)> PlaceAsync(VirtualDisplay display)
    {
        var words = (await display.Ask("xdotool", "getmouselocation")).Split(' ', ':');
        return (int.Parse(words[1], System.Globalization.CultureInfo.InvariantCulture), int.Parse(words[3], System.Globalization.CultureInfo.InvariantCulture));
    }

    // A window manager that is still starting forgets a window now and then: then the window is made anew.
    private static async Task ShowAsync(VirtualDisplay display, string title, params string[] arguments)
    {
        for (var attempt = 0; attempt < 8; attempt++)
        {
            var terminal = display.Run("xterm", ["-T", title, .. arguments, "-e", "sleep", "600"]);
            if (await HasAnswerAsync(display, ["search", "--onlyvisible", "--name", title], "", Patience / 8)) return;
            terminal.Kill();
        }
        Assert.Fail($"no window \"{title}\" came");
    }

    private static async Task UntilAsync(VirtualDisplay display, string[] question, string answer) =>
        Assert.True(await HasAnswerAsync(display, question, answer, Patience), $"xdotool {string.Join(' ', question)} never answered {answer}");

    // Without xdotool's own waiting, which misses what happened before it looked. An empty answer stands for any.
    private static async Task<bool> HasAnswerAsync(VirtualDisplay display, string[] question, string answer, TimeSpan patience)
    {
        var begin = Stopwatch.GetTimestamp();
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (Stopwatch.GetElapsedTime(begin) < patience)
        {
            var got = await display.Ask("xdotool", question);
            if (got.Length > 0 && got.Contains(answer, StringComparison.Ordinal)) return true;
            await pause.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
        return false;
    }
}
