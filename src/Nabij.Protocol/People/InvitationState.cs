using System.Diagnostics.CodeAnalysis;

namespace Nabij.Protocol.People;

/// <summary>How an invitation stands (docs/protocol/13-participants.md, "INVITATION"); from <see cref="Joined"/> on it is over.</summary>
[SuppressMessage("Design", "CA1008", Justification = "Zero is no state.")]
public enum InvitationState : byte
{
    /// <summary>The customer is asked.</summary>
    Asked = 1,

    /// <summary>The customer agreed; there is a code.</summary>
    Code = 2,

    /// <summary>Somebody has proven the code, and was let in.</summary>
    Joined = 3,

    /// <summary>The customer said no.</summary>
    Declined = 4,

    /// <summary>Taken back.</summary>
    Withdrawn = 5,

    /// <summary>Nobody came, or answered, in time.</summary>
    Expired = 6,

    /// <summary>A wrong code was entered.</summary>
    WrongCode = 7,

    /// <summary>Four take part already.</summary>
    Full = 8,

    /// <summary>The server cannot give a code now.</summary>
    Unavailable = 9,

    /// <summary>Another invitation is open, or it came too soon.</summary>
    TooOften = 10,
}
