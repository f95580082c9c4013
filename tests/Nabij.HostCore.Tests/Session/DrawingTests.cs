using Nabij.HostCore.Drawing;
using Nabij.HostCore.Picture;
using Nabij.HostCore.Rendezvous;
using Nabij.HostCore.Session;
using Nabij.Protocol;
using Nabij.Protocol.Drawing;
using Nabij.Protocol.Session;

namespace Nabij.HostCore.Tests.Session;

/// <summary>Pointing and drawing in a whole session against a programmable technician (docs/protocol/11).</summary>
public sealed class DrawingTests
{
    private const Permissions Point = Permissions.View | Permissions.Draw;

    [Fact]
    public async Task The_spot_and_the_marks_stand_where_the_technician_puts_them()
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.GrantedAsync(Point);
        await peer.SendAsync(new Spot(new(10, 20)));
        await Draw(peer, MarkShape.Line, false, new(1, 2), new(3, 4), new(5, 6));
        await Draw(peer, MarkShape.Arrow, true, new(7, 8), new(9, 9), new(100, 50));
        await Eventually.True(() => Shown(fixture) is { Marks.Length: 2 } drawn && drawn.Marks[1].Points.Length == 2, "both marks are shown");
        var shown = Shown(fixture)!;
        Assert.Equal((0, new DrawingPoint(10, 20)), (shown.Color, shown.Spot));
        Assert.Equal([new(1, 2), new(3, 4), new(5, 6)], shown.Marks[0].Points);
        Assert.Equal((MarkShape.Arrow, Mark.FullStrength), (shown.Marks[1].Shape, shown.Marks[1].Strength));
        Assert.Equal([new(7, 8), new(100, 50)], shown.Marks[1].Points);
        await peer.SendAsync(new Undo());
        await peer.SendAsync(new SpotOff());
        await Eventually.True(() => Shown(fixture) is { Marks.Length: 1, Spot: null }, "the newest mark and the spot are gone");
        await peer.SendAsync(new Clear());
        await Eventually.True(() => Shown(fixture) is null, "everything is gone");
    }

    [Fact]
    public async Task Pointing_needs_no_control_and_moves_no_pointer()
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.GrantedAsync(Point);
        await peer.SendAsync(new Spot(new(10, 20)));
        await Eventually.True(() => Shown(fixture)?.Spot is not null, "the spot is shown");
        Assert.Empty(fixture.Sink.Lines);
    }

    [Fact]
    [Trait("Invariant", "2")]
    public async Task Without_the_permission_nothing_is_shown()
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.GrantedAsync(Permissions.View | Permissions.Pointer);
        await peer.SendAsync(new Spot(new(10, 20)));
        Assert.Equal(new CustomerEvent.Refused(Channel.Drawing, (byte)DrawingMessageType.Spot), await fixture.HearAsync<CustomerEvent.Refused>());
        Assert.Null(Shown(fixture));
    }

    [Theory]
    [Trait("Invariant", "3")]
    [InlineData("stop")]
    [InlineData("private")]
    [InlineData("taken back")]
    [InlineData("look taken back")]
    [InlineData("end")]
    [InlineData("lost")]
    [InlineData("other displays")]
    public async Task Everything_is_gone_once_drawing_is_not_allowed_any_more(string how)
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.GrantedAsync(Point);
        await peer.SendAsync(new Spot(new(10, 20)));
        await Draw(peer, MarkShape.Rectangle, true, new(1, 2), new(30, 40));
        await Eventually.True(() => Shown(fixture) is { Spot: not null, Marks.Length: 1 }, "something is drawn");
        switch (how)
        {
            case "stop": fixture.Connection.Stop(); break;
            case "private": fixture.Connection.BeginPrivateMoment(); break;
            case "taken back": fixture.Connection.Revoke(Permissions.Draw); break;
            case "look taken back": fixture.Connection.Revoke(Permissions.View); break;
            case "end": fixture.Connection.End(EndReason.CustomerEnded); break;
            case "other displays": fixture.Connection.Share(DisplayChoice.All); break;
            default:
                fixture.HostRoad.Abort();
                await Eventually.True(() => Shown(fixture) is null, "the loss was noticed");
                break;
        }
        Assert.Null(Shown(fixture));
        fixture.Connection.GoOn();
        fixture.Connection.EndPrivateMoment();
        fixture.Connection.Grant(Point);
        Assert.Null(Shown(fixture));
    }

    [Fact]
    public async Task Giving_the_keyboard_back_leaves_what_is_drawn()
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.GrantedAsync(Point | Permissions.Keyboard);
        await peer.SendAsync(new Spot(new(10, 20)));
        await Eventually.True(() => Shown(fixture) is not null, "the spot is shown");
        fixture.Connection.Revoke(Permissions.Keyboard);
        Assert.NotNull(Shown(fixture));
    }

    [Fact]
    public async Task A_mark_goes_six_seconds_after_it_was_finished_and_grows_thinner_before()
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.GrantedAsync(Point);
        await Draw(peer, MarkShape.Line, true, new(1, 1), new(2, 2));
        await Draw(peer, MarkShape.Line, false, new(5, 5), new(6, 6));
        await Eventually.True(() => fixture.HostRoad.IsIdle && Shown(fixture) is { Marks.Length: 2 }, "both are shown");
        var strengths = new List<int>();
        for (var passed = 0; passed < 6_000; passed += 200)
        {
            strengths.Add(Shown(fixture)!.Marks[1].Strength);
            fixture.Clock.Advance(TimeSpan.FromMilliseconds(200));
        }
        Assert.Equal(26 * 3 + 2 * 2 + 2 * 1, strengths.Sum());
        Assert.Equal(strengths.OrderDescending(), strengths);
        Assert.Equal(new DrawingPoint(1, 1), Assert.Single(Shown(fixture)!.Marks).Points[0]);
    }

    [Fact]
    public async Task A_mark_under_the_pen_stays_for_half_a_minute_without_a_point_and_then_counts_as_finished()
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.GrantedAsync(Point);
        await peer.SendAsync(new Begin(MarkShape.Line, false, new(1, 1)));
        await Eventually.True(() => Shown(fixture) is not null, "the mark is shown");
        await fixture.PassAsync(peer, TimeSpan.FromSeconds(29));
        await peer.SendAsync(new Points([new(2, 2)]));
        await Eventually.True(() => Shown(fixture)?.Marks[0].Points.Length == 2, "it still takes points");
        await fixture.PassAsync(peer, TimeSpan.FromSeconds(30));
        await peer.SendAsync(new Points([new(3, 3)]));
        await Eventually.True(() => fixture.HostRoad.IsIdle, "it was heard");
        Assert.Equal(2, Shown(fixture)!.Marks[0].Points.Length);
        await fixture.PassAsync(peer, TimeSpan.FromSeconds(6));
        Assert.Null(Shown(fixture));
    }

    [Fact]
    [Trait("Invariant", "4")]
    public async Task Marks_and_points_are_bounded()
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.GrantedAsync(Point);
        var row = Enumerable.Range(0, Points.Most).Select(x => new DrawingPoint((ushort)x, 7)).ToArray();
        await peer.SendAsync(new Begin(MarkShape.Line, true, new(0, 0)));
        for (var sent = 0; sent < 20; sent++) await peer.SendAsync(new Points(row));
        for (ushort mark = 0; mark < 70; mark++) await peer.SendAsync(new Begin(MarkShape.Line, true, new(mark, 1)));
        await Eventually.True(() => fixture.HostRoad.IsIdle && Shown(fixture) is { Marks: [.., { Points: [{ X: 69 }] }] }, "all were heard");
        Assert.Equal(64, Shown(fixture)!.Marks.Length);
        Assert.Equal(6, Shown(fixture)!.Marks[0].Points[0].X);
        await peer.SendAsync(new Clear());
        await peer.SendAsync(new Begin(MarkShape.Line, true, new(0, 0)));
        for (var sent = 0; sent < 20; sent++) await peer.SendAsync(new Points(row));
        await Eventually.True(() => fixture.HostRoad.IsIdle && Shown(fixture) is { Marks: [{ Points.Length: 1024 }] }, "the line is full");
    }

    [Fact]
    [Trait("Invariant", "4")]
    public async Task More_than_250_messages_in_a_second_end_the_session()
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.GrantedAsync(Point);
        for (ushort x = 0; x < 250; x++) await peer.SendAsync(new Spot(new(x, 1)));
        await Eventually.True(() => fixture.HostRoad.IsIdle && Shown(fixture)?.Spot?.X == 249, "so many are allowed");
        await peer.SendAsync(new Spot(new(1, 1)));
        Assert.Equal(SessionEnd.ProtocolError, (await fixture.HearAsync<CustomerEvent.Ended>()).Reason);
        Assert.Null(Shown(fixture));
    }

    [Fact]
    public async Task Places_of_the_screen_before_mean_nothing_on_the_new_one()
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.GrantedAsync(Point);
        await Draw(peer, MarkShape.Ellipse, true, new(1, 2), new(30, 40));
        await Eventually.True(() => Shown(fixture) is not null, "the mark is shown");
        fixture.Screen.Resize(400, 300);
        await Eventually.True(() => Shown(fixture) is null && fixture.Desktop.Shared.Width == 400, "the screen is another one");
        await peer.SendAsync(new Spot(new(10, 20)));
        await Draw(peer, MarkShape.Ellipse, true, new(1, 2), new(30, 40));
        await Eventually.True(() => fixture.HostRoad.IsIdle, "both were heard");
        Assert.Null(Shown(fixture));
    }

    [Fact]
    public void Each_technician_has_a_color_and_leaves_what_others_have_drawn()
    {
        var clock = new ManualTimeProvider();
        using var sink = new HostCore.Input.RecordingInputSink();
        var board = new DrawingBoard(sink);
        using var first = new RemoteDrawing(board, clock, () => true);
        using var second = new RemoteDrawing(board, clock, () => true);
        first.Apply(new Spot(new(1, 1)));
        second.Apply(new Spot(new(2, 2)));
        Assert.Equal([(0, 1), (1, 2)], sink.Shown.Select(one => (one.Color, (int)one.Spot!.Value.X)));
        first.Dispose();
        Assert.Equal(1, Assert.Single(sink.Shown).Color);
        using var third = new RemoteDrawing(board, clock, () => true);
        third.Apply(new Spot(new(3, 3)));
        Assert.Equal([0, 1], sink.Shown.Select(one => one.Color));
    }

    private static Drawn? Shown(SessionFixture fixture) => fixture.Sink.Shown is [var one] ? one : null;

    private static async Task Draw(TechnicianPeer peer, MarkShape shape, bool isKept, params DrawingPoint[] places)
    {
        await peer.SendAsync(new Begin(shape, isKept, places[0]));
        await peer.SendAsync(new Points(places[1..]));
        await peer.SendAsync(new Done());
    }
}
