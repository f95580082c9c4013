// The host's picture as far as it has arrived (docs/protocol/05-screen.md). Lives in the worker, which owns it; the page
// gets copies of what changed. The only place that knows how updates follow each other.

import { WireFormatError } from "../protocol/errors.ts";
import type { CheckMessage, LayoutMessage, UpdateMessage } from "../protocol/screen.ts";
import { kindOfMode, type BlockModes } from "./block-modes.ts";
import { PxDecoder } from "./px-decoder.ts";
import { ChangedBlocks, type Rectangle } from "./rectangles.ts";

const bytesPerPixel = 4;

/** What changed since the last one was taken. */
export type ChangedPixels = {
  readonly rectangles: readonly Rectangle[];
  /** Bytes of all rectangles. */
  readonly byteLength: number;
  /**
   * Writes red, green, blue, 255; the rectangles one after the other, each row by row. To be called before the picture
   * goes on.
   * @param target at least `byteLength` bytes; also a view of shared memory
   */
  readonly copyTo: (target: Uint8Array<ArrayBufferLike>) => void;
  /** How its blocks were coded; only when asked for. */
  readonly modes?: BlockModes;
};

export class Picture {
  readonly #decoder = new PxDecoder();
  #layout = 0;
  #update = 0;
  #isUpdateOpen = false;
  /** Layouts may have been lost with a connection. */
  #mayJump = false;
  #changed = new ChangedBlocks(0, 0);

  /** Takes memory for a picture of this size, and writes to it: the system hands out so much only then. Before the first start. */
  makeRoom(width: number, height: number): void {
    this.#decoder.reset(width, height);
  }

  get layout(): number {
    return this.#layout;
  }

  /** The newest update that has begun; 0 while none has for this layout. */
  get update(): number {
    return this.#update;
  }

  /** Whether no update is here in part only: the pixels may then be shown. */
  get isWhole(): boolean {
    return !this.#isUpdateOpen;
  }

  /** After a resume: the next layout has any higher number. */
  expectNewLayout(): void {
    this.#mayJump = true;
  }

  /** Starts the picture anew, black. Raises PictureTooLargeError, with no picture until the next start. */
  start(message: LayoutMessage): void {
    const isNext = this.#mayJump ? message.layout > this.#layout : message.layout === this.#layout + 1;
    if (!isNext) throw new WireFormatError("InvalidValue");
    this.#mayJump = false;
    const { width, height } = message;
    const isFirst = this.#layout === 0;
    this.#layout = message.layout;
    this.#update = 0;
    // An update that Stop cut off stays unfinished: the host dropped the rest of it.
    this.#isUpdateOpen = false;
    this.#decoder.reset(width, height);
    if (width !== this.#changed.width || height !== this.#changed.height) this.#changed = new ChangedBlocks(width, height);
    // What the page shows of an earlier layout is to be painted over; the first time it shows nothing, which is black.
    if (!isFirst) this.#changed.markAll();
  }

  /** Takes in one piece. Returns true when its update is whole. */
  apply(message: UpdateMessage): boolean {
    const expected = this.#isUpdateOpen ? this.#update : this.#update + 1;
    if (message.layout !== this.#layout || message.update !== expected) throw new WireFormatError("InvalidValue");
    this.#update = message.update;
    this.#isUpdateOpen = !message.last;
    this.#decoder.decode(message.content, message.last);
    if (message.last) for (const block of this.#decoder.changed) this.#changed.mark(block);
    return message.last;
  }

  /** Whether the picture has the hash that the host calculated for it. */
  matches(message: CheckMessage): boolean {
    if (this.#isUpdateOpen || message.layout !== this.#layout || message.update !== this.#update) throw new WireFormatError("InvalidValue");
    return this.#decoder.frameHash(message.update) === message.hash;
  }

  /** What changed since the last time; with the modes of its blocks, if wanted. */
  take(withModes: boolean): ChangedPixels {
    const rectangles = this.#changed.rectangles();
    const modes = withModes ? this.#modes() : null;
    this.#changed.clear();
    const byteLength = rectangles.reduce((sum, { width, height }) => sum + width * height * bytesPerPixel, 0);
    const copyTo = (target: Uint8Array<ArrayBufferLike>): void => {
      let offset = 0;
      for (const rectangle of rectangles) offset = this.#decoder.copyRgba(rectangle, target, offset);
    };
    return { rectangles, byteLength, copyTo, ...(modes === null ? {} : { modes }) };
  }

  #modes(): BlockModes | null {
    const changed = this.#changed;
    if (changed.isEmpty) return null;
    const { firstRow, lastRow, columns } = changed;
    const kinds = new Uint8Array((lastRow - firstRow + 1) * columns);
    const first = firstRow * columns;
    for (let i = 0; i < kinds.length; i++) {
      if (changed.isMarked(first + i)) kinds[i] = kindOfMode[this.#decoder.modeOf(first + i)] as number;
    }
    return { firstRow, columns, kinds };
  }
}
