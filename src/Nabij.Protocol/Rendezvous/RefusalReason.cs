namespace Nabij.Protocol.Rendezvous;

/// <summary>Why the server refuses a join or a registration.</summary>
public enum RefusalReason
{
    /// <summary>No such nameplate, expired, or used: always the same word.</summary>
    Unknown,

    /// <summary>A run is going on.</summary>
    Busy,

    /// <summary>Too many attempts.</summary>
    Limited,

    /// <summary>No such organization.</summary>
    Organization,

    /// <summary>The ticket is unknown, used, expired, or for another nameplate.</summary>
    Ticket,

    /// <summary>No nameplate is free.</summary>
    Full,

    /// <summary>The program is older than the server allows.</summary>
    Outdated,

    /// <summary>The server cannot write its records now, for example because its disk is full.</summary>
    Unavailable,
}
