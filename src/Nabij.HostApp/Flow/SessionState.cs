using Nabij.HostApp.Texts;
using Nabij.HostCore.Guard;
using Nabij.HostCore.Session;
using Nabij.Protocol;

namespace Nabij.HostApp.Flow;

/// <summary>
/// What the parts of a session's stage have in common: the words with the technician's name, what was done, what the
/// customer has allowed and what holds it back. The gate itself is the engine's; this mirrors it. UI thread only.
/// </summary>
/// <param name="flow">The program around it.</param>
/// <param name="technician">The verified name, as it came.</param>
/// <param name="person">Whose state it is (docs/protocol/13).</param>
/// <param name="refresh">Shows everything again that depends on this.</param>
internal sealed class SessionState(CustomerFlow flow, string technician, Action refresh, byte person = HostSession.FirstPerson)
{
    private readonly Dictionary<byte, string> _names = new() { [person] = technician };

    public CustomerFlow Flow { get; } = flow;

    public SessionLog Log { get; init; } = new(flow.Time);

    public Phrases Spoken => SpokenOf(Person);

    /// <summary>Whose permissions these are: the technician who has been here longest, or, in a state of its own, another one.</summary>
    public byte Person { get; private set; } = person;

    /// <summary>That one's name, fit to show.</summary>
    public string Name => NameOf(Person);

    /// <summary>The state of the session itself, where this is the state of one more technician.</summary>
    public SessionState? Main { get; init; }

    public string NameOf(byte who) => PeerText.Name(_names.GetValueOrDefault(who, technician));

    /// <summary>The phrases, with this person's name as the technician's.</summary>
    public Phrases SpokenOf(byte who) => Flow.Phrases.With("technician", NameOf(who));

    /// <summary>One more person has this name.</summary>
    public void Call(byte who, string name) => _names[who] = name;

    /// <summary>The technician who was in front has left: this one is from here on.</summary>
    public void Become(SessionState other)
    {
        Call(other.Person, other._names[other.Person]);
        (Person, Granted, HasBegun, AwayUntil, IsVacant) = (other.Person, other.Granted, true, other.AwayUntil, false);
    }

    /// <summary>The technician who was in front has left, and no other was let in yet.</summary>
    public bool IsVacant { get; private set; }

    /// <summary>The technician in front has left: nothing of what that one was allowed goes to anybody else.</summary>
    public void Vacate() => (Granted, AwayUntil, IsVacant) = (Permissions.None, null, true);

    /// <summary>True once the customer has let the technician look for the first time: before that, Stop means no.</summary>
    public bool HasBegun { get; set; }

    public Permissions Granted { get; private set; }

    /// <summary>What holds the session until the customer goes on in the window of Stop.</summary>
    public Pauses Held { get; set; }

    public bool IsStopped => (Main ?? this).Held != Pauses.None;

    public bool IsPrivate { get; set; }

    /// <summary>Until when a lost connection is waited for; null while it is there.</summary>
    public DateTimeOffset? AwayUntil { get; set; }

    /// <summary>Whether the technician sees the screen now.</summary>
    public bool IsSeen => Allowed is { Look: true, Stopped: false, Private: false, Guarded: null } && AwayUntil is null;

    /// <summary>What the guard takes the window in front for; null when it does not hold.</summary>
    public SensitiveKind? Guarded { get; set; }

    /// <summary>What is in force, in the words people use.</summary>
    public Allowed Allowed => new(Granted, IsStopped, IsPrivate) { Guarded = Guarded };

    public void Refresh() => refresh();

    public void Give(Permissions permissions, string entry)
    {
        Granted |= permissions;
        Log.Add(entry);
        Flow.Line?.Grant(permissions, Person);
        Refresh();
    }

    public void TakeBack(Permissions permissions, string entry)
    {
        Granted &= ~permissions;
        Flow.Line?.Revoke(permissions, Person);
        Log.Add(entry);
        Refresh();
    }

    /// <summary>The engine has taken these back by itself.</summary>
    public void Forget(Permissions permissions) => Granted &= ~permissions;
}
