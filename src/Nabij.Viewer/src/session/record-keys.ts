// Key, iv and counters of one direction (docs/protocol/03-records.md "Record", "Interactions" 3 and 4). The sealing and the
// opening side each own one.

import { erase, hkdfExpand, importAesKey } from "./crypto.ts";
import { lv } from "../protocol/lv.ts";
import { ascii } from "../protocol/wire.ts";

/** The record with this sequence can only be KEY_UPDATE. */
export const lastSequence = 2 ** 20 - 1;
/** The length fields of one epoch add up to no more. */
export const maximumEpochBytes = 2 ** 30;
/** After this long the sender's next record is KEY_UPDATE. */
export const maximumEpochSeconds = 600;

/** Where a direction stands; zero for all but the vectors. */
export type EpochStart = { readonly epoch: number; readonly sequence: number; readonly sum: number };
export const firstEpoch: EpochStart = { epoch: 0, sequence: 0, sum: 0 };

/** The keys of one epoch. Immutable, so that a record still under way keeps the keys that it began with. */
export class EpochKeys {
  readonly epoch: number;
  readonly key: CryptoKey;
  readonly #traffic: Uint8Array;
  readonly #iv: Uint8Array;

  private constructor(epoch: number, traffic: Uint8Array, key: CryptoKey, iv: Uint8Array) {
    this.epoch = epoch;
    this.#traffic = traffic;
    this.key = key;
    this.#iv = iv;
  }

  /** Takes the traffic secret over and erases it with the epoch. */
  static async derive(traffic: Uint8Array, epoch: number): Promise<EpochKeys> {
    const raw = await hkdfExpand(traffic, lv(ascii("RS1 key")), 32);
    const key = await importAesKey(raw);
    erase(raw);
    return new EpochKeys(epoch, traffic, key, await hkdfExpand(traffic, lv(ascii("RS1 iv")), 12));
  }

  /** The first four bytes of iv stay, the last eight are XORed with the sequence. */
  nonce(sequence: number): Uint8Array<ArrayBuffer> {
    const nonce = Uint8Array.from(this.#iv);
    const view = new DataView(nonce.buffer);
    view.setUint32(8, (view.getUint32(8) ^ sequence) >>> 0);
    return nonce;
  }

  async next(): Promise<EpochKeys> {
    const traffic = await hkdfExpand(this.#traffic, lv(ascii("RS1 next")), 32);
    const next = await EpochKeys.derive(traffic, (this.epoch + 1) % 256);
    this.erase();
    return next;
  }

  erase(): void {
    erase(this.#traffic, this.#iv);
  }
}
