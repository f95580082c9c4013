// From every way in which a connection or a handshake can fail to the one reason that the page shows.

import { closeCodes, type CloseCodeName } from "../protocol/errors.ts";
import type { EndReason } from "./states.ts";
import type { HandshakeFailure } from "./technician-handshake.ts";

const byCloseCode: Record<CloseCodeName, EndReason> = {
  "bad-message": "server-bad-message",
  "too-late": "server-too-late",
  expired: "server-expired",
  "peer-gone": "connection-lost",
  "too-large": "server-too-large",
  stalled: "server-stalled",
  "going-away": "server-going-away",
  limited: "server-limited",
  refused: "server-refused",
  "resume-refused": "connection-lost",
};

/** The server's word for a close code, or null when it is none of ours. */
export function closeCodeName(code: number): CloseCodeName | null {
  return closeCodes[code as keyof typeof closeCodes] ?? null;
}

/** The socket ended; `wasOpen` tells whether it ever was there. */
export function reasonOfClose(code: number, wasOpen: boolean): EndReason {
  const name = closeCodeName(code);
  if (name !== null) return byCloseCode[name];
  return wasOpen ? "connection-lost" : "cannot-connect";
}

/** `afterProof`: our proof of the secret had been sent when it happened. */
export function reasonOfHandshake(error: HandshakeFailure, afterProof: boolean): EndReason {
  switch (error) {
    case "PeerFailed":
      return afterProof ? "wrong-code" : "handshake-failed";
    case "TagMismatch":
    case "BoxRejected":
      return "other-code";
    case "Unsupported":
    case "Downgrade":
      return "unsupported";
    case "Timeout":
      return "timeout";
    default:
      return "handshake-failed";
  }
}
