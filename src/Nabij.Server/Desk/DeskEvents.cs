using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Nabij.Server.Accounts;
using Nabij.Server.Rendezvous;

namespace Nabij.Server.Desk;

/// <summary>
/// The live waiting list as server-sent events. Each event is the whole list, so nothing is queued and a slow page
/// skips what it missed; changes closer together than <see cref="Pause"/> become one event. Bounded streams for each
/// technician; a stream ends with its sign-in. Thread-safe.
/// </summary>
internal sealed class DeskEvents(IDirectory directory, LiveSignIns live, Limits limits, IHostApplicationLifetime lifetime, TimeProvider time)
{
    /// <summary>Tuning: shortest time between two events.</summary>
    internal static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>An empty stretch this long gets the list again, so that proxies keep the connection and a dead one is noticed.</summary>
    internal static readonly TimeSpan Keepalive = TimeSpan.FromSeconds(20);

    private readonly ConcurrentDictionary<Guid, int> _open = new();

    /// <summary>One more stream for the technician, unless as many are open as allowed.</summary>
    internal bool TryOpen(SignedIn who, [NotNullWhen(true)] out Page? page)
    {
        var count = _open.AddOrUpdate(who.AccountId, 1, (_, open) => open + 1);
        page = count <= limits.EventStreamsPerTechnician ? new Page(this, who) : null;
        if (page is null)
            Close(who.AccountId);
        return page is not null;
    }

    private void Close(Guid technician) => _open.AddOrUpdate(technician, 0, (_, open) => open - 1);

    private async Task<WaitingList> ListAsync(Guid organization, CancellationToken over) =>
        WaitingList.Of(await directory.ListAsync(organization, over), time.GetUtcNow());

    /// <summary>The next version of the list, or the same one when nothing changed for <see cref="Keepalive"/>; null when the stream is over.</summary>
    private async Task<long?> ChangedAsync(Guid organization, long seen, CancellationToken over)
    {
        using var quiet = new CancellationTokenSource(Keepalive, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over, quiet.Token);
        try
        {
            return await directory.ChangedAsync(organization, seen, either.Token);
        }
        catch (OperationCanceledException)
        {
            return over.IsCancellationRequested ? null : seen;
        }
    }

    private async Task<bool> RestAsync(CancellationToken over)
    {
        try
        {
            await Task.Delay(Pause, time, over);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>One page that follows the list. Read once, to its end.</summary>
    internal sealed class Page(DeskEvents owner, SignedIn who)
    {
        internal async IAsyncEnumerable<SseItem<WaitingList>> ReadAsync([EnumeratorCancellation] CancellationToken aborted)
        {
            using var over = CancellationTokenSource.CreateLinkedTokenSource(aborted, owner.Stopping);
            using var watch = owner.EndsWith(who, over);
            try
            {
                var seen = 0L;
                while (await owner.ChangedAsync(who.OrganizationId, seen, over.Token) is { } version)
                {
                    seen = version;
                    yield return new SseItem<WaitingList>(await owner.ListAsync(who.OrganizationId, CancellationToken.None), "waiting");
                    if (!await owner.RestAsync(over.Token))
                        break;
                }
            }
            finally
            {
                owner.Close(who.AccountId);
            }
        }
    }

    private CancellationToken Stopping => lifetime.ApplicationStopping;

    private IDisposable EndsWith(SignedIn who, CancellationTokenSource over) => live.Watch(who.SignInId, over.Cancel);
}
