using Nabij.HostCore.Session;
using Nabij.Protocol;
using Nabij.Protocol.Chat;
using Nabij.Protocol.Clipboard;
using Nabij.Protocol.Control;
using Nabij.Protocol.Drawing;
using Nabij.Protocol.Facts;
using Nabij.Protocol.Files;
using Nabij.Protocol.Input;
using Nabij.Protocol.People;
using Nabij.Protocol.Screen;
using Nabij.Protocol.Session;

namespace Nabij.HostCore.Tests.Session;

/// <summary>Invariant 2: nothing reaches the customer's computer but through the gate, deny by default.</summary>
[Trait("Invariant", "2")]
public sealed class PermissionGateTests
{
    private readonly ManualTimeProvider clock = new();

    [Fact]
    public void Stop_after_the_end_of_a_session_is_harmless()
    {
        var gate = new PermissionGate(clock);
        gate.Grant(Permissions.View);
        gate.Dispose();
        gate.Pause(Pauses.Stop);
        gate.Revoke(Permissions.View);
        gate.Close();
        Assert.True(gate.Halted.IsCancellationRequested);
        Assert.Equal(Permissions.None, gate.InForce);
    }

    [Fact]
    public void Every_message_that_a_viewer_may_send_has_exactly_one_row()
    {
        var expected = Enum.GetValues<ControlMessageType>().Where(type => ControlMessage.MaySend(Party.Viewer, type)).Select(type => (Channel.Control, (byte)type))
            .Concat(Enum.GetValues<InputMessageType>().Select(type => (Channel.Input, (byte)type)))
            .Concat(Enum.GetValues<FeedbackMessageType>().Select(type => (Channel.Feedback, (byte)type)))
            .Concat(Enum.GetValues<ChatMessageType>().Where(type => type != ChatMessageType.Said).Select(type => (Channel.Chat, (byte)type)))
            .Concat(Enum.GetValues<ClipboardMessageType>().Where(type => ClipboardMessage.MaySend(Party.Viewer, type)).Select(type => (Channel.Clipboard, (byte)type)))
            .Concat(Enum.GetValues<DrawingMessageType>().Select(type => (Channel.Drawing, (byte)type)))
            .Concat(Enum.GetValues<FactsMessageType>().Where(type => FactsMessage.MaySend(Party.Viewer, type)).Select(type => (Channel.Facts, (byte)type)))
            .Concat(Enum.GetValues<PeopleMessageType>().Where(type => PeopleMessage.MaySend(Party.Viewer, type)).Select(type => (Channel.People, (byte)type)))
            .Concat(Enum.GetValues<FileMessageType>().Where(type => FileMessage.MaySend(Party.Viewer, type)).Select(type => (Channel.Files, (byte)type)));
        Assert.Equal(expected.Order(), PermissionTable.Rows.Select(row => (row.Channel, row.Type)).Order());
    }

    // What is a relative's alone is in ParticipantsTests.
    private static IEnumerable<PermissionRow> OfTechnicians =>
        PermissionTable.Rows.Where(row => PermissionTable.Find(ParticipantRole.Technician, row.Channel, row.Type) is not null);

    [Fact]
    public void Each_message_passes_with_what_it_needs_and_with_nothing_less()
    {
        foreach (var row in OfTechnicians)
        {
            Assert.Equal(Passage.Passed, Try(row, row.Needs));
            for (var bit = 0; bit < 12; bit++)
            {
                var missing = (Permissions)(1u << bit);
                var expected = row.Needs.HasFlag(missing) ? Passage.Refused : Passage.Passed;
                Assert.Equal(expected, Try(row, Permissions.All & ~missing, exact: true));
            }
            Assert.Equal(row.Needs == Permissions.None ? Passage.Passed : Passage.Refused, Try(row, Permissions.None));
        }
    }

    [Fact]
    public void A_message_without_a_row_is_refused_whatever_was_granted()
    {
        using var gate = new PermissionGate(clock);
        gate.Grant(Permissions.All);
        Assert.Equal(Passage.Refused, gate.Pass(Channel.Input, 0x7F, Fail));
        Assert.Equal(Passage.Refused, gate.Pass((Channel)99, 1, Fail));
    }

    [Fact]
    public void The_sixth_refusal_is_one_too_many()
    {
        using var gate = new PermissionGate(clock);
        for (var i = 1; i <= 5; i++) Assert.Equal(Passage.Refused, Press(gate, Fail));
        Assert.Equal(Passage.RefusedTooOften, Press(gate, Fail));
        Assert.Equal(6, gate.Refusals);
    }

    [Fact]
    public void What_was_under_way_when_a_permission_was_taken_back_is_dropped_and_not_counted()
    {
        using var gate = new PermissionGate(clock);
        gate.Grant(Permissions.View | Permissions.Keyboard);
        gate.Revoke(Permissions.Keyboard);
        Assert.Equal(Passage.Dropped, Press(gate, Fail));
        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(Passage.Refused, Press(gate, Fail));
        Assert.Equal(1, gate.Refusals);
    }

    [Fact]
    public void Stop_closes_everything_but_letting_go_and_Go_on_opens_what_was_granted()
    {
        using var gate = new PermissionGate(clock);
        gate.Grant(Permissions.View | Permissions.Keyboard);
        Assert.True(gate.Pause(Pauses.Stop));
        Assert.Equal(Permissions.None, gate.InForce);
        Assert.Equal(Passage.Dropped, Press(gate, Fail));
        Assert.Equal(Passage.Passed, gate.Pass(Channel.Input, (byte)InputMessageType.ReleaseAll, () => { }));
        clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(Passage.Dropped, Press(gate, Fail));
        Assert.True(gate.Lift(Pauses.Stop));
        Assert.Equal(Passage.Passed, Press(gate, () => { }));
    }

    [Theory]
    [InlineData(Pauses.Stop, Permissions.None)]
    [InlineData(Pauses.Unanswered, Permissions.None)]
    [InlineData(Pauses.Private, Stopped.MostKept)]
    [InlineData(Pauses.Guard, Stopped.MostKept)]
    [InlineData(Pauses.Idle, Stopped.MostKept)]
    [InlineData(Pauses.Private | Pauses.Stop, Permissions.None)]
    public void A_pause_keeps_what_shows_and_touches_nothing_or_nothing_at_all(Pauses pauses, Permissions kept)
    {
        using var gate = new PermissionGate(clock);
        gate.Grant(Permissions.All);
        Assert.True(gate.Pause(pauses));
        Assert.False(gate.Pause(pauses));
        Assert.Equal(kept, gate.InForce);
        foreach (var row in OfTechnicians)
        {
            var effects = 0;
            var expected = (row.Needs & ~kept) == 0 ? Passage.Passed : Passage.Dropped;
            Assert.Equal((expected, expected == Passage.Passed ? 1 : 0), (gate.Pass(row.Channel, row.Type, () => effects++), effects));
        }
        Assert.True(gate.Lift(pauses));
        Assert.Equal(Permissions.All, gate.InForce);
        Assert.False(gate.Halted.IsCancellationRequested);
    }

    [Fact]
    public void Each_pause_is_lifted_by_itself()
    {
        using var gate = new PermissionGate(clock);
        gate.Grant(Permissions.View);
        gate.Pause(Pauses.Private);
        gate.Pause(Pauses.Stop);
        Assert.True(gate.Lift(Pauses.Stop | Pauses.Idle));
        Assert.False(gate.Lift(Pauses.Stop));
        Assert.Equal(Permissions.None, gate.InForce);
        Assert.True(gate.Lift(Pauses.Private));
        Assert.Equal(Permissions.View, gate.InForce);
    }

    [Fact]
    public void After_the_end_nothing_passes()
    {
        using var gate = new PermissionGate(clock);
        gate.Grant(Permissions.All);
        gate.Close();
        foreach (var row in PermissionTable.Rows) Assert.Equal(Passage.Dropped, gate.Pass(row.Channel, row.Type, Fail));
        Assert.False(gate.Lift(Pauses.Stop));
    }

    [Fact]
    public void Taking_back_the_view_takes_along_what_needs_it()
    {
        using var gate = new PermissionGate(clock);
        Assert.Equal(Permissions.View | Permissions.Pointer, gate.Grant(Permissions.Pointer));
        Assert.Equal(Permissions.None, gate.Revoke(Permissions.View));
        Assert.Equal(Permissions.View | Permissions.Draw, gate.Grant(Permissions.Draw));
        Assert.Equal(Permissions.Chat, gate.Grant(Permissions.Chat) & gate.Revoke(Permissions.View));
    }

    [Fact]
    public async Task A_permission_taken_back_waits_for_the_effect_under_way_and_tells_it_to_let_go()
    {
        using var gate = new PermissionGate(clock);
        gate.Grant(Permissions.View | Permissions.Keyboard);
        using var begun = new ManualResetEventSlim();
        var wasTold = false;
        var effect = Task.Run(() => Press(gate, () =>
        {
            var halted = gate.Halted;
            begun.Set();
            wasTold = halted.WaitHandle.WaitOne(TimeSpan.FromSeconds(10));
        }), TestContext.Current.CancellationToken);
        begun.Wait(TestContext.Current.CancellationToken);
        gate.Pause(Pauses.Stop);
        Assert.True(wasTold);
        Assert.Equal(Passage.Passed, await effect);
    }

    [Fact]
    [Trait("Invariant", "3")]
    public async Task Stop_ends_an_effect_too_that_began_while_something_was_being_taken_back()
    {
        for (var round = 0; round < 40; round++)
        {
            using var gate = new PermissionGate(clock);
            gate.Grant(Permissions.View | Permissions.Keyboard);
            using var begun = new ManualResetEventSlim();
            using var goOn = new ManualResetEventSlim();
            var halted = gate.Halted;
            var first = Run(() => Press(gate, () =>
            {
                begun.Set();
                goOn.Wait();
            }));
            begun.Wait(TestContext.Current.CancellationToken);
            var stop = Run(() => gate.Pause(Pauses.Stop));
            var taken = Run(() => gate.Revoke(Permissions.Chat));
            var wasTold = true;
            var second = Run(() => Press(gate, () => wasTold = gate.Halted.WaitHandle.WaitOne(TimeSpan.FromSeconds(2))));
            await Eventually.True(() => halted.IsCancellationRequested, "somebody waits");
            goOn.Set();
            await Task.WhenAll(first, stop, taken, second);
            Assert.True(wasTold, $"In round {round} Stop waited for an effect that nobody told to let go.");
        }

        static Task Run(Action work) =>
            Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    private Passage Try(PermissionRow row, Permissions granted, bool exact = false)
    {
        using var gate = new PermissionGate(clock);
        gate.Grant(granted);
        if (exact && !granted.HasFlag(Permissions.View)) gate.Revoke(Permissions.View);
        clock.Advance(PermissionGate.UnderWay);
        var effects = 0;
        var passage = gate.Pass(row.Channel, row.Type, () => effects++);
        Assert.Equal(passage == Passage.Passed ? 1 : 0, effects);
        Assert.Equal(passage == Passage.Refused ? 1 : 0, gate.Refusals);
        return passage;
    }

    private static Passage Press(PermissionGate gate, Action effect) => gate.Pass(Channel.Input, (byte)InputMessageType.Key, effect);

    private static void Fail() => Assert.Fail("a message without permission had an effect");
}
