// The sending side of docs/protocol/08-files.md: offers files, sends the accepted ones in order, one at a time, never beyond
// the credit, and offers what is unfinished again after a break. Knows no line and no page: what it says in answer goes to
// `put`, chunks are taken by `next` when the line has room.

import { WireFormatError } from "../protocol/errors.ts";
import { fileLimits, senderOf, type FileMessage, type OfferMessage, type Side, type TransferReason } from "../protocol/files.ts";
import { Sha256 } from "./sha256.ts";

/** A file as the person picked it. */
export type SourceFile = {
  readonly path: readonly string[];
  readonly size: number;
  readonly modified: number;
  /** Exactly these bytes, or fewer when the file has become shorter; throws when it cannot be read any more. */
  readonly read: (offset: number, length: number) => Promise<Uint8Array>;
  /** Whether size and time are still those above. */
  readonly isUnchanged: () => Promise<boolean>;
};

export type SendingEnd = { readonly name: string } | { readonly reason: TransferReason };

type Stage = "offered" | "checking" | "sending" | "finished";

/** Where a transfer stands, for people. */
export type OutgoingView = {
  readonly offer: OfferMessage;
  readonly stage: Stage;
  /** Bytes that the other side has confirmed. */
  readonly confirmed: number;
  /** Bytes that have been handed out. */
  readonly sent: number;
  readonly isHeldHere: boolean;
  readonly isHeldThere: boolean;
};

type Transfer = {
  readonly offer: OfferMessage;
  readonly file: SourceFile;
  stage: Stage;
  hash: Sha256;
  /** Hashes of beginnings, newest last, so that going on after a break need not read the whole file again. */
  marks: Sha256[];
  accepted: { readonly offset: number; readonly hash: Uint8Array };
  credit: number;
  confirmed: number;
  isHeldHere: boolean;
  isHeldThere: boolean;
  /** Goes up whenever what is being read is no longer wanted. */
  round: number;
};

const checkBytes = 1_048_576;
/** A mark each so many bytes; what the other side lacks is never more than its credit. */
const markBytes = 262_144;
const mostMarks = fileLimits.mostCredit / markBytes + 2;

class SourceTrouble extends Error {
  readonly reason: TransferReason;

  constructor(reason: TransferReason) {
    super(`the file is ${reason}`);
    this.reason = reason;
  }
}

export class OutgoingFiles {
  readonly #self: Side;
  readonly #put: (message: FileMessage) => void;
  readonly #ended: (id: number, end: SendingEnd) => void;
  readonly #live = new Map<number, Transfer>();
  #nextId: number;
  #nextGroup = 1;
  #offered = 0;
  #round = 0;
  #isBroken = false;
  #isRenewing = false;
  #isReading = false;
  /** The other side may know of something. */
  #hasSpoken = false;

  constructor(self: Side, put: (message: FileMessage) => void, ended: (id: number, end: SendingEnd) => void) {
    this.#self = self;
    this.#put = put;
    this.#ended = ended;
    this.#nextId = self === "viewer" ? 1 : 2;
  }

  get unfinished(): number {
    return this.#live.size;
  }

  get offersLeft(): number {
    return fileLimits.mostOffers - this.#offered;
  }

  /** How many bytes the other side has confirmed, and of how many. */
  progress(id: number): { readonly confirmed: number; readonly size: number } | null {
    const one = this.#live.get(id);
    return one === undefined ? null : { confirmed: one.confirmed, size: one.file.size };
  }

  /** null when it has ended. */
  view(id: number): OutgoingView | null {
    const one = this.#live.get(id);
    if (one === undefined) return null;
    const { offer, stage, confirmed, isHeldHere, isHeldThere } = one;
    return { offer, stage, confirmed, sent: one.hash.length, isHeldHere, isHeldThere };
  }

  /** The file whose bytes go now, if any. */
  get currentId(): number | null {
    return this.#current()?.offer.id ?? null;
  }

  /** All that have not ended, in the order of their offers. */
  get ids(): number[] {
    return [...this.#live.keys()];
  }

  /** Offers files that were picked together; their ids. More than `offersLeft` is the caller's fault. */
  offer(files: readonly SourceFile[]): number[] {
    if (files.length > this.offersLeft) throw new RangeError("so many files do not go in one session");
    const group = this.#nextGroup++;
    return files.map((file) => {
      const { size, modified, path } = file;
      const offer: OfferMessage = { type: "OFFER", id: this.#nextId, group, size, modified, path };
      this.#nextId += 2;
      this.#offered++;
      const accepted = { offset: 0, hash: new Uint8Array() };
      this.#live.set(offer.id, {
        offer, file, stage: "offered", hash: new Sha256(), marks: [], accepted, credit: 0, confirmed: 0, isHeldHere: false, isHeldThere: false, round: 0,
      });
      this.#say(offer);
      return offer.id;
    });
  }

  /** Takes a message about one of these files, or SEEN. */
  take(message: FileMessage): void {
    if (message.type === "SEEN") {
      if (message.round > this.#round) throw new WireFormatError("InvalidValue");
      if (message.round === this.#round) this.#isRenewing = false;
      return;
    }
    if (!("id" in message) || senderOf(message.id) !== this.#self || message.id >= this.#nextId) throw new WireFormatError("InvalidValue");
    const one = this.#live.get(message.id);
    if (one !== undefined) this.#takeAbout(one, message);
  }

  #takeAbout(one: Transfer, message: FileMessage): void {
    // What was under way when everything was offered again speaks of before.
    if (this.#isRenewing && ["ACCEPT", "CREDIT", "PAUSE", "PROCEED"].includes(message.type)) return;
    switch (message.type) {
      case "ACCEPT":
        return accept(one, message);
      case "CREDIT":
        return raise(one, message.credit);
      case "PAUSE":
      case "PROCEED":
        one.isHeldThere = message.type === "PAUSE";
        return;
      case "VERIFIED":
        return this.#end(one, { name: message.name });
      case "REFUSE":
      case "CANCEL":
        return this.#end(one, { reason: message.reason });
      default:
        throw new WireFormatError("InvalidValue");
    }
  }

  /**
   * The next message of the file that is being sent; null when nothing may go now. One call at a time: while one reads,
   * the next is answered by null.
   */
  async next(): Promise<FileMessage | null> {
    const one = this.#isBroken || this.#isReading ? undefined : this.#current();
    if (one === undefined) return null;
    const round = one.round;
    this.#isReading = true;
    try {
      const message = await step(one, round);
      return this.#isBroken || !this.#live.has(one.offer.id) || one.round !== round ? null : message;
    } catch (error) {
      if (!(error instanceof SourceTrouble)) throw error;
      if (!this.#live.has(one.offer.id)) return null;
      this.#end(one, { reason: error.reason });
      return this.#isBroken ? null : { type: "CANCEL", id: one.offer.id, reason: error.reason };
    } finally {
      this.#isReading = false;
    }
  }

  hold(id: number, isHeld: boolean): void {
    const one = this.#live.get(id);
    if (one === undefined || one.isHeldHere === isHeld) return;
    one.isHeldHere = isHeld;
    this.#say({ type: isHeld ? "PAUSE" : "PROCEED", id });
  }

  /** Ends a transfer from here. */
  cancel(id: number, reason: TransferReason = "canceled"): void {
    const one = this.#live.get(id);
    if (one === undefined) return;
    this.#say({ type: "CANCEL", id, reason });
    this.#end(one, { reason });
  }

  /** The line is gone, or Stop holds: nothing goes until `renew`. */
  break(): void {
    this.#isBroken = true;
    for (const one of this.#live.values()) one.round++;
  }

  /** The line is back, or the permission: everything unfinished is offered again, or for the first time. */
  renew(): void {
    this.#isBroken = false;
    if (this.#hasSpoken) {
      this.#isRenewing = true;
      this.#put({ type: "RENEWED", round: ++this.#round, offers: this.#live.size });
    }
    for (const one of this.#live.values()) {
      one.stage = "offered";
      one.isHeldHere = one.isHeldThere = false;
      one.round++;
      this.#say(one.offer);
    }
  }

  /** The permission was taken back, or the session is over: both sides know, so nothing is said. */
  endAll(reason: TransferReason): void {
    for (const one of [...this.#live.values()]) this.#end(one, { reason });
  }

  /** One file at a time: the first that was accepted and is not held, until it has ended. */
  #current(): Transfer | undefined {
    for (const one of this.#live.values()) if (one.stage !== "offered" && !one.isHeldHere && !one.isHeldThere) return one;
    return undefined;
  }

  #say(message: FileMessage): void {
    if (this.#isBroken) return;
    this.#hasSpoken = true;
    this.#put(message);
  }

  #end(one: Transfer, end: SendingEnd): void {
    this.#live.delete(one.offer.id);
    this.#ended(one.offer.id, end);
  }
}

/** ACCEPT may come again: one that was under way at a break, and the one that answers the renewal. */
function accept(one: Transfer, message: Extract<FileMessage, { readonly type: "ACCEPT" }>): void {
  if (message.offset > one.offer.size || message.credit > one.offer.size) throw new WireFormatError("InvalidValue");
  one.accepted = { offset: message.offset, hash: message.hash.slice() };
  one.credit = message.credit;
  one.confirmed = message.offset;
  one.stage = "checking";
  one.hash = newestMark(one, message.offset);
  one.round++;
}

function raise(one: Transfer, credit: number): void {
  if (one.stage === "offered" || one.stage === "checking") return; // from before a break
  const most = Math.min(one.offer.size, one.hash.length + fileLimits.mostCredit);
  if (credit < one.credit || credit > most) throw new WireFormatError("InvalidValue");
  one.confirmed = Math.max(one.confirmed, credit - fileLimits.mostCredit);
  one.credit = credit;
}

async function step(one: Transfer, round: number): Promise<FileMessage | null> {
  const id = one.offer.id;
  if (one.stage === "checking") return (await check(one, round)) ? { type: "START", id, offset: one.hash.length } : null;
  if (one.stage === "finished") return null;
  const offset = one.hash.length;
  if (offset === one.offer.size) {
    if (!(await one.file.isUnchanged().catch(() => false))) throw new SourceTrouble("changed");
    if (one.round !== round) return null;
    one.stage = "finished";
    return { type: "FINISH", id, hash: one.hash.digest() };
  }
  if (offset >= one.credit) return null;
  const content = await read(one, offset, Math.min(fileLimits.largestContent, one.credit - offset));
  if (one.round !== round) return null;
  one.hash.update(content);
  mark(one);
  return { type: "CHUNK", id, offset, content };
}

function mark(one: Transfer): void {
  if (one.hash.length < (one.marks.at(-1)?.length ?? 0) + markBytes) return;
  one.marks.push(one.hash.copy());
  if (one.marks.length > mostMarks) one.marks.shift();
}

/** The hash of the longest beginning that is known and not longer than this; of nothing, when none is. */
function newestMark(one: Transfer, offset: number): Sha256 {
  while ((one.marks.at(-1)?.length ?? 0) > offset) one.marks.pop();
  return one.marks.at(-1)?.copy() ?? new Sha256();
}

/** Reads the beginning that the other side says it has; a wrong one is sent anew from 0. False: no longer wanted. */
async function check(one: Transfer, round: number): Promise<boolean> {
  const { offset, hash } = one.accepted;
  while (one.hash.length < offset) {
    const content = await read(one, one.hash.length, Math.min(checkBytes, offset - one.hash.length));
    if (one.round !== round) return false;
    one.hash.update(content);
  }
  const mine = one.hash.digest();
  if (!hash.every((byte, index) => byte === mine[index])) {
    one.hash = new Sha256();
    one.marks = [];
    one.credit = Math.min(one.offer.size, one.credit - offset);
    one.confirmed = 0;
  }
  one.stage = "sending";
  return true;
}

async function read(one: Transfer, offset: number, length: number): Promise<Uint8Array> {
  const content = await one.file.read(offset, length).catch(() => {
    throw new SourceTrouble("unreadable");
  });
  if (content.length !== length) throw new SourceTrouble("changed");
  return content;
}
