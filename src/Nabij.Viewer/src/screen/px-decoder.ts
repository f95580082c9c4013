// Codec 2 of docs/protocol/05-screen.md ("PX"): the decoder in WebAssembly (assembly/) with its memory and its errors. Runs in
// the worker; the module is compiled when the worker starts, so that the first piece does not wait for it.

import { pxWasm } from "virtual:px-wasm";
import { WireFormatError, type WireError } from "../protocol/errors.ts";
import type { Rectangle } from "./rectangles.ts";

/** What assembly/index.ts exports. Addresses are bytes in `memory`. */
type Exports = {
  readonly memory: WebAssembly.Memory;
  reset(width: number, height: number): void;
  room(length: number): number;
  decode(length: number, isLast: boolean): void;
  changedBlocks(): number;
  changedList(): number;
  modeList(): number;
  frameHash(update: number): bigint;
  rgba(x: number, y: number, across: number, down: number): number;
  rgbaPixels(): number;
};

/** Numbers of assembly/failures.ts. */
const failures: Readonly<Record<number, WireError>> = { 1: "Truncated", 2: "TrailingBytes", 3: "InvalidValue" };

const bytesPerPixel = 4;

/** The browser has no memory for a picture of this size. */
export class PictureTooLargeError extends Error {
  override readonly name = "PictureTooLargeError";

  constructor() {
    super("The browser gives no memory for a picture of this size.");
  }

  /** Takes memory for pixels. */
  static allocate(byteLength: number): ArrayBuffer {
    try {
      return new ArrayBuffer(byteLength);
    } catch (error) {
      throw error instanceof RangeError ? new PictureTooLargeError() : error;
    }
  }
}

let compiled: WebAssembly.Module | null = null;

function instantiate(): Exports {
  compiled ??= new WebAssembly.Module(Uint8Array.from(atob(pxWasm), (letter) => letter.charCodeAt(0)));
  return new WebAssembly.Instance(compiled, { px: { fail } }).exports as unknown as Exports;
}

/** Raised through the WebAssembly code, which never goes on behind it. */
function fail(failure: number): never {
  const reason = failures[failure];
  throw reason === undefined ? new PictureTooLargeError() : new WireFormatError(reason);
}

export class PxDecoder {
  readonly #exports = instantiate();
  readonly #stripPixels = this.#exports.rgbaPixels();
  #bytes = new Uint8Array(this.#exports.memory.buffer);

  /** Starts anew: black, of this size, nothing learned. Raises PictureTooLargeError, with the picture as it was. */
  reset(width: number, height: number): void {
    this.#exports.reset(width, height);
  }

  /**
   * Takes in one piece of an update, which is whole with its last piece. Raises WireFormatError when the content breaks a rule
   * of the chapter; the picture is then undefined until the next reset.
   */
  decode(content: Uint8Array, isLast: boolean): void {
    const at = this.#exports.room(content.length);
    this.#memory.set(content, at);
    this.#exports.decode(content.length, isLast);
  }

  /** Blocks that the update changed which was decoded last, in the order of coding. A view: good until the next call. */
  get changed(): Uint32Array {
    return new Uint32Array(this.#exports.memory.buffer, this.#exports.changedList(), this.#exports.changedBlocks());
  }

  /** The mode that a block was last coded in (docs/protocol/05-screen.md, "Modes"), 0 before the first time. */
  modeOf(block: number): number {
    return this.#memory[this.#exports.modeList() + block] as number;
  }

  /** The hash of CHECK over the picture as it is. */
  frameHash(update: number): bigint {
    return BigInt.asUintN(64, this.#exports.frameHash(update));
  }

  /**
   * Writes a rectangle inside the picture as red, green, blue, 255, rows from the top without gaps.
   * @param target also a view of shared memory
   * @returns the offset behind it
   */
  copyRgba({ x, y, width, height }: Rectangle, target: Uint8Array<ArrayBufferLike>, offset: number): number {
    const rows = Math.floor(this.#stripPixels / width);
    for (let row = 0; row < height; row += rows) {
      const down = Math.min(rows, height - row);
      const at = this.#exports.rgba(x, y + row, width, down);
      const length = width * down * bytesPerPixel;
      target.set(this.#memory.subarray(at, at + length), offset);
      offset += length;
    }
    return offset;
  }

  /** The memory, which is another object after it has grown. */
  get #memory(): Uint8Array {
    const { buffer } = this.#exports.memory;
    if (this.#bytes.buffer !== buffer) this.#bytes = new Uint8Array(buffer);
    return this.#bytes;
  }
}
