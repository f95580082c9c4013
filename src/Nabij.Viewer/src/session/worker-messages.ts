// What the page and the session worker say to each other: two typed unions, structured-cloned by postMessage.
// Order matters in both directions and is kept. ArrayBuffers named "transferred" change owner with the message.

import type { CursorPositionMessage } from "../protocol/cursor.ts";
import type { CloseReason, StopReason } from "../protocol/errors.ts";
import type { DrawingMessage } from "../protocol/drawing.ts";
import type { Fact } from "../protocol/facts.ts";
import type { InputMessage } from "../protocol/input.ts";
import type { Invitation, InvitePurpose, People } from "../protocol/people.ts";
import type { Display } from "../protocol/screen.ts";
import type { BlockModes } from "../screen/block-modes.ts";
import type { Place } from "../files/places.ts";
import type { PickedFile } from "../files/read-ahead.ts";
import type { TextOutcome } from "./clipboard-exchange.ts";
import type { EndReason, SessionState } from "./states.ts";
import type { TransferReport } from "./transfer-reports.ts";

/** Begins the session, once. One worker runs one session. */
export type JoinRequest = {
  readonly type: "join";
  /** Canonical public origin of the organization, from the page's own location, e.g. `https://help.example.nl`. */
  readonly origin: string;
  /** 64 hex digits from `POST /desk/tickets`. */
  readonly ticket: string;
  /** The digits that the server may know: three, or four beginning with 8 or 9. */
  readonly nameplate: string;
  /** The other digits, ASCII, transferred: the page keeps no copy, the worker erases its own after the handshake. */
  readonly secret: Uint8Array<ArrayBuffer>;
  /** The technician's certificate as the desk issued it; empty for a relative (docs/protocol/13-participants.md). */
  readonly certificate: Uint8Array<ArrayBuffer>;
  /** ECDSA P-256 private key that the certificate names, non-extractable, usage `sign`; null for a relative. */
  readonly signingKey: CryptoKey | null;
  /** SHA-256 of the organization's public key that the certificate names. */
  readonly organizationKeyHash: Uint8Array<ArrayBuffer>;
  /** Permission word to ask for; what the certificate does not allow makes the handshake fail. */
  readonly requested: number;
};

export type PageToWorker =
  /** A join to this origin is likely soon: opens the socket. The server hears nothing on it before the join. */
  | { readonly type: "prepare"; readonly origin: string }
  | JoinRequest
  /** Before the first message, where the browser has it: the shared memory of express-lane.ts. */
  | { readonly type: "lane"; readonly buffer: SharedArrayBuffer }
  /** What happened in one frame, in order, 1 to 64 messages. Dropped unless the state is active. */
  | {
      readonly type: "input";
      readonly messages: readonly InputMessage[];
      /** While inspecting: when the oldest of them happened, milliseconds as in an update's `decodedAt`. */
      readonly happenedAt?: number;
    }
  /** Pointing and drawing; without effect unless the customer allows it. */
  | { readonly type: "draw"; readonly messages: readonly DrawingMessage[] }
  /** Asks for the facts about the customer's computer; answered by `facts` or `facts-gone`. */
  | { readonly type: "request-facts" }
  /** This update, and all before it, are on the canvas. */
  | {
      readonly type: "painted";
      readonly layout: number;
      readonly update: number;
      /** As it stood in the update. */
      readonly decodeMicroseconds: number;
      /** From the update's `decodedAt` to the end of the paint. */
      readonly presentMicroseconds: number;
    }
  /** Whether the technician looks at the figures of the picture: only then are block modes and `input-sent` made. */
  | { readonly type: "inspect"; readonly on: boolean }
  | { readonly type: "ask"; readonly permissions: number }
  /** Puts this on the customer's clipboard; answered by `text-placed`. */
  | { readonly type: "place-text"; readonly text: string }
  /** Asks for what the customer copied; answered by `text-came` or `text-refused`. */
  | { readonly type: "request-text" }
  /** Tells the customer that a picture of this number, 16 bytes, is kept; answered by `picture-told`. */
  | { readonly type: "tell-picture"; readonly picture: Uint8Array }
  /** A line of the chat, as formLine of protocol/chat.ts gives it. The page holds to the most that may be undelivered. */
  | { readonly type: "say"; readonly text: string }
  /** Asks the customer whether a colleague may come; answered by `invitation`. Names and reasons within the bytes of protocol/people.ts. */
  | { readonly type: "invite"; readonly purpose: InvitePurpose; readonly name: string; readonly reason: string }
  | { readonly type: "withdraw-invitation" }
  /** Mouse and keyboard are this technician's from here on. */
  | { readonly type: "take-control" }
  /** Of a relative: stops the session. */
  | { readonly type: "halt" }
  /** The customer's lines up to this one are before the technician. */
  | { readonly type: "lines-shown"; readonly number: number }
  /** Files that were picked together; they wait until sending is permitted. Not more than the session's offers that are left. */
  | { readonly type: "send-files"; readonly files: readonly PickedFile[] }
  /** The customer's files are wanted; in this place once they have arrived, or, without one, as ordinary downloads. */
  | { readonly type: "accept-files"; readonly ids: readonly number[]; readonly place: Place | null }
  | { readonly type: "decline-files"; readonly ids: readonly number[] }
  | { readonly type: "hold-file"; readonly id: number; readonly isHeld: boolean }
  | { readonly type: "cancel-file"; readonly id: number }
  /** Asks the customer to choose files; words for people. */
  | { readonly type: "request-files"; readonly what: string }
  /** Ends the session for good: CLOSE with this reason, then the socket. Before the handshake is done: just leaves. */
  | { readonly type: "end"; readonly reason: EndByTechnician };

export type EndByTechnician = Extract<CloseReason, "technician-ended" | "program-closed" | "numbers-differ">;

/** Pixels of the screen that changed; the rectangles of one update never overlap. */
export type PaintRectangle = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

export type WorkerToPage =
  | {
      readonly type: "state";
      readonly state: SessionState;
      /** Only in the state ended. */
      readonly reason: EndReason | null;
      /** Name of the error of docs/protocol/09-errors.md behind the reason, for the local log only. */
      readonly detail: string | null;
    }
  /** The connection is lost; the session waits so long for it. Comes before the state resuming. */
  | { readonly type: "away"; readonly seconds: number }
  /** The handshake is done. Comes before the state waiting-for-customer. */
  | {
      readonly type: "established";
      /** Four digits. */
      readonly checkNumber: string;
      /** 32 hex digits, the session's public name. */
      readonly sessionId: string;
      /** The server's own number for this run, 32 hex digits. */
      readonly serverSession: string;
      /** The customer's computer and user: peer text, may be empty. */
      readonly machine: string;
      readonly user: string;
      /** The most that can be granted: requested and ceiling. */
      readonly ceiling: number;
    }
  /** Everything now in force; while something holds the session, what it is, and what is kept. */
  | { readonly type: "grants"; readonly permissions: number; readonly pause: StopReason | null }
  /** Input had no effect, because the customer uses the own mouse or keyboard; at most once a second. */
  | { readonly type: "local-input" }
  /** The customer said no to an ask. */
  | { readonly type: "declined"; readonly permissions: number }
  /**
   * The picture starts anew, black, at this size. The same layout may be told a second time, when memory ran out only while its
   * updates came in.
   */
  | {
      readonly type: "layout";
      readonly layout: number;
      readonly width: number;
      readonly height: number;
      readonly displays: readonly Display[];
      /** The browser has no memory for it: there is no picture, and no update, until the next layout. */
      readonly isTooLarge: boolean;
    }
  /** One whole update, to be painted in one frame and answered by `painted`. */
  | {
      readonly type: "update";
      readonly layout: number;
      readonly update: number;
      readonly echo: boolean;
      readonly rectangles: readonly PaintRectangle[];
      /** RGBA, opaque, rectangle after rectangle, rows from the top; transferred. May be longer than they need. */
      readonly pixels: ArrayBuffer;
      readonly decodeMicroseconds: number;
      /** performance.timeOrigin + performance.now() of the worker at the end of decoding, milliseconds. */
      readonly decodedAt: number;
      /** When its last piece arrived, on the same scale. */
      readonly arrivedAt: number;
      /** Microseconds of the host's own steady clock when its newest piece was captured. */
      readonly captured: number;
      /** Coded bytes that arrived for it. */
      readonly bytes: number;
      /** While inspecting, from codecs that know: how each block was coded. */
      readonly modes?: BlockModes;
    }
  /** While inspecting: input went into the socket, so long after it happened. */
  | { readonly type: "input-sent"; readonly milliseconds: number }
  | {
      readonly type: "cursor-shape";
      readonly width: number;
      readonly height: number;
      readonly hotspotX: number;
      readonly hotspotY: number;
      /** RGBA, not premultiplied, width x height x 4 bytes; transferred. */
      readonly pixels: ArrayBuffer;
    }
  | ({ readonly type: "cursor-position" } & Pick<CursorPositionMessage, "x" | "y" | "own">)
  | { readonly type: "cursor-hidden" }
  /** The facts about the customer's computer, peer text and numbers; null: the customer does not send them. */
  | { readonly type: "facts"; readonly facts: readonly Fact[] | null }
  /** The request for them is gone without an answer. */
  | { readonly type: "facts-gone" }
  /** What came of `tell-picture`. */
  | { readonly type: "picture-told"; readonly picture: Uint8Array; readonly isTold: boolean }
  /** A line of the customer's, or of another participant; peer text. */
  | { readonly type: "line"; readonly number: number; readonly text: string; readonly person: number | null }
  /** Who takes part, and who has control. */
  | { readonly type: "people"; readonly people: People }
  /** How the newest invitation stands. */
  | { readonly type: "invitation"; readonly invitation: Invitation }
  /** What came of `place-text`. */
  | { readonly type: "text-placed"; readonly outcome: TextOutcome }
  /** Why the customer's text does not come. */
  | { readonly type: "text-refused"; readonly outcome: TextOutcome }
  /** The customer's text, asked for or not; peer text. */
  | { readonly type: "text-came"; readonly text: string; readonly wasAsked: boolean }
  /** So many of the technician's lines have arrived, and so many of them were shown to the customer. */
  | { readonly type: "lines-marked"; readonly delivered: number; readonly seen: number }
  /** Whether this browser has a place for the customer's files. Comes once, before the first of them. */
  | { readonly type: "files-ready"; readonly canReceive: boolean }
  /** Transfers that have begun, changed or ended, at most five times a second. */
  | { readonly type: "transfers"; readonly changed: readonly TransferReport[] }
  /**
   * A file of the customer's is whole and verified, and lies in the browser's private place. It is the page's to hand on while
   * it holds this lock.
   */
  | { readonly type: "file-arrived"; readonly id: number; readonly name: string; readonly file: File; readonly lock: string }
  /** It was written where the technician chose; null: it could not be, and has to be handed on in another way. */
  | { readonly type: "file-saved"; readonly id: number; readonly name: string | null }
  /** What came of a request: the group of the files, 0 when the customer chose none, null when nobody knows. */
  | { readonly type: "request-answered"; readonly group: number | null }
  /** After the state ended: the worker has nothing left to do. */
  | { readonly type: "over" };
