// Codec 1 of docs/protocol/05-screen.md: changed 16x16 blocks, deflated. Runs in the worker.

import { WireFormatError } from "../protocol/errors.ts";
import { InflateError, Inflater } from "./inflate.ts";
import { blockSize, type ChangedBlocks } from "./rectangles.ts";

/** The most that one piece may inflate to. */
const maximumInflatedBytes = 4 * 1024 * 1024;
const headerBytes = 4;
const bytesPerPixel = 3;
const opaque = 0xff000000;

/** One piece after inflating, before its pixels are looked at. */
interface Piece {
  readonly firstRow: number;
  readonly rowCount: number;
  readonly mapBytes: number;
  readonly length: number;
}

export class DeflatedBlocks {
  readonly #inflater = new Inflater();
  // Made at the first piece and kept: a fresh one for each piece would cost more than inflating a small one.
  #inflated = new Uint8Array(0);

  /**
   * Writes the blocks of one piece into `pixels` (red, green, blue, alpha bytes read as little-endian words) and marks
   * them. Raises WireFormatError, with nothing but marks and pixels of this piece changed, when the content is wrong.
   */
  decode(content: Uint8Array, pixels: Uint32Array, marks: ChangedBlocks): void {
    const piece = this.#inflate(content, marks);
    let at = headerBytes + piece.mapBytes;
    const blocks = marks.columns * piece.rowCount;
    for (let index = 0; index < blocks; index++) {
      if (!this.#isMapped(index)) continue;
      const block = piece.firstRow * marks.columns + index;
      if (marks.isMarked(block)) throw new WireFormatError("InvalidValue");
      marks.mark(block);
      at = this.#copyBlock(block, at, piece.length, pixels, marks);
    }
    for (let index = blocks; index < piece.mapBytes * 8; index++) {
      if (this.#isMapped(index)) throw new WireFormatError("InvalidValue");
    }
    if (at !== piece.length) throw new WireFormatError("TrailingBytes");
  }

  #inflate(content: Uint8Array, marks: ChangedBlocks): Piece {
    if (this.#inflated.length === 0) this.#inflated = new Uint8Array(maximumInflatedBytes);
    const length = this.#inflateBounded(content);
    if (length < headerBytes) throw new WireFormatError("Truncated");
    const firstRow = this.#u16(0);
    const rowCount = this.#u16(2);
    if (rowCount < 1 || firstRow + rowCount > marks.rows) throw new WireFormatError("InvalidValue");
    const mapBytes = Math.ceil((marks.columns * rowCount) / 8);
    if (headerBytes + mapBytes > length) throw new WireFormatError("Truncated");
    return { firstRow, rowCount, mapBytes, length };
  }

  #inflateBounded(content: Uint8Array): number {
    try {
      return this.#inflater.inflate(content, this.#inflated);
    } catch (error) {
      if (!(error instanceof InflateError)) throw error;
      const reasons = { truncated: "Truncated", invalid: "InvalidValue", "too-long": "LengthOutOfRange", trailing: "TrailingBytes" } as const;
      throw new WireFormatError(reasons[error.failure]);
    }
  }

  #u16(at: number): number {
    return ((this.#inflated[at] as number) << 8) | (this.#inflated[at + 1] as number);
  }

  #isMapped(index: number): boolean {
    return ((this.#inflated[headerBytes + (index >> 3)] as number) & (0x80 >> (index & 7))) !== 0;
  }

  #copyBlock(block: number, from: number, end: number, pixels: Uint32Array, marks: ChangedBlocks): number {
    const x = (block % marks.columns) * blockSize;
    const y = Math.floor(block / marks.columns) * blockSize;
    const width = Math.min(blockSize, marks.width - x);
    const height = Math.min(blockSize, marks.height - y);
    if (from + width * height * bytesPerPixel > end) throw new WireFormatError("Truncated");
    const source = this.#inflated;
    let at = from;
    for (let row = 0; row < height; row++) {
      const start = (y + row) * marks.width + x;
      for (let i = start; i < start + width; i++) {
        pixels[i] = opaque | ((source[at] as number) << 16) | ((source[at + 1] as number) << 8) | (source[at + 2] as number);
        at += bytesPerPixel;
      }
    }
    return at;
  }
}
