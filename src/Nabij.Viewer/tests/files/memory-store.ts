// A store of files in memory, with as much room as a test says, and numbers that are the same on every run.

import { StoreTrouble, type FileStore, type StoredPart } from "../../src/files/incoming-files.ts";
import type { OfferMessage } from "../../src/protocol/files.ts";

/** SplitMix32: the same on every run. */
export function numbers(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) % limit;
  };
}

export class MemoryStore implements FileStore {
  readonly files = new Map<string, Uint8Array>();
  parts = 0;
  room = Number.MAX_SAFE_INTEGER;

  check = (offer: OfferMessage): Promise<void> => {
    return offer.size > this.room ? Promise.reject(new StoreTrouble("disk-full")) : Promise.resolve();
  };

  begin = (offer: OfferMessage): Promise<StoredPart> => {
    const bytes = new Uint8Array(offer.size);
    let length = 0;
    this.parts++;
    return Promise.resolve({
      write: (content) => {
        if (length + content.length > this.room) return Promise.reject(new StoreTrouble("disk-full"));
        bytes.set(content, length);
        length += content.length;
        return Promise.resolve();
      },
      truncate: (offset) => {
        bytes.fill(0xee, offset);
        length = offset;
        return Promise.resolve();
      },
      read: (offset, count) => Promise.resolve(bytes.slice(offset, Math.min(offset + count, length))),
      finish: () => {
        let name = offer.path.join("/");
        while (this.files.has(name)) name += "+";
        this.files.set(name, bytes);
        this.parts--;
        return Promise.resolve(name);
      },
      discard: () => {
        this.parts--;
        return Promise.resolve();
      },
    });
  };
}
