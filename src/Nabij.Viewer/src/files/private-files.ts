// The parts and the verified files of a session, in the browser's origin private file system (docs/protocol/08-files.md,
// security.md section 7). No name of the other side's touches it: everything in it has a number. Each session has a folder
// of its own, and a lock of the same name while anybody may still need what is in it; a folder without one is left over.

import type { OfferMessage } from "../protocol/files.ts";
import { StoreTrouble, type FileStore, type StoredPart } from "./incoming-files.ts";
import { freeName } from "./free-name.ts";

// What is used of the platform; the libraries of pages and of workers each know a part of it.
export type PrivateFile = {
  readonly getFile: () => Promise<File>;
  /** In workers only. */
  readonly createSyncAccessHandle: () => Promise<SyncFile>;
};
export type SyncFile = {
  readonly read: (buffer: Uint8Array, options: { readonly at: number }) => number;
  readonly write: (buffer: Uint8Array, options: { readonly at: number }) => number;
  readonly truncate: (size: number) => void;
  readonly flush: () => void;
  readonly close: () => void;
};
export type PrivateFolder = {
  readonly getDirectoryHandle: (name: string, options: { readonly create: boolean }) => Promise<PrivateFolder>;
  readonly getFileHandle: (name: string, options: { readonly create: boolean }) => Promise<PrivateFile>;
  readonly removeEntry: (name: string, options: { readonly recursive: boolean }) => Promise<void>;
  readonly keys: () => AsyncIterable<string>;
};
export type Locks = {
  readonly request: (name: string, options: { readonly mode: "shared" | "exclusive"; readonly ifAvailable?: boolean }, act: (lock: unknown) => Promise<void>) => Promise<unknown>;
};
export type Platform = {
  /** Throws where there is no such file system, as in some private windows. */
  readonly open: () => Promise<PrivateFolder>;
  readonly locks: Locks;
  /** Bytes that may still be stored; null when the browser does not say. */
  readonly room: () => Promise<number | null>;
};

/** All that is ours in the private file system lies in it. */
export const rootName = "nabij-files";
/** So much is given to the disk at once: the wait at the end is short, and the picture's decoder never waits long. */
const flushBytes = 33_554_432;

export class PrivateFiles implements FileStore {
  readonly #platform: Platform;
  readonly #folderName: string;
  #folder: Promise<PrivateFolder> | null = null;
  #release: () => void = () => undefined;
  readonly #verified = new Map<number, PrivateFile>();
  readonly #names = new Set<string>();

  /** @param folderName nobody else's: random */
  constructor(platform: Platform, folderName: string) {
    this.#platform = platform;
    this.#folderName = folderName;
  }

  /** The lock that keeps the folder from being cleared away. */
  get lockName(): string {
    return lockOf(this.#folderName);
  }

  /** Whether this browser can keep anything at all: makes the folder. */
  async isUsable(): Promise<boolean> {
    try {
      const probe = ".probe";
      const folder = await this.#open();
      const file = await folder.getFileHandle(probe, { create: true });
      (await file.createSyncAccessHandle()).close();
      await folder.removeEntry(probe, { recursive: false });
      return true;
    } catch {
      return false;
    }
  }

  check = async (offer: OfferMessage): Promise<void> => {
    await this.#open().catch(() => {
      throw new StoreTrouble("unwritable");
    });
    const room = await this.#platform.room();
    if (room !== null && offer.size > room) throw new StoreTrouble("disk-full");
  };

  begin = async (offer: OfferMessage): Promise<StoredPart> => {
    const name = String(offer.id);
    return troubled(async () => {
      const folder = await this.#open();
      const file = await folder.getFileHandle(name, { create: true });
      const part = new PrivatePart(await file.createSyncAccessHandle(), {
        finished: () => {
          this.#verified.set(offer.id, file);
          const given = freeName(offer.path.at(-1) ?? name, (taken) => this.#names.has(taken.toLowerCase()));
          this.#names.add(given.toLowerCase());
          return given;
        },
        discarded: () => folder.removeEntry(name, { recursive: false }),
      });
      part.clear();
      return part;
    });
  };

  /** A verified file; its bytes stay where they are. */
  open(id: number): Promise<File> {
    const file = this.#verified.get(id);
    return file === undefined ? Promise.reject(new StoreTrouble("unreadable")) : file.getFile();
  }

  /** A verified file has another place now. */
  async remove(id: number): Promise<void> {
    if (!this.#verified.delete(id)) return;
    await (await this.#open()).removeEntry(String(id), { recursive: false });
  }

  /** Nobody here needs the folder any more; without a verified file in it it goes at once. */
  async close(): Promise<void> {
    if (this.#folder !== null && this.#verified.size === 0) {
      await this.#folder.catch(() => undefined);
      const root = await this.#root();
      await root.removeEntry(this.#folderName, { recursive: true }).catch(() => undefined);
    }
    this.#release();
  }

  #open(): Promise<PrivateFolder> {
    this.#folder ??= this.#make();
    return this.#folder;
  }

  async #make(): Promise<PrivateFolder> {
    // First the lock: a folder without one is anybody's to clear away.
    this.#release = await hold(this.#platform.locks, this.lockName);
    return (await this.#root()).getDirectoryHandle(this.#folderName, { create: true });
  }

  async #root(): Promise<PrivateFolder> {
    return (await this.#platform.open()).getDirectoryHandle(rootName, { create: true });
  }
}

class PrivatePart implements StoredPart {
  readonly #file: SyncFile;
  readonly #events: { readonly finished: () => string; readonly discarded: () => Promise<void> };
  #length = 0;
  #flushed = 0;
  #isOpen = true;

  constructor(file: SyncFile, events: { readonly finished: () => string; readonly discarded: () => Promise<void> }) {
    this.#file = file;
    this.#events = events;
  }

  clear(): void {
    this.#file.truncate(0);
  }

  write = (bytes: Uint8Array): Promise<void> =>
    troubled(() => {
      const written = this.#file.write(bytes, { at: this.#length });
      if (written !== bytes.length) throw new StoreTrouble("disk-full");
      this.#length += written;
      if (this.#length - this.#flushed < flushBytes) return;
      this.#file.flush();
      this.#flushed = this.#length;
    });

  truncate = (offset: number): Promise<void> =>
    troubled(() => {
      this.#file.truncate(offset);
      this.#length = offset;
      this.#flushed = Math.min(this.#flushed, offset);
    });

  read = (offset: number, length: number): Promise<Uint8Array> =>
    troubled(() => {
      const bytes = new Uint8Array(length);
      return bytes.subarray(0, this.#file.read(bytes, { at: offset }));
    });

  finish = (): Promise<string> =>
    troubled(() => {
      this.#file.flush();
      this.#close();
      return this.#events.finished();
    });

  discard = async (): Promise<void> => {
    this.#close();
    await this.#events.discarded();
  };

  #close(): void {
    if (this.#isOpen) this.#file.close();
    this.#isOpen = false;
  }
}

/** Removes the folders that nobody holds: of pages that are gone. What is in use elsewhere stays. */
export async function removeLeftOvers(platform: Platform): Promise<void> {
  const root = await (await platform.open()).getDirectoryHandle(rootName, { create: true });
  const names: string[] = [];
  for await (const name of root.keys()) names.push(name);
  for (const name of names) {
    await platform.locks.request(lockOf(name), { mode: "exclusive", ifAvailable: true }, async (lock) => {
      if (lock !== null) await root.removeEntry(name, { recursive: true }).catch(() => undefined);
    });
  }
}

/** Holds a lock together with others, until the function that comes back is called or this program is gone. */
export function hold(locks: Locks, name: string): Promise<() => void> {
  return new Promise((resolve, reject) => {
    locks
      .request(name, { mode: "shared" }, () => new Promise<void>((release) => resolve(release)))
      .catch((error: unknown) => reject(error instanceof Error ? error : new StoreTrouble("unwritable")));
  });
}

function lockOf(folderName: string): string {
  return `${rootName}/${folderName}`;
}

async function troubled<T>(act: () => T | Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof StoreTrouble) throw error;
    throw new StoreTrouble((error as { name?: unknown } | null)?.name === "QuotaExceededError" ? "disk-full" : "unwritable");
  }
}
