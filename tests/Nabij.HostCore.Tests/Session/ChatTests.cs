using Nabij.HostCore.Rendezvous;
using Nabij.HostCore.Session;
using Nabij.Protocol;
using Nabij.Protocol.Chat;
using Nabij.Protocol.Control;

namespace Nabij.HostCore.Tests.Session;

/// <summary>The chat of a whole session against a programmable technician: marks, permissions, Stop, and a technician who is hostile.</summary>
public sealed class ChatTests
{
    private const Permissions Look = Permissions.View | Permissions.Chat;

    [Fact]
    public async Task A_line_of_the_technician_is_delivered_at_once_and_seen_when_the_customer_has_it_before_them()
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.GrantedAsync(Look);
        await peer.SendAsync(new ChatLine(1, "Good morning"));
        Assert.Equal("Good morning", (await fixture.HearAsync<CustomerEvent.LineCame>()).Text);
        Assert.Equal([new ChatDelivered(1)], await peer.HearChatAsync(1));
        fixture.Connection.ShowLines();
        fixture.Connection.ShowLines();
        await peer.HearChatAsync(2);
        await peer.SendAsync(new ChatLine(2, "Are you there?"));
        Assert.Equal([new ChatDelivered(1), new ChatSeen(1), new ChatDelivered(2)], await peer.HearChatAsync(3));
    }

    [Fact]
    public async Task The_customer_learns_how_far_the_own_lines_have_come()
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.GrantedAsync(Look);
        Assert.True(fixture.Connection.TrySay("Hello"));
        Assert.True(fixture.Connection.TrySay("It beeps"));
        var heard = await peer.HearChatAsync(2);
        Assert.Equal([(1UL, "Hello"), (2UL, "It beeps")], heard.Cast<ChatLine>().Select(line => (line.Number, line.Text)));
        await peer.SendAsync(new ChatDelivered(2));
        Assert.Equal(new CustomerEvent.LinesMarked(2, 0), await fixture.HearAsync<CustomerEvent.LinesMarked>());
        await peer.SendAsync(new ChatSeen(1));
        Assert.Equal(new CustomerEvent.LinesMarked(2, 1), await fixture.HearAsync<CustomerEvent.LinesMarked>());
        await peer.SendAsync(new ChatDelivered(1));
        Assert.Equal(new CustomerEvent.LinesMarked(2, 1), await fixture.HearAsync<CustomerEvent.LinesMarked>());
    }

    [Fact]
    [Trait("Invariant", "7")]
    public async Task A_line_that_comes_twice_is_shown_once_and_one_that_comes_too_early_not_at_all()
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.GrantedAsync(Look);
        await peer.SendAsync(new ChatLine(2, "second"));
        await peer.SendAsync(new ChatLine(1, "first"));
        await peer.SendAsync(new ChatLine(1, "first, said again"));
        await peer.SendAsync(new ChatLine(2, "second"));
        Assert.Equal("first", (await fixture.HearAsync<CustomerEvent.LineCame>()).Text);
        Assert.Equal("second", (await fixture.HearAsync<CustomerEvent.LineCame>()).Text);
        while (peer.Chat is not [.., { Number: 2 }]) Assert.True(await peer.TakeAsync());
        Assert.All(peer.Chat, mark => Assert.IsType<ChatDelivered>(mark));
        Assert.False(fixture.HasNews);
    }

    [Fact]
    [Trait("Invariant", "2")]
    public async Task Without_the_permission_nothing_is_taken_and_nothing_is_said()
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.GrantedAsync(Permissions.View);
        Assert.False(fixture.Connection.TrySay("Hello"));
        await peer.SendAsync(new ChatLine(1, "Good morning"));
        await fixture.HearAsync<CustomerEvent.Refused>();
        fixture.Connection.Grant(Permissions.Chat);
        await peer.SendAsync(new ChatLine(1, "Good morning"));
        await fixture.HearAsync<CustomerEvent.LineCame>();
        fixture.Connection.Revoke(Permissions.Chat);
        await peer.SendAsync(new ChatLine(2, "And now?"));
        Assert.False(fixture.Connection.TrySay("Hello"));
        await peer.SendAsync(new Ask(Permissions.Draw));
        await fixture.HearAsync<CustomerEvent.Asked>();
    }

    [Fact]
    public async Task After_Stop_the_customer_may_write_and_the_technician_not_and_both_go_on_without_loss()
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.GrantedAsync(Look);
        fixture.Connection.Stop();
        await peer.SendAsync(new ChatLine(1, "What happened?"));
        Assert.True(fixture.Connection.TrySay("Somebody is at the door"));
        Assert.IsType<ChatLine>(Assert.Single(await peer.HearChatAsync(1)));
        fixture.Connection.GoOn();
        await peer.HearAsync<Continued>();
        await peer.SendAsync(new ChatDelivered(1));
        await peer.SendAsync(new ChatLine(1, "What happened?"));
        Assert.Equal(new CustomerEvent.LinesMarked(1, 0), await fixture.HearAsync<CustomerEvent.LinesMarked>());
        Assert.Equal("What happened?", (await fixture.HearAsync<CustomerEvent.LineCame>()).Text);
    }

    [Fact]
    [Trait("Invariant", "4")]
    public async Task No_more_lines_wait_for_the_technician_than_may()
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.GrantedAsync(Look);
        for (var line = 1; line <= Conversation.MostUndelivered; line++) Assert.True(fixture.Connection.TrySay("line"));
        Assert.False(fixture.Connection.TrySay("one more"));
        await peer.SendAsync(new ChatDelivered(1));
        await fixture.HearAsync<CustomerEvent.LinesMarked>();
        Assert.True(fixture.Connection.TrySay("one more"));
    }

    [Fact]
    public async Task Who_marks_a_line_that_was_never_said_breaks_the_protocol()
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.GrantedAsync(Look);
        fixture.Connection.TrySay("Hello");
        await peer.SendAsync(new ChatSeen(2));
        Assert.Equal(SessionEnd.ProtocolError, (await fixture.HearAsync<CustomerEvent.Ended>()).Reason);
    }

    [Fact]
    [Trait("Invariant", "7")]
    public async Task Marks_are_no_flood_however_many_lines_are_answered_at_once()
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.GrantedAsync(Look);
        Assert.True(fixture.Connection.TrySay("x"));
        await peer.HearChatAsync(1);
        for (var mark = 0; mark < 150; mark++)
        {
            await peer.SendAsync(mark % 2 == 0 ? new ChatDelivered(1) : new ChatSeen(1));
            await fixture.HearAsync<CustomerEvent.LinesMarked>();
        }
        Assert.Single(fixture.Connection.Session.Participants);
    }

    [Fact]
    public async Task A_flood_of_lines_ends_the_session()
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.GrantedAsync(Look);
        for (var line = 1UL; line <= 101; line++) await peer.SendAsync(new ChatLine(line, "line"));
        for (var line = 0; line < 100; line++) await fixture.HearAsync<CustomerEvent.LineCame>();
        Assert.Equal(SessionEnd.ProtocolError, (await fixture.HearAsync<CustomerEvent.Ended>()).Reason);
    }

    [Fact]
    [Trait("Invariant", "7")]
    public void Lines_that_nobody_knows_to_have_arrived_are_said_again_with_the_marks()
    {
        using var queues = new SendQueues();
        var conversation = new Conversation(queues);
        foreach (var text in new[] { "one", "two", "three" }) Assert.True(conversation.TrySay(text));
        conversation.Take(new ChatLine(1, "theirs"));
        conversation.Show();
        Assert.Equal([1, 2, 3], Lines(queues));
        conversation.Take(new ChatDelivered(1));
        conversation.SayAgain();
        Assert.Equal([2, 3], Lines(queues));
        Assert.Equal(1UL, conversation.Heard);
    }

    private static List<int> Lines(SendQueues queues)
    {
        var lines = new List<int>();
        var payload = new byte[Nabij.Protocol.Session.RecordLimits.LargestPayload];
        while (queues.TryTake(payload, out _, out _, out var length))
        {
            if (ChatMessage.Decode(payload.AsSpan(0, length), Party.Host) is ChatLine line) lines.Add((int)line.Number);
        }
        return lines;
    }
}
