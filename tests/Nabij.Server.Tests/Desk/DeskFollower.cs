using System.Collections.Concurrent;
using Nabij.Server.Desk.Waiting;
using Nabij.Server.Tests.Rendezvous;

namespace Nabij.Server.Tests.Desk;

/// <summary>An open desk that follows the waiting room by itself; a test waits until it shows something.</summary>
internal sealed class DeskFollower : IAsyncDisposable
{
    private readonly DeskPeer _peer;
    private readonly FollowedPage _page;
    private readonly HttpResponseMessage _answer;
    private readonly SemaphoreSlim _moved = new(0);
    private readonly Task _following;

    private DeskFollower(DeskPeer peer, FollowedPage page, HttpResponseMessage answer)
    {
        (_peer, _page, _answer) = (peer, page, answer);
        FirstEvent = page.Received;
        Show(page.Shown);
        _following = FollowAsync();
    }

    /// <summary>What the desk shows now.</summary>
    internal ConcurrentDictionary<string, WaitingLine> Lines { get; private set; } = new(StringComparer.Ordinal);

    /// <summary>Bytes of the whole list, which came first.</summary>
    internal long FirstEvent { get; }

    internal long Received => _page.Received;

    internal static async Task<DeskFollower> OpenAsync(RunningServer server, string email, CancellationToken cancellation)
    {
        var peer = await DeskPeer.SignInAsync(server, email);
        var (page, answer) = await FollowedPage.OpenAsync(peer.Visitor, cancellation);
        await page.NextAsync();
        return new DeskFollower(peer, page, answer);
    }

    /// <summary>Waits until the desk shows this.</summary>
    internal async Task UntilAsync(Func<IReadOnlyDictionary<string, WaitingLine>, bool> shows)
    {
        while (!shows(Lines))
            await _moved.WaitAsync(TestContext.Current.CancellationToken);
    }

    private async Task FollowAsync()
    {
        try
        {
            while (await _page.MoveAsync())
            {
                Show(_page.Shown);
                _moved.Release();
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The desk is closed.
        }
    }

    private void Show(IEnumerable<WaitingLine> lines) =>
        Lines = new(lines.Select(line => KeyValuePair.Create(line.Nameplate, line)), StringComparer.Ordinal);

    public async ValueTask DisposeAsync()
    {
        _answer.Dispose();
        await _following;
        await _page.DisposeAsync();
        _peer.Dispose();
        _moved.Dispose();
    }
}
