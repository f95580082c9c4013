using System.Collections.Concurrent;

namespace Nabij.Server.Callbacks;

/// <summary>Says when an organization's requests changed, so that desks can follow them; keeps none of them. Thread-safe.</summary>
internal sealed class CallbackBoard
{
    private readonly ConcurrentDictionary<Guid, Room> _rooms = new();

    internal void Change(Guid organization) => RoomOf(organization).Change();

    /// <summary>Waits until the version is another than the one seen, and gives it. Versions begin at 1.</summary>
    internal async ValueTask<long> ChangedAsync(Guid organization, long seen, CancellationToken cancellation)
    {
        while (true)
        {
            var (version, changed) = RoomOf(organization).Look();
            if (version != seen)
                return version;
            await changed.WaitAsync(cancellation);
        }
    }

    private Room RoomOf(Guid organization) => _rooms.GetOrAdd(organization, _ => new Room());

    private sealed class Room
    {
        private readonly Lock _gate = new();
        private long _version = 1;
        private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal (long Version, Task Changed) Look()
        {
            lock (_gate)
                return (_version, _changed.Task);
        }

        internal void Change()
        {
            lock (_gate)
            {
                _version++;
                _changed.TrySetResult();
                _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }
}
