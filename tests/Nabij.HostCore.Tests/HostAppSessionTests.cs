using Nabij.HostApp.Flow;
using Nabij.HostApp.Screens;
using Nabij.HostCore.Guard;
using Nabij.HostCore.Rendezvous;
using Nabij.HostCore.Session;
using Nabij.Protocol;

namespace Nabij.HostCore.Tests;

/// <summary>The customer's way from the code to the end, screen by screen.</summary>
public sealed class HostAppSessionTests
{
    private static readonly Permissions Control = Permissions.Pointer | Permissions.Keyboard;

    [Fact]
    public async Task The_code_is_shown_in_groups_with_its_spelling_and_can_be_copied_nowhere()
    {
        await using var run = new HostAppRun();
        await run.ToCodeAsync();
        Assert.Equal("417 902 635", run.Main.Parts.OfType<Code>().Single().Digits);
        Assert.Equal("Read aloud: four one seven, nine zero two, six three five", run.Text("spoken"));
        Assert.Contains("10 more minutes", run.Text("meter"), StringComparison.Ordinal);
        Assert.Equal(["close"], run.Main.Presses.Select(press => press.Id));
    }

    [Fact]
    [Trait("Invariant", "12")]
    public async Task The_secret_digits_are_in_no_title_and_nothing_announces_the_first_code()
    {
        await using var run = new HostAppRun();
        await run.ToLookingAsync();
        Assert.All(run.Window.Seen, screen => Assert.False(screen.Title.Any(char.IsAsciiDigit), screen.Title));
        Assert.DoesNotContain(run.Window.Announced, text => text.Contains("902", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_time_that_is_left_counts_down_in_minutes()
    {
        await using var run = new HostAppRun();
        await run.ToCodeAsync();
        run.Pass(TimeSpan.FromSeconds(61));
        Assert.Contains("9 more minutes", run.Text("meter"), StringComparison.Ordinal);
        run.Pass(TimeSpan.FromMinutes(8));
        Assert.Contains("one more minute", run.Text("meter"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_code_is_told_with_the_new_digits()
    {
        await using var run = new HostAppRun();
        await run.ToCodeAsync();
        run.Hear(new CustomerEvent.Joined());
        Assert.Contains("One moment", run.Text("meter"), StringComparison.Ordinal);
        run.Hear(new CustomerEvent.CodeReady("417118204", run.Clock.GetUtcNow().AddMinutes(10), CodeNews.WrongCode));
        Assert.Equal(
            "Someone entered a wrong code. Nobody has seen your screen. The last six digits are new: 417 118 204. " +
            "Read them only to the person of De Linde that you called yourself.",
            run.Text("notice"));
        Assert.Contains(
            "Someone entered a wrong code. Nobody has seen your screen. The last digits of the code are new.", run.Window.Announced);
        Assert.DoesNotContain(run.Window.Announced, text => text.Any(char.IsAsciiDigit));
    }

    [Fact]
    public async Task Three_wrong_codes_pause_and_six_stop()
    {
        await using var run = new HostAppRun();
        await run.ToCodeAsync();
        run.Hear(new CustomerEvent.Paused(run.Clock.GetUtcNow().AddSeconds(60)));
        Assert.Equal("pause", run.Main.Id);
        Assert.Contains("60 seconds", run.Text("body"), StringComparison.Ordinal);
        run.Pass(TimeSpan.FromSeconds(20));
        Assert.Contains("40 seconds", run.Text("body"), StringComparison.Ordinal);
        run.Hear(new CustomerEvent.CodeReady("417555666", run.Clock.GetUtcNow().AddMinutes(10), CodeNews.WrongCode));
        Assert.Equal("code", run.Main.Id);
        run.Hear(new CustomerEvent.TooManyWrong());
        Assert.Equal("too-many", run.Main.Id);
        Assert.Null(run.Flow.Line);
        run.Window.Press("close");
        await run.Window.UntilEndAsync(0);
    }

    [Theory]
    [InlineData(TroubleKind.Network, true)]
    [InlineData(TroubleKind.Clock, true)]
    [InlineData(TroubleKind.Expired, true)]
    [InlineData(TroubleKind.Screen, true)]
    [InlineData(TroubleKind.Outdated, false)]
    public async Task What_is_in_the_way_of_a_code_is_told(TroubleKind kind, bool mayTryAgain)
    {
        await using var run = new HostAppRun();
        await run.ToCodeAsync();
        run.Hear(new CustomerEvent.InTheWay(new Trouble(kind, run.Clock.GetUtcNow(), run.Clock.GetUtcNow().AddHours(1))));
        Assert.StartsWith("problem-", run.Main.Id, StringComparison.Ordinal);
        Assert.Equal(mayTryAgain, run.Main.Presses.Any(press => press.Id == "again"));
    }

    [Fact]
    public async Task A_computer_whose_screen_cannot_be_shared_is_told_before_there_is_a_code()
    {
        await using var run = new HostAppRun { OpensDesktop = false };
        await run.ToTermsAsync();
        run.AgreeToAll();
        Assert.Equal("problem-screen", run.Main.Id);
        run.OpensDesktop = true;
        run.Window.Press("again");
        Assert.Equal("connecting", run.Main.Id);
    }

    [Fact]
    public async Task Who_asks_is_shown_with_name_shop_and_check_number_and_nothing_is_given_yet()
    {
        await using var run = new HostAppRun();
        await run.ToWhoAsync();
        Assert.Equal("Peter of De Linde asks to see your screen", run.Text("heading"));
        Assert.Equal("Check number: 0124", run.Text("check-number"));
        Assert.Equal("Check number: zero one two four", run.Main.Parts.OfType<Words>().Single(words => words.Id == "check-number").Spoken);
        Assert.Null(run.Window.Bar);
        Assert.Contains("main", run.Window.Raised);
    }

    [Fact]
    [Trait("Invariant", "9")]
    public async Task A_technicians_name_is_text_and_cannot_disguise_itself()
    {
        await using var run = new HostAppRun();
        await run.ToCodeAsync();
        run.Hear(new CustomerEvent.TechnicianConnected("<b>Eve</b>\u202e{shop}", "De Linde", "0124", Permissions.View));
        Assert.Equal("<b>Eve</b>\ufffd{shop} of De Linde asks to see your screen", run.Text("heading"));
    }

    [Theory]
    [InlineData("no", "Declined")]
    [InlineData("differ", "NumbersDiffer")]
    public async Task Saying_no_or_that_the_numbers_differ_ends_it(string press, string ending)
    {
        await using var run = new HostAppRun();
        await run.ToWhoAsync();
        run.Window.Press(press);
        Assert.Equal(ending, Assert.IsType<EndStage>(run.Flow.Stage).End.ToString());
        Assert.Null(run.Window.Bar);
    }

    [Fact]
    public async Task Closing_the_question_is_no()
    {
        await using var run = new HostAppRun();
        await run.ToWhoAsync();
        run.Window.CloseByButton();
        Assert.Equal(SessionEnd.Declined, Assert.IsType<EndStage>(run.Flow.Stage).End);
    }

    [Fact]
    public async Task After_yes_the_bar_says_who_looks_and_the_window_is_gone()
    {
        await using var run = new HostAppRun();
        await run.ToLookingAsync();
        Assert.Null(run.Window.Main);
        Assert.Equal("Peter of De Linde sees your screen", run.Window.Bar!.Text);
        Assert.Equal(BarColor.Looking, run.Window.Bar.Color);
        Assert.Equal(["private", Bar.StopId], run.Window.Bar.Presses.Select(press => press.Id));
    }

    [Fact]
    public async Task The_computer_is_kept_awake_while_somebody_looks_and_sounds_tell_when_it_begins_and_ends()
    {
        await using var run = new HostAppRun();
        await run.ToWhoAsync();
        Assert.False(run.Window.IsHeldAwake);
        run.Window.Press("yes");
        Assert.True(run.Window.IsHeldAwake);
        Assert.Equal([Sound.HelpBegins], run.Window.Played);
        run.Hear(new CustomerEvent.Ended(SessionEnd.TechnicianEnded));
        Assert.False(run.Window.IsHeldAwake);
        Assert.Equal([Sound.HelpBegins, Sound.HelpEnds], run.Window.Played);
    }

    [Fact]
    public async Task Control_is_asked_by_itself_given_and_taken_back()
    {
        await using var run = new HostAppRun();
        await run.ToLookingAsync();
        run.Hear(new CustomerEvent.Asked(Control));
        Assert.Equal("ask-control", run.Window.Question!.Id);
        Assert.Contains(run.Window.Question.Parts, part => part is Words { Role: WordsRole.Warning, Text: var text } && text.Contains("bank", StringComparison.Ordinal));
        run.Window.Press("yes", "ask");
        Assert.Null(run.Window.Question);
        Assert.Equal(BarColor.Controlling, run.Window.Bar!.Color);
        run.Window.PressBar("back-control");
        Assert.Equal(BarColor.Looking, run.Window.Bar.Color);
        Assert.DoesNotContain(run.Window.Bar.Menu, press => press.Id == "back-control");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Control_that_is_refused_stays_refused(bool byButton)
    {
        await using var run = new HostAppRun();
        await run.ToLookingAsync();
        run.Hear(new CustomerEvent.Asked(Control));
        if (byButton)
            run.Window.Press("no", "ask");
        else
            run.Window.CloseByButton("ask");
        Assert.Null(run.Window.Question);
        Assert.Equal(BarColor.Looking, run.Window.Bar!.Color);
    }

    [Fact]
    public async Task What_has_no_words_is_never_put_to_the_customer()
    {
        await using var run = new HostAppRun();
        await run.ToLookingAsync();
        run.Hear(new CustomerEvent.Asked(Permissions.Elevate | Permissions.Record));
        Assert.Null(run.Window.Question);
    }

    [Fact]
    [Trait("Invariant", "3")]
    public async Task Stop_shows_what_it_did_and_lets_the_customer_go_on()
    {
        await using var run = new HostAppRun();
        await run.ToLookingAsync();
        run.Hear(new CustomerEvent.Asked(Control));
        run.Window.PressBar(Bar.StopId);
        Assert.Null(run.Window.Question);
        Assert.Equal("stopped", run.Main.Id);
        Assert.Equal(BarColor.Stopped, run.Window.Bar!.Color);
        run.Window.CloseByButton();
        Assert.Null(run.Window.Main);
        run.Window.PressBar("show");
        Assert.Equal("stopped", run.Main.Id);
        run.Window.Press("go-on");
        Assert.Equal(BarColor.Looking, run.Window.Bar.Color);
        Assert.Null(run.Window.Main);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_private_moment_hides_the_screen_until_the_customer_shows_it_again(bool byKeys)
    {
        await using var run = new HostAppRun();
        await run.ToLookingAsync();
        run.Hear(new CustomerEvent.Asked(Control));
        if (byKeys)
            run.Window.PressPrivateKeys();
        else
            run.Window.PressBar("private");
        Assert.Null(run.Window.Question);
        Assert.Null(run.Window.Main);
        Assert.True(run.Flow.Line!.Session.Pauses.HasFlag(Pauses.Private));
        Assert.Equal("Private moment. Peter sees nothing and cannot click or type", run.Window.Bar!.Text);
        Assert.Equal(["show-again", Bar.StopId], run.Window.Bar.Presses.Select(press => press.Id));
        if (byKeys)
        {
            run.Window.PressPrivateKeys();
            run.Window.Press("show-again");
        }
        else
        {
            run.Window.PressBar("show-again");
        }

        Assert.Null(run.Window.Main);
        Assert.Equal(Pauses.None, run.Flow.Line.Session.Pauses);
        Assert.Equal("Peter of De Linde sees your screen", run.Window.Bar.Text);
    }

    [Fact]
    public async Task Stop_in_a_private_moment_comes_first_and_the_private_moment_is_there_after_going_on()
    {
        await using var run = new HostAppRun();
        await run.ToLookingAsync();
        run.Window.PressBar("private");
        run.Window.PressBar(Bar.StopId);
        Assert.Equal("stopped", run.Main.Id);
        run.Window.PressPrivateKeys();
        Assert.Equal("stopped", run.Main.Id);
        run.Window.Press("go-on");
        Assert.Equal(Pauses.Private, run.Flow.Line!.Session.Pauses);
        Assert.Equal("Private moment. Peter sees nothing and cannot click or type", run.Window.Bar!.Text);
    }

    [Fact]
    public async Task A_window_that_looks_private_is_explained_quietly_and_never_named()
    {
        await using var run = new HostAppRun();
        await run.ToLookingAsync();
        run.Hear(new CustomerEvent.Guarded(SensitiveKind.Bank));
        var screen = run.Window[CustomerFlow.GuardWindow]!;
        Assert.True(screen.Quiet);
        Assert.DoesNotContain(CustomerFlow.GuardWindow, run.Window.Raised);
        Assert.Contains(screen.Parts, part => part is Words { Role: WordsRole.Warning, Text: var text } && text.Contains("does not know every bank", StringComparison.Ordinal));
        Assert.Equal(BarColor.Stopped, run.Window.Bar!.Color);
        run.Window.Press("hide", CustomerFlow.GuardWindow);
        Assert.Null(run.Window[CustomerFlow.GuardWindow]);
        run.Window.PressBar("why");
        Assert.NotNull(run.Window[CustomerFlow.GuardWindow]);
        run.Hear(new CustomerEvent.Unguarded());
        Assert.Null(run.Window[CustomerFlow.GuardWindow]);
        Assert.Equal(BarColor.Looking, run.Window.Bar.Color);
    }

    [Fact]
    public async Task What_is_guarded_before_anybody_looks_is_explained_when_somebody_does()
    {
        await using var run = new HostAppRun();
        await run.ToWhoAsync();
        run.Hear(new CustomerEvent.Guarded(SensitiveKind.Passwords));
        Assert.Null(run.Window[CustomerFlow.GuardWindow]);
        run.Window.Press("yes");
        Assert.NotNull(run.Window[CustomerFlow.GuardWindow]);
        Assert.Equal("Hidden: this window looks private. Peter sees nothing", run.Window.Bar!.Text);
    }

    [Theory]
    [InlineData("yes")]
    [InlineData("no")]
    public async Task Every_hour_the_customer_says_whether_the_help_goes_on(string answer)
    {
        await using var run = new HostAppRun();
        await run.ToLookingAsync();
        run.Hear(new CustomerEvent.StillHelping());
        Assert.Equal("still", run.Window[CustomerFlow.StillWindow]!.Id);
        run.Window.Press(answer, CustomerFlow.StillWindow);
        Assert.Null(run.Window[CustomerFlow.StillWindow]);
        Assert.Equal(answer == "no" ? BarColor.Stopped : BarColor.Looking, run.Window.Bar!.Color);
    }

    [Theory]
    [InlineData(Pauses.Idle, "Paused: nobody did anything for 15 minutes")]
    [InlineData(Pauses.Unanswered, "Paused: you did not answer")]
    [InlineData(Pauses.Locked, "Paused: the computer was locked")]
    public async Task A_session_that_paused_itself_says_why_and_may_go_on(Pauses why, string heading)
    {
        await using var run = new HostAppRun();
        await run.ToLookingAsync();
        run.Hear(new CustomerEvent.StillHelping());
        run.Hear(new CustomerEvent.HeldBack(why));
        Assert.Null(run.Window[CustomerFlow.StillWindow]);
        Assert.Equal(heading, run.Text("heading"));
        run.Window.Press("go-on");
        Assert.Equal(BarColor.Looking, run.Window.Bar!.Color);
    }

    [Fact]
    [Trait("Invariant", "3")]
    public async Task Stop_before_anybody_looks_means_no()
    {
        await using var run = new HostAppRun();
        await run.ToWhoAsync();
        run.Window.PressStopKeys();
        run.Window.Pump();
        Assert.Equal(SessionEnd.Declined, Assert.IsType<EndStage>(run.Flow.Stage).End);
        Assert.Null(run.Window.Bar);
    }

    [Fact]
    [Trait("Invariant", "2")]
    public async Task Looking_is_taken_back_with_everything_that_needs_it()
    {
        await using var run = new HostAppRun();
        await run.ToLookingAsync();
        run.Hear(new CustomerEvent.Asked(Control));
        run.Window.Press("yes", "ask");
        run.Hear(new CustomerEvent.Asked(Permissions.Draw));
        run.Window.PressBar("back-look");
        Assert.Null(run.Window.Question);
        Assert.Equal("Peter of De Linde is connected and sees nothing", run.Window.Bar!.Text);
        Assert.Equal(["chat", "end"], run.Window.Bar.Menu.Select(press => press.Id));
        Assert.Contains("Peter does not see your screen any more.", run.Window.Announced);
        run.Hear(new CustomerEvent.Asked(Control));
        Assert.Equal("ask-look", run.Window.Question!.Id);
        run.Window.Press("yes", "ask");
        Assert.Equal(BarColor.Looking, run.Window.Bar.Color);
        Assert.DoesNotContain(run.Window.Bar.Menu, press => press.Id == "back-control");
    }

    [Fact]
    public async Task A_fault_of_the_engine_is_reported_and_told_and_another_try_is_offered()
    {
        await using var run = new HostAppRun { ConnectFault = new NotSupportedException() };
        await run.ToTermsAsync();
        run.AgreeToAll();
        await run.Window.UntilScreenAsync("problem-other");
        Assert.Same(run.ConnectFault, Assert.Single(run.Faults));
        run.Window.Press("close");
        await run.Window.UntilEndAsync(1);
    }

    [Fact]
    [Trait("Invariant", "3")]
    public async Task The_stop_keys_work_from_a_thread_of_their_own()
    {
        await using var run = new HostAppRun();
        await run.ToLookingAsync();
        run.Window.PressStopKeys();
        run.Window.Pump();
        Assert.Equal("stopped", run.Main.Id);
        run.Window.CloseByButton();
        Assert.Null(run.Window.Main);
        run.Window.PressStopKeys();
        run.Window.Pump();
        run.Window.Press("end");
        Assert.Equal(SessionEnd.CustomerEnded, Assert.IsType<EndStage>(run.Flow.Stage).End);
    }

    [Fact]
    public async Task While_stopped_nothing_is_asked()
    {
        await using var run = new HostAppRun();
        await run.ToLookingAsync();
        run.Window.PressBar(Bar.StopId);
        run.Hear(new CustomerEvent.Asked(Control));
        Assert.Null(run.Window.Question);
    }

    [Fact]
    public async Task The_end_says_what_was_done_and_why_and_then_nothing_is_left()
    {
        await using var run = new HostAppRun();
        await run.ToLookingAsync();
        run.Hear(new CustomerEvent.Asked(Control));
        run.Window.Press("yes", "ask");
        run.Hear(new CustomerEvent.Ended(SessionEnd.TechnicianEnded));
        Assert.Equal("Peter ended the help.", run.Text("reason"));
        Assert.Equal(
            ["Peter of De Linde was connected", "You let Peter look", "You gave control of mouse and keyboard", "The help ended"],
            run.Text("log").Split('\n').Select(line => line[7..]));
        Assert.Null(run.Window.Bar);
        Assert.Null(run.Flow.Line);
        run.Window.Press("close");
        await run.Window.UntilEndAsync(0);
        Assert.Null(run.Window.Main);
    }

    [Fact]
    public async Task The_end_follows_a_language_chosen_before()
    {
        await using var run = new HostAppRun(language: "nl");
        await run.ToLookingAsync();
        run.Hear(new CustomerEvent.Ended(SessionEnd.ConnectionLost));
        Assert.Equal("De verbinding is weggevallen, of de server van De Linde is gestopt. Niemand ziet uw scherm meer.", run.Text("reason"));
    }

    [Theory]
    [InlineData("ConnectionLost", true)]
    [InlineData("ProgramClosed", true)]
    [InlineData("TechnicianEnded", false)]
    [InlineData("Expired", false)]
    [InlineData("ProtocolError", false)]
    [InlineData("ScreenLost", false)]
    public async Task A_new_code_is_offered_where_help_may_still_be_wanted(string ending, bool offered)
    {
        await using var run = new HostAppRun();
        await run.ToLookingAsync();
        run.Hear(new CustomerEvent.Ended(Enum.Parse<SessionEnd>(ending)));
        Assert.Equal(offered, run.Main.Presses.Any(press => press.Id == "again"));
    }

    [Fact]
    public async Task A_session_that_ends_during_a_question_takes_the_question_away()
    {
        await using var run = new HostAppRun();
        await run.ToLookingAsync();
        run.Hear(new CustomerEvent.Asked(Control));
        run.Hear(new CustomerEvent.Ended(SessionEnd.ConnectionLost));
        Assert.Null(run.Window.Question);
        Assert.Null(run.Window.Bar);
        Assert.Equal("end", run.Main.Id);
    }

    [Fact]
    public async Task The_log_is_bounded()
    {
        await using var run = new HostAppRun();
        await run.ToLookingAsync();
        for (var turn = 0; turn < SessionLog.Limit; turn++)
        {
            run.Hear(new CustomerEvent.Asked(Control));
            run.Window.Press("yes", "ask");
            run.Window.PressBar("back-control");
        }

        run.Window.PressBar("end");
        Assert.Equal(SessionLog.Limit, run.Text("log").Split('\n').Length);
        Assert.Contains("was connected", run.Text("log"), StringComparison.Ordinal);
    }
}
