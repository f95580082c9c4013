using System.Security.Cryptography.X509Certificates;
using Nabij.HostCore.Rendezvous;
using Nabij.HostCore.Session;

namespace Nabij.HostApp.Start;

/// <summary>
/// The roads to the servers this program talks to: usually one, two when a first address was not the right one.
/// Thread-safe; disposing closes them all.
/// </summary>
internal sealed class Roads(X509Certificate2? pinned) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Uri, ServerAddress> _known = [];

    public HttpClient Pages(Uri server) => To(server).Http;

    public Task<ITransport> ConnectAsync(Uri server, CancellationToken cancellationToken) => To(server).OpenAsync(cancellationToken);

    public void Dispose()
    {
        foreach (var road in _known.Values)
            road.Dispose();
    }

    private ServerAddress To(Uri server)
    {
        lock (_gate)
            return _known.TryGetValue(server, out var road) ? road : _known[server] = new ServerAddress(server, pinned);
    }
}
