namespace Nabij.Server.Rendezvous;

/// <summary>The times of docs/protocol/01-rendezvous.md that a directory keeps.</summary>
internal static class DirectoryTimes
{
    /// <summary>Longest time from the first registration of a lease until its nameplate expires.</summary>
    internal static readonly TimeSpan Nameplate = TimeSpan.FromMinutes(60);

    /// <summary>How long the host's own lease alone may claim the nameplate after an interrupted run or waiting.</summary>
    internal static readonly TimeSpan Reserved = TimeSpan.FromSeconds(60);

    /// <summary>How long a nameplate stays unused before another host gets it.</summary>
    internal static readonly TimeSpan Quarantine = TimeSpan.FromMinutes(2);

    /// <summary>Four handshake steps of 30 s: a run that lasts longer is a session, and a session holds no nameplate.</summary>
    internal static readonly TimeSpan LongestHandshake = TimeSpan.FromSeconds(120);
}
