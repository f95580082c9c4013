// Records over a socket, once the keys are there: seals what waits, opens what comes, keeps both in order, notices silence.
// Knows channels but not what their messages mean. Both directions are single pipelines: one promise chain each.

import { channels } from "../protocol/channels.ts";
import type { ControlMessage } from "../protocol/control.ts";
import { RecordRefusedError } from "../protocol/errors.ts";
import { channelRules, type Fragment } from "../protocol/records.ts";
import type { Cancel, Clock } from "./clock.ts";
import type { SessionKeys } from "./key-schedule.ts";
import { FilePace } from "./file-pace.ts";
import { OutgoingQueue } from "./outgoing-queue.ts";
import { RecordOpener, type Message } from "./record-opener.ts";
import { RecordSealer } from "./record-sealer.ts";
import type { Socket } from "./socket.ts";

const keepaliveMilliseconds = 5_000;
const silenceMilliseconds = 15_000;
const tickMilliseconds = 500;
/**
 * While the socket holds more than this, messages wait where they can still be overtaken or dropped. On a line that takes more
 * in a moment than this, what it takes of files must not stop a key either.
 */
const maximumBuffered = 65_536;
const recordBytes = 16_500;
const bufferedRetryMilliseconds = 10;
/** A line that takes files is asked more often: it would run dry. */
const filesRetryMilliseconds = 4;
/** Received and not yet opened; a host that keeps to its window stays far below. */
const maximumUnopenedBytes = 33_554_432;

const rules = channelRules(channels);

export type LinkFailure = "silence" | "record-refused" | "flooded";

export type LinkEvents = {
  /** A whole message. What it throws breaks the link and comes back through `failed`. */
  readonly message: (message: Message, arrivedAt: number) => void;
  readonly failed: (failure: LinkFailure | Error) => void;
};

export class SealedLink {
  readonly queue = new OutgoingQueue();
  readonly #socket: Socket;
  readonly #clock: Clock;
  readonly #events: LinkEvents;
  readonly #sealer: RecordSealer;
  readonly #opener: RecordOpener;
  readonly #pace: FilePace;
  #incoming: Promise<void> = Promise.resolve();
  #unopenedBytes = 0;
  #isSealing = false;
  #isOver = false;
  #isHeld = false;
  #isParting = false;
  #whenIdle: (() => void) | null = null;
  #lastSent: number;
  #lastHeard: number;
  #cancelTick: Cancel;
  #cancelRetry: Cancel | null = null;

  private constructor(socket: Socket, clock: Clock, events: LinkEvents, codecs: { sealer: RecordSealer; opener: RecordOpener }) {
    this.#socket = socket;
    this.#clock = clock;
    this.#events = events;
    this.#sealer = codecs.sealer;
    this.#opener = codecs.opener;
    this.#lastSent = this.#lastHeard = clock.now();
    this.#pace = new FilePace(clock.now());
    this.#cancelTick = clock.after(tickMilliseconds, () => this.#tick());
  }

  /**
   * The viewer's end: seals with T>C, opens C>T. The keys are taken over. After a resume RESUMED goes out at once, and
   * nothing else before `release`: until the host's has come.
   */
  static async create(socket: Socket, clock: Clock, events: LinkEvents, keys: SessionKeys, afterResume = false): Promise<SealedLink> {
    const sealer = await RecordSealer.create(keys.trafficT, rules, clock.now);
    const opener = await RecordOpener.create(keys.trafficC, rules, { sender: "host", afterResume });
    const link = new SealedLink(socket, clock, events, { sealer, opener });
    if (!afterResume) return link;
    link.#isHeld = true;
    link.queue.pushControl({ type: "RESUMED" });
    link.send();
    return link;
  }

  /** One binary message of the socket. */
  receive(record: Uint8Array): void {
    if (this.#isOver) return;
    this.#lastHeard = this.#clock.now();
    this.#unopenedBytes += record.length;
    if (this.#unopenedBytes > maximumUnopenedBytes) return this.#fail("flooded");
    const arrivedAt = this.#lastHeard;
    const opening = this.#opener.begin(record);
    this.#incoming = this.#incoming.then(async () => {
      if (this.#isOver) return;
      try {
        const message = await this.#opener.complete(opening);
        this.#unopenedBytes -= record.length;
        if (message !== null && !this.#isOver) this.#events.message(message, arrivedAt);
      } catch (error) {
        this.#fail(error instanceof RecordRefusedError ? "record-refused" : (error as Error));
      }
    });
  }

  /** Resolves when everything received so far has been handed out. */
  settled(): Promise<void> {
    return this.#incoming;
  }

  /** Sends what waits, as far as the socket takes it. To be called after anything was queued. */
  send(): void {
    if (this.#isSealing || this.#isOver) return;
    this.#isSealing = true;
    this.#sealAll().catch((error: unknown) => this.#fail(error as Error));
  }

  /** Sends this as the last record; resolves when the socket has it. Nothing else leaves or is handed out any more. */
  async close(last: ControlMessage): Promise<void> {
    if (this.#isOver) return;
    this.dispose();
    if (this.#isSealing) await new Promise<void>((resolve) => (this.#whenIdle = resolve));
    const farewell = new OutgoingQueue();
    farewell.pushControl(last);
    const fragment = farewell.next();
    if (fragment !== null) for (const record of await this.#sealer.seal(fragment)) this.#socket.send(record);
    this.#sealer.erase();
  }

  /** From here on nothing but control leaves: this, and what answers the host's last word. Messages still come in. */
  part(last: ControlMessage | null): void {
    this.#isParting = true;
    if (last !== null && !this.#isOver) this.queue.pushControl(last);
    this.send();
  }

  /** Resolves when the socket has all that was to be sent. */
  async idle(): Promise<void> {
    if (this.#isSealing) await new Promise<void>((resolve) => (this.#whenIdle = resolve));
  }

  /** The host's RESUMED has come. */
  release(): void {
    this.#isHeld = false;
  }

  /** Half-sent messages of the host will never be finished: it stopped, or took the permission to look away. */
  forgetUnfinished(): void {
    this.#opener.forgetUnfinished();
  }

  dispose(): void {
    this.#isOver = true;
    this.#cancelTick();
    this.#cancelRetry?.();
    this.#opener.erase();
  }

  async #sealAll(): Promise<void> {
    try {
      for (let fragment = this.#nextFragment(); fragment !== null; fragment = this.#nextFragment()) {
        for (const record of await this.#sealer.seal(fragment)) {
          this.#socket.send(record);
          this.#pace.handedOver(record.length);
        }
        this.#lastSent = this.#clock.now();
      }
    } finally {
      // In the same turn as the last look at the queue, so that nothing queued meanwhile is left behind.
      this.#isSealing = false;
      this.#whenIdle?.();
    }
  }

  #nextFragment(): Fragment | null {
    if (this.#isOver) return null;
    const buffered = this.#socket.bufferedAmount();
    const isFull = buffered > Math.max(maximumBuffered, this.#pace.allowed + recordBytes);
    const next = isFull ? null : this.#isParting ? this.queue.nextControl() : this.queue.next();
    if (next !== null) return next;
    const filesWait = !this.#isHeld && !this.#isParting && this.queue.files?.hasNext === true;
    if (filesWait && this.#pace.mayFollow(buffered, this.#clock.now())) return this.queue.nextOfFiles();
    if (isFull) this.#retryLater(bufferedRetryMilliseconds);
    else if (filesWait) this.#retryLater(filesRetryMilliseconds);
    return null;
  }

  /** What is queued meanwhile does not wait for it. */
  #retryLater(milliseconds: number): void {
    this.#cancelRetry ??= this.#clock.after(milliseconds, () => {
      this.#cancelRetry = null;
      this.send();
    });
  }

  #tick(): void {
    const now = this.#clock.now();
    if (now - this.#lastHeard >= silenceMilliseconds) return this.#fail("silence");
    if (!this.#isHeld && now - this.#lastSent >= keepaliveMilliseconds) {
      this.#lastSent = now;
      this.queue.pushControl({ type: "KEEPALIVE" });
      this.send();
    }
    this.#cancelTick = this.#clock.after(tickMilliseconds, () => this.#tick());
  }

  #fail(failure: LinkFailure | Error): void {
    if (this.#isOver) return;
    this.#events.failed(failure);
  }
}
