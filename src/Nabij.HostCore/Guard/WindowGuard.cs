using Nabij.HostCore.Picture;
using Nabij.HostCore.Rendezvous;
using Nabij.HostCore.Session;

namespace Nabij.HostCore.Guard;

/// <summary>
/// Holds the session while the window in front looks private (security.md 6.2; product.md, "What nobody else has" 10).
/// The verdict is made on the picture thread, before anything is captured; what it was made of stays in here.
/// Thread-safe.
/// </summary>
internal sealed class WindowGuard(HostSession session, Action<CustomerEvent> tell)
{
    /// <summary>So many windows that are shown anyway are remembered; with more, all are forgotten.</summary>
    private const int MostShown = 32;

    private readonly Lock gate = new();
    private readonly HashSet<(ulong Window, string Entry)> shown = [];
    private ActiveWindow? window;
    private SensitiveMatch? match;
    private SensitiveKind? told;
    private bool isHolding, isTelling;

    /// <summary>Another window is in front, or it has another title. One of our own changes nothing: the customer reads there what happened.</summary>
    public void Note(ActiveWindow? active)
    {
        if (active is { IsOwn: true }) return;
        lock (gate)
        {
            window = active;
            match = active is null ? null : SensitiveWindows.Known.Find(active);
            Hold(match is { } found && !shown.Contains((active!.Id, found.Entry)));
        }
    }

    /// <summary>From here on the customer is told, of what holds already too: there is somebody who could look.</summary>
    public void Tell()
    {
        lock (gate)
        {
            isTelling = true;
            if (told is { } kind) tell(new CustomerEvent.Guarded(kind));
        }
    }

    /// <summary>The customer shows the window in front, as long as it matches what it matches now.</summary>
    public void ShowAnyway()
    {
        lock (gate)
        {
            if (!isHolding || window is null || match is null) return;
            if (shown.Count == MostShown) shown.Clear();
            shown.Add((window.Id, match.Entry));
            Hold(false);
        }
    }

    private void Hold(bool hold)
    {
        if (hold && !isHolding) session.Pause(Pauses.Guard);
        if (isTelling && hold && told != match!.Kind) tell(new CustomerEvent.Guarded(match!.Kind));
        told = hold ? match!.Kind : null;
        if (!hold && isHolding)
        {
            session.Lift(Pauses.Guard);
            if (isTelling) tell(new CustomerEvent.Unguarded());
        }
        isHolding = hold;
    }
}
