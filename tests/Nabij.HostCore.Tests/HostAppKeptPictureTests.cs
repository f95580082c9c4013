using Nabij.HostApp.Screens;
using Nabij.HostCore.Rendezvous;
using Nabij.HostCore.Session;
using Nabij.Protocol.People;

namespace Nabij.HostCore.Tests;

/// <summary>The customer hears that a technician keeps a picture of the screen: on the bar, by a screen reader, and at the end.</summary>
public sealed class HostAppKeptPictureTests
{
    [Theory]
    [InlineData("en", "Peter keeps a picture of your screen. Only De Linde can open it", "Peter kept a picture of your screen")]
    [InlineData("nl", "Peter bewaart een afbeelding van uw scherm. Alleen De Linde kan die openen", "Peter bewaarde een afbeelding van uw scherm")]
    public async Task It_is_told_on_the_bar_for_a_while_to_a_screen_reader_and_at_the_end(string language, string told, string listed)
    {
        await using var run = new HostAppRun(language: language);
        await run.ToLookingAsync();
        var before = run.Window.Bar!.Text;
        run.Hear(new CustomerEvent.PictureKept(Guid.Empty));
        Assert.Equal(told, run.Window.Bar!.Text);
        Assert.Contains(told, run.Window.Announced);
        Assert.Equal(BarColor.Looking, run.Window.Bar.Color);
        run.Pass(TimeSpan.FromSeconds(8));
        Assert.Equal(before, run.Window.Bar.Text);
        run.Hear(new CustomerEvent.Ended(SessionEnd.TechnicianEnded));
        Assert.Contains(listed, run.Text("log"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_several_technicians_the_one_who_keeps_it_is_named_everywhere()
    {
        await using var run = new HostAppRun();
        await run.ToLookingAsync();
        run.Hear(new CustomerEvent.ParticipantConnected(2, ParticipantRole.Technician, "Marie", "7195"));
        run.Window.Press("yes", "join");
        run.Hear(new CustomerEvent.PictureKept(Guid.Empty) { Person = 2 });
        Assert.Equal("Marie keeps a picture of your screen. Only De Linde can open it", run.Window.Bar!.Text);
        Assert.Contains("Marie keeps a picture of your screen. Only De Linde can open it", run.Window.Announced);
        run.Hear(new CustomerEvent.PictureKept(Guid.Empty));
        Assert.StartsWith("Peter keeps", run.Window.Bar!.Text, StringComparison.Ordinal);
        run.Hear(new CustomerEvent.Ended(SessionEnd.TechnicianEnded));
        var log = run.Text("log");
        Assert.Contains("Marie kept a picture of your screen", log, StringComparison.Ordinal);
        Assert.Contains("Peter kept a picture of your screen", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stop_comes_before_it_on_the_bar()
    {
        await using var run = new HostAppRun();
        await run.ToLookingAsync();
        run.Hear(new CustomerEvent.PictureKept(Guid.Empty));
        run.Window.PressBar(Bar.StopId);
        Assert.StartsWith("Stopped", run.Window.Bar!.Text, StringComparison.Ordinal);
    }
}
