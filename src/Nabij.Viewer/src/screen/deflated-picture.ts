// A picture of codec 1 with the face of PxDecoder: only until every host sends codec 2.

import { frameHash } from "./frame-hash.ts";
import { DeflatedBlocks } from "./deflated-blocks.ts";
import { ChangedBlocks, type Rectangle } from "./rectangles.ts";

const black = 0xff000000;

export class DeflatedPicture {
  readonly #codec = new DeflatedBlocks();
  #pixels = new Uint32Array(0);
  #current = new ChangedBlocks(0, 0);
  #isOpen = false;

  reset(width: number, height: number): void {
    this.#pixels = new Uint32Array(width * height).fill(black);
    this.#current = new ChangedBlocks(width, height);
    this.#isOpen = false;
  }

  decode(content: Uint8Array, isLast: boolean): void {
    if (!this.#isOpen) this.#current.clear();
    this.#isOpen = !isLast;
    this.#codec.decode(content, this.#pixels, this.#current);
  }

  get changed(): number[] {
    const { rows, columns } = this.#current;
    return Array.from({ length: rows * columns }, (_, block) => block).filter((block) => this.#current.isMarked(block));
  }

  modeOf(): number {
    return 7;
  }

  frameHash(update: number): bigint {
    return frameHash(this.#pixels, this.#current.width, this.#current.height, update);
  }

  copyRgba({ x, y, width, height }: Rectangle, target: Uint8Array<ArrayBufferLike>, offset: number): number {
    for (let row = y; row < y + height; row++) {
      const start = row * this.#current.width + x;
      const line = this.#pixels.subarray(start, start + width);
      target.set(new Uint8Array(line.buffer, line.byteOffset, line.byteLength), offset);
      offset += line.byteLength;
    }
    return offset;
  }
}
