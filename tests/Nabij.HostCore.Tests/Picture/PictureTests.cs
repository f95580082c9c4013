using Nabij.HostCore.Picture;
using Nabij.HostCore.Picture.Px;
using Nabij.HostCore.Session;
using Nabij.Protocol.Screen;
using Nabij.Protocol.Wire;

namespace Nabij.HostCore.Tests.Picture;

/// <summary>The picture from a synthetic screen to a viewer's pixels, on a manual clock and the real picture thread.</summary>
public sealed class PictureTests : IDisposable
{
    private readonly ManualTimeProvider clock = new();
    private readonly SyntheticScreen screen = new(200, 150);
    private readonly SendQueues queues = new();
    private readonly ViewerPicture picture;
    private readonly PictureLoop loop;
    private readonly TestViewer viewer;

    public PictureTests()
    {
        clock.Advance(TimeSpan.FromSeconds(100));
        picture = new ViewerPicture(queues, new PxEncoder(), clock);
        loop = new PictureLoop(screen, clock);
        queues.ScreenDrained = loop.Wake;
        viewer = new TestViewer(queues, picture);
        loop.Add(picture);
        loop.Start();
    }

    public void Dispose()
    {
        loop.Dispose();
        picture.Dispose();
        queues.Dispose();
    }

    [Fact]
    public async Task A_fault_on_the_picture_thread_ends_the_picture_and_not_the_process()
    {
        var screen = new SyntheticScreen(64, 64);
        using var loop = new PictureLoop(screen, TimeProvider.System);
        var lost = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        loop.ScreenLost += lost.SetResult;
        loop.LocalInput += () => throw new InvalidOperationException("a fault of our own");
        loop.Start();
        screen.TouchLocally();
        Assert.NotEmpty(await lost.Task.WaitAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Nothing_is_captured_before_the_customer_lets_the_technician_look()
    {
        screen.Fill(0, 0, 50, 50, 0xFF0000);
        loop.Wake();
        await Quiet();
        Assert.Equal(0, screen.Captures);
        Assert.Equal(0, viewer.Messages);
    }

    [Fact]
    public async Task A_picture_is_removed_only_when_the_picture_thread_is_done_with_it()
    {
        PictureLoop? own = null;
        using var quiet = new SendQueues();
        using var leaving = new ViewerPicture(quiet, new PxEncoder(), clock);
        var (isRemoved, wasRemovedWithin) = (false, false);
        Thread? remover = null;
        using (own = new PictureLoop(new InterruptedScreen(new SyntheticScreen(64, 64), RemoveWithin), clock))
        {
            own.Add(leaving);
            own.Start();
            leaving.Open();
            own.Wake();
            await Eventually.True(() => Volatile.Read(ref isRemoved), "the picture was removed");
            Assert.False(wasRemovedWithin);
        }

        void RemoveWithin()
        {
            if (remover is not null) return;
            remover = new Thread(() =>
            {
                own!.Remove(leaving);
                Volatile.Write(ref isRemoved, true);
            });
            remover.Start();
            SpinWait.SpinUntil(() => Volatile.Read(ref isRemoved) || remover.ThreadState.HasFlag(ThreadState.WaitSleepJoin));
            wasRemovedWithin = Volatile.Read(ref isRemoved);
        }
    }

    [Fact]
    [Trait("Invariant", "3")]
    public async Task A_picture_that_is_closed_while_it_is_captured_is_not_sent()
    {
        ViewerPicture? stopped = null;
        using var quiet = new SendQueues();
        var display = new SyntheticScreen(64, 64);
        using var own = new PictureLoop(new InterruptedScreen(display, () => stopped!.Close()), clock);
        using (stopped = new ViewerPicture(quiet, new PxEncoder(), clock))
        {
            own.Add(stopped);
            own.Start();
            stopped.Open();
            own.Wake();
            await Eventually.True(() => display.Captures > 0 && display.IsWaiting, "the screen was captured");
            Assert.False(quiet.HasAnything);
            quiet.OpenPicture();
            Assert.False(quiet.HasAnything);
        }
    }

    [Fact]
    public async Task The_first_picture_equals_the_screen()
    {
        screen.Fill(10, 10, 120, 100, 0x123456);
        Open();
        await Converged();
        Assert.Equal((200, 150), (viewer.Layout!.Width, viewer.Layout.Height));
    }

    [Fact]
    public async Task An_unchanged_screen_sends_nothing()
    {
        screen.Fill(20, 20, 70, 70, 0x445566);
        Open();
        await Converged();
        Advance(TimeSpan.FromSeconds(1));
        await Eventually.True(() => { viewer.TakeAll(); return viewer.Checks == 1; }, "the hash was sent");
        var (messages, captures) = (viewer.Messages, screen.Captures);
        for (var i = 0; i < 100; i++) Advance(TimeSpan.FromSeconds(1));
        await Quiet();
        viewer.TakeAll();
        Assert.Equal((messages, captures), (viewer.Messages, screen.Captures));
    }

    [Fact]
    public async Task Damage_without_a_change_of_pixels_sends_nothing()
    {
        Open();
        await Converged();
        var pieces = viewer.Pieces;
        Advance(TimeSpan.FromMilliseconds(20));
        screen.Paint(screen.Copy());
        await Quiet();
        viewer.TakeAll();
        Assert.Equal(pieces, viewer.Pieces);
    }

    [Fact]
    [Trait("Invariant", "5")]
    public async Task After_a_stall_the_newest_pixels_come_and_nothing_stale_is_played()
    {
        Open();
        await Converged();
        viewer.PresentsAtOnce = false;
        var before = viewer.Pieces;
        for (var i = 1; i <= 1000; i++)
        {
            screen.Fill(i % 150, i % 100, 40, 40, (uint)i * 7919);
            Advance(TimeSpan.FromMilliseconds(10));
        }
        await Quiet();
        // The line took nothing for 10 s: what waits is one update at most, begun before the stall.
        Assert.InRange(picture.BytesUnderWay, 0, 64 * 1024);
        viewer.PresentsAtOnce = true;
        await Converged();
        Assert.InRange(viewer.Pieces - before, 1, 8);
    }

    [Fact]
    public async Task The_picture_converges_exactly_under_random_damage_and_stalls()
    {
        var seed = (ulong)Environment.TickCount64;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var numbers = new SeededNumbers(seed);
        Open();
        for (var round = 0; round < 300; round++)
        {
            screen.Fill(numbers.Below(199), numbers.Below(149), 1 + numbers.Below(80), 1 + numbers.Below(80), (uint)numbers.Below(0x1000000));
            Advance(TimeSpan.FromMilliseconds(numbers.Below(30)));
            viewer.PresentsAtOnce = numbers.Below(3) > 0;
            for (var i = numbers.Below(4); i > 0; i--) viewer.TakeOne();
            if (numbers.Below(50) == 0) screen.Resize(100 + numbers.Below(300), 100 + numbers.Below(200));
            if (numbers.Below(40) == 0) await StopAndGoOn();
        }
        viewer.PresentsAtOnce = true;
        await Converged();
    }

    [Fact]
    public async Task A_new_size_starts_a_new_layout()
    {
        Open();
        await Converged();
        screen.Resize(333, 211);
        screen.Fill(300, 200, 30, 10, 0xABCDEF);
        await Converged();
        Assert.Equal((333, 211), (viewer.Layout!.Width, viewer.Layout.Height));
    }

    [Fact]
    public async Task A_wrong_picture_is_repaired_by_a_new_layout_at_most_once_a_second()
    {
        Open();
        await Converged();
        Advance(TimeSpan.FromSeconds(2));
        picture.Repair(new Repair(1));
        loop.Wake();
        await Eventually.True(() => { viewer.TakeAll(); return viewer.Layout!.Number == 2; }, "the picture starts anew");
        await Converged();
        picture.Repair(new Repair(2));
        loop.Wake();
        await Quiet();
        viewer.TakeAll();
        Assert.Equal(2u, viewer.Layout!.Number);
        Advance(TimeSpan.FromSeconds(1));
        await Eventually.True(() => { viewer.TakeAll(); return viewer.Layout!.Number == 3; }, "the second repair comes a second later");
    }

    [Fact]
    public async Task Presenting_what_was_never_sent_breaks_the_protocol()
    {
        Open();
        await Converged();
        Assert.Equal(WireError.InvalidValue, Assert.Throws<WireFormatException>(() => picture.Presented(new Presented(1, 99, 0, 0))).Error);
        Assert.Equal(WireError.InvalidValue, Assert.Throws<WireFormatException>(() => picture.Presented(new Presented(2, 1, 0, 0))).Error);
    }

    [Fact]
    public async Task Updates_keep_eight_milliseconds_apart_and_the_first_after_quiet_goes_at_once()
    {
        Open();
        await Converged();
        Advance(TimeSpan.FromMilliseconds(50));
        var update = viewer.Update;
        screen.Fill(0, 0, 5, 5, 0x111111);
        await Eventually.True(() => { viewer.TakeAll(); return viewer.Update == update + 1; }, "the first change comes at once");
        screen.Fill(0, 0, 5, 5, 0x222222);
        await Quiet();
        viewer.TakeAll();
        Assert.Equal(update + 1, viewer.Update);
        Advance(TimeSpan.FromMilliseconds(8));
        await Eventually.True(() => { viewer.TakeAll(); return viewer.Update == update + 2; }, "the second comes 8 ms later");
    }

    [Fact]
    [Trait("Invariant", "3")]
    public async Task Nothing_of_the_screen_leaves_after_closing_even_in_the_middle_of_an_update()
    {
        screen.Paint(Noise(200 * 150));
        Open();
        await Eventually.True(() => viewer.TakeOne(), "the first fragment");
        picture.Close();
        viewer.Forget();
        Assert.False(viewer.TakeOne());
        screen.Fill(0, 0, 200, 150, 0x00FF00);
        loop.Wake();
        await Quiet();
        Assert.False(viewer.TakeOne());
        Open();
        await Converged();
    }

    [Fact]
    public async Task The_pointer_is_told_by_shape_and_place()
    {
        Open();
        await Converged();
        Advance(TimeSpan.FromSeconds(1));
        screen.MovePointer(33, 44);
        await Eventually.True(() => { viewer.TakeAll(); return viewer.Cursors.OfType<CursorPosition>().Any(p => (p.X, p.Y) == (33, 44)); }, "the place is told");
        Assert.Contains(viewer.Cursors, cursor => cursor is CursorShape { Width: 12 });
    }

    private void Open()
    {
        picture.Open();
        loop.Wake();
    }

    private async Task StopAndGoOn()
    {
        picture.Close();
        viewer.Forget();
        await Quiet();
        Assert.False(viewer.TakeOne());
        Open();
    }

    private void Advance(TimeSpan by)
    {
        clock.Advance(by);
        loop.Wake();
    }

    private Task Converged() => Eventually.True(
        () =>
        {
            Advance(TimeSpan.FromMilliseconds(9));
            viewer.TakeAll();
            viewer.Present();
            return viewer.Pixels.AsSpan().SequenceEqual(screen.Copy());
        },
        "the viewer's picture equals the screen");

    // The picture thread has gone back to sleep: two wakes in a row were consumed.
    private async Task Quiet()
    {
        for (var i = 0; i < 3; i++)
        {
            loop.Wake();
            await Eventually.True(() => screen.IsWaiting, "the picture thread sleeps");
        }
    }

    private static uint[] Noise(int count)
    {
        var numbers = new SeededNumbers(1);
        return [.. Enumerable.Range(0, count).Select(_ => (uint)numbers.Below(0x1000000))];
    }
}
