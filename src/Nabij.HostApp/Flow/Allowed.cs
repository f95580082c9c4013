namespace Nabij.HostApp.Flow;

/// <summary>What the customer has allowed, in the words people use, and whether Stop holds it back.</summary>
internal sealed record Allowed(bool Look = false, bool Point = false, bool Control = false, bool Stopped = false)
{
    /// <summary>Whether the technician may write messages.</summary>
    public bool Chat { get; init; }

    /// <summary>Messages that wait to be read.</summary>
    public int Unread { get; init; }
}
