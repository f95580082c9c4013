using System.Collections.Concurrent;
using Nabij.Protocol.People;

namespace Nabij.Server.Rendezvous;

/// <summary>
/// <see cref="IDirectory"/> of a single node: everything in memory, one lock for each organization, held for
/// microseconds. What a restart loses, the leases of the hosts bring back.
/// </summary>
internal sealed class MemoryDirectory(LeaseStamp stamp, int waitingPerAddress, TimeProvider time) : IDirectory
{
    private readonly ConcurrentDictionary<Guid, Room> _rooms = new();

    public ValueTask<WaitingOutcome> WaitAsync(WaitingRequest request, CancellationToken cancellation)
    {
        var room = RoomOf(request.Organization);
        lock (room.Gate)
        {
            var now = SweepNow(room);
            var claim = request.Claim is { } lease && lease.Since <= now && now < lease.Since + DirectoryTimes.Nameplate ? lease : null;
            var previous = claim is null ? null : room.Board.Claimed(claim);
            // The own older socket does not count against its address: it is about to be closed.
            var others = room.Board.WaitingFrom(request.Address) - (previous is { State: NameplateState.Waiting } && previous.Address == request.Address ? 1 : 0);
            if (others >= waitingPerAddress)
                return ValueTask.FromResult(new WaitingOutcome(WaitingRefusal.TooManyFromAddress));
            var nameplate = claim is not null && (previous is not null || room.Board.IsFree(claim.Nameplate)) ? claim.Nameplate : null;
            if (nameplate is null)
                claim = null;
            nameplate ??= room.Board.ChooseFree();
            if (nameplate is null)
                return ValueTask.FromResult(new WaitingOutcome(WaitingRefusal.Full));
            return ValueTask.FromResult(Place(room, request, nameplate, claim, previous));
        }
    }

    public ValueTask<TakeOutcome> TakeAsync(Guid organization, string nameplate, CancellationToken cancellation) =>
        ValueTask.FromResult(Take(organization, nameplate, isRelative: false));

    public ValueTask<TakeOutcome> TakeForRelativeAsync(Guid organization, string nameplate, CancellationToken cancellation) =>
        ValueTask.FromResult(Take(organization, nameplate, isRelative: true));

    private TakeOutcome Take(Guid organization, string nameplate, bool isRelative)
    {
        var room = RoomOf(organization);
        lock (room.Gate)
        {
            var now = SweepNow(room);
            var entry = room.Board.Find(nameplate);
            if (entry is not null && entry.Customer.Person.Invites is ParticipantRole.Relative != isRelative)
                return new TakeOutcome(null, false);
            if (entry is not { State: NameplateState.Waiting })
                return new TakeOutcome(null, entry is { State: NameplateState.InRun });
            entry.State = NameplateState.InRun;
            entry.Until = now + DirectoryTimes.LongestHandshake;
            room.Change();
            return new TakeOutcome(entry.Customer, false);
        }
    }

    public ValueTask<bool> HoldsAsync(Guid organization, Guid place, CancellationToken cancellation)
    {
        var room = RoomOf(organization);
        lock (room.Gate)
        {
            SweepNow(room);
            return ValueTask.FromResult(room.Board.FindPlace(place) is { State: not NameplateState.Held });
        }
    }

    public ValueTask LeaveAsync(Guid organization, Guid place, LeaveReason why, CancellationToken cancellation)
    {
        var room = RoomOf(organization);
        lock (room.Gate)
        {
            var now = SweepNow(room);
            if (room.Board.FindPlace(place) is not { State: not NameplateState.Held } entry)
                return ValueTask.CompletedTask;
            if (entry.State is NameplateState.Waiting)
                room.Change();
            var interrupted = why is LeaveReason.Interrupted;
            var until = now + (interrupted ? DirectoryTimes.Reserved : TimeSpan.Zero) + DirectoryTimes.Quarantine;
            NameplateBoard.Hold(entry, until, keepLease: interrupted);
            return ValueTask.CompletedTask;
        }
    }

    public ValueTask<IReadOnlyList<WaitingCustomer>> ListAsync(Guid organization, CancellationToken cancellation)
    {
        var room = RoomOf(organization);
        lock (room.Gate)
        {
            SweepNow(room);
            return ValueTask.FromResult(room.Board.Waiting());
        }
    }

    public async ValueTask<long> ChangedAsync(Guid organization, long seen, CancellationToken cancellation)
    {
        var room = RoomOf(organization);
        while (true)
        {
            Task changed;
            lock (room.Gate)
            {
                if (room.Version != seen)
                    return room.Version;
                changed = room.Changed.Task;
            }
            await changed.WaitAsync(cancellation);
        }
    }

    private WaitingOutcome Place(Room room, WaitingRequest request, string nameplate, Lease? claim, NameplateEntry? previous)
    {
        var since = claim?.Since ?? time.GetUtcNow();
        var text = claim is null ? stamp.Issue(request.Organization, nameplate, since) : null;
        var customer = new WaitingCustomer(Guid.NewGuid(), nameplate, request.Person, since, since + DirectoryTimes.Nameplate);
        room.Board.Put(new NameplateEntry
        {
            Customer = customer,
            Address = request.Address,
            LeaseFingerprint = claim?.Fingerprint ?? LeaseStamp.Fingerprint(text!),
            State = NameplateState.Waiting,
            Until = customer.Expires,
        });
        room.Change();
        var replaced = claim is not null && previous is { State: not NameplateState.Held } ? previous.Customer.Place : (Guid?)null;
        return new WaitingOutcome(WaitingRefusal.None, customer, text, replaced);
    }

    private Room RoomOf(Guid organization) => _rooms.GetOrAdd(organization, _ => new Room());

    private DateTimeOffset SweepNow(Room room)
    {
        var now = time.GetUtcNow();
        if (room.Board.Sweep(now))
            room.Change();
        return now;
    }

    /// <summary>One organization's board with its lock and its change signal. <see cref="Version"/> starts at 1.</summary>
    private sealed class Room
    {
        internal Lock Gate { get; } = new();

        internal NameplateBoard Board { get; } = new();

        internal long Version { get; private set; } = 1;

        internal TaskCompletionSource Changed { get; private set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal void Change()
        {
            Version++;
            Changed.TrySetResult();
            Changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
