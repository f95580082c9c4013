namespace Nabij.Protocol;

/// <summary>
/// What can be wrong with a handshake beyond its encoding (docs/protocol/09-errors.md, "Handshake errors"). For the
/// local log only: the peer hears one byte that never changes.
/// </summary>
public enum HandshakeError
{
    /// <summary>MSG1 or its certificate names none of the host's organization keys.</summary>
    UnknownOrganization,

    /// <summary>No common version or suite, after the one retry.</summary>
    Unsupported,

    /// <summary>The choice is not the highest common one.</summary>
    Downgrade,

    /// <summary>A share is not 32 canonical bytes.</summary>
    ShareNotCanonical,

    /// <summary>A Diffie-Hellman result is all zero.</summary>
    ZeroResult,

    /// <summary>A message that this step does not expect.</summary>
    OutOfOrder,

    /// <summary>The peer was silent for 30 s.</summary>
    Timeout,

    /// <summary>The connection ended after MSG2 without a MSG3.</summary>
    BrokenOff,

    /// <summary>The peer said that the handshake failed.</summary>
    PeerFailed,

    /// <summary>The confirmation is wrong: in practice, a wrong code.</summary>
    TagMismatch,

    /// <summary>The sealed part of MSG3 or MSG4 does not open.</summary>
    BoxRejected,

    /// <summary>nonce_t does not fit commit_t.</summary>
    CommitmentMismatch,

    /// <summary>The organization did not sign the certificate.</summary>
    CertificateSignature,

    /// <summary>More than 300 s before not-before.</summary>
    CertificateNotYetValid,

    /// <summary>More than 300 s after not-after.</summary>
    CertificateExpired,

    /// <summary>The technician stands on the deny list.</summary>
    CertificateRevoked,

    /// <summary>A key is not a point of P-256.</summary>
    PointInvalid,

    /// <summary>More was requested than the certificate allows.</summary>
    RightsExceeded,

    /// <summary>A signature does not verify.</summary>
    SignatureInvalid,

    /// <summary>MSG4 grants bits outside requested and ceiling.</summary>
    GrantsInvalid,
}
