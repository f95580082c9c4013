using Nabij.HostCore.Guard;

namespace Nabij.HostApp.Flow;

/// <summary>What the customer has allowed, in the words people use, and what holds it back: Stop, a private moment, or the guard.</summary>
internal sealed record Allowed(bool Look = false, bool Point = false, bool Control = false, bool Stopped = false, bool Private = false)
{
    /// <summary>What the guard takes the window in front for; null when it does not hold.</summary>
    public SensitiveKind? Guarded { get; init; }

    /// <summary>Whether the technician may write messages.</summary>
    public bool Chat { get; init; }

    /// <summary>Messages that wait to be read.</summary>
    public int Unread { get; init; }
}
