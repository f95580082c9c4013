using Nabij.HostApp.Flow;
using Nabij.HostApp.Screens;
using Nabij.HostApp.Texts;
using Nabij.HostCore.Rendezvous;
using Nabij.Protocol;

namespace Nabij.HostCore.Tests;

/// <summary>The customer's chat window and the bar's unread mark, on the windowless shell.</summary>
public sealed class HostAppChatTests
{
    [Fact]
    public async Task A_message_opens_no_window_by_itself_but_is_announced_and_waits_on_the_bar()
    {
        await using var run = new HostAppRun();
        await run.ToLookingAsync();
        Assert.DoesNotContain(run.Window.Bar!.Presses, press => press.Id == "chat");
        run.Hear(new CustomerEvent.LineCame("Good morning"));
        run.Hear(new CustomerEvent.LineCame("Are you there?"));
        Assert.Null(run.Window.Chat);
        Assert.Contains("Message from Peter: Good morning", run.Window.Announced);
        Assert.Equal("2 new messages", run.Window.Bar!.Presses.Single(press => press.Id == "chat").Text);
        run.Window.PressBar("chat");
        Assert.Equal(["Peter, 12:00", "Good morning", "Peter, 12:00", "Are you there?"], Said(run).Select(Hourless));
        Assert.DoesNotContain(run.Window.Bar.Presses, press => press.Id == "chat");
        run.Hear(new CustomerEvent.LineCame("Hello"));
        Assert.DoesNotContain(run.Window.Bar.Presses, press => press.Id == "chat");
        Assert.Equal("Hello", Said(run)[^1]);
    }

    [Fact]
    [Trait("Invariant", "9")]
    public async Task What_a_peer_writes_is_text_and_nothing_in_it_is_hidden()
    {
        await using var run = new HostAppRun();
        await run.ToLookingAsync();
        run.Hear(new CustomerEvent.LineCame("<b>a</b> {technician} http://x.example\n\u202egnp.exe\u200b\u001b[2J\tend"));
        run.Window.PressBar("chat");
        Assert.Equal("<b>a</b> {technician} http://x.example\n\ufffdgnp.exe\ufffd\ufffd[2J\tend", Said(run)[^1]);
        Assert.DoesNotContain(run.Window.Chat!.Parts, part => part is Link);
        Assert.Contains(run.Window.Announced, text => text.Contains("{technician} http", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_cannot_be_sent_stays_where_it_was_typed_and_says_why()
    {
        await using var run = new HostAppRun();
        await run.ToLookingAsync();
        run.Window.PressBar("chat");
        run.Window.Answer("entry", "  ", "chat");
        run.Window.Press("send", "chat");
        Assert.Null(Entry(run).Error);
        // Nobody is at the other end of this run's line, so nothing can be taken.
        run.Window.Answer("entry", "Hello", "chat");
        run.Window.Press("send", "chat");
        Assert.Equal("Hello", Entry(run).Value);
        Assert.Contains("have not arrived", Entry(run).Error, StringComparison.Ordinal);
        run.Window.Answer("entry", "Hello?", "chat");
        run.Hear(new CustomerEvent.LinesMarked(0, 0));
        Assert.Equal(("Hello?", null), (Entry(run).Value, Entry(run).Error));
    }

    [Fact]
    public async Task The_customer_turns_messages_off_and_on_and_the_technician_may_ask_for_them()
    {
        await using var run = new HostAppRun();
        await run.ToLookingAsync();
        run.Window.PressBar("chat");
        run.Window.Press("off", "chat");
        Assert.Contains(run.Window.Chat!.Parts.OfType<Words>(), words => words.Text.StartsWith("Messages are off", StringComparison.Ordinal));
        Assert.DoesNotContain(run.Window.Chat.Parts, part => part is Entry);
        Assert.True(run.Window.Chat.Presses.Single(press => press.Id == "on").Guarded);
        run.Window.Press("on", "chat");
        Assert.Contains(run.Window.Chat.Parts, part => part is Entry);
        run.Window.Press("off", "chat");
        run.Hear(new CustomerEvent.Asked(Permissions.Chat));
        Assert.Equal("ask-messages", run.Window.Question!.Id);
        run.Window.Press("yes", "ask");
        Assert.Null(run.Window.Question);
        Assert.Contains(run.Window.Chat.Parts, part => part is Entry);
    }

    [Fact]
    public async Task After_Stop_the_window_stays_and_says_that_the_technician_cannot_answer()
    {
        await using var run = new HostAppRun();
        await run.ToLookingAsync();
        run.Window.PressBar("chat");
        run.Window.PressBar(Bar.StopId);
        Assert.Contains(run.Window.Chat!.Parts.OfType<Words>(), words => words.Text.StartsWith("You pressed Stop", StringComparison.Ordinal));
        run.Window.CloseByButton("chat");
        Assert.Null(run.Window.Chat);
        run.Window.PressBar("chat");
        Assert.NotNull(run.Window.Chat);
        run.Window.Press("end");
        Assert.Null(run.Window.Chat);
    }

    [Fact]
    public void Own_lines_carry_how_far_they_have_come_also_when_the_oldest_are_gone()
    {
        var phrases = new Phrases(Wording.Of("en"), HostAppSamples.Verified).With("technician", "Peter");
        var lines = Enumerable.Range(0, 3).Select(_ => new SaidLine(true, "line", default)).ToArray();
        var screen = ChatScreens.Chat(phrases, new ChatView { Lines = lines, Said = 10, Delivered = 9, Seen = 8 });
        Assert.Equal(
            ["You, 00:00 · shown to the technician", "You, 00:00 · arrived", "You, 00:00 · on its way"],
            screen.Parts.OfType<Document>().Single().Paragraphs.Where(one => one.Role == ParagraphRole.Speaker).Select(one => one.Text));
    }

    private static List<string> Said(HostAppRun run) => [.. run.Window.Chat!.Parts.OfType<Document>().Single().Paragraphs.Select(one => one.Text)];

    // The clock of these runs stands at some time of day.
    private static string Hourless(string text) => text.StartsWith("Peter, ", StringComparison.Ordinal) ? "Peter, 12:00" : text;

    private static Entry Entry(HostAppRun run) => run.Window.Chat!.Parts.OfType<Entry>().Single();
}
