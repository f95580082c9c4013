namespace Nabij.Protocol;

/// <summary>Why a session ended (docs/protocol/09-errors.md, "End reasons"); the byte of CLOSE.</summary>
public enum EndReason : byte
{
    /// <summary>The customer chose to end now.</summary>
    CustomerEnded = 1,

    /// <summary>The technician pressed End.</summary>
    TechnicianEnded = 2,

    /// <summary>The peer broke the protocol.</summary>
    ProtocolError = 3,

    /// <summary>A time limit of the session passed.</summary>
    Expired = 4,

    /// <summary>The program or the page is going away.</summary>
    ProgramClosed = 5,

    /// <summary>Somebody said that the check numbers differ.</summary>
    NumbersDiffer = 6,

    /// <summary>The customer did not let the technician look.</summary>
    Declined = 7,
}
