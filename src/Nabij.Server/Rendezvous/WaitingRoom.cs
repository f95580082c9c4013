using System.Collections.Concurrent;
using Nabij.Protocol;

namespace Nabij.Server.Rendezvous;

/// <summary>
/// The sockets of the hosts that wait on this node, by their place in the <see cref="IDirectory"/>, which also bounds
/// their number. Thread-safe.
/// </summary>
internal sealed class WaitingRoom(IDirectory directory)
{
    private readonly ConcurrentDictionary<Guid, WaitingHost> _hosts = new();
    private volatile bool _closing;

    internal int Count => _hosts.Count;

    /// <summary>
    /// Makes an admitted host one that can be taken. An older socket of the same lease is sent away. A technician, or a
    /// newer socket of the lease, may have been faster than this call: then the place is lost and the host is told to
    /// register again.
    /// </summary>
    internal async Task EnterAsync(WaitingHost host, Guid? replaced, CancellationToken cancellation)
    {
        if (!_hosts.TryAdd(host.Customer.Place, host))
            throw new InvalidOperationException("A place belongs to one host.");
        if (replaced is { } older)
            Find(older)?.Tell(SocketCloseCode.Expired);
        if (_closing)
            host.Tell(SocketCloseCode.GoingAway);
        // Asked after the host can be found: who gives the place up later than this finds the host and tells it.
        if (!await directory.HoldsAsync(host.Organization, host.Customer.Place, cancellation))
            host.Tell(SocketCloseCode.PeerGone);
    }

    /// <summary>
    /// Takes the customer of a nameplate for one run; the host is null when there is none to take. A technician who
    /// leaves meanwhile changes nothing any more: the place ends in a run or is given up, never in between.
    /// </summary>
    internal Task<(WaitingHost? Host, bool Busy)> TakeAsync(Guid organization, string nameplate, CancellationToken cancellation) =>
        TakeAsync(organization, () => directory.TakeAsync(organization, nameplate, CancellationToken.None), cancellation);

    /// <summary>As <see cref="TakeAsync(Guid, string, CancellationToken)"/>, for a relative.</summary>
    internal Task<(WaitingHost? Host, bool Busy)> TakeForRelativeAsync(Guid organization, string nameplate, CancellationToken cancellation) =>
        TakeAsync(organization, () => directory.TakeForRelativeAsync(organization, nameplate, CancellationToken.None), cancellation);

    private async Task<(WaitingHost? Host, bool Busy)> TakeAsync(Guid organization, Func<ValueTask<TakeOutcome>> take, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var taken = await take();
        if (taken.Customer is not { } customer)
            return (null, taken.Busy);
        if (Find(customer.Place) is { } host && await host.TryClaimAsync())
            return (host, false);
        await directory.LeaveAsync(organization, customer.Place, LeaveReason.Interrupted, CancellationToken.None);
        // A host that entered while its place was being given up would wait under a number that nobody can join.
        Find(customer.Place)?.Tell(SocketCloseCode.PeerGone);
        return (null, false);
    }

    /// <summary>The nameplate is the host's no longer, or reserved for it, as <paramref name="why"/> says.</summary>
    internal async Task LeaveAsync(WaitingHost host, LeaveReason why)
    {
        _hosts.TryRemove(host.Customer.Place, out _);
        await directory.LeaveAsync(host.Organization, host.Customer.Place, why, CancellationToken.None);
    }

    /// <summary>The server stops: every waiting host is told, and every later one.</summary>
    internal void Close()
    {
        _closing = true;
        foreach (var host in _hosts.Values)
            host.Tell(SocketCloseCode.GoingAway);
    }

    private WaitingHost? Find(Guid place) => _hosts.GetValueOrDefault(place);
}
