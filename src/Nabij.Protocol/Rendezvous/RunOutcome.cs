namespace Nabij.Protocol.Rendezvous;

/// <summary>How the run before this registration ended, as the host tells the server.</summary>
public enum RunOutcome
{
    /// <summary>There was none, or nothing to report.</summary>
    None,

    /// <summary>The secret was burnt.</summary>
    WrongCode,

    /// <summary>The connection ended in the middle.</summary>
    BrokenOff,

    /// <summary>The customer did not let the technician look.</summary>
    Declined,
}
