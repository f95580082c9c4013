namespace Nabij.Protocol;

/// <summary>Why a session is held (docs/protocol/09-errors.md, "Stop reasons"); a byte of STOPPED.</summary>
public enum StopReason : byte
{
    /// <summary>The customer pressed Stop.</summary>
    Stop = 1,

    /// <summary>Something on the screen is for the customer alone.</summary>
    PrivateMoment = 2,

    /// <summary>Nobody used mouse or keyboard for a while.</summary>
    Idle = 3,

    /// <summary>The customer did not say in time that the help goes on.</summary>
    Unanswered = 4,

    /// <summary>The customer's computer was locked, or its screen saver began.</summary>
    Locked = 5,
}
