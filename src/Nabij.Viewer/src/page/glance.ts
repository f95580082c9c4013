// What a tab shows of its session, and when a session that is not in front wants to be looked at. Knows no document.

import type { SessionState } from "../session/states.ts";
import type { Say, TextKey } from "./texts/texts.ts";

export interface Glance {
  readonly state: SessionState;
  /** What the customer wants to be called; may be empty. */
  readonly customer: string;
  /** The session came about: both sides have proven themselves. */
  readonly isEstablished: boolean;
  /** The customer no longer shows the screen. */
  readonly isLookTaken: boolean;
  readonly unread: number;
  /** What is new or under way with files, in words; empty for nothing. */
  readonly files: string;
  readonly filesArrived: number;
}

/** Why a session wants to be looked at. */
export type Attention = "message" | "files" | "answered" | "paused" | "lost" | "back" | "ended";

/** What happened that is worth a look; null for nothing. The gravest counts. */
export function attentionOf(before: Glance, now: Glance): Attention | null {
  if (now.state !== before.state) {
    if (now.state === "ended") return "ended";
    if (now.state === "resuming") return "lost";
    if (now.state === "stopped") return "paused";
    if (now.state === "active") return before.state === "connecting" || before.state === "waiting-for-customer" ? "answered" : "back";
  }
  if (now.isLookTaken && !before.isLookTaken) return "paused";
  if (now.unread > before.unread) return "message";
  if (now.filesArrived > before.filesArrived) return "files";
  return null;
}

const states: Readonly<Record<SessionState, TextKey>> = {
  connecting: "tab.connecting",
  "waiting-for-customer": "tab.asked",
  active: "tab.active",
  stopped: "tab.stopped",
  resuming: "tab.resuming",
  ended: "tab.ended",
};

/** One or two words for where the session stands. */
export function stateWord(say: Say, glance: Glance): string {
  return say(glance.isLookTaken ? "tab.lookTaken" : states[glance.state]);
}

/** What waits in the session: unread messages, files. */
export function marksOf(say: Say, { unread, files }: Glance): string[] {
  const marks: string[] = [];
  if (unread > 0) marks.push(say(unread === 1 ? "tab.unreadOne" : "tab.unread", { count: unread }));
  if (files !== "") marks.push(say("tab.files", { mark: files }));
  return marks;
}

const attentions: Readonly<Record<Attention, TextKey>> = {
  message: "attention.message",
  files: "attention.files",
  answered: "attention.answered",
  paused: "attention.paused",
  lost: "attention.lost",
  back: "attention.back",
  ended: "attention.ended",
};

/** The sentence by which the technician is told, wherever they look. */
export function attentionText(say: Say, attention: Attention, name: string): string {
  return say(attentions[attention], { name });
}

/** Which of so many places comes next; place 0 is the waiting room, and after the last comes the first. */
export function nextPlace(place: number, count: number, step: 1 | -1): number {
  return (place + step + count) % count;
}
