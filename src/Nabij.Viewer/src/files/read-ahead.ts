// Files as the technician picked them, read for sending: a block ahead of the line, so that no chunk waits for the disk, and
// never more than two blocks in memory, however large a file is and however many there are. One file is read at a time.

import { fileLimits } from "../protocol/files.ts";
import type { SourceFile } from "./outgoing-files.ts";

/** The part of a browser's File that is used. */
export type ReadableFile = {
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly lastModified: number;
  readonly slice: (start: number, end: number) => { readonly arrayBuffer: () => Promise<ArrayBuffer> };
};

/** A file with the path that the other side is told: the folder that was picked, what is in it, and the name. */
export type PickedFile = {
  readonly file: ReadableFile;
  readonly path: readonly string[];
};

type Block = { readonly start: number; readonly end: number; readonly bytes: Promise<Uint8Array> };

/** Large enough that a browser's way to the disk does not matter. */
export const blockBytes = 1_048_576;

export class ReadAhead {
  #file: ReadableFile | null = null;
  /** In order, without gaps; at most two. */
  #blocks: Block[] = [];

  source({ file, path }: PickedFile): SourceFile {
    return {
      path,
      size: file.size,
      modified: Math.min(Math.max(0, Math.floor(file.lastModified)), fileLimits.latestTime),
      read: (offset, length) => this.#read(file, offset, length),
      isUnchanged: () => isUnchanged(file),
    };
  }

  /** Lets go of what was read. */
  forget(): void {
    this.#file = null;
    this.#blocks = [];
  }

  async #read(file: ReadableFile, offset: number, length: number): Promise<Uint8Array> {
    if (file !== this.#file) this.#blocks = [];
    this.#file = file;
    const end = Math.min(offset + length, file.size);
    const first = await this.#piece(file, offset, end);
    if (first.length === end - offset) return first;
    const whole = new Uint8Array(end - offset);
    whole.set(first);
    for (let filled = first.length; filled < whole.length; ) {
      const piece = await this.#piece(file, offset + filled, end);
      if (piece.length === 0) return whole.subarray(0, filled);
      whole.set(piece, filled);
      filled += piece.length;
    }
    return whole;
  }

  /** From here as far as one block goes. */
  async #piece(file: ReadableFile, start: number, end: number): Promise<Uint8Array> {
    const block = this.#block(file, start);
    const bytes = await block.bytes;
    return bytes.subarray(start - block.start, Math.min(end, block.end) - block.start);
  }

  #block(file: ReadableFile, start: number): Block {
    while (this.#blocks[0] !== undefined && (start < this.#blocks[0].start || start >= this.#blocks[0].end)) this.#blocks.shift();
    const block = this.#blocks[0] ?? this.#begin(file, start);
    if (this.#blocks.length === 1 && block.end < file.size) this.#begin(file, block.end);
    return block;
  }

  #begin(file: ReadableFile, start: number): Block {
    const end = Math.min(start + blockBytes, file.size);
    const bytes = file.slice(start, end).arrayBuffer().then((buffer) => new Uint8Array(buffer));
    // Told to whoever reads it; a block that was only read ahead may have nobody.
    bytes.catch(() => undefined);
    const block = { start, end, bytes };
    this.#blocks.push(block);
    return block;
  }
}

/** A browser refuses to read a file that is no longer the one that was picked. */
async function isUnchanged(file: ReadableFile): Promise<boolean> {
  const last = Math.max(0, file.size - 1);
  const { byteLength } = await file.slice(last, file.size).arrayBuffer();
  return byteLength === file.size - last;
}
