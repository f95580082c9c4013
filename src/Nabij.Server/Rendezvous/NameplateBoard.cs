using System.Security.Cryptography;

namespace Nabij.Server.Rendezvous;

/// <summary>
/// The nameplates of one organization, in memory: at most 2,800 entries. Not thread-safe; its owner
/// (<see cref="MemoryDirectory"/>) calls it under one lock. Times are handed in, so it has no clock of its own.
/// </summary>
internal sealed class NameplateBoard
{
    private readonly Dictionary<string, NameplateEntry> _entries = new(StringComparer.Ordinal);

    /// <summary>Ends every state whose time is over. True when a waiting customer left the list by it.</summary>
    internal bool Sweep(DateTimeOffset now)
    {
        var listChanged = false;
        foreach (var (nameplate, entry) in _entries)
        {
            if (entry.Until > now)
                continue;
            // A directory that nobody asked for a while skips states; the quarantine still counts from when the state ended.
            if (entry.State is not NameplateState.Held)
            {
                listChanged |= entry.State is NameplateState.Waiting;
                Hold(entry, entry.Until + DirectoryTimes.Quarantine, keepLease: false);
            }
            if (entry.Until <= now)
                _entries.Remove(nameplate);
        }
        return listChanged;
    }

    internal int WaitingFrom(string address) =>
        _entries.Values.Count(entry => entry.State is NameplateState.Waiting && entry.Address == address);

    /// <summary>The entry this lease may take over, whatever its state; null when its nameplate is another's or free.</summary>
    internal NameplateEntry? Claimed(Lease lease) =>
        _entries.TryGetValue(lease.Nameplate, out var entry) && entry.LeaseFingerprint == lease.Fingerprint ? entry : null;

    internal bool IsFree(string nameplate) => !_entries.ContainsKey(nameplate);

    /// <summary>A free nameplate, each as likely as any other of its kind; null when none is left.</summary>
    internal string? ChooseFree()
    {
        var freeShort = FreeOf(Nameplates.Short);
        // The reserve keeps short nameplates for hosts that come back with a lease, and keeps guessing one of them at random rare.
        var candidates = freeShort.Count >= Nameplates.ShortReserve ? freeShort : FreeOf(Nameplates.Long);
        if (candidates.Count == 0)
            candidates = freeShort;
        return candidates.Count == 0 ? null : candidates[RandomNumberGenerator.GetInt32(candidates.Count)];
    }

    internal void Put(NameplateEntry entry) => _entries[entry.Customer.Nameplate] = entry;

    internal NameplateEntry? Find(string nameplate) => _entries.GetValueOrDefault(nameplate);

    internal NameplateEntry? FindPlace(Guid place) => _entries.Values.FirstOrDefault(entry => entry.Customer.Place == place);

    internal static void Hold(NameplateEntry entry, DateTimeOffset until, bool keepLease)
    {
        entry.State = NameplateState.Held;
        entry.Until = until;
        if (!keepLease)
            entry.LeaseFingerprint = null;
    }

    internal IReadOnlyList<WaitingCustomer> Waiting() =>
        [.. _entries.Values.Where(entry => entry is { State: NameplateState.Waiting, Customer.Person.Invites: null }).Select(entry => entry.Customer).OrderBy(customer => customer.Since)];

    private List<string> FreeOf(IReadOnlyList<string> nameplates) => [.. nameplates.Where(IsFree)];
}
