namespace Nabij.Server.Tests.Rendezvous;

/// <summary>
/// Peers that go when the test is over, before its server: declare it after the server. A server that stops under a
/// manual clock would otherwise wait for peers that never answer.
/// </summary>
internal sealed class Peers : IDisposable
{
    private readonly List<IDisposable> _all = [];

    internal T Add<T>(T peer)
        where T : IDisposable
    {
        _all.Add(peer);
        return peer;
    }

    public void Dispose() => _all.ForEach(peer => peer.Dispose());
}
