using Nabij.HostApp.Screens;
using Nabij.HostCore.Guard;
using Nabij.HostCore.Rendezvous;
using Nabij.Protocol;

namespace Nabij.HostCore.Tests;

/// <summary>What the customer sees of a lost connection, and the question after a long one; on the windowless shell.</summary>
public sealed class HostAppReturnTests
{
    private const Permissions Control = Permissions.Pointer | Permissions.Keyboard;

    [Fact]
    public async Task After_a_long_absence_the_customer_is_asked_before_the_technician_may_do_again_what_was_allowed()
    {
        await using var run = await AwayForLongAsync();
        Assert.Equal("again", run.Window.Question!.Id);
        Assert.DoesNotContain(run.Window.Bar!.Menu, press => press.Id == "back-control");
        run.Window.Press("yes", "ask");
        Assert.Null(run.Window.Question);
        Assert.Contains(run.Window.Bar!.Menu, press => press.Id == "back-control");
    }

    [Fact]
    public async Task Whoever_stops_or_takes_looking_back_is_not_asked_any_more_whether_all_may_go_on_as_before()
    {
        await using (var run = await AwayForLongAsync())
        {
            run.Window.PressBar(Bar.StopId);
            Assert.Null(run.Window.Question);
        }

        await using (var run = await AwayForLongAsync())
        {
            run.Window.PressBar("back-look");
            Assert.Null(run.Window.Question);
        }

        await using (var run = await AwayForLongAsync())
        {
            run.Window.PressPrivateKeys();
            Assert.Null(run.Window.Question);
        }
    }

    [Fact]
    public async Task An_answer_to_a_question_that_is_gone_answers_no_other()
    {
        await using var run = new HostAppRun();
        await run.ToLookingAsync();
        run.Hear(new CustomerEvent.Asked(Permissions.Draw));
        var gone = run.Window.Question!;
        run.Hear(new CustomerEvent.Asked(Control));
        Assert.NotEqual(gone.Id, run.Window.Question!.Id);
        run.Flow.Stage!.Take(new Happening("ask", gone.Id, "yes"));
        Assert.DoesNotContain(run.Window.Bar!.Menu, press => press.Id is "back-control" or "back-point");
        Assert.NotNull(run.Window.Question);
    }

    [Fact]
    public async Task A_screen_reader_hears_that_the_screen_is_seen_again_only_when_it_is()
    {
        const string SeenAgain = "Peter sees your screen again.";
        await using var run = new HostAppRun();
        await run.ToLookingAsync();
        run.Hear(new CustomerEvent.Guarded(SensitiveKind.Bank));
        run.Window.PressBar(Bar.StopId);
        run.Hear(new CustomerEvent.Unguarded());
        Assert.DoesNotContain(SeenAgain, run.Window.Announced);
        run.Window.Press("go-on");
        run.Window.PressPrivateKeys();
        run.Hear(new CustomerEvent.ConnectionAway(run.Clock.GetUtcNow().AddMinutes(5)));
        run.Hear(new CustomerEvent.ConnectionBack(Permissions.None));
        Assert.DoesNotContain(SeenAgain, run.Window.Announced);
        run.Window.PressBar("show-again");
        Assert.Contains(SeenAgain, run.Window.Announced);
    }

    [Fact]
    public async Task A_flood_of_messages_is_drawn_once()
    {
        const int Lines = 300;
        await using var run = new HostAppRun();
        await run.ToLookingAsync();
        run.Window.PressBar("chat");
        var drawn = run.Window.Seen.Count;
        for (var line = 0; line < Lines; line++)
            run.Window.Post(() => run.Flow.Stage!.Hear(new CustomerEvent.LineCame("Hello")));
        run.Window.Pump();
        Assert.InRange(run.Window.Seen.Count - drawn, 1, 10);
        Assert.Equal(Lines, run.Window.Chat!.Parts.OfType<Document>().Single().Paragraphs.Count(one => one.Text == "Hello"));
    }

    private static async Task<HostAppRun> AwayForLongAsync()
    {
        var run = new HostAppRun();
        await run.ToLookingAsync();
        run.Hear(new CustomerEvent.Asked(Control));
        run.Window.Press("yes", "ask");
        run.Hear(new CustomerEvent.ConnectionAway(run.Clock.GetUtcNow().AddMinutes(5)));
        Assert.Contains("5:00", run.Window.Bar!.Text, StringComparison.Ordinal);
        run.Hear(new CustomerEvent.ConnectionBack(Control));
        return run;
    }
}
