using System.Collections.Concurrent;

namespace Nabij.Server.Accounts;

/// <summary>
/// Lets a socket end with the sign-in that opened it: signing out, disabling an account or changing its roles cancels
/// the token at once. Thread-safe. Holds one entry per sign-in that has an open socket.
/// </summary>
internal sealed class LiveSignIns
{
    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    /// <summary>Runs <paramref name="onEnded"/> once when the sign-in ends. Dispose the registration when the socket closes.</summary>
    internal IDisposable Watch(string signInId, Action onEnded)
    {
        while (true)
        {
            var entry = _entries.GetOrAdd(signInId, _ => new Entry());
            lock (entry)
            {
                if (entry.IsOver)
                    continue;
                entry.Watchers.Add(onEnded);
                return new Registration(this, signInId, entry, onEnded);
            }
        }
    }

    /// <summary>The sign-ins that have a socket open now.</summary>
    internal IReadOnlyCollection<string> Watched() => [.. _entries.Keys];

    internal void End(string signInId)
    {
        if (!_entries.TryRemove(signInId, out var entry))
            return;
        List<Action> watchers;
        lock (entry)
        {
            entry.IsOver = true;
            watchers = [.. entry.Watchers];
        }

        foreach (var watcher in watchers)
        {
            try
            {
                watcher();
            }
            catch (ObjectDisposedException)
            {
                // This one has gone by itself in the meantime; the others must hear of it all the same.
            }
        }
    }

    private void Forget(string signInId, Entry entry, Action onEnded)
    {
        lock (entry)
        {
            entry.Watchers.Remove(onEnded);
            if (entry.Watchers.Count > 0 || entry.IsOver)
                return;
            entry.IsOver = true;
        }

        _entries.TryRemove(new KeyValuePair<string, Entry>(signInId, entry));
    }

    private sealed class Entry
    {
        internal List<Action> Watchers { get; } = [];

        internal bool IsOver { get; set; }
    }

    private sealed class Registration(LiveSignIns owner, string signInId, Entry entry, Action onEnded) : IDisposable
    {
        public void Dispose() => owner.Forget(signInId, entry, onEnded);
    }
}
