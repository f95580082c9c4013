// The receiving side of docs/protocol/08-files.md: asks its person, stores what comes, gives credit as the store takes it,
// verifies, and tells a renewed offer where its transfer stands. Knows no line and no page. Everything that changes a
// transfer goes through one chain of promises, in the order of arrival.

import { WireFormatError } from "../protocol/errors.ts";
import { judgeName } from "../protocol/file-names.ts";
import { fileLimits, senderOf, type FileMessage, type OfferMessage, type Side, type TransferReason } from "../protocol/files.ts";
import { Sha256 } from "./sha256.ts";

/** A part in the store; every method may throw StoreTrouble. */
export type StoredPart = {
  /** Adds bytes at the end. */
  readonly write: (bytes: Uint8Array) => Promise<void>;
  /** Forgets what lies behind this offset. */
  readonly truncate: (offset: number) => Promise<void>;
  readonly read: (offset: number, length: number) => Promise<Uint8Array>;
  /** The whole file is right: gives it its name, never in place of another; the name that it has now. */
  readonly finish: () => Promise<string>;
  readonly discard: () => Promise<void>;
};

export type FileStore = {
  /** Throws StoreTrouble when there is no room. */
  readonly check: (offer: OfferMessage) => Promise<void>;
  readonly begin: (offer: OfferMessage) => Promise<StoredPart>;
};

export class StoreTrouble extends Error {
  readonly reason: TransferReason;

  constructor(reason: TransferReason) {
    super(`the store: ${reason}`);
    this.reason = reason;
  }
}

export type ReceivingEnd = { readonly name: string } | { readonly reason: TransferReason };

export type IncomingEvents = {
  readonly put: (message: FileMessage) => void;
  /** A file is offered whose name may be shown: answer by `accept` or `decline`. */
  readonly offered: (offer: OfferMessage) => void;
  readonly ended: (offer: OfferMessage, end: ReceivingEnd) => void;
  /** The peer broke the protocol, or this program has a fault. */
  readonly failed: (error: unknown) => void;
};

/** Where a transfer stands, for people. */
export type IncomingView = {
  readonly offer: OfferMessage;
  readonly isAccepted: boolean;
  readonly isReceiving: boolean;
  readonly received: number;
  readonly isHeldHere: boolean;
  readonly isHeldThere: boolean;
};

type Transfer = {
  readonly offer: OfferMessage;
  part: StoredPart | null;
  hash: Sha256;
  limit: number;
  isAccepted: boolean;
  isHeld: boolean;
  isHeldThere: boolean;
  isLost: boolean;
  isReceiving: boolean;
  /** The last word, once the transfer has ended. */
  outcome: FileMessage | null;
};

const readBytes = 1_048_576;
/** Bytes that may wait for the store: those of one credit from before a break, and of one behind it, twice over. */
const mostQueued = 4 * fileLimits.mostCredit;
/** Credit goes out in steps that tell the sender in time what has arrived, and still are few messages. */
const creditStep = fileLimits.mostCredit / 16;

export class IncomingFiles {
  readonly #peer: Side;
  readonly #store: FileStore;
  readonly #events: IncomingEvents;
  readonly #known = new Map<number, Transfer>();
  #work: Promise<void> = Promise.resolve();
  #renewalsLeft = 0;
  #queued = 0;
  #isBroken = false;

  constructor(peer: Side, store: FileStore, events: IncomingEvents) {
    this.#peer = peer;
    this.#store = store;
    this.#events = events;
  }

  get unfinished(): number {
    let count = 0;
    for (const one of this.#known.values()) if (one.outcome === null) count++;
    return count;
  }

  progress(id: number): { readonly received: number; readonly size: number } | null {
    const one = this.#known.get(id);
    return one === undefined ? null : { received: one.hash.length, size: one.offer.size };
  }

  /** All that have not ended, in the order of their offers. */
  get ids(): number[] {
    return [...this.#known.values()].filter((one) => one.outcome === null).map((one) => one.offer.id);
  }

  /** null when there is no such transfer, or it has ended. */
  view(id: number): IncomingView | null {
    const one = this.#unfinished(id);
    if (one === null) return null;
    const { offer, isAccepted, isReceiving, isHeld, isHeldThere } = one;
    return { offer, isAccepted, isReceiving, received: one.hash.length, isHeldHere: isHeld, isHeldThere };
  }

  /** Resolves when everything that was asked for so far has been done. */
  get idle(): Promise<void> {
    return this.#work;
  }

  take(message: FileMessage): void {
    const length = message.type === "CHUNK" ? message.content.length : 0;
    this.#queued += length;
    if (this.#queued > mostQueued) throw new WireFormatError("InvalidValue");
    this.#then(async () => {
      this.#queued -= length;
      await this.#take(message);
    });
  }

  /** The person wants it. */
  accept(id: number): void {
    this.#then(async () => {
      const one = this.#unfinished(id);
      if (one === null || one.isAccepted) return;
      one.isAccepted = true;
      await this.#try(one, async () => {
        await this.#store.check(one.offer);
        if (!one.isLost) this.#answer(one);
      });
    });
  }

  /** The person does not want it. */
  decline(id: number): void {
    this.#then(async () => {
      const one = this.#unfinished(id);
      if (one !== null && !one.isAccepted) await this.#stop(one, { type: "REFUSE", id, reason: "declined" });
    });
  }

  /** Ends a transfer from here; its part is removed. */
  cancel(id: number, reason: TransferReason = "canceled"): void {
    this.#then(async () => {
      const one = this.#unfinished(id);
      if (one !== null) await this.#stop(one, { type: "CANCEL", id, reason });
    });
  }

  hold(id: number, isHeld: boolean): void {
    const one = this.#unfinished(id);
    if (one === null || one.isHeld === isHeld) return;
    one.isHeld = isHeld;
    this.#say({ type: isHeld ? "PAUSE" : "PROCEED", id });
  }

  /** The line is gone, or Stop holds: parts stay, and what still comes of before is ignored. */
  break(): void {
    this.#isBroken = true;
    this.#then(() => this.#lose());
  }

  /** The line is back, or the permission: messages go out again. */
  renew(): void {
    this.#then(() => {
      this.#isBroken = false;
    });
  }

  /** The permission was taken back, or the session is over: nothing is said, parts are removed. */
  endAll(reason: TransferReason): void {
    this.#then(async () => {
      for (const one of this.#known.values()) if (one.outcome === null) await this.#end(one, { type: "CANCEL", id: one.offer.id, reason });
    });
  }

  #then(act: () => void | Promise<void>): void {
    this.#work = this.#work.then(act).catch(this.#events.failed);
  }

  async #take(message: FileMessage): Promise<void> {
    if (message.type === "OFFER") return this.#takeOffer(message);
    if (message.type === "RENEWED") {
      this.#renewalsLeft = message.offers;
      this.#lose();
      this.#say({ type: "SEEN", round: message.round });
      if (message.offers === 0) await this.#endWithdrawn();
      return;
    }
    if (!("id" in message) || senderOf(message.id) !== this.#peer) throw new WireFormatError("InvalidValue");
    const one = this.#unfinished(message.id);
    if (one !== null) await this.#takeAbout(one, message);
  }

  async #takeOffer(offer: OfferMessage): Promise<void> {
    const one = this.#known.get(offer.id);
    if (one === undefined) await this.#takeNew(offer);
    else {
      if (!isSameOffer(one.offer, offer)) throw new WireFormatError("InvalidValue");
      one.isLost = one.isReceiving = false;
      if (one.outcome !== null) this.#say(one.outcome);
      else if (one.isAccepted) this.#answer(one);
    }
    if (this.#renewalsLeft > 0 && --this.#renewalsLeft === 0) await this.#endWithdrawn();
  }

  async #takeNew(offer: OfferMessage): Promise<void> {
    if (this.#known.size >= fileLimits.mostOffers) throw new WireFormatError("InvalidValue");
    const one: Transfer = {
      offer, part: null, hash: new Sha256(), limit: 0, isAccepted: false, isHeld: false, isHeldThere: false, isLost: false, isReceiving: false, outcome: null,
    };
    this.#known.set(offer.id, one);
    const refusal = offer.path.some((component) => judgeName(component) !== null) ? "name-refused" : await this.#refusalOfStore(offer);
    if (refusal === null) this.#events.offered(offer);
    else await this.#stop(one, { type: "REFUSE", id: offer.id, reason: refusal });
  }

  async #refusalOfStore(offer: OfferMessage): Promise<TransferReason | null> {
    try {
      await this.#store.check(offer);
      return null;
    } catch (error) {
      if (error instanceof StoreTrouble) return error.reason;
      throw error;
    }
  }

  async #takeAbout(one: Transfer, message: FileMessage): Promise<void> {
    switch (message.type) {
      case "START":
        if (one.isLost) return;
        if (!one.isAccepted || message.offset > one.hash.length) throw new WireFormatError("InvalidValue");
        return this.#try(one, () => this.#start(one, message.offset));
      case "CHUNK":
        if (!one.isReceiving) return;
        if (message.offset !== one.hash.length || message.offset + message.content.length > one.limit) throw new WireFormatError("InvalidValue");
        return this.#try(one, () => this.#write(one, message.content));
      case "FINISH":
        if (!one.isReceiving) return;
        if (one.hash.length !== one.offer.size) throw new WireFormatError("InvalidValue");
        return this.#try(one, () => this.#verify(one, message.hash));
      case "CANCEL":
        return this.#end(one, message);
      default: // PAUSE and PROCEED: the sender knows what it sends, people are told
        one.isHeldThere = message.type === "PAUSE";
    }
  }

  async #start(one: Transfer, offset: number): Promise<void> {
    if (one.part === null) one.part = await this.#store.begin(one.offer);
    else if (offset < one.hash.length) {
      const hash = new Sha256();
      while (hash.length < offset) {
        const bytes = await one.part.read(hash.length, Math.min(readBytes, offset - hash.length));
        if (bytes.length === 0) throw new StoreTrouble("unwritable");
        hash.update(bytes);
      }
      await one.part.truncate(offset);
      one.hash = hash;
    }
    one.limit = creditFrom(one);
    one.isReceiving = true;
  }

  async #write(one: Transfer, content: Uint8Array): Promise<void> {
    await one.part?.write(content);
    one.hash.update(content);
    const raised = creditFrom(one);
    if (raised === one.limit || (raised - one.limit < creditStep && raised !== one.offer.size)) return;
    one.limit = raised;
    this.#say({ type: "CREDIT", id: one.offer.id, credit: raised });
  }

  async #verify(one: Transfer, expected: Uint8Array): Promise<void> {
    const mine = one.hash.digest();
    if (one.part === null || !expected.every((byte, index) => byte === mine[index])) throw new StoreTrouble("mismatch");
    const name = await one.part.finish();
    one.part = null;
    await this.#stop(one, { type: "VERIFIED", id: one.offer.id, name });
  }

  #answer(one: Transfer): void {
    one.limit = creditFrom(one);
    this.#say({ type: "ACCEPT", id: one.offer.id, offset: one.hash.length, hash: one.hash.digest(), credit: one.limit });
  }

  async #try(one: Transfer, act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      if (!(error instanceof StoreTrouble)) throw error;
      await this.#stop(one, { type: "CANCEL", id: one.offer.id, reason: error.reason });
    }
  }

  #lose(): void {
    for (const one of this.#known.values()) {
      one.isLost = true;
      one.isReceiving = one.isHeld = one.isHeldThere = false;
    }
  }

  async #endWithdrawn(): Promise<void> {
    for (const one of this.#known.values()) {
      if (one.isLost && one.outcome === null) await this.#end(one, { type: "CANCEL", id: one.offer.id, reason: "withdrawn" });
    }
  }

  #unfinished(id: number): Transfer | null {
    const one = this.#known.get(id);
    return one === undefined || one.outcome !== null ? null : one;
  }

  #say(message: FileMessage): void {
    if (!this.#isBroken) this.#events.put(message);
  }

  /** Ends it, and says so. */
  async #stop(one: Transfer, outcome: Extract<FileMessage, { readonly type: "REFUSE" | "CANCEL" | "VERIFIED" }>): Promise<void> {
    this.#say(outcome);
    await this.#end(one, outcome);
  }

  async #end(one: Transfer, outcome: Extract<FileMessage, { readonly type: "REFUSE" | "CANCEL" | "VERIFIED" }>): Promise<void> {
    one.outcome = outcome;
    one.isReceiving = false;
    const part = one.part;
    one.part = null;
    await part?.discard().catch(() => undefined);
    this.#events.ended(one.offer, outcome.type === "VERIFIED" ? { name: outcome.name } : { reason: outcome.reason });
  }
}

function creditFrom(one: Transfer): number {
  return Math.min(one.offer.size, one.hash.length + fileLimits.mostCredit);
}

function isSameOffer(one: OfferMessage, other: OfferMessage): boolean {
  return (
    one.group === other.group && one.size === other.size && one.modified === other.modified &&
    one.path.length === other.path.length && one.path.every((component, index) => component === other.path[index])
  );
}
