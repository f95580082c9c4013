using Nabij.HostApp.Screens;
using Nabij.HostCore.Picture;

namespace Nabij.HostCore.Tests;

/// <summary>The customer chooses which displays are shown: before the technician sees anything, and during the session.</summary>
public sealed class HostAppDisplaysTests
{
    private static readonly DesktopDisplay First = new("DP-1", new PixelArea(0, 0, 320, 200)) { IsPrimary = true };
    private static readonly DesktopDisplay Second = new("DP-2", new PixelArea(320, 0, 160, 120));

    // One pixel wider than a picture may be, under the name of the first.
    private static readonly DesktopDisplay TooLarge = First with { Area = new PixelArea(0, 0, 16_385, 16) };

    [Fact]
    public async Task With_one_display_nothing_is_asked_and_that_one_is_shared()
    {
        await using var run = new HostAppRun();
        await run.ToLookingAsync();
        Assert.Null(run.Window.Main);
        await SharedAsync(run, "synthetic");
        Assert.Equal([new PixelArea(0, 0, 64, 64)], run.Window.Bar!.Frames);
        Assert.DoesNotContain(run.Window.Bar.Menu, item => item.Id == "displays");
    }

    [Fact]
    [Trait("Invariant", "3")]
    public async Task With_two_displays_only_what_the_customer_ticks_is_shared()
    {
        await using var run = Two();
        await run.ToWhoAsync();
        Assert.Contains("which of your 2 screens", run.Text("body"), StringComparison.Ordinal);
        run.Window.Press("yes");
        Assert.Equal("displays", run.Main.Id);
        Assert.Null(run.Window.Bar);
        Assert.Equal([First.Area, Second.Area], run.Window.Numbers);
        Assert.Equal((true, false, false), Ticks(run.Main));
        Assert.Equal("Screen 1 (left, main screen, 320 x 200, DP-1)", run.Main.Parts.OfType<Tick>().First().Text);
        run.Window.Answer("display-1", "off");
        Assert.False(run.Main.Presses.Single(press => press.Id == "yes").Enabled);
        Assert.Equal("Tick at least one screen.", run.Main.Parts.OfType<Tick>().Last().Error);
        run.Window.Answer("display-2", "on");
        run.Window.Press("yes");
        Assert.Null(run.Window.Main);
        Assert.Empty(run.Window.Numbers);
        await SharedAsync(run, "DP-2");
        Assert.Equal([Second.Area], run.Window.Bar!.Frames);
    }

    [Fact]
    public async Task The_display_with_the_programs_window_is_ticked_at_first()
    {
        await using var run = Two();
        run.Window.Place = (400, 60);
        await run.ToLookingAsync();
        Assert.Equal((false, true, false), Ticks(run.Main));
        run.Window.Answer("display-all", "on");
        Assert.Equal((true, true, true), Ticks(run.Main));
        run.Window.Press("yes");
        await SharedAsync(run, "DP-1", "DP-2");
    }

    [Fact]
    public async Task To_show_nothing_ends_the_help()
    {
        await using var run = Two();
        await run.ToLookingAsync();
        run.Window.Press("no");
        Assert.Equal("end", run.Main.Id);
        Assert.Empty(run.Window.Numbers);
        await SharedAsync(run);
    }

    [Fact]
    public async Task The_choice_can_be_changed_from_the_menu_of_the_bar()
    {
        await using var run = Two();
        await run.ToLookingAsync();
        run.Window.Press("yes");
        run.Window.PressBar("displays");
        Assert.Equal((true, false, false), Ticks(run.Window.Displays!));
        run.Window.Answer("display-all", "on", "displays");
        run.Window.Press("no", "displays");
        Assert.Null(run.Window.Displays);
        await SharedAsync(run, "DP-1");
        run.Window.PressBar("displays");
        run.Window.Answer("display-all", "on", "displays");
        run.Window.Press("yes", "displays");
        await SharedAsync(run, "DP-1", "DP-2");
        Assert.Equal(2, run.Window.Bar!.Frames.Count);
        Assert.Contains("sees the screens that you ticked", run.Window.Announced[^1], StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Invariant", "3")]
    public async Task A_display_that_goes_is_told_in_words_and_no_other_is_shown_instead()
    {
        await using var run = Two();
        await run.ToLookingAsync();
        run.Window.Press("yes");
        run.Screen.Arrange(Second);
        await run.Window.UntilAsync(() => run.Window.Bar!.Text.Contains("is gone", StringComparison.Ordinal));
        Assert.Empty(run.Window.Bar!.Frames);
        Assert.Contains(run.Window.Bar.Presses, press => press.Id == Bar.StopId);
        run.Pass(TimeSpan.FromSeconds(1));
        Assert.Contains(run.Window.Displays!.Parts, part => part.Id == "gone");
        Assert.Empty(run.Flow.Desktop!.Shared.Displays);
        run.Window.Answer("display-1", "on", "displays");
        run.Window.Press("yes", "displays");
        await SharedAsync(run, "DP-2");
    }

    [Fact]
    public async Task A_display_that_becomes_too_large_is_told_in_words_and_shown_again_when_it_fits()
    {
        await using var run = Two();
        await run.ToLookingAsync();
        run.Window.Press("yes");
        await SharedAsync(run, "DP-1");
        run.Screen.Arrange(TooLarge, Second with { Area = new PixelArea(0, 16, 160, 120) });
        await run.Window.UntilAsync(() => run.Window.Bar!.Text.Contains("too large", StringComparison.Ordinal));
        await SharedAsync(run);
        Assert.Empty(run.Window.Bar!.Frames);
        run.Pass(TimeSpan.FromSeconds(1));
        Assert.Contains(run.Window.Displays!.Parts, part => part.Id == "too-large");
        Assert.Equal("This screen is too large to show. Tick another screen.", run.Window.Displays.Parts.OfType<Tick>().Last().Error);
        Assert.False(run.Window.Displays.Presses.Single(press => press.Id == "yes").Enabled);
        Assert.Contains("too large", run.Window.Announced[^1], StringComparison.Ordinal);
        run.Screen.Arrange(First, Second);
        await run.Window.UntilAsync(() => run.Window.Displays is null && run.Window.Bar!.Frames.Count == 1);
        await SharedAsync(run, "DP-1");
        Assert.NotNull(run.Flow.Line);
    }

    [Fact]
    public async Task Another_display_can_be_chosen_in_place_of_one_that_became_too_large()
    {
        await using var run = Two();
        await run.ToLookingAsync();
        run.Window.Press("yes");
        await SharedAsync(run, "DP-1");
        run.Screen.Arrange(TooLarge, Second with { Area = new PixelArea(0, 16, 160, 120) });
        await run.Window.UntilAsync(() => run.Window.Bar!.Frames.Count == 0);
        run.Window.PressBar("displays");
        run.Window.Answer("display-1", "off", "displays");
        run.Window.Answer("display-2", "on", "displays");
        run.Window.Press("yes", "displays");
        await SharedAsync(run, "DP-2");
        Assert.Contains("sees your screen", run.Window.Bar!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_only_display_may_be_too_large_from_the_start()
    {
        await using var run = new HostAppRun { Screen = new SyntheticScreen(TooLarge) };
        await run.ToLookingAsync();
        await run.Window.UntilAsync(() => run.Window.Bar!.Text.Contains("too large", StringComparison.Ordinal));
        run.Pass(TimeSpan.FromSeconds(1));
        await run.Window.UntilAsync(() => run.Window.Displays is not null);
        run.Screen.Arrange(First);
        await run.Window.UntilAsync(() => run.Window.Displays is null && run.Window.Bar!.Frames.Count == 1);
        await SharedAsync(run, "DP-1");
    }

    [Fact]
    public async Task A_display_that_comes_back_at_once_is_shown_again_without_a_question()
    {
        await using var run = Two();
        await run.ToLookingAsync();
        run.Window.Press("yes");
        run.Screen.Arrange(Second);
        await run.Window.UntilAsync(() => run.Window.Bar!.Frames.Count == 0);
        run.Screen.Arrange(Second with { Area = new PixelArea(0, 0, 160, 120) }, First with { Area = new PixelArea(160, 0, 320, 200) });
        await run.Window.UntilAsync(() => run.Window.Bar!.Frames.Count == 1);
        run.Pass(TimeSpan.FromSeconds(2));
        Assert.Null(run.Window.Displays);
        Assert.Equal([new PixelArea(160, 0, 320, 200)], run.Window.Bar!.Frames);
        await SharedAsync(run, "DP-1");
    }

    [Fact]
    public async Task A_display_that_is_plugged_in_is_not_shared_and_can_be_chosen()
    {
        await using var run = new HostAppRun { Screen = new SyntheticScreen(First) };
        await run.ToLookingAsync();
        run.Screen.Arrange(First, Second);
        await run.Window.UntilAsync(() => run.Window.Bar!.Menu.Any(item => item.Id == "displays"));
        Assert.Equal([First.Area], run.Window.Bar!.Frames);
        await SharedAsync(run, "DP-1");
    }

    private static HostAppRun Two() => new() { Screen = new SyntheticScreen(First, Second) };

    private static (bool First, bool Second, bool All) Ticks(Screen screen)
    {
        var ticks = screen.Parts.OfType<Tick>().ToArray();
        return (ticks[0].On, ticks[1].On, ticks[2].On);
    }

    private static Task SharedAsync(HostAppRun run, params string[] names) => Eventually.True(
        () => run.Flow.Desktop!.Shared.Displays.Select(display => display.Name).SequenceEqual(names), "shared: " + string.Join(", ", names));
}
