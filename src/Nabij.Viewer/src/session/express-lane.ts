// A second way from the worker to the page, for small updates, through shared memory. Chromium keeps messages of workers back
// until the frame after a key or button event has been painted; the answer to that very key would come one frame late (measured:
// 33 ms instead of 18 from key to picture). A wake-up by Atomics.notify is not kept back. Where shared memory is not to be had,
// everything goes by message as before.
//
// The lane holds one update. Order is kept by two rules: the worker uses it only while everything that it posted before has been
// painted, and the page empties it before it looks at any message.

import type { BlockModes } from "../screen/block-modes.ts";
import { BufferPool } from "./buffer-pool.ts";
import type { PaintRectangle, WorkerToPage } from "./worker-messages.ts";

type UpdateMessage = Extract<WorkerToPage, { type: "update" }>;

/** A whole picture of 1920x1200, so that a film does not push the answers to keys onto the slow way. */
const maximumPixelBytes = 9_216_000;
const maximumRectangles = 256;

/** Places in the head, 32 bits each. */
const turnAt = 0, layoutAt = 1, updateAt = 2, echoAt = 3, countAt = 4, decodeAt = 5, bytesAt = 6, rowAt = 7, columnsAt = 8, kindsAt = 9, rectanglesAt = 10;
const headBytes = 4 * (rectanglesAt + 4 * maximumRectangles);
/** Then three times, 64 bits each, and the pixels; block modes, if any, lie behind the pixels. */
const timesOffset = headBytes;
const pixelsOffset = timesOffset + 3 * 8;
const laneBytes = pixelsOffset + maximumPixelBytes;

/** An odd turn: an update lies in the lane. The worker makes it odd, the page makes it even. */
const isFull = (turn: number): boolean => (turn & 1) === 1;

/** ES2024; not in the library that we compile against, and not in every browser. */
interface WaitAsync {
  waitAsync(array: Int32Array<SharedArrayBuffer>, index: number, value: number): { readonly value: Promise<string> | string };
}

const atomics = Atomics as unknown as Partial<WaitAsync>;

class Lane {
  readonly head: Int32Array<SharedArrayBuffer>;
  /** decodedAt, arrivedAt, captured */
  readonly times: Float64Array<SharedArrayBuffer>;
  readonly pixels: Uint8Array<SharedArrayBuffer>;

  constructor(buffer: SharedArrayBuffer) {
    this.head = new Int32Array(buffer, 0, headBytes / 4);
    this.times = new Float64Array(buffer, timesOffset, 3);
    this.pixels = new Uint8Array(buffer, pixelsOffset, maximumPixelBytes);
  }

  get turn(): number {
    return Atomics.load(this.head, turnAt);
  }

  /** Hands the lane to the other side. */
  pass(): void {
    Atomics.store(this.head, turnAt, (this.turn + 1) | 0);
    Atomics.notify(this.head, turnAt);
  }
}

/** The worker's end. */
export class ExpressSender {
  readonly #lane: Lane;
  /** Something posted is not painted yet: until it is, nothing may overtake it. */
  #isPostedOpen = true;

  constructor(buffer: SharedArrayBuffer) {
    this.#lane = new Lane(buffer);
  }

  /**
   * Puts the update into the lane, where `copyTo` writes its pixels; false, before anything was copied: it must be posted.
   */
  trySend(message: Omit<UpdateMessage, "pixels">, length: number, copyTo: (target: Uint8Array<SharedArrayBuffer>) => void): boolean {
    const { rectangles, modes } = message;
    const fits = rectangles.length <= maximumRectangles && length + (modes?.kinds.length ?? 0) <= maximumPixelBytes;
    if (this.#isPostedOpen || !fits || isFull(this.#lane.turn)) return false;
    const { head } = this.#lane;
    head[layoutAt] = message.layout;
    head[updateAt] = message.update;
    head[echoAt] = message.echo ? 1 : 0;
    head[countAt] = rectangles.length;
    head[decodeAt] = message.decodeMicroseconds;
    head[bytesAt] = message.bytes;
    head[rowAt] = modes?.firstRow ?? 0;
    head[columnsAt] = modes?.columns ?? 0;
    head[kindsAt] = modes?.kinds.length ?? 0;
    this.#lane.times.set([message.decodedAt, message.arrivedAt, message.captured]);
    rectangles.forEach(({ x, y, width, height }, i) => head.set([x, y, width, height], rectanglesAt + 4 * i));
    copyTo(this.#lane.pixels);
    if (modes !== undefined) this.#lane.pixels.set(modes.kinds, length);
    this.#lane.pass();
    return true;
  }

  /** False while the page has not taken the last update out of the lane. */
  get isFree(): boolean {
    return !isFull(this.#lane.turn);
  }

  /** A layout or an update went by message. */
  posted(): void {
    this.#isPostedOpen = true;
  }

  /** The page has painted the newest that it was given. */
  caughtUp(): void {
    this.#isPostedOpen = false;
  }
}

/** The page's end. */
export class ExpressReceiver {
  readonly buffer: SharedArrayBuffer;
  readonly #lane: Lane;
  readonly #receive: (update: UpdateMessage) => void;
  readonly #buffers = new BufferPool();
  #isClosed = false;

  /** null where the browser has no shared memory for this page, or cannot wait for it without stopping. */
  static tryCreate(receive: (update: UpdateMessage) => void): ExpressReceiver | null {
    const isPossible = globalThis.crossOriginIsolated && atomics.waitAsync !== undefined;
    return isPossible ? new ExpressReceiver(receive) : null;
  }

  private constructor(receive: (update: UpdateMessage) => void) {
    this.buffer = new SharedArrayBuffer(laneBytes);
    this.#lane = new Lane(this.buffer);
    this.#receive = receive;
    void this.#watch();
  }

  /** Hands out what lies in the lane; to be called before anything else of the worker is looked at. */
  drain(): void {
    if (this.#isClosed || !isFull(this.#lane.turn)) return;
    const update = this.#read();
    this.#lane.pass();
    this.#receive(update);
  }

  /** The pixels of an update are painted, and their buffer is free. */
  spent(pixels: ArrayBuffer): void {
    this.#buffers.give(pixels);
  }

  close(): void {
    this.#isClosed = true;
    Atomics.notify(this.#lane.head, turnAt);
  }

  async #watch(): Promise<void> {
    while (!this.#isClosed) {
      this.drain();
      await atomics.waitAsync?.(this.#lane.head, turnAt, this.#lane.turn & ~1).value;
    }
  }

  #read(): UpdateMessage {
    const { head, pixels, times } = this.#lane;
    const word = (at: number): number => (head[at] ?? 0) >>> 0;
    const rectangles: PaintRectangle[] = [];
    for (let at = rectanglesAt; rectangles.length < word(countAt); at += 4) {
      rectangles.push({ x: word(at), y: word(at + 1), width: word(at + 2), height: word(at + 3) });
    }
    const length = pixelBytes(rectangles);
    const [decodedAt = 0, arrivedAt = 0, captured = 0] = times;
    const modes = this.#readModes(length);
    return {
      type: "update",
      layout: word(layoutAt),
      update: word(updateAt),
      echo: word(echoAt) === 1,
      rectangles,
      pixels: this.#copy(pixels.subarray(0, length)),
      decodeMicroseconds: word(decodeAt),
      decodedAt,
      arrivedAt,
      captured,
      bytes: word(bytesAt),
      ...(modes === null ? {} : { modes }),
    };
  }

  /** Images are not made of shared memory, and the worker may write again. */
  #copy(pixels: Uint8Array): ArrayBuffer {
    const buffer = this.#buffers.take(pixels.length);
    new Uint8Array(buffer).set(pixels);
    return buffer;
  }

  #readModes(at: number): BlockModes | null {
    const { head, pixels } = this.#lane;
    const [firstRow = 0, columns = 0, count = 0] = head.subarray(rowAt, kindsAt + 1);
    // An empty one is the same as none.
    return count === 0 ? null : { firstRow, columns, kinds: new Uint8Array(pixels.slice(at, at + count)) };
  }
}

function pixelBytes(rectangles: readonly PaintRectangle[]): number {
  return rectangles.reduce((sum, { width, height }) => sum + width * height * 4, 0);
}
