// Files as a browser gives them, without a disk: bytes are made when they are read, and counted.

import type { ReadableFile } from "../../src/files/read-ahead.ts";

export class FakeFile implements ReadableFile {
  readonly size: number;
  readonly lastModified: number;
  /** Pieces that were asked for. */
  readonly reads: (readonly [start: number, end: number])[] = [];
  /** As a browser refuses a file that is another one now, or gone. */
  isGone = false;
  readonly #seed: number;

  constructor(size: number, seed = 1, lastModified = 1_700_000_000_000) {
    this.size = size;
    this.lastModified = lastModified;
    this.#seed = seed;
  }

  slice = (start: number, end: number): { readonly arrayBuffer: () => Promise<ArrayBuffer> } => ({
    arrayBuffer: () => {
      if (this.isGone) return Promise.reject(new DOMException("gone", "NotReadableError"));
      this.reads.push([start, end]);
      return Promise.resolve(this.content(start, end).buffer);
    },
  });

  content(start = 0, end = this.size): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(end - start);
    for (let at = start; at < end; at++) bytes[at - start] = (at * 7 + this.#seed * 13 + (at >>> 11)) & 0xff;
    return bytes;
  }
}
