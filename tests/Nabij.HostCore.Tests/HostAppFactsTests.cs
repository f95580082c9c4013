using Nabij.HostApp.Screens;
using Nabij.HostCore.Rendezvous;
using Nabij.Protocol;

namespace Nabij.HostCore.Tests;

/// <summary>The customer's questions about facts about the computer, on the windowless shell.</summary>
public sealed class HostAppFactsTests
{
    private static readonly CustomerEvent.FactsAsked Asked = new(HostAppSamples.Facts);

    [Fact]
    public async Task Asking_is_allowed_once_and_taken_back_in_the_menu()
    {
        await using var run = new HostAppRun();
        await run.ToLookingAsync();
        run.Hear(new CustomerEvent.Asked(Permissions.SystemInformation));
        Assert.Equal("ask-facts", run.Window.Question!.Id);
        run.Window.Press("yes", "ask");
        Assert.Contains(run.Window.Bar!.Menu, press => press.Text == "No more facts about my computer");
        run.Window.PressBar("back-facts");
        Assert.DoesNotContain(run.Window.Bar!.Menu, press => press.Id == "back-facts");
    }

    [Fact]
    [Trait("Invariant", "9")]
    public async Task Every_fact_stands_in_the_window_before_it_goes_and_the_bar_says_that_nobody_sees_it()
    {
        await using var run = new HostAppRun();
        await run.ToLookingAsync();
        run.Hear(Asked);
        var screen = run.Window["facts"]!;
        var lines = screen.Parts.OfType<Document>().Single().Paragraphs;
        Assert.Equal(HostAppSamples.Facts.Length, lines.Count);
        Assert.Contains(lines, line => line.Text == "Memory: 8.5 of 15.5 GB free");
        Assert.Contains(lines, line => line.Text == "Drive FOTO\ufffdS: 1.0 of 31.9 GB free");
        Assert.Contains(lines, line => line.Text == "Switched on for 25 hours and 5 minutes");
        Assert.True(screen.Presses.Single(press => press.Id == "send").Guarded);
        Assert.Equal(BarColor.Stopped, run.Window.Bar!.Color);
        run.Window.Press("send", "facts");
        Assert.Null(run.Window["facts"]);
        Assert.Equal(BarColor.Looking, run.Window.Bar.Color);
        run.Window.PressBar("end");
        Assert.Contains("You sent Peter the facts about your computer", run.Text("log"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no")]
    [InlineData(Happening.Closed)]
    public async Task Not_sending_and_closing_the_window_are_no(string part)
    {
        await using var run = new HostAppRun();
        await run.ToLookingAsync();
        run.Hear(Asked);
        if (part == "no") run.Window.Press("no", "facts");
        else run.Window.CloseByButton("facts");
        Assert.Null(run.Window["facts"]);
        run.Window.PressBar("end");
        Assert.Contains("You did not send the facts about your computer", run.Text("log"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_question_that_is_over_goes_away_and_the_customer_hears_that_nothing_was_sent()
    {
        await using var run = new HostAppRun();
        await run.ToLookingAsync();
        run.Hear(Asked);
        run.Hear(new CustomerEvent.FactsUnasked());
        Assert.Null(run.Window["facts"]);
        Assert.Contains("The question is gone. The facts about your computer were not sent.", run.Window.Announced);
        Assert.Equal(BarColor.Looking, run.Window.Bar!.Color);
    }
}
