// Seals the records of one direction, in order (docs/protocol/03-records.md). One call at a time: the caller waits for each
// result before the next, so sequence and order on the wire cannot part.

import { channelNumbers } from "../protocol/channels.ts";
import { controlTypes } from "../protocol/control.ts";
import { encodeHeader, encodeInner, maximumLength, tagBytes, type ChannelRules, type Fragment } from "../protocol/records.ts";
import { concatenate } from "../protocol/wire.ts";
import { seal } from "./crypto.ts";
import { EpochKeys, firstEpoch, lastSequence, maximumEpochBytes, maximumEpochSeconds, type EpochStart } from "./record-keys.ts";

const keyUpdate: Fragment = { channel: channelNumbers.control, more: false, payload: Uint8Array.of(controlTypes.KEY_UPDATE) };
/** The length field of a KEY_UPDATE: one padded block and the tag. */
const keyUpdateLength = 64 + tagBytes;

export class RecordSealer {
  readonly #rules: ChannelRules;
  readonly #now: () => number;
  #keys: EpochKeys;
  #sequence: number;
  #sum: number;
  #epochBegan: number;

  private constructor(rules: ChannelRules, now: () => number, keys: EpochKeys, start: EpochStart) {
    this.#rules = rules;
    this.#now = now;
    this.#keys = keys;
    this.#sequence = start.sequence;
    this.#sum = start.sum;
    this.#epochBegan = now();
  }

  /** `now` gives milliseconds of a steady clock. The traffic secret is taken over. */
  static async create(traffic: Uint8Array, rules: ChannelRules, now: () => number, start = firstEpoch): Promise<RecordSealer> {
    return new RecordSealer(rules, now, await EpochKeys.derive(traffic, start.epoch), start);
  }

  /** The records to send, one after the other: this fragment's, and a KEY_UPDATE before or after it when one is due. */
  async seal(fragment: Fragment): Promise<Uint8Array<ArrayBuffer>[]> {
    const records: Uint8Array<ArrayBuffer>[] = [];
    if (this.#now() - this.#epochBegan >= maximumEpochSeconds * 1_000) records.push(await this.#updateKeys());
    records.push(await this.#sealOne(fragment));
    if (this.#isEpochFull()) records.push(await this.#updateKeys());
    return records;
  }

  erase(): void {
    this.#keys.erase();
  }

  /** One more record of full length, and KEY_UPDATE behind it, would pass a limit. */
  #isEpochFull(): boolean {
    return this.#sequence >= lastSequence || this.#sum + maximumLength + keyUpdateLength > maximumEpochBytes;
  }

  async #updateKeys(): Promise<Uint8Array<ArrayBuffer>> {
    const record = await this.#sealOne(keyUpdate);
    this.#keys = await this.#keys.next();
    this.#sequence = 0;
    this.#sum = 0;
    this.#epochBegan = this.#now();
    return record;
  }

  async #sealOne(fragment: Fragment): Promise<Uint8Array<ArrayBuffer>> {
    const rule = this.#rules.get(fragment.channel);
    if (rule === undefined) throw new RangeError("no such channel");
    const inner = encodeInner(rule, fragment);
    const header = encodeHeader(this.#keys.epoch, inner.length);
    const sequence = this.#sequence++;
    this.#sum += inner.length + tagBytes;
    const sealed = await seal(this.#keys.key, this.#keys.nonce(sequence), header, inner);
    inner.fill(0);
    return concatenate(header, sealed);
  }
}
