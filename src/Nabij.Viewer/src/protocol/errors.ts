// Every error, end reason and close code of docs/protocol/09-errors.md. A test compares these lists with its tables.

export const wireErrors = [
  "Truncated",
  "TrailingBytes",
  "NonMinimalLength",
  "LengthOutOfRange",
  "InvalidText",
  "InvalidValue",
  "UnknownType",
] as const;
export type WireError = (typeof wireErrors)[number];

export const handshakeErrors = [
  "UnknownOrganization",
  "Unsupported",
  "Downgrade",
  "ShareNotCanonical",
  "ZeroResult",
  "OutOfOrder",
  "Timeout",
  "BrokenOff",
  "PeerFailed",
  "TagMismatch",
  "BoxRejected",
  "CommitmentMismatch",
  "CertificateSignature",
  "CertificateNotYetValid",
  "CertificateExpired",
  "CertificateRevoked",
  "PointInvalid",
  "RightsExceeded",
  "SignatureInvalid",
  "GrantsInvalid",
] as const;
export type HandshakeErrorName = (typeof handshakeErrors)[number];

export const resumeErrors = [
  "UnknownSession",
  "UnknownGeneration",
  "MacMismatch",
  "ShareNotCanonical",
  "ZeroResult",
  "TooManyAttempts",
] as const;
export type ResumeErrorName = (typeof resumeErrors)[number];

/** End reasons by the number that CLOSE carries. */
export const closeReasons = {
  1: "customer-ended",
  2: "technician-ended",
  3: "protocol-error",
  4: "expired",
  5: "program-closed",
  6: "numbers-differ",
  7: "declined",
} as const;
export type CloseReasonNumber = keyof typeof closeReasons;
export type CloseReason = (typeof closeReasons)[CloseReasonNumber];

/** Why a session is held, by the number that STOPPED carries. */
export const stopReasons = {
  1: "stop",
  2: "private-moment",
  3: "idle",
  4: "unanswered",
  5: "locked",
} as const;
export type StopReasonNumber = keyof typeof stopReasons;
export type StopReason = (typeof stopReasons)[StopReasonNumber];

/** Close codes of the server's sockets. */
export const closeCodes = {
  4000: "bad-message",
  4001: "too-late",
  4002: "expired",
  4003: "peer-gone",
  4004: "too-large",
  4005: "stalled",
  4006: "going-away",
  4007: "limited",
  4008: "refused",
  4009: "resume-refused",
} as const;
export type CloseCodeName = (typeof closeCodes)[keyof typeof closeCodes];

/** The peer broke the wire format. The text names the rule only, never the bytes. */
export class WireFormatError extends Error {
  override readonly name = "WireFormatError";
  readonly reason: WireError;

  constructor(reason: WireError) {
    super(reason);
    this.reason = reason;
  }
}

/** The handshake cannot go on. `reason` is for the local log; the peer hears FAIL and nothing else. */
export class HandshakeError extends Error {
  override readonly name = "HandshakeError";
  readonly reason: HandshakeErrorName;

  constructor(reason: HandshakeErrorName) {
    super(reason);
    this.reason = reason;
  }
}

/** The resume cannot go on. */
export class ResumeError extends Error {
  override readonly name = "ResumeError";
  readonly reason: ResumeErrorName;

  constructor(reason: ResumeErrorName) {
    super(reason);
    this.reason = reason;
  }
}

/** Everything that can be wrong with a record is this one error. */
export class RecordRefusedError extends Error {
  override readonly name = "RecordRefusedError";
  readonly reason = "RecordRefused";

  constructor() {
    super("RecordRefused");
  }
}
