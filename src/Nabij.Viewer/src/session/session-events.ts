// What a session of the technician tells, and what it finds around it.

import type { FileStore } from "../files/incoming-files.ts";
import type { CursorMessage } from "../protocol/cursor.ts";
import type { StopReason } from "../protocol/errors.ts";
import type { Fact } from "../protocol/facts.ts";
import type { Invitation, People } from "../protocol/people.ts";
import type { ScreenMessage } from "../protocol/screen.ts";
import type { ClipboardEvents } from "./clipboard-exchange.ts";
import type { Clock } from "./clock.ts";
import type { FileEvents } from "./file-traffic.ts";
import type { OpenSocket } from "./socket.ts";
import type { EndReason, SessionState } from "./states.ts";
import type { Established } from "./technician-handshake.ts";
import type { Scalar } from "./x25519.ts";

export type SessionEvents = {
  readonly state: (state: SessionState, reason: EndReason | null, detail: string | null) => void;
  readonly established: (session: Established, serverSession: Uint8Array) => void;
  /** `pause`: what holds the session, so that only these permissions are in force; null for nothing. */
  readonly grants: (permissions: number, pause: StopReason | null) => void;
  /** Input had no effect, because the customer uses the own mouse or keyboard. */
  readonly localInput: () => void;
  readonly declined: (permissions: number) => void;
  /** The connection is lost; comes before the state resuming. `seconds`: how long the session waits for it. */
  readonly away: (seconds: number) => void;
  /** `arrivedAt`: milliseconds of the session's clock. What these throw as WireFormatError ends the session. */
  readonly screen: (message: ScreenMessage, arrivedAt: number) => void;
  readonly cursor: (message: CursorMessage) => void;
  /** A new line of the customer's, or of another participant; peer text. */
  readonly line: (number: number, text: string, person: number | null) => void;
  /** Who takes part, and who has control. */
  readonly people: (people: People) => void;
  /** How an invitation of ours stands. */
  readonly invitation: (invitation: Invitation) => void;
  /** How many of the technician's lines have arrived, and how many of them were shown. */
  readonly linesMarked: (delivered: number, seen: number) => void;
  readonly clipboard: Pick<ClipboardEvents, "placed" | "refused" | "came">;
  /** The facts about the customer's computer, peer text and numbers; null: the customer does not send them. */
  readonly facts: (facts: readonly Fact[] | null) => void;
  /** The request for them is gone without an answer. */
  readonly factsGone: () => void;
  /** What came of telling the customer of a kept picture: without it the picture must not be kept. */
  readonly pictureTold: (picture: Uint8Array, isTold: boolean) => void;
  readonly files: FileEvents;
  /** After the state ended: no part of a file is left, and the server has been told what it had to be told. */
  readonly over: () => void;
};

export type SessionSurroundings = {
  readonly openSocket: OpenSocket;
  readonly clock: Clock;
  readonly events: SessionEvents;
  /** Where the customer's files go. */
  readonly store: FileStore;
  /** Name and version of the viewer, for the customer's log. */
  readonly client: string;
  /** Another source of scalars, for tests. */
  readonly generateScalar?: () => Promise<Scalar>;
};
