using System.Collections.Concurrent;
using Nabij.Server.Accounts;
using Nabij.Server.Rendezvous;

namespace Nabij.Server.Desk.Waiting;

/// <summary>
/// Who has taken which waiting customer. In memory: a claim is a word between colleagues for a few minutes, and a restart
/// of the server ends every desk's list anyway. It holds for the customer, not for one socket: a wrong code, after which the
/// program registers anew under its nameplate, does not end it. Thread-safe; one lock for each organization.
/// </summary>
internal sealed class ClaimBook(TimeProvider time)
{
    /// <summary>How long a claim holds: long enough to call somebody back, too short to keep others from a forgotten one.</summary>
    internal static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    /// <summary>How long it holds after the technician's last desk was closed: a page that is loaded anew is back by then.</summary>
    internal static readonly TimeSpan Grace = TimeSpan.FromSeconds(15);

    /// <summary>As many as one technician may hold: the sessions that one desk has room for.</summary>
    internal const int MostPerTechnician = 8;

    private readonly ConcurrentDictionary<Guid, Room> _rooms = new();

    /// <summary>
    /// Takes a customer; the claim is the colleague's who has it, with <see cref="ClaimOutcome.Held"/>. Claims on customers who are
    /// not among those <paramref name="waiting"/> count for nothing.
    /// </summary>
    internal (ClaimOutcome Outcome, CustomerClaim? Other) Take(SignedIn who, WaitingCustomer customer, bool over, IReadOnlyList<WaitingCustomer> waiting)
    {
        var room = RoomOf(who.OrganizationId);
        lock (room.Gate)
        {
            var now = Sweep(room);
            var held = room.Find(customer)?.Claim;
            if (held is not null && held.Technician != who.AccountId && !over)
                return (ClaimOutcome.Held, held);
            if (held?.Technician != who.AccountId && waiting.Count(one => room.Find(one)?.Claim.Technician == who.AccountId) >= MostPerTechnician)
                return (ClaimOutcome.TooMany, null);
            room.Entries[customer.Nameplate] = new Entry(new CustomerClaim(who.AccountId, who.DisplayName, now), customer.Since, now + Lifetime);
            room.Change();
            return (ClaimOutcome.Taken, null);
        }
    }

    /// <summary>False when the technician does not hold this customer.</summary>
    internal bool Release(SignedIn who, WaitingCustomer customer)
    {
        var room = RoomOf(who.OrganizationId);
        lock (room.Gate)
        {
            Sweep(room);
            if (room.Find(customer)?.Claim.Technician != who.AccountId)
                return false;
            room.Entries.Remove(customer.Nameplate);
            room.Change();
            return true;
        }
    }

    /// <summary>The claim on each of these customers, in their order.</summary>
    internal IReadOnlyList<CustomerClaim?> Find(Guid organization, IReadOnlyList<WaitingCustomer> customers)
    {
        var room = RoomOf(organization);
        lock (room.Gate)
        {
            Sweep(room);
            return [.. customers.Select(customer => room.Find(customer)?.Claim)];
        }
    }

    /// <summary>The technician has a desk open (again).</summary>
    internal void Arrived(SignedIn who) => ForEach(who, entry => entry with { Leaves = null });

    /// <summary>The technician's last desk was closed.</summary>
    internal void Left(SignedIn who)
    {
        var until = time.GetUtcNow() + Grace;
        ForEach(who, entry => entry with { Leaves = until });
    }

    /// <summary>As <see cref="IDirectory.ChangedAsync"/>, for claims.</summary>
    internal async ValueTask<long> ChangedAsync(Guid organization, long seen, CancellationToken cancellation)
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

    /// <summary>How long until the next claim ends by itself; <paramref name="atMost"/> when none does before.</summary>
    internal TimeSpan UntilNextEnd(Guid organization, TimeSpan atMost)
    {
        var room = RoomOf(organization);
        lock (room.Gate)
        {
            var now = Sweep(room);
            return room.Entries.Values.Select(entry => entry.EndsAt - now).Append(atMost).Min();
        }
    }

    private void ForEach(SignedIn who, Func<Entry, Entry> change)
    {
        var room = RoomOf(who.OrganizationId);
        lock (room.Gate)
        {
            Sweep(room);
            foreach (var (nameplate, entry) in room.Entries.Where(pair => pair.Value.Claim.Technician == who.AccountId).ToList())
                room.Entries[nameplate] = change(entry);
        }
    }

    private Room RoomOf(Guid organization) => _rooms.GetOrAdd(organization, _ => new Room());

    private DateTimeOffset Sweep(Room room)
    {
        var now = time.GetUtcNow();
        foreach (var (nameplate, _) in room.Entries.Where(pair => pair.Value.EndsAt <= now).ToList())
        {
            room.Entries.Remove(nameplate);
            room.Change();
        }
        return now;
    }

    /// <summary><paramref name="Since"/> tells this customer from later ones of the same nameplate.</summary>
    private sealed record Entry(CustomerClaim Claim, DateTimeOffset Since, DateTimeOffset Until)
    {
        internal DateTimeOffset? Leaves { get; init; }

        internal DateTimeOffset EndsAt => Leaves is { } leaves && leaves < Until ? leaves : Until;
    }

    /// <summary>One organization's claims by nameplate, with their lock and their change signal.</summary>
    private sealed class Room
    {
        internal Lock Gate { get; } = new();

        internal Dictionary<string, Entry> Entries { get; } = new(StringComparer.Ordinal);

        internal long Version { get; private set; } = 1;

        internal TaskCompletionSource Changed { get; private set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal Entry? Find(WaitingCustomer customer) =>
            Entries.TryGetValue(customer.Nameplate, out var entry) && entry.Since == customer.Since ? entry : null;

        internal void Change()
        {
            Version++;
            Changed.TrySetResult();
            Changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
