// Verified files of the customer's on their way out of the browser's private place: as ordinary downloads, or where the worker
// has written them. Holds the lock of their folder as long as the browser may still be copying; no byte passes through here.

import { hold, removeLeftOvers, type Platform } from "../files/private-files.ts";

/** A browser does not say when it has copied a file to the downloads. */
const keepMilliseconds = 600_000;

type Arrived = { readonly file: File; readonly name: string };

export class Downloads {
  readonly #platform: Platform;
  readonly #files = new Map<number, Arrived>();
  readonly #locks = new Map<string, Promise<() => void>>();
  readonly #urls: string[] = [];

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  arrived(id: number, name: string, file: File, lock: string): void {
    if (!this.#locks.has(lock)) this.#locks.set(lock, hold(this.#platform.locks, lock));
    this.#files.set(id, { file, name });
  }

  has(id: number): boolean {
    return this.#files.has(id);
  }

  /** The file is in another place now, and no longer here. */
  forget(id: number): void {
    this.#files.delete(id);
  }

  /** Lets the browser copy it to the downloads. The name is text for its dialog. */
  start(id: number): void {
    const arrived = this.#files.get(id);
    if (arrived === undefined) return;
    const { file, name } = arrived;
    // Never a type that a browser would open in place of keeping it.
    const url = URL.createObjectURL(file.slice(0, file.size, "application/octet-stream"));
    this.#urls.push(url);
    const link = document.createElement("a");
    link.href = url;
    link.download = name;
    link.click();
  }

  /** Nobody can start a download here any more: the files go when the last one is surely copied. */
  close(): void {
    this.#files.clear();
    setTimeout(() => void this.#release(), keepMilliseconds);
  }

  async #release(): Promise<void> {
    for (const url of this.#urls) URL.revokeObjectURL(url);
    for (const lock of this.#locks.values()) (await lock.catch(() => null))?.();
    await removeLeftOvers(this.#platform).catch(() => undefined);
  }
}
