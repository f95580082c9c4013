namespace Nabij.Server.Rendezvous;

/// <summary>
/// Counts the sockets of each source that no signed-in technician stands behind yet. Holds one number for each
/// source with an open socket, so it is bounded by the server's connections. Thread-safe.
/// </summary>
internal sealed class SocketCount(int most)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _open = new(StringComparer.Ordinal);

    /// <summary>A place for one more socket of the source, to be disposed once; null when it has as many as allowed.</summary>
    internal Place? TryEnter(string source)
    {
        lock (_gate)
        {
            var count = _open.GetValueOrDefault(source);
            if (count >= most)
                return null;
            _open[source] = count + 1;
            return new Place(this, source);
        }
    }

    private void Leave(string source)
    {
        lock (_gate)
        {
            if (--_open[source] == 0)
                _open.Remove(source);
        }
    }

    /// <summary>One counted socket. Disposing it twice counts once.</summary>
    internal sealed class Place(SocketCount owner, string source) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0)
                owner.Leave(source);
        }
    }
}
