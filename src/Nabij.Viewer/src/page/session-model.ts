// What the page knows of a session, and the words for it. Knows no document.

import type { StopReason } from "../protocol/errors.ts";
import { permissions } from "../protocol/permissions.ts";
import type { EndReason, SessionState } from "../session/states.ts";
import type { Say, TextKey } from "./texts/texts.ts";

/** Everything that the panel and the notice show. Peer strings are text. */
export interface SessionModel {
  readonly state: SessionState;
  readonly reason: EndReason | null;
  /** What the customer wants to be called, from the waiting list; may be empty. */
  readonly customer: string;
  readonly checkNumber: string;
  readonly machine: string;
  readonly user: string;
  readonly ceiling: number;
  readonly granted: number;
  /** What holds the session; null for nothing. */
  readonly pause: StopReason | null;
  readonly asking: Asking;
  /** The customer was asked for what was copied, and has not answered yet. */
  readonly awaitsText: boolean;
  /** Files that ending now would cut off; at the end, those that it did. */
  readonly filesInFlight: number;
  /** Files that have arrived, in either direction. */
  readonly filesArrived: number;
  /** Milliseconds since 1970; null before the handshake was done. */
  readonly establishedAt: number | null;
  readonly endedAt: number | null;
  /** Until when a lost connection is waited for, milliseconds since 1970; null while there is one. */
  readonly awayUntil: number | null;
}

/** Where an ASK stands. `declined` lasts until the next may be made. */
export type Asking = "none" | "open" | "declined";

export const newSession: SessionModel = {
  state: "connecting", reason: null, customer: "", checkNumber: "", machine: "", user: "", ceiling: 0, granted: 0,
  pause: null, asking: "none", awaitsText: false, filesInFlight: 0, filesArrived: 0, establishedAt: null, endedAt: null, awayUntil: null,
};

/** The permissions that this viewer can use, and so asks for. */
export const usablePermissions =
  permissions.VIEW | permissions.POINTER | permissions.KEYBOARD | permissions.CHAT | permissions.DRAW |
  permissions.CLIPBOARD_TO_HOST | permissions.CLIPBOARD_FROM_HOST | permissions.FILES_TO_HOST | permissions.FILES_FROM_HOST |
  permissions.SYSTEM_INFORMATION;

const control = permissions.POINTER | permissions.KEYBOARD;

/** What to ask for next: to look, then to control; 0 when there is nothing left to ask for. */
export function askable(model: SessionModel): number {
  if (model.state !== "active" && model.state !== "waiting-for-customer") return 0;
  if (model.state === "waiting-for-customer") return 0;
  if ((model.granted & permissions.VIEW) === 0) return model.ceiling & permissions.VIEW;
  return model.ceiling & control & ~model.granted;
}

/** The grants in words: `look, control`. */
export function grantsInWords(say: Say, granted: number): string {
  const words: string[] = [];
  if ((granted & permissions.VIEW) !== 0) words.push(say("grant.look"));
  if ((granted & permissions.DRAW) !== 0) words.push(say("grant.point"));
  if ((granted & control) === control) words.push(say("grant.control"));
  else if ((granted & permissions.POINTER) !== 0) words.push(say("grant.pointer"));
  else if ((granted & permissions.KEYBOARD) !== 0) words.push(say("grant.keyboard"));
  if ((granted & permissions.FILES_TO_HOST) !== 0) words.push(say("grant.filesToHost"));
  if ((granted & permissions.FILES_FROM_HOST) !== 0) words.push(say("grant.filesFromHost"));
  if ((granted & permissions.CLIPBOARD_TO_HOST) !== 0) words.push(say("grant.clipboardTo"));
  if ((granted & permissions.CLIPBOARD_FROM_HOST) !== 0) words.push(say("grant.clipboardFrom"));
  return words.length === 0 ? say("grant.none") : words.join(", ");
}

/** Active, but the customer no longer shows the screen. */
export function isLookTaken(model: SessionModel): boolean {
  return model.state === "active" && (model.granted & permissions.VIEW) === 0;
}

const stateTexts: Readonly<Record<SessionState, TextKey>> = {
  connecting: "state.connecting",
  "waiting-for-customer": "state.waiting",
  active: "state.active",
  stopped: "stopped.heading",
  resuming: "state.resuming",
  ended: "state.ended",
};

/** Heading and sentence for each thing that holds a session. */
const pauseTexts: Readonly<Record<StopReason, readonly [heading: TextKey, text: TextKey]>> = {
  stop: ["stopped.heading", "stopped.text"],
  "private-moment": ["private.heading", "private.text"],
  idle: ["idle.heading", "idle.text"],
  unanswered: ["unanswered.heading", "unanswered.text"],
  locked: ["locked.heading", "locked.text"],
};

const files = permissions.FILES_TO_HOST | permissions.FILES_FROM_HOST;

/** The customer has stopped, but lets what is being copied come to its end. */
function isOnlyCopying(model: SessionModel): boolean {
  return model.state === "stopped" && (model.pause ?? "stop") === "stop" && (model.granted & files) !== 0;
}

/** The one sentence that says where the session stands. Why none came about is told at the code, where the next try is made. */
export function statusText(say: Say, model: SessionModel): string {
  if (model.state === "ended" && model.reason !== null && model.establishedAt !== null) return say(`reason.${model.reason}`);
  if (isOnlyCopying(model)) return say("copying.heading");
  if (model.state === "stopped") return say(pauseTexts[model.pause ?? "stop"][0]);
  return say(isLookTaken(model) ? "lookTaken.heading" : stateTexts[model.state]);
}

/** The sentence below it, or empty. */
export function explanation(say: Say, model: SessionModel, now: number = Date.now()): string {
  if (isLookTaken(model)) return say("lookTaken.text");
  switch (model.state) {
    case "connecting":
      return say("connecting.text");
    case "waiting-for-customer":
      return say("waitingCustomer.text");
    case "stopped":
      return pauseText(say, model);
    case "ended":
      return model.establishedAt === null ? "" : endText(say, model);
    case "resuming":
      return say("resuming.text", { time: clockTime((model.awayUntil ?? 0) - now) });
    case "active":
      return "";
  }
}

function pauseText(say: Say, model: SessionModel): string {
  if (isOnlyCopying(model)) return say("copying.text");
  const isReading = model.awaitsText && model.pause === "private-moment";
  const text = say(isReading ? "clipboard.reading" : pauseTexts[model.pause ?? "stop"][1]);
  const goesOn = (model.granted & files) !== 0 && model.filesInFlight > 0;
  return goesOn ? `${text} ${say("copying.meanwhile")}` : text;
}

function endText(say: Say, { filesInFlight, filesArrived }: SessionModel): string {
  const words: string[] = [];
  if (filesArrived > 0) words.push(say("ended.filesArrived", { count: filesArrived }));
  if (filesInFlight > 0) words.push(say("ended.filesCut", { count: filesInFlight }));
  else words.push(say("ended.nothingCut"));
  words.push(say("ended.released"));
  return words.join(" ");
}

/** A duration as clocks show it: `4:05` or `1:02:03`. */
export function clockTime(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const two = (value: number): string => String(value).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}
