using Nabij.Server.Accounts;

namespace Nabij.Server.Tests.Accounts;

/// <summary>Who watches a sign-in hears of its end, whatever happens to the others who watch it.</summary>
public sealed class LiveSignInsTests
{
    [Fact]
    public void A_watcher_that_has_gone_in_the_meantime_keeps_nobody_from_hearing_of_the_end()
    {
        var signIns = new LiveSignIns();
        using var gone = new CancellationTokenSource();
        using var there = new CancellationTokenSource();
        using var first = signIns.Watch("one", gone.Cancel);
        using var second = signIns.Watch("one", there.Cancel);
        gone.Dispose();

        signIns.End("one");

        Assert.True(there.IsCancellationRequested);
        Assert.Empty(signIns.Watched());
    }
}
