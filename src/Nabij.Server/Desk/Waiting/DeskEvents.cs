using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Nabij.Server.Accounts;
using Nabij.Server.Rendezvous;

namespace Nabij.Server.Desk.Waiting;

/// <summary>
/// The live waiting room as server-sent events: the whole list first (<c>waiting</c>), then what differs from what this page
/// was told last (<c>change</c>), and that the requests to be called back differ (<c>callbacks</c>). Nothing is queued: a slow page is told later, and once. Changes closer together than
/// <see cref="Pause"/> become one event. Bounded streams for each technician; a stream ends with its sign-in. Thread-safe.
/// </summary>
internal sealed class DeskEvents(WaitingBoard board, ClaimBook claims, LiveSignIns live, Limits limits, IHostApplicationLifetime lifetime, TimeProvider time)
{
    /// <summary>Tuning: shortest time between two events.</summary>
    internal static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>An empty stretch this long gets an event of its own, so that proxies keep the connection and a dead one is noticed.</summary>
    internal static readonly TimeSpan Keepalive = TimeSpan.FromSeconds(20);

    private readonly ConcurrentDictionary<Guid, int> _open = new();

    /// <summary>One more stream for the technician, unless as many are open as allowed.</summary>
    internal bool TryOpen(SignedIn who, [NotNullWhen(true)] out Page? page)
    {
        var count = _open.AddOrUpdate(who.AccountId, 1, (_, open) => open + 1);
        page = count <= limits.EventStreamsPerTechnician ? new Page(this, who) : null;
        if (page is null)
            Close(who);
        else
            claims.Arrived(who);
        return page is not null;
    }

    /// <summary>Whether this technician has a desk open now.</summary>
    internal bool IsOpen(Guid technician) => _open.TryGetValue(technician, out var open) && open > 0;

    private void Close(SignedIn who)
    {
        if (_open.AddOrUpdate(who.AccountId, 0, (_, open) => open - 1) == 0)
            claims.Left(who);
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

    /// <summary>One page that follows the waiting room. Read once, to its end.</summary>
    internal sealed class Page(DeskEvents owner, SignedIn who)
    {
        internal async IAsyncEnumerable<SseItem<string>> ReadAsync([EnumeratorCancellation] CancellationToken aborted)
        {
            using var over = CancellationTokenSource.CreateLinkedTokenSource(aborted, owner.Stopping);
            using var watch = owner.EndsWith(who, over);
            try
            {
                WaitingPicture? told = null;
                var seen = (List: 0L, Claims: 0L, Callbacks: 0L);
                while (await owner.ChangedAsync(who.OrganizationId, seen, over.Token) is { } version)
                {
                    var isQuiet = version == seen;
                    // What was asked before this page came it reads by itself.
                    var hasAsked = seen.Callbacks != 0 && version.Callbacks != seen.Callbacks;
                    seen = version;
                    if (hasAsked)
                        yield return new SseItem<string>("{}", "callbacks");
                    var now = await owner.ReadAsync(who.OrganizationId);
                    if (Tell(now, told, isQuiet) is { } item)
                        yield return item;
                    told = now;
                    if (!await owner.RestAsync(over.Token))
                        break;
                }
            }
            finally
            {
                owner.Close(who);
            }
        }

        /// <summary>Null when nothing that a page shows has changed, and there was something else to hear lately.</summary>
        private static SseItem<string>? Tell(WaitingPicture now, WaitingPicture? told, bool isQuiet)
        {
            if (told is null)
                return Item("waiting", now.ToList(), DeskJson.Default.WaitingList);
            var change = now.Since(told);
            return change.Came.Count + change.Gone.Count > 0 || isQuiet ? Item("change", change, DeskJson.Default.WaitingChange) : null;
        }

        private static SseItem<string> Item<T>(string name, T content, JsonTypeInfo<T> type) => new(JsonSerializer.Serialize(content, type), name);
    }

    private CancellationToken Stopping => lifetime.ApplicationStopping;

    private IDisposable EndsWith(SignedIn who, CancellationTokenSource over) => live.Watch(who.SignInId, over.Cancel);

    private Task<WaitingPicture> ReadAsync(Guid organization) => board.ReadAsync(organization, CancellationToken.None);

    private Task<(long List, long Claims, long Callbacks)?> ChangedAsync(Guid organization, (long List, long Claims, long Callbacks) seen, CancellationToken over) =>
        board.ChangedAsync(organization, seen, Keepalive, over);
}
