using System.Collections.Concurrent;
using Nabij.Protocol;

namespace Nabij.Server.Rendezvous;

/// <summary>
/// The sockets of the hosts that wait on this node, by their place in the <see cref="IDirectory"/>, which also bounds
/// their number. Thread-safe.
/// </summary>
internal sealed class WaitingRoom
{
    private readonly ConcurrentDictionary<Guid, WaitingHost> _hosts = new();

    internal int Count => _hosts.Count;

    internal void Add(Guid place, WaitingHost host)
    {
        if (!_hosts.TryAdd(place, host))
            throw new InvalidOperationException("A place belongs to one host.");
    }

    internal WaitingHost? Find(Guid place) => _hosts.GetValueOrDefault(place);

    internal void Remove(Guid place) => _hosts.TryRemove(place, out _);

    internal void Tell(Guid place, SocketCloseCode code) => Find(place)?.Tell(code);

    internal void TellAll(SocketCloseCode code)
    {
        foreach (var host in _hosts.Values)
            host.Tell(code);
    }
}
