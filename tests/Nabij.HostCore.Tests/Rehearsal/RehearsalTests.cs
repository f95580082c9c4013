using Nabij.HostCore.Input;
using Nabij.HostCore.Picture;
using Nabij.HostCore.Rehearsal;

namespace Nabij.HostCore.Tests.Rehearsal;

public sealed class RehearsalTests
{
    [Fact]
    public async Task A_rehearsed_session_goes_from_registration_to_its_end() => await RehearsedSession.RunAsync();

    [Fact]
    public void An_encoder_made_ready_is_handed_out_once_and_not_before()
    {
        using var desktop = new HostDesktop(new SyntheticScreen(64, 48), new RecordingInputSink(), TimeProvider.System);
        using var first = desktop.TakeEncoder();
        desktop.PrepareEncoder();
        desktop.PrepareEncoder();
        using var second = desktop.TakeEncoder();
        using var third = desktop.TakeEncoder();
        var changed = new BlockMap(64, 48);
        changed.MarkAll();
        // Only the one made ready has a size yet.
        Assert.Equal(12, second.Begin(new PixelView(Enumerable.Repeat(0xFFFFFFu, 64 * 48).ToArray(), 64, 48, 64), changed, TimeSpan.Zero));
        Assert.NotSame(second, third);
        Assert.NotSame(first, second);
    }
}
