using Nabij.HostApp.Screens;
using Nabij.HostCore.Rendezvous;
using Nabij.Protocol;
using Nabij.Protocol.Clipboard;

namespace Nabij.HostCore.Tests;

/// <summary>The customer's questions and news about copied text, on the windowless shell.</summary>
public sealed class HostAppCopiedTests
{
    private static readonly CustomerEvent.CopiedAsked Asked = new("<b>serial</b>\n\u202e12\u001b", 12, false) { IsWhole = true, IsSecret = false };

    [Theory]
    [InlineData(Permissions.ClipboardToHost, "text-in", "No more text on my clipboard")]
    [InlineData(Permissions.ClipboardFromHost, "text-out", "No more asking for what I copied")]
    public async Task Each_direction_is_asked_by_itself_and_taken_back_in_the_menu(Permissions permission, string step, string menu)
    {
        await using var run = new HostAppRun();
        await run.ToLookingAsync();
        run.Hear(new CustomerEvent.Asked(permission));
        Assert.Equal("ask-" + step, run.Window.Question!.Id);
        Assert.True(run.Window.Question.Presses.Single(press => press.Id == "yes").Guarded);
        Assert.DoesNotContain(run.Window.Bar!.Menu, press => press.Text == menu);
        run.Window.Press("yes", "ask");
        Assert.Null(run.Window.Question);
        Assert.Contains(run.Window.Bar!.Menu, press => press.Text == menu);
        Assert.Equal(permission == Permissions.ClipboardFromHost, run.Window.Bar.Menu.Any(press => press.Id == "give-text"));
        run.Window.PressBar("back-" + step);
        Assert.DoesNotContain(run.Window.Bar!.Menu, press => press.Text == menu || press.Id == "give-text");
    }

    [Fact]
    public async Task Both_asked_at_once_are_allowed_one_by_one()
    {
        await using var run = new HostAppRun();
        await run.ToLookingAsync();
        run.Hear(new CustomerEvent.Asked(Permissions.ClipboardToHost | Permissions.ClipboardFromHost));
        run.Window.Press("yes", "ask");
        Assert.Contains(run.Window.Bar!.Menu, press => press.Id == "back-text-in");
        Assert.DoesNotContain(run.Window.Bar.Menu, press => press.Id == "back-text-out");
    }

    [Fact]
    [Trait("Invariant", "9")]
    public async Task What_was_copied_is_shown_as_text_before_it_goes_and_the_bar_says_that_nobody_sees_it()
    {
        await using var run = new HostAppRun();
        await run.ToLookingAsync();
        run.Hear(Asked);
        var screen = run.Window["copied"]!;
        Assert.Equal("<b>serial</b>\n\ufffd12\ufffd", screen.Parts.OfType<Document>().Single().Paragraphs.Single().Text);
        Assert.True(screen.Presses.Single(press => press.Id == "send").Guarded);
        Assert.True(screen.Quiet);
        Assert.Equal(BarColor.Stopped, run.Window.Bar!.Color);
        Assert.Equal("Peter does not see your screen: read the question", run.Window.Bar.Text);
        run.Window.Press("send", "copied");
        Assert.Null(run.Window["copied"]);
        Assert.Equal(BarColor.Looking, run.Window.Bar.Color);
    }

    [Theory]
    [InlineData("no")]
    [InlineData(Happening.Closed)]
    public async Task Not_sending_and_closing_the_window_are_no(string part)
    {
        await using var run = new HostAppRun();
        await run.ToLookingAsync();
        run.Hear(Asked);
        if (part == "no") run.Window.Press("no", "copied");
        else run.Window.CloseByButton("copied");
        Assert.Null(run.Window["copied"]);
        run.Window.PressBar("end");
        Assert.Contains("You did not send what you copied", run.Text("log"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_question_that_is_over_goes_away_and_the_customer_hears_that_nothing_was_sent()
    {
        await using var run = new HostAppRun();
        await run.ToLookingAsync();
        run.Hear(Asked);
        run.Hear(new CustomerEvent.CopiedUnasked(ClipboardOutcome.Unanswered));
        Assert.Null(run.Window["copied"]);
        Assert.Contains("The question is gone. What you copied was not sent.", run.Window.Announced);
        Assert.Equal(BarColor.Looking, run.Window.Bar!.Color);
    }

    [Theory]
    [InlineData(ClipboardOutcome.Empty, "You have not copied any text")]
    [InlineData(ClipboardOutcome.TooLarge, "What you copied is too long")]
    [InlineData(ClipboardOutcome.Failed, "What you copied could not be read")]
    public async Task Nothing_to_send_is_told_in_words(ClipboardOutcome why, string heading)
    {
        await using var run = new HostAppRun();
        await run.ToLookingAsync();
        run.Hear(new CustomerEvent.NothingCopied(why, IsOwnAct: false));
        Assert.Contains(run.Window["copied"]!.Parts.OfType<Words>(), words => words.Text == heading);
        Assert.Contains(heading, run.Window.Announced);
        Assert.DoesNotContain("copied", run.Window.Raised);
        run.Window.Press("close", "copied");
        Assert.Null(run.Window["copied"]);
    }

    [Fact]
    public async Task Text_that_came_onto_the_clipboard_is_told_quietly_on_the_bar_for_a_while_and_in_the_log()
    {
        await using var run = new HostAppRun();
        await run.ToLookingAsync();
        var before = run.Window.Bar!.Text;
        run.Hear(new CustomerEvent.TextPlaced(12));
        Assert.Equal("Peter put text on your clipboard", run.Window.Bar!.Text);
        Assert.Contains("Peter put text on your clipboard", run.Window.Announced);
        run.Pass(TimeSpan.FromSeconds(8));
        Assert.Equal(before, run.Window.Bar.Text);
        run.Hear(new CustomerEvent.TextGiven(12));
        run.Window.PressBar(Bar.StopId);
        Assert.StartsWith("Stopped", run.Window.Bar.Text, StringComparison.Ordinal);
        run.Window.Press("end");
        Assert.Contains("Peter put text on your clipboard", run.Text("log"), StringComparison.Ordinal);
    }
}
