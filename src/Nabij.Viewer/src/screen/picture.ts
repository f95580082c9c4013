// The host's picture as far as it has arrived (docs/protocol/05-screen.md). Lives in the worker, which owns it; the page
// gets copies of what changed. The only place that knows how updates follow each other.

import { WireFormatError } from "../protocol/errors.ts";
import type { CheckMessage, LayoutMessage, UpdateMessage } from "../protocol/screen.ts";
import { DeflatedBlocks } from "./deflated-blocks.ts";
import { frameHash } from "./frame-hash.ts";
import { ChangedBlocks, type Rectangle } from "./rectangles.ts";

const black = 0xff000000;

/** What changed since the last one was taken: copied pixels, ready to be handed to another thread. */
export type ChangedPixels = {
  readonly rectangles: readonly Rectangle[];
  /** Red, green, blue, alpha; the rectangles one after the other, each row by row. */
  readonly pixels: ArrayBuffer;
};

export class Picture {
  readonly #codec = new DeflatedBlocks();
  #layout = 0;
  #update = 0;
  #isUpdateOpen = false;
  #pixels = new Uint32Array(0);
  #current = new ChangedBlocks(0, 0);
  #changed = new ChangedBlocks(0, 0);

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

  /** Starts the picture anew, black. Returns true when its size is another than before. */
  start(message: LayoutMessage): boolean {
    if (message.layout !== this.#layout + 1) throw new WireFormatError("InvalidValue");
    // An update that Stop cut off stays unfinished: the host dropped the rest of it.
    this.#isUpdateOpen = false;
    const isResized = message.width !== this.#changed.width || message.height !== this.#changed.height;
    if (isResized) {
      this.#pixels = new Uint32Array(message.width * message.height);
      this.#current = new ChangedBlocks(message.width, message.height);
      this.#changed = new ChangedBlocks(message.width, message.height);
    }
    this.#layout = message.layout;
    this.#update = 0;
    this.#pixels.fill(black);
    this.#changed.markAll();
    return isResized;
  }

  /** Takes in one piece. Returns true when its update is whole. */
  apply(message: UpdateMessage): boolean {
    const expected = this.#isUpdateOpen ? this.#update : this.#update + 1;
    if (message.layout !== this.#layout || message.update !== expected) throw new WireFormatError("InvalidValue");
    if (!this.#isUpdateOpen) this.#current.clear();
    this.#update = message.update;
    this.#isUpdateOpen = !message.last;
    this.#codec.decode(message.content, this.#pixels, this.#current);
    if (message.last) this.#changed.add(this.#current);
    return message.last;
  }

  /** Whether the picture has the hash that the host calculated for it. */
  matches(message: CheckMessage): boolean {
    if (this.#isUpdateOpen || message.layout !== this.#layout || message.update !== this.#update) throw new WireFormatError("InvalidValue");
    return frameHash(this.#pixels, this.#changed.width, this.#changed.height, message.update) === message.hash;
  }

  /** Copies what changed since the last time. */
  take(): ChangedPixels {
    const stride = this.#changed.width;
    const rectangles = this.#changed.rectangles();
    this.#changed.clear();
    const copy = new Uint32Array(rectangles.reduce((sum, { width, height }) => sum + width * height, 0));
    let at = 0;
    for (const rectangle of rectangles) {
      for (let y = rectangle.y; y < rectangle.y + rectangle.height; y++) {
        const start = y * stride + rectangle.x;
        copy.set(this.#pixels.subarray(start, start + rectangle.width), at);
        at += rectangle.width;
      }
    }
    return { rectangles, pixels: copy.buffer };
  }
}
