// What becomes of the customer's files in the worker once they are whole: written where the technician chose, or handed to the
// page, which lets the browser download them. A file that cannot be written where it should be is never lost: the page has it.

import { PrivateFiles } from "../files/private-files.ts";
import { saveTo, type Place } from "../files/places.ts";
import type { OfferMessage } from "../protocol/files.ts";
import type { WorkerToPage } from "./worker-messages.ts";

export class FileDelivery {
  readonly store: PrivateFiles;
  readonly #post: (message: WorkerToPage) => void;
  readonly #places = new Map<number, Place>();
  readonly #underWay = new Set<Promise<void>>();

  constructor(store: PrivateFiles, post: (message: WorkerToPage) => void) {
    this.store = store;
    this.#post = post;
  }

  /** Says whether there is a place for files at all, before any is wanted. */
  async prepare(): Promise<void> {
    this.#post({ type: "files-ready", canReceive: await this.store.isUsable() });
  }

  /** Where these go when they have arrived; null: a download. */
  choose(ids: readonly number[], place: Place | null): void {
    if (place !== null) for (const id of ids) this.#places.set(id, place);
  }

  arrived(offer: OfferMessage, name: string): void {
    const delivery = this.#deliver(offer, name).catch(() => undefined);
    this.#underWay.add(delivery);
    void delivery.then(() => this.#underWay.delete(delivery));
  }

  /** The session is over: what is being written is written to its end. */
  async end(): Promise<void> {
    await Promise.all(this.#underWay);
    await this.store.close().catch(() => undefined);
  }

  async #deliver(offer: OfferMessage, name: string): Promise<void> {
    const file = await this.store.open(offer.id);
    this.#post({ type: "file-arrived", id: offer.id, name, file, lock: this.store.lockName });
    const place = this.#places.get(offer.id);
    if (place === undefined) return;
    this.#places.delete(offer.id);
    const saved = await saveTo(place, offer.path, file).catch(() => null);
    this.#post({ type: "file-saved", id: offer.id, name: saved });
    if (saved !== null) await this.store.remove(offer.id);
  }
}
