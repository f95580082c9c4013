// The origin private file system of a browser, in memory, with its locks: what PrivateFiles and places.ts use of them.

import type { Locks, Platform, PrivateFile, PrivateFolder, SyncFile } from "../../src/files/private-files.ts";
import type { ChosenFile, ChosenFolder } from "../../src/files/places.ts";

function problem(name: string): DOMException {
  return new DOMException(name, name);
}

export class FakeDiskFile implements PrivateFile, ChosenFile {
  readonly kind = "file";
  readonly name: string;
  bytes: Uint8Array<ArrayBuffer> = new Uint8Array(0);
  isLocked = false;
  readonly #disk: FakeDisk;

  constructor(disk: FakeDisk, name: string) {
    this.#disk = disk;
    this.name = name;
  }

  getFile = (): Promise<File> => Promise.resolve(new File([this.bytes], this.name));

  createSyncAccessHandle = (): Promise<SyncFile> => {
    if (this.isLocked) return Promise.reject(problem("NoModificationAllowedError"));
    this.isLocked = true;
    return Promise.resolve({
      read: (buffer, { at }) => {
        const piece = this.bytes.subarray(at, at + buffer.length);
        buffer.set(piece);
        return piece.length;
      },
      write: (buffer, { at }) => {
        this.#write(buffer, at);
        return buffer.length;
      },
      truncate: (size) => {
        this.bytes = this.bytes.slice(0, size);
      },
      flush: () => {
        this.#disk.flushes++;
      },
      close: () => {
        this.isLocked = false;
      },
    });
  };

  createWritable = (): Promise<WritableStream<Uint8Array>> => {
    let [written, at] = [new Uint8Array(0), 0];
    return Promise.resolve(new WritableStream<Uint8Array>({
      write: (chunk) => {
        if (at + chunk.length > this.#disk.mostBytes) throw problem("QuotaExceededError");
        const longer = new Uint8Array(at + chunk.length);
        longer.set(written);
        longer.set(chunk, at);
        [written, at] = [longer, longer.length];
      },
      close: () => {
        this.bytes = written;
      },
    }));
  };

  #write(buffer: Uint8Array, at: number): void {
    if (at + buffer.length > this.#disk.mostBytes) throw problem("QuotaExceededError");
    const longer = new Uint8Array(Math.max(this.bytes.length, at + buffer.length));
    longer.set(this.bytes);
    longer.set(buffer, at);
    this.bytes = longer;
  }
}

export class FakeDiskFolder implements PrivateFolder, ChosenFolder {
  readonly kind = "directory";
  readonly name: string;
  readonly entries = new Map<string, FakeDiskFile | FakeDiskFolder>();
  readonly #disk: FakeDisk;

  constructor(disk: FakeDisk, name: string) {
    this.#disk = disk;
    this.name = name;
  }

  getDirectoryHandle = (name: string, { create }: { readonly create: boolean }): Promise<FakeDiskFolder> => {
    const found = this.entries.get(name);
    if (found instanceof FakeDiskFolder) return Promise.resolve(found);
    if (found !== undefined) return Promise.reject(problem("TypeMismatchError"));
    if (!create) return Promise.reject(problem("NotFoundError"));
    const made = new FakeDiskFolder(this.#disk, name);
    this.entries.set(name, made);
    return Promise.resolve(made);
  };

  getFileHandle = (name: string, { create }: { readonly create: boolean }): Promise<FakeDiskFile> => {
    const found = this.entries.get(name);
    if (found instanceof FakeDiskFile) return Promise.resolve(found);
    if (found !== undefined) return Promise.reject(problem("TypeMismatchError"));
    if (!create) return Promise.reject(problem("NotFoundError"));
    const made = new FakeDiskFile(this.#disk, name);
    this.entries.set(name, made);
    return Promise.resolve(made);
  };

  removeEntry = (name: string): Promise<void> => {
    const found = this.entries.get(name);
    if (found === undefined) return Promise.reject(problem("NotFoundError"));
    if (found instanceof FakeDiskFile && found.isLocked) return Promise.reject(problem("NoModificationAllowedError"));
    this.entries.delete(name);
    return Promise.resolve();
  };

  keys = async function* (this: FakeDiskFolder): AsyncGenerator<string> {
    yield* [...this.entries.keys()];
  }.bind(this);

  /** Paths of all files in it, sorted. */
  get paths(): string[] {
    return [...this.entries].flatMap(([name, entry]) => (entry instanceof FakeDiskFile ? [name] : entry.paths.map((path) => `${name}/${path}`))).sort();
  }
}

type Held = { readonly name: string; readonly mode: string };

export class FakeDisk implements Platform {
  readonly root = new FakeDiskFolder(this, "");
  /** Of one file. */
  mostBytes = Number.MAX_SAFE_INTEGER;
  /** What the browser says is left. */
  left: number | null = null;
  flushes = 0;
  isMissing = false;
  readonly #held: Held[] = [];

  readonly locks: Locks = {
    request: async (name, { mode, ifAvailable }, act) => {
      const isTaken = this.#held.some((lock) => lock.name === name && (lock.mode === "exclusive" || mode === "exclusive"));
      if (isTaken) {
        if (ifAvailable !== true) throw new Error("this test does not wait for locks");
        return act(null);
      }
      const lock = { name, mode };
      this.#held.push(lock);
      try {
        return await act(lock);
      } finally {
        this.#held.splice(this.#held.indexOf(lock), 1);
      }
    },
  };

  get locksHeld(): number {
    return this.#held.length;
  }

  open = (): Promise<FakeDiskFolder> => (this.isMissing ? Promise.reject(problem("SecurityError")) : Promise.resolve(this.root));

  room = (): Promise<number | null> => Promise.resolve(this.left);

  get isEmpty(): boolean {
    return this.root.paths.length === 0;
  }
}
