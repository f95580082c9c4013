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
/// <param name="refresh">Shows everything again that depends on this.</param>
internal sealed class SessionState(CustomerFlow flow, string technician, Action refresh)
{
    public CustomerFlow Flow { get; } = flow;

    public SessionLog Log { get; } = new(flow.Time);

    public Phrases Spoken => Flow.Phrases.With("technician", PeerText.Name(technician));

    /// <summary>True once the customer has let the technician look for the first time: before that, Stop means no.</summary>
    public bool HasBegun { get; set; }

    public Permissions Granted { get; private set; }

    /// <summary>What holds the session until the customer goes on in the window of Stop.</summary>
    public Pauses Held { get; set; }

    public bool IsStopped => Held != Pauses.None;

    public bool IsPrivate { get; set; }

    /// <summary>True while the connection is lost.</summary>
    public bool IsAway { get; set; }

    /// <summary>Whether the technician sees the screen now.</summary>
    public bool IsSeen => Allowed is { Look: true, Stopped: false, Private: false, Guarded: null } && !IsAway;

    /// <summary>What the guard takes the window in front for; null when it does not hold.</summary>
    public SensitiveKind? Guarded { get; set; }

    /// <summary>What is in force, in the words people use.</summary>
    public Allowed Allowed => new(Granted, IsStopped, IsPrivate) { Guarded = Guarded };

    public void Refresh() => refresh();

    public void Give(Permissions permissions, string entry)
    {
        Granted |= permissions;
        Log.Add(entry);
        Flow.Line?.Grant(permissions);
        Refresh();
    }

    public void TakeBack(Permissions permissions, string entry)
    {
        Granted &= ~permissions;
        Flow.Line?.Revoke(permissions);
        Log.Add(entry);
        Refresh();
    }

    /// <summary>The engine has taken these back by itself.</summary>
    public void Forget(Permissions permissions) => Granted &= ~permissions;
}
