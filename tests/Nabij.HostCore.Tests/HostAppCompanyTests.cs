using Nabij.HostApp.Screens;
using Nabij.HostCore.Rendezvous;
using Nabij.HostCore.Session;
using Nabij.Protocol;
using Nabij.Protocol.People;

namespace Nabij.HostCore.Tests;

/// <summary>The customer's windows with several people in the session: who is met, who is in front, and whose question is answered.</summary>
public sealed class HostAppCompanyTests
{
    private const Permissions Control = Permissions.Pointer | Permissions.Keyboard;

    private static readonly CustomerEvent.ParticipantConnected Marie = new(2, ParticipantRole.Technician, "Marie", "7195");

    private static readonly CustomerEvent.ParticipantLeft PeterLeft = new(1, "Peter", SessionEnd.TechnicianEnded);

    private static string? CheckNumber(HostAppRun run) => run.Window["join"]?.Parts.OfType<Words>().Single(words => words.Id == "check-number").Text;

    private static async Task<HostAppRun> MeetingAsync(HostAppRun run)
    {
        await run.ToLookingAsync();
        run.Hear(Marie);
        return run;
    }

    [Fact]
    [Trait("Invariant", "2")]
    public async Task Nothing_is_asked_over_the_meeting()
    {
        await using var run = await MeetingAsync(new HostAppRun());
        foreach (var wanted in new[] { Permissions.View, Control, Permissions.ClipboardToHost, Permissions.SystemInformation })
        {
            run.Hear(new CustomerEvent.Asked(wanted) { Person = 2 });
            Assert.Null(run.Window["ask-2"]);
        }
        Assert.Contains("7195", CheckNumber(run), StringComparison.Ordinal);

        run.Window.Press("yes", "join");
        run.Hear(new CustomerEvent.Asked(Control) { Person = 2 });
        Assert.NotNull(run.Window["ask-2"]);
    }

    [Fact]
    [Trait("Invariant", "2")]
    public async Task Nothing_is_asked_over_the_meeting_with_the_first_technician()
    {
        await using var run = new HostAppRun();
        await run.ToWhoAsync();
        run.Hear(new CustomerEvent.Asked(Control));
        Assert.Null(run.Window.Question);
        Assert.Equal("who-asks", run.Main.Id);
    }

    [Fact]
    public async Task Two_who_came_are_met_one_after_the_other()
    {
        await using var run = await MeetingAsync(new HostAppRun());
        run.Hear(new CustomerEvent.ParticipantConnected(3, ParticipantRole.Technician, "Joris", "4410"));
        Assert.Contains("7195", CheckNumber(run), StringComparison.Ordinal);

        run.Window.Press("no", "join");
        Assert.Contains("4410", CheckNumber(run), StringComparison.Ordinal);
        run.Hear(new CustomerEvent.ParticipantLeft(2, "Marie", SessionEnd.Declined));
        Assert.Contains("4410", CheckNumber(run), StringComparison.Ordinal);
        run.Window.Press("yes", "join");
        Assert.Null(run.Window["join"]);
        Assert.Equal("Peter, Joris see your screen", run.Window.Bar!.Text);
    }

    [Fact]
    public async Task Who_waits_behind_another_and_leaves_is_met_by_nobody()
    {
        await using var run = await MeetingAsync(new HostAppRun());
        run.Hear(new CustomerEvent.ParticipantConnected(3, ParticipantRole.Relative, "Anna", "4410"));
        run.Hear(new CustomerEvent.ParticipantLeft(3, "Anna", SessionEnd.ConnectionLost));
        Assert.Contains("7195", CheckNumber(run), StringComparison.Ordinal);
        run.Window.Press("yes", "join");
        Assert.Null(run.Window["join"]);
    }

    [Theory]
    [InlineData("en", "Peter has left. Nobody sees your screen", "Marie of De Linde sees your screen")]
    [InlineData("nl", "Peter is weg. Niemand ziet uw scherm", "Marie van De Linde ziet uw scherm")]
    public async Task Who_takes_over_is_in_front_also_when_let_in_after_the_first_has_left(string language, string between, string after)
    {
        await using var run = await MeetingAsync(new HostAppRun(language: language));
        run.Hear(PeterLeft);
        Assert.Equal((between, BarColor.Waiting), (run.Window.Bar!.Text, run.Window.Bar.Color));
        Assert.DoesNotContain(run.Window.Bar.Menu, press => press.Id is "back-look" or "remove-1");
        Assert.Contains("Peter", run.Window["join"]!.Parts.OfType<Words>().Single(words => words.Id == "body").Text, StringComparison.Ordinal);

        run.Window.Press("yes", "join");
        Assert.Equal(after, run.Window.Bar!.Text);
        Assert.Contains(run.Window.Bar.Menu, press => press.Id == "back-look");
        // Files are for the one in front, and the windows are that one's.
        run.Hear(new CustomerEvent.Asked(Permissions.FilesToHost) { Person = 2 });
        Assert.Equal("ask-files-in", run.Window.Question?.Id);
        run.Window.PressBar("back-look");
        Assert.DoesNotContain(run.Window.Bar!.Menu, press => press.Id == "back-look");
    }

    [Fact]
    [Trait("Invariant", "2")]
    public async Task What_one_asked_is_not_answered_for_another()
    {
        await using var run = await MeetingAsync(new HostAppRun());
        run.Window.Press("yes", "join");
        run.Hear(new CustomerEvent.Asked(Control));
        Assert.NotNull(run.Window.Question);

        run.Hear(PeterLeft);
        Assert.Null(run.Window.Question);
        Assert.Equal("Marie of De Linde sees your screen", run.Window.Bar!.Text);
        // What she was asking stood under her own name in another window; she asks anew.
        run.Hear(new CustomerEvent.Asked(Control) { Person = 2 });
        Assert.NotNull(run.Window.Question);
    }

    [Fact]
    [Trait("Invariant", "2")]
    public async Task Whether_one_may_go_on_after_an_absence_is_not_answered_for_another()
    {
        await using var run = await MeetingAsync(new HostAppRun());
        run.Window.Press("yes", "join");
        run.Hear(new CustomerEvent.ConnectionAway(run.Clock.GetUtcNow().AddMinutes(5)));
        run.Hear(new CustomerEvent.ConnectionBack(Control));
        Assert.Equal("again", run.Window.Question?.Id);
        run.Hear(PeterLeft);
        Assert.Null(run.Window.Question);
    }

    [Fact]
    public async Task Who_was_lost_for_good_leaves_the_bar_to_the_next()
    {
        await using var run = await MeetingAsync(new HostAppRun());
        run.Window.Press("yes", "join");
        run.Hear(new CustomerEvent.ConnectionAway(run.Clock.GetUtcNow().AddMinutes(5)));
        Assert.StartsWith("The connection is lost", run.Window.Bar!.Text, StringComparison.Ordinal);
        run.Hear(new CustomerEvent.ParticipantLeft(1, "Peter", SessionEnd.ConnectionLost));
        Assert.Equal("Marie of De Linde sees your screen", run.Window.Bar!.Text);
    }
}
