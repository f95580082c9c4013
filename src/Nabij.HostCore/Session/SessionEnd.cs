namespace Nabij.HostCore.Session;

/// <summary>Why a session is over, as the customer's side knows it (docs/protocol/09, "End reasons", and two more).</summary>
public enum SessionEnd
{
    CustomerEnded = 1,
    TechnicianEnded = 2,
    ProtocolError = 3,
    Expired = 4,
    ProgramClosed = 5,
    NumbersDiffer = 6,
    Declined = 7,
    /// <summary>The connection ended without CLOSE: nobody ended the session on purpose.</summary>
    ConnectionLost = 100,
    /// <summary>The customer's screen is gone.</summary>
    ScreenLost = 101,
}
