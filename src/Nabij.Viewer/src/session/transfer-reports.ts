// Where a transfer stands, as the session tells the page.

import type { IncomingView } from "../files/incoming-files.ts";
import type { OutgoingView } from "../files/outgoing-files.ts";
import type { OfferMessage, TransferReason } from "../protocol/files.ts";

/** The name that the file has where it arrived, or why it did not. */
export type TransferEnd = { readonly name: string } | { readonly reason: TransferReason };

/**
 * held-off: nothing goes now, because it is not permitted, the session is held, or the connection is lost. offered: a person
 * has to say yes. next: it is wanted, and its turn comes. checking: the sender compares what has arrived already. moving: its
 * bytes go. verifying: all bytes have gone. ended.
 */
export type TransferStage = "held-off" | "offered" | "next" | "checking" | "moving" | "verifying" | "ended";

export type TransferReport = {
  /** Odd: the technician sends it. Even: the customer does. */
  readonly id: number;
  readonly group: number;
  /** Of the customer's files: peer text. */
  readonly path: readonly string[];
  readonly size: number;
  /** Bytes that have arrived. */
  readonly done: number;
  readonly stage: TransferStage;
  /** Whether the person here has said yes; always, of one's own files. */
  readonly isAccepted: boolean;
  readonly isHeldHere: boolean;
  readonly isHeldThere: boolean;
  readonly end: TransferEnd | null;
};

export function reportOfOutgoing(view: OutgoingView, isOpen: boolean, isCurrent: boolean): TransferReport {
  const { offer, confirmed, isHeldHere, isHeldThere } = view;
  const done = view.stage === "finished" ? offer.size : confirmed;
  return { ...plain(offer), done, stage: stageOfOutgoing(view, isOpen, isCurrent), isAccepted: true, isHeldHere, isHeldThere, end: null };
}

export function reportOfIncoming(view: IncomingView, isOpen: boolean): TransferReport {
  const { offer, received, isAccepted, isHeldHere, isHeldThere } = view;
  return { ...plain(offer), done: received, stage: stageOfIncoming(view, isOpen), isAccepted, isHeldHere, isHeldThere, end: null };
}

export function reportOfEnd(offer: OfferMessage, end: TransferEnd): TransferReport {
  const done = "name" in end ? offer.size : 0;
  return { ...plain(offer), done, stage: "ended", isAccepted: true, isHeldHere: false, isHeldThere: false, end };
}

function stageOfOutgoing({ stage }: OutgoingView, isOpen: boolean, isCurrent: boolean): TransferStage {
  if (!isOpen) return "held-off";
  if (stage === "finished") return "verifying";
  if (stage === "offered") return "offered";
  if (!isCurrent) return "next";
  return stage === "checking" ? "checking" : "moving";
}

function stageOfIncoming({ offer, isAccepted, isReceiving, received }: IncomingView, isOpen: boolean): TransferStage {
  if (!isOpen) return "held-off";
  if (!isAccepted) return "offered";
  if (!isReceiving) return "next";
  return received === offer.size ? "verifying" : "moving";
}

function plain({ id, group, path, size }: OfferMessage): Pick<TransferReport, "id" | "group" | "path" | "size"> {
  return { id, group, path, size };
}
