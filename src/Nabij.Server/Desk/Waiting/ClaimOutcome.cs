namespace Nabij.Server.Desk.Waiting;

/// <summary>What became of a wish to take a customer.</summary>
internal enum ClaimOutcome
{
    Taken,

    /// <summary>A colleague has taken it.</summary>
    Held,

    /// <summary>The technician has taken as many as allowed.</summary>
    TooMany,

    /// <summary>No such customer waits.</summary>
    Unknown,
}
