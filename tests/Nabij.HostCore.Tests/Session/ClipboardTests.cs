using System.Text;
using Nabij.HostCore.Clipboard;
using Nabij.HostCore.Rendezvous;
using Nabij.HostCore.Session;
using Nabij.Protocol;
using Nabij.Protocol.Clipboard;
using Nabij.Protocol.Control;
using Nabij.Protocol.Log;
using Nabij.Protocol.Session;

namespace Nabij.HostCore.Tests.Session;

/// <summary>Copied text of a whole session against a programmable technician: both ways, permissions, holds, and a technician who is hostile.</summary>
public sealed class ClipboardTests
{
    private const Permissions In = Permissions.View | Permissions.ClipboardToHost, Out = Permissions.View | Permissions.ClipboardFromHost;

    [Fact]
    public async Task A_text_of_the_technician_comes_onto_the_clipboard_and_everybody_is_told()
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.GrantedAsync(In);
        await peer.SendAsync(Whole(1, "Grüße\n\t€"));
        Assert.Equal(new CustomerEvent.TextPlaced(12), await fixture.HearAsync<CustomerEvent.TextPlaced>());
        Assert.Equal("Grüße\n\t€", Clipboard(fixture).Copied.Text);
        await peer.HearClipboardAsync(2);
        Assert.Equal([new ClipboardTaken(1, 12), new ClipboardAnswer(1, ClipboardOutcome.Placed)], peer.Clipboard);
        Assert.Equal(12u, fixture.Connection.Session.Log!.Entries.Single(entry => entry.Kind == LogEntryKind.ClipboardPlaced).ClipboardBytes);
    }

    [Fact]
    public async Task The_longest_text_comes_whole_through_its_pieces()
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.GrantedAsync(In);
        var text = string.Concat(Enumerable.Repeat("€uro ", ClipboardLimits.LargestText / 7)) + "1234";
        var bytes = Encoding.UTF8.GetBytes(text);
        Assert.InRange(bytes.Length, ClipboardLimits.LargestText - 6, ClipboardLimits.LargestText);
        foreach (var piece in Pieces(1, bytes)) await peer.SendAsync(piece);
        Assert.Equal(bytes.Length, (await fixture.HearAsync<CustomerEvent.TextPlaced>()).Bytes);
        Assert.Equal(text, Clipboard(fixture).Copied.Text);
        while (peer.Clipboard is not [.., ClipboardAnswer]) Assert.True(await peer.TakeAsync());
        Assert.Contains(new ClipboardTaken(1, bytes.Length), peer.Clipboard);
    }

    [Fact]
    [Trait("Invariant", "2")]
    public async Task Without_the_permission_nothing_is_placed_or_asked_and_the_technician_hears_not_now()
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.GrantedAsync(Permissions.View);
        Clipboard(fixture).Copied = new Copied(CopiedKind.Text, "own");
        await peer.SendAsync(Whole(1, "theirs"));
        Assert.Equal((byte)ClipboardMessageType.Text, (await fixture.HearAsync<CustomerEvent.Refused>()).Type);
        await peer.SendAsync(new ClipboardRequest(2));
        await fixture.HearAsync<CustomerEvent.Refused>();
        await peer.HearClipboardAsync(2);
        Assert.Equal([new ClipboardAnswer(1, ClipboardOutcome.NotNow), new ClipboardAnswer(2, ClipboardOutcome.NotNow)], peer.Clipboard);
        fixture.Connection.OfferCopied();
        Assert.False(fixture.HasNews);
        Assert.Equal("own", Clipboard(fixture).Copied.Text);
    }

    [Theory]
    [InlineData("escape\u001b[2J")]
    [InlineData("carriage\r\nreturn")]
    [InlineData("\0")]
    public async Task A_text_that_is_not_in_form_ends_the_session_and_is_not_placed(string text)
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.GrantedAsync(In);
        await peer.SendAsync(Whole(1, text));
        Assert.Equal(SessionEnd.ProtocolError, (await fixture.HearAsync<CustomerEvent.Ended>()).Reason);
        Assert.Equal(CopiedKind.Empty, Clipboard(fixture).Copied.Kind);
    }

    [Fact]
    [Trait("Invariant", "4")]
    public async Task More_than_was_announced_and_a_number_that_came_before_end_the_session()
    {
        foreach (var second in new ClipboardMessage[] { new ClipboardMore(3, "too much"u8.ToArray()), Whole(3, "again"), new ClipboardTaken(1, 1) })
        {
            await using var fixture = new SessionFixture();
            var peer = await fixture.GrantedAsync(In);
            await peer.SendAsync(new ClipboardText(3, 0, 8, "half"u8.ToArray()));
            await peer.SendAsync(second);
            // Of a TAKEN nobody knows the text: it has no effect, and the text goes on.
            if (second is ClipboardTaken) await peer.SendAsync(new ClipboardMore(3, "half"u8.ToArray()));
            if (second is ClipboardTaken) await fixture.HearAsync<CustomerEvent.TextPlaced>();
            else Assert.Equal(SessionEnd.ProtocolError, (await fixture.HearAsync<CustomerEvent.Ended>()).Reason);
        }
    }

    [Fact]
    public async Task A_second_text_within_a_second_is_too_often_and_one_after_it_is_placed()
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.GrantedAsync(In);
        await peer.SendAsync(Whole(1, "one"));
        await fixture.HearAsync<CustomerEvent.TextPlaced>();
        await peer.SendAsync(Whole(2, "two"));
        await peer.HearClipboardAsync(3);
        Assert.Equal(new ClipboardAnswer(2, ClipboardOutcome.TooOften), peer.Clipboard[^1]);
        fixture.Clock.Advance(TimeSpan.FromSeconds(1));
        await peer.SendAsync(Whole(3, "three"));
        await fixture.HearAsync<CustomerEvent.TextPlaced>();
        Assert.Equal("three", Clipboard(fixture).Copied.Text);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_text_that_is_not_whole_when_the_permission_goes_is_given_up(bool byStop)
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.GrantedAsync(In);
        await peer.SendAsync(new ClipboardText(1, 0, 8, "half"u8.ToArray()));
        await peer.HearClipboardAsync(1);
        if (byStop) fixture.Connection.Stop();
        else fixture.Connection.Revoke(Permissions.ClipboardToHost);
        await peer.SendAsync(new ClipboardMore(1, "half"u8.ToArray()));
        Assert.Equal(new ClipboardAnswer(1, ClipboardOutcome.NotNow), await peer.HearClipboardAsync(2));
        await peer.SendAsync(Whole(2, "whole"));
        Assert.Equal(new ClipboardAnswer(2, ClipboardOutcome.NotNow), await peer.HearClipboardAsync(3));
        if (byStop) fixture.Connection.GoOn();
        else fixture.Connection.Grant(Permissions.ClipboardToHost);
        await peer.SendAsync(new ClipboardMore(1, "half"u8.ToArray()));
        await peer.SendAsync(Whole(3, "whole"));
        await fixture.HearAsync<CustomerEvent.TextPlaced>();
        Assert.Equal("whole", Clipboard(fixture).Copied.Text);
    }

    [Fact]
    public async Task The_customers_text_goes_after_yes_and_nobody_sees_the_screen_while_it_is_shown()
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.GrantedAsync(Out);
        Clipboard(fixture).Copied = new Copied(CopiedKind.Text, "a\r\nb\u0007");
        await peer.SendAsync(new ClipboardRequest(1));
        var asked = await fixture.HearAsync<CustomerEvent.CopiedAsked>();
        Assert.Equal(("a\nb", 3, false, true, false), (asked.Beginning, asked.Characters, asked.IsOwnAct, asked.IsWhole, asked.IsSecret));
        await peer.HearAsync<Stopped>();
        Assert.Contains(new Stopped(2, StopReason.PrivateMoment, Permissions.None | Stopped.MostKept), peer.Heard);
        // What was copied since does not go: only what was shown.
        Clipboard(fixture).Copied = new Copied(CopiedKind.Text, "something else");
        fixture.Connection.AnswerCopied(send: true);
        Assert.Equal(Pauses.Copied, fixture.Connection.Session.Pauses);
        fixture.Clock.Advance(ClipboardQuestion.GoneWithin);
        await peer.HearAsync<Continued>();
        Assert.Equal(new ClipboardText(1, 1, 3, "a\nb"u8.ToArray()), await peer.HearClipboardAsync(1));
        await peer.SendAsync(new ClipboardTaken(1, 3));
        Assert.Equal(3, (await fixture.HearAsync<CustomerEvent.TextGiven>()).Bytes);
        Assert.Equal(3u, fixture.Connection.Session.Log!.Entries.Single(entry => entry.Kind == LogEntryKind.ClipboardGiven).ClipboardBytes);
        await peer.SendAsync(new ClipboardRequest(2));
        Assert.Equal(new ClipboardAnswer(2, ClipboardOutcome.TooOften), await peer.HearClipboardAsync(2));
        await fixture.PassAsync(peer, TimeSpan.FromSeconds(5));
        await peer.SendAsync(new ClipboardRequest(3));
        await fixture.HearAsync<CustomerEvent.CopiedAsked>();
    }

    [Fact]
    public async Task A_secret_of_a_password_manager_is_told_as_one()
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.GrantedAsync(Out);
        Clipboard(fixture).Copied = new Copied(CopiedKind.Text, new string('x', 5000), IsSecret: true);
        await peer.SendAsync(new ClipboardRequest(1));
        var asked = await fixture.HearAsync<CustomerEvent.CopiedAsked>();
        Assert.True(asked.IsSecret);
        Assert.Equal((ClipboardQuestion.LongestBeginning, 5000, false), (asked.Beginning.Length, asked.Characters, asked.IsWhole));
        Assert.DoesNotContain('x', asked.ToString());
    }

    [Fact]
    public async Task No_is_told_and_nothing_goes()
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.GrantedAsync(Out);
        await AskedAsync(fixture, peer, "secret");
        fixture.Connection.AnswerCopied(send: false);
        fixture.Connection.AnswerCopied(send: true);
        Assert.Equal(new ClipboardAnswer(1, ClipboardOutcome.Declined), await peer.HearClipboardAsync(1));
        fixture.Clock.Advance(ClipboardQuestion.GoneWithin);
        await peer.HearAsync<Continued>();
        Assert.DoesNotContain(LogEntryKind.ClipboardGiven, fixture.Connection.Session.Log!.Entries.Select(entry => entry.Kind));
    }

    [Theory]
    [InlineData(CopiedKind.Empty, "", ClipboardOutcome.Empty)]
    [InlineData(CopiedKind.Text, "\u0000\u001b", ClipboardOutcome.Empty)]
    [InlineData(CopiedKind.TooLarge, "", ClipboardOutcome.TooLarge)]
    [InlineData(CopiedKind.Failed, "", ClipboardOutcome.Failed)]
    public async Task A_clipboard_without_text_is_told_on_both_sides(CopiedKind kind, string text, ClipboardOutcome outcome)
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.GrantedAsync(Out);
        Clipboard(fixture).Copied = new Copied(kind, text);
        await peer.SendAsync(new ClipboardRequest(1));
        Assert.Equal(new CustomerEvent.NothingCopied(outcome, false), await fixture.HearAsync<CustomerEvent.NothingCopied>());
        Assert.Equal(new ClipboardAnswer(1, outcome), await peer.HearClipboardAsync(1));
        Assert.Equal(Pauses.None, fixture.Connection.Session.Pauses);
        fixture.Connection.OfferCopied();
        Assert.Equal(new CustomerEvent.NothingCopied(outcome, true), await fixture.HearAsync<CustomerEvent.NothingCopied>());
    }

    [Fact]
    public async Task Without_an_answer_in_two_minutes_nothing_goes_and_the_picture_stays_away_until_the_window_is_gone()
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.GrantedAsync(Out);
        await AskedAsync(fixture, peer, "text");
        await fixture.PassAsync(peer, ClipboardQuestion.AnswerWithin + TimeSpan.FromSeconds(1));
        Assert.Equal(ClipboardOutcome.Unanswered, (await fixture.HearAsync<CustomerEvent.CopiedUnasked>()).Why);
        while (peer.Clipboard.Count == 0) await peer.TakeAsync();
        Assert.Equal(new ClipboardAnswer(1, ClipboardOutcome.Unanswered), Assert.Single(peer.Clipboard));
        Assert.Equal(Pauses.Copied, fixture.Connection.Session.Pauses);
        fixture.Connection.AnswerCopied(send: true);
        fixture.Clock.Advance(ClipboardQuestion.GoneWithin);
        Assert.Equal(Pauses.None, fixture.Connection.Session.Pauses);
        await peer.HearAsync<Continued>();
        Assert.Single(peer.Clipboard);
    }

    [Theory]
    [InlineData("stop")]
    [InlineData("private")]
    [InlineData("revoke")]
    public async Task What_comes_in_between_takes_the_question_away_also_after_yes(string between)
    {
        foreach (var isAnswered in new[] { false, true })
        {
            await using var fixture = new SessionFixture();
            var peer = await fixture.GrantedAsync(Out);
            await AskedAsync(fixture, peer, "text");
            if (isAnswered) fixture.Connection.AnswerCopied(send: true);
            if (between == "stop") fixture.Connection.Stop();
            if (between == "private") fixture.Connection.BeginPrivateMoment();
            if (between == "revoke") fixture.Connection.Revoke(Permissions.ClipboardFromHost);
            if (!isAnswered) Assert.Equal(ClipboardOutcome.NotNow, (await fixture.HearAsync<CustomerEvent.CopiedUnasked>()).Why);
            fixture.Connection.AnswerCopied(send: true);
            fixture.Clock.Advance(ClipboardQuestion.GoneWithin);
            Assert.Equal(new ClipboardAnswer(1, ClipboardOutcome.NotNow), await peer.HearClipboardAsync(1));
            Assert.DoesNotContain(LogEntryKind.ClipboardGiven, fixture.Connection.Session.Log!.Entries.Select(entry => entry.Kind));
            Assert.False(fixture.Connection.Session.Pauses.HasFlag(Pauses.Copied));
        }
    }

    [Fact]
    public async Task Only_two_pieces_are_under_way_and_a_stop_in_the_middle_ends_the_text()
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.GrantedAsync(Out);
        await AskedAsync(fixture, peer, new string('x', 4 * ClipboardLimits.LargestContent));
        fixture.Connection.AnswerCopied(send: true);
        fixture.Clock.Advance(ClipboardQuestion.GoneWithin);
        await peer.HearClipboardAsync(2);
        await Eventually.True(() => fixture.HostRoad.IsIdle, "everything that may leave has left");
        await peer.SendAsync(new ClipboardTaken(1, ClipboardLimits.LargestContent));
        await peer.HearClipboardAsync(3);
        fixture.Connection.Stop();
        await peer.SendAsync(new ClipboardTaken(1, 3 * ClipboardLimits.LargestContent));
        Assert.Equal(new ClipboardAnswer(1, ClipboardOutcome.NotNow), await peer.HearClipboardAsync(4));
        fixture.Connection.GoOn();
        await peer.HearAsync<Continued>();
        Assert.Equal(4, peer.Clipboard.Count);
    }

    [Fact]
    public async Task The_customer_sends_by_own_act_what_was_shown()
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.GrantedAsync(Out);
        Clipboard(fixture).Copied = new Copied(CopiedKind.Text, "own");
        fixture.Connection.OfferCopied();
        Assert.True((await fixture.HearAsync<CustomerEvent.CopiedAsked>()).IsOwnAct);
        await peer.SendAsync(new ClipboardRequest(1));
        Assert.Equal(new ClipboardAnswer(1, ClipboardOutcome.NotNow), await peer.HearClipboardAsync(1));
        fixture.Connection.AnswerCopied(send: true);
        fixture.Clock.Advance(ClipboardQuestion.GoneWithin);
        Assert.Equal(new ClipboardText(1, 0, 3, "own"u8.ToArray()), await peer.HearClipboardAsync(2));
        fixture.Connection.OfferCopied();
        Assert.Equal(new CustomerEvent.NothingCopied(ClipboardOutcome.TooOften, true), await fixture.HearAsync<CustomerEvent.NothingCopied>());
    }

    [Fact]
    [Trait("Invariant", "7")]
    public async Task A_lost_connection_takes_the_question_away_and_nothing_is_said_again()
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.GrantedAsync(Out);
        await AskedAsync(fixture, peer, "text");
        fixture.HostRoad.Abort();
        await fixture.HearAsync<CustomerEvent.CopiedUnasked>();
        fixture.Connection.AnswerCopied(send: true);
        await fixture.HearAsync<CustomerEvent.ConnectionAway>();
        fixture.Clock.Advance(ClipboardQuestion.GoneWithin);
        Assert.Equal(Pauses.None, fixture.Connection.Session.Pauses);
        Assert.DoesNotContain(LogEntryKind.ClipboardGiven, fixture.Connection.Session.Log!.Entries.Select(entry => entry.Kind));
    }

    [Fact]
    [Trait("Invariant", "4")]
    public async Task A_flood_on_the_channel_ends_the_session()
    {
        await using var fixture = new SessionFixture();
        var peer = await fixture.GrantedAsync(In);
        for (var message = 0; message < 401; message++) await peer.SendAsync(new ClipboardTaken(1, 1));
        Assert.Equal(SessionEnd.ProtocolError, (await fixture.HearAsync<CustomerEvent.Ended>()).Reason);
    }

    [Fact]
    public void Copied_text_waits_behind_the_picture_and_the_chat()
    {
        using var queues = new SendQueues();
        queues.OpenPicture();
        queues.PutText(1, 0, "text"u8.ToArray());
        queues.PutClipboard(new ClipboardAnswer(1, ClipboardOutcome.Placed));
        queues.PutChat(new Nabij.Protocol.Chat.ChatLine(1, "line"));
        queues.PutScreen(System.Buffers.ArrayPool<byte>.Shared.Rent(1), 1, 1);
        queues.PutControl(new Keepalive().Encode());
        var payload = new byte[RecordLimits.LargestPayload];
        List<Channel> order = [];
        while (queues.TryTake(payload, out var channel, out _, out _)) order.Add(channel);
        Assert.Equal([Channel.Control, Channel.Screen, Channel.Chat, Channel.Clipboard, Channel.Clipboard], order);
    }

    private static async Task AskedAsync(SessionFixture fixture, TechnicianPeer peer, string copied)
    {
        Clipboard(fixture).Copied = new Copied(CopiedKind.Text, copied);
        await peer.SendAsync(new ClipboardRequest(1));
        await fixture.HearAsync<CustomerEvent.CopiedAsked>();
        await peer.HearAsync<Stopped>();
    }

    private static MemoryClipboard Clipboard(SessionFixture fixture) => (MemoryClipboard)fixture.Desktop.Clipboard;

    private static ClipboardText Whole(uint number, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return new ClipboardText(number, 0, bytes.Length, bytes);
    }

    private static IEnumerable<ClipboardMessage> Pieces(uint number, byte[] bytes)
    {
        for (var at = 0; at < bytes.Length; at += ClipboardLimits.LargestContent)
        {
            var piece = bytes.AsMemory(at, Math.Min(ClipboardLimits.LargestContent, bytes.Length - at));
            yield return at == 0 ? new ClipboardText(number, 0, bytes.Length, piece) : new ClipboardMore(number, piece);
        }
    }
}
