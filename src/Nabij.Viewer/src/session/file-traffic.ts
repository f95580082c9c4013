// The files of a session in both directions (docs/protocol/08-files.md): what the permissions in force allow of them, what
// goes into the line next and when, and what people are told. Stands between the two directions of src/files and the session; knows no
// socket and no page. What the other side says goes one way, through `take`.

import { IncomingFiles, type FileStore } from "../files/incoming-files.ts";
import { OutgoingFiles } from "../files/outgoing-files.ts";
import { ReadAhead, type PickedFile } from "../files/read-ahead.ts";
import { WireFormatError } from "../protocol/errors.ts";
import { fileLimits, senderOf, type FileMessage, type OfferMessage } from "../protocol/files.ts";
import { permissions } from "../protocol/permissions.ts";
import type { Cancel, Clock } from "./clock.ts";
import { FileOutbox } from "./file-outbox.ts";
import { FileWindow } from "./file-window.ts";
import type { FileSource } from "./outgoing-queue.ts";
import { reportOfEnd, reportOfIncoming, reportOfOutgoing, type TransferEnd, type TransferReport } from "./transfer-reports.ts";

/** People see no more often how far a file is. */
const tellMilliseconds = 200;
/** A chunk that waits for its time is looked at so often. */
const watchMilliseconds = 10;

export type FileEvents = {
  /** Transfers that have begun, changed or ended since the last time. */
  readonly transfers: (changed: readonly TransferReport[]) => void;
  /** Verified and stored: before the report of its end. */
  readonly arrived: (offer: OfferMessage, name: string) => void;
  /** What came of a request: the group of the files, 0 when the customer chose none, null when nobody knows. */
  readonly answered: (group: number | null) => void;
};

export type FileSurroundings = {
  readonly clock: Clock;
  readonly store: FileStore;
  readonly events: FileEvents;
  /** There is something to send: `next` says what. */
  readonly hasMore: () => void;
  /** The peer broke the protocol, or this program has a fault. */
  readonly failed: (error: unknown) => void;
};

/** What the host last said of permissions. */
export type FileGrants = {
  readonly granted: number;
  readonly inForce: number;
  /** Something was taken back, and what it was is no longer in `granted`. */
  readonly isRevoke: boolean;
};

export class FileTraffic implements FileSource {
  readonly #surroundings: FileSurroundings;
  readonly #outgoing: OutgoingFiles;
  readonly #incoming: IncomingFiles;
  readonly #outbox = new FileOutbox();
  readonly #readAhead = new ReadAhead();
  /** Of everything that was offered, for the report of its end. */
  readonly #offers = new Map<number, OfferMessage>();
  readonly #changed = new Map<number, TransferEnd | null>();
  #grants: FileGrants = { granted: 0, inForce: 0, isRevoke: false };
  #chunk: FileMessage | null = null;
  readonly #window = new FileWindow();
  /** The file that the window speaks of. */
  #windowId = 0;
  #cancelWatch: Cancel | null = null;
  #isReading = false;
  #mayHaveMore = false;
  #requested = 0;
  #openRequest: number | null = null;
  readonly #unanswered = new Set<number>();
  #cancelTelling: Cancel | null = null;

  constructor(surroundings: FileSurroundings) {
    this.#surroundings = surroundings;
    this.#outgoing = new OutgoingFiles("viewer", (message) => this.#put(message), (id, end) => this.#ended(id, end));
    this.#incoming = new IncomingFiles("host", surroundings.store, {
      put: (message) => this.#put(message),
      offered: (offer) => this.#change(offer.id),
      ended: (offer, end) => {
        this.#offers.set(offer.id, offer);
        if ("name" in end) surroundings.events.arrived(offer, end.name);
        this.#ended(offer.id, end);
      },
      failed: surroundings.failed,
    });
    // Nothing is permitted yet.
    this.#outgoing.break();
    this.#incoming.break();
  }

  get hasNext(): boolean {
    return this.#outbox.length > 0 || (this.#chunk !== null && this.#mayGo(this.#chunk));
  }

  /** The next message for the line; the one behind it is read from the disk meanwhile. */
  next(): FileMessage | null {
    const answer = this.#outbox.shift();
    if (answer !== null) return answer;
    const chunk = this.#chunk;
    if (chunk === null || !this.#mayGo(chunk)) return null;
    this.#chunk = null;
    if (chunk.type === "CHUNK") this.#window.handedOver(chunk.offset + chunk.content.length, this.#surroundings.clock.now());
    if ("id" in chunk) this.#change(chunk.id);
    this.#read();
    return chunk;
  }

  /** Offers files that were picked together, or keeps them until sending is permitted. */
  offer(files: readonly PickedFile[]): void {
    if (files.length === 0 || files.length > this.#outgoing.offersLeft) return;
    for (const id of this.#outgoing.offer(files.map((file) => this.#readAhead.source(file)))) {
      const view = this.#outgoing.view(id);
      if (view !== null) this.#offers.set(id, view.offer);
      this.#change(id);
    }
  }

  accept(id: number): void {
    this.#incoming.accept(id);
    this.#change(id);
  }

  decline(id: number): void {
    this.#incoming.decline(id);
  }

  hold(id: number, isHeld: boolean): void {
    if (senderOf(id) === "viewer") this.#outgoing.hold(id, isHeld);
    else this.#incoming.hold(id, isHeld);
    this.#change(id);
    this.#read();
  }

  cancel(id: number): void {
    if (senderOf(id) === "viewer") this.#outgoing.cancel(id);
    else this.#incoming.cancel(id);
    this.#read();
  }

  /** The customer does not let files be sent: what only waited for that is over. */
  declined(): void {
    if ((this.#grants.granted & permissions.FILES_TO_HOST) !== 0) return;
    for (const id of this.#outgoing.ids) this.#outgoing.cancel(id, "declined");
  }

  /** Asks the customer to choose files; one request at a time. False: not now. */
  request(what: string): boolean {
    if (this.#openRequest !== null || this.#requested >= fileLimits.mostRequests) return false;
    if ((this.#grants.inForce & permissions.FILES_FROM_HOST) === 0) return false;
    this.#openRequest = ++this.#requested;
    this.#unanswered.add(this.#openRequest);
    this.#put({ type: "REQUEST", request: this.#requested, what });
    return true;
  }

  /** What the host reports of its permissions. */
  granted(now: FileGrants): void {
    const before = this.#grants;
    this.#grants = now;
    for (const [bit, direction] of [
      [permissions.FILES_TO_HOST, this.#outgoing],
      [permissions.FILES_FROM_HOST, this.#incoming],
    ] as const) {
      const [was, is] = [(before.inForce & bit) !== 0, (now.inForce & bit) !== 0];
      if (now.isRevoke && (before.granted & ~now.granted & bit) !== 0) direction.endAll("not-allowed");
      if (was && !is) this.#break(bit);
      if (!was && is) direction.renew();
    }
    this.#changeAll();
    // Before the grants themselves are told: a file that this ended must not seem to wait for the permission.
    if (now.isRevoke) this.#tell();
    this.#read();
  }

  /** The connection is lost; what is granted the host says again when it is back. */
  lost(): void {
    this.#break(permissions.FILES_TO_HOST);
    this.#break(permissions.FILES_FROM_HOST);
    this.#grants = { ...this.#grants, inForce: 0, isRevoke: false };
    this.#changeAll();
  }

  /** Tells at once what has changed. */
  tellNow(): void {
    this.#tell();
  }

  /** The session is over: nothing is said any more, and every part is removed. Resolves when they are. */
  async end(): Promise<void> {
    this.#outgoing.break();
    this.#outbox.clear();
    this.#chunk = null;
    this.#outgoing.endAll("not-allowed");
    this.#incoming.break();
    this.#incoming.endAll("not-allowed");
    await this.#incoming.idle;
    this.#tell();
  }

  /** One message of the host's. What it throws as WireFormatError ends the session. */
  take(message: FileMessage): void {
    const isOfHost = message.type === "RENEWED" || ("id" in message && senderOf(message.id) === "host");
    const bit = isOfHost || message.type === "ANSWER" ? permissions.FILES_FROM_HOST : permissions.FILES_TO_HOST;
    if (message.type === "ANSWER") return this.#answered(message.request, message.group);
    // Said before the host took the permission back; it comes again when it is renewed.
    if ((this.#grants.inForce & bit) === 0) return;
    if (isOfHost) {
      this.#incoming.take(message);
      if ("id" in message) this.#change(message.id);
      return;
    }
    this.#outgoing.take(message);
    if (message.type === "CREDIT") this.#confirmed(message.id, message.credit);
    if ("id" in message) this.#change(message.id);
    this.#read();
  }

  /** What a credit says of what has arrived: that much less than the most that may be under way. */
  #confirmed(id: number, credit: number): void {
    if (id !== this.#windowId) return;
    this.#window.confirmed(Math.max(0, credit - fileLimits.mostCredit), this.#surroundings.clock.now());
    this.#watch();
  }

  #mayGo(message: FileMessage): boolean {
    const now = this.#surroundings.clock.now();
    if (message.type !== "CHUNK" && message.type !== "START") return true;
    const view = this.#outgoing.view(message.id);
    if (view !== null && (message.type === "START" || message.id !== this.#windowId)) {
      this.#windowId = message.id;
      this.#window.begin(message.type === "START" ? message.offset : view.confirmed, view.offer.size, now);
    }
    return message.type === "START" || this.#window.mayGo(message.offset + message.content.length, now);
  }

  /** Lets the line know when the chunk that waits may go. */
  #watch(): void {
    if (this.#chunk === null) return;
    if (this.#mayGo(this.#chunk)) return this.#surroundings.hasMore();
    this.#cancelWatch ??= this.#surroundings.clock.after(watchMilliseconds, () => {
      this.#cancelWatch = null;
      this.#watch();
    });
  }

  #answered(request: number, group: number): void {
    if (!this.#unanswered.delete(request)) throw new WireFormatError("InvalidValue");
    if (this.#openRequest !== request) return;
    this.#openRequest = null;
    this.#surroundings.events.answered(group);
  }

  #break(bit: number): void {
    const isSending = bit === permissions.FILES_TO_HOST;
    if (isSending) {
      this.#outgoing.break();
      this.#chunk = null;
      this.#readAhead.forget();
    } else {
      this.#incoming.break();
      // Whether the customer was asked is not known: an answer may come yet, and the technician may ask again.
      if (this.#openRequest !== null) this.#surroundings.events.answered(null);
      this.#openRequest = null;
    }
    this.#outbox.drop(isSending ? "viewer" : "host");
  }

  #put(message: FileMessage): void {
    this.#outbox.push(message);
    this.#surroundings.hasMore();
  }

  /** Reads the next chunk while the line takes what is before it. */
  #read(): void {
    this.#mayHaveMore = true;
    if (this.#chunk !== null || this.#isReading) return;
    this.#isReading = true;
    this.#mayHaveMore = false;
    this.#outgoing.next().then((message) => {
      this.#isReading = false;
      this.#chunk = message;
      if (message !== null) this.#watch();
      else if (this.#mayHaveMore) this.#read();
    }, this.#surroundings.failed);
  }

  #ended(id: number, end: TransferEnd): void {
    this.#changed.set(id, end);
    this.#tellSoon();
    this.#read();
  }

  #change(id: number): void {
    if (!this.#changed.has(id)) this.#changed.set(id, null);
    this.#tellSoon();
  }

  #changeAll(): void {
    for (const id of [...this.#outgoing.ids, ...this.#incoming.ids]) this.#change(id);
  }

  #tellSoon(): void {
    this.#cancelTelling ??= this.#surroundings.clock.after(tellMilliseconds, () => this.#tell());
  }

  #tell(): void {
    this.#cancelTelling?.();
    this.#cancelTelling = null;
    const reports: TransferReport[] = [];
    for (const [id, end] of this.#changed) {
      const report = this.#report(id, end);
      if (report !== null) reports.push(report);
    }
    this.#changed.clear();
    if (reports.length > 0) this.#surroundings.events.transfers(reports);
  }

  #report(id: number, end: TransferEnd | null): TransferReport | null {
    const offer = this.#offers.get(id);
    if (end !== null) return offer === undefined ? null : reportOfEnd(offer, end);
    if (senderOf(id) === "viewer") {
      const view = this.#outgoing.view(id);
      const isOpen = (this.#grants.inForce & permissions.FILES_TO_HOST) !== 0;
      return view === null ? null : reportOfOutgoing(view, isOpen, this.#outgoing.currentId === id);
    }
    const view = this.#incoming.view(id);
    const isOpen = (this.#grants.inForce & permissions.FILES_FROM_HOST) !== 0;
    return view === null ? null : reportOfIncoming(view, isOpen);
  }
}
