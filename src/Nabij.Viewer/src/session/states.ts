// The states of a technician's session and every reason for which one can end, as the page shows them.

import type { CloseReason } from "../protocol/errors.ts";
import type { RefusalReason } from "../protocol/rendezvous.ts";

/**
 * connecting: socket, ticket and handshake. waiting-for-customer: the handshake is done, nothing is granted yet.
 * active: at least one grant. stopped: something holds the session,
 * and the grants say what. resuming: the connection is
 * lost, and both sides try to find each other again. ended: final.
 */
export type SessionState = "connecting" | "waiting-for-customer" | "active" | "stopped" | "resuming" | "ended";

/**
 * Why a session ended. One of:
 * - a CLOSE reason of docs/protocol/09-errors.md, said by one of the two people or programs;
 * - refused-*: the server refused to pair, with chapter 01's reason;
 * - cannot-connect: no connection to the server came about; connection-lost: it ended without CLOSE;
 * - wrong-code: the customer's program refused our proof, in practice a wrong code (the secret is burned);
 * - other-code: the customer's program could not prove that it knows the code;
 * - handshake-failed: anything else in the handshake; unsupported: no common version;
 * - viewer-failed: something of this viewer's own went wrong;
 * - timeout: a step of the handshake took more than its time;
 * - record-refused: what arrived was changed, repeated or out of order on its way;
 * - stalled: the line took nothing any more, or the customer's program sent more than it may;
 * - server-*: the server ended the connection with a close code of chapter 09.
 */
export type EndReason =
  | CloseReason
  | `refused-${RefusalReason}`
  | "cannot-connect"
  | "connection-lost"
  | "wrong-code"
  | "other-code"
  | "handshake-failed"
  | "unsupported"
  | "viewer-failed"
  | "timeout"
  | "record-refused"
  | "stalled"
  | "server-too-late"
  | "server-expired"
  | "server-too-large"
  | "server-stalled"
  | "server-going-away"
  | "server-limited"
  | "server-refused"
  | "server-bad-message";
