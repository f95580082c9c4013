namespace Nabij.Protocol.Session;

/// <summary>
/// Why a resume is refused beyond its encoding (docs/protocol/09-errors.md, "Resume errors"); a refusal consumes nothing.
/// </summary>
public enum ResumeError
{
    /// <summary>No such session here.</summary>
    UnknownSession,

    /// <summary>No secret for this generation.</summary>
    UnknownGeneration,

    /// <summary>The MAC is wrong.</summary>
    MacMismatch,

    /// <summary>The share is not 32 canonical bytes.</summary>
    ShareNotCanonical,

    /// <summary>The Diffie-Hellman result is all zero.</summary>
    ZeroResult,

    /// <summary>More than 10 R1 within a minute.</summary>
    TooManyAttempts,

    /// <summary>Another message of the chapter than the expected one.</summary>
    OutOfOrder,
}
