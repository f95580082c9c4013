using System.Security.Cryptography;

namespace Nabij.Server.Rendezvous;

/// <summary>
/// The one-time tickets for <c>/ws/viewer</c> (security.md 5.2): 32 random bytes, valid 30 s, used once. Only their
/// SHA-256 is kept, in memory. A technician holds at most <see cref="MostPerTechnician"/>: a new one pushes out
/// the oldest of the same technician. Thread-safe.
/// </summary>
internal sealed class Tickets(TimeProvider time)
{
    internal const int Length = 32;
    internal const int MostPerTechnician = 16;
    internal static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (Ticket Ticket, DateTimeOffset Until)> _live = new(StringComparer.Ordinal);

    /// <summary>Makes a ticket; the text is 64 lower-case hexadecimal digits and goes to the technician's page only.</summary>
    internal string Issue(Ticket ticket)
    {
        var text = RandomNumberGenerator.GetHexString(Length * 2, lowercase: true);
        lock (_gate)
        {
            var now = time.GetUtcNow();
            Sweep(now);
            var own = _live.Where(pair => pair.Value.Ticket.Technician == ticket.Technician).OrderBy(pair => pair.Value.Until).ToList();
            if (own.Count >= MostPerTechnician)
                _live.Remove(own[0].Key);
            _live[Fingerprint(text)] = (ticket, now + Lifetime);
        }
        return text;
    }

    /// <summary>
    /// Uses the ticket up, whatever comes after. Null when it is unknown, expired, already used, or for another
    /// nameplate: the caller cannot tell which, and neither can the peer.
    /// </summary>
    internal Ticket? Redeem(string text, string nameplate)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            if (!_live.Remove(Fingerprint(text), out var found) || found.Until <= now)
                return null;
            return string.Equals(found.Ticket.Nameplate, nameplate, StringComparison.Ordinal) ? found.Ticket : null;
        }
    }

    /// <summary>Voids every ticket of a sign-in that has ended.</summary>
    internal void Void(string signIn)
    {
        lock (_gate)
        {
            foreach (var (fingerprint, held) in _live)
            {
                if (held.Ticket.SignIn == signIn)
                    _live.Remove(fingerprint);
            }
        }
    }

    private void Sweep(DateTimeOffset now)
    {
        foreach (var (fingerprint, held) in _live)
        {
            if (held.Until <= now)
                _live.Remove(fingerprint);
        }
    }

    private static string Fingerprint(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)));
}
