// Opens the records of one direction (docs/protocol/03-records.md). Opening is split in two so that several records can be
// in WebCrypto at once, whose calls cost more in turns than in work: `begin` in order of arrival, `complete` in the same
// order. Everything that is wrong is RecordRefusedError, and so is everything after it.

import { channelNumbers, type Sender } from "../protocol/channels.ts";
import { controlTypes } from "../protocol/control.ts";
import { RecordRefusedError } from "../protocol/errors.ts";
import { decodeHeader, decodeInner, headerBytes, isKeyUpdate, type ChannelRule, type ChannelRules, type Fragment } from "../protocol/records.ts";
import { concatenate } from "../protocol/wire.ts";
import { open } from "./crypto.ts";
import { EpochKeys, firstEpoch, lastSequence, maximumEpochBytes, type EpochStart } from "./record-keys.ts";

/** A whole message of one channel. */
export type Message = { readonly channel: number; readonly payload: Uint8Array };

/** A record on its way through `begin` and `complete`. */
export type Opening = {
  readonly record: Uint8Array;
  readonly epoch: number;
  /** null: the record waits for keys that an earlier one may bring. */
  readonly opened: Promise<Uint8Array | null> | null;
};

export type OpenerOptions = { readonly sender: Exclude<Sender, "both">; readonly afterResume?: boolean; readonly start?: EpochStart };

export class RecordOpener {
  readonly #rules: ChannelRules;
  readonly #sender: Sender;
  readonly #partial = new Map<number, { readonly parts: Uint8Array[]; total: number }>();
  #keys: EpochKeys;
  /** Sequence of the next record to begin, and of the next to complete. */
  #begun: number;
  #completed: number;
  #waiting = 0;
  #sum: number;
  #mustBeResumed: boolean;
  #isRefused = false;

  private constructor(rules: ChannelRules, keys: EpochKeys, options: OpenerOptions) {
    const start = options.start ?? firstEpoch;
    this.#rules = rules;
    this.#sender = options.sender;
    this.#keys = keys;
    this.#begun = start.sequence;
    this.#completed = start.sequence;
    this.#sum = start.sum;
    this.#mustBeResumed = options.afterResume ?? false;
  }

  /** The traffic secret of the peer is taken over. */
  static async create(traffic: Uint8Array, rules: ChannelRules, options: OpenerOptions): Promise<RecordOpener> {
    return new RecordOpener(rules, await EpochKeys.derive(traffic, (options.start ?? firstEpoch).epoch), options);
  }

  begin(record: Uint8Array): Opening {
    const epoch = decodeHeader(record)?.epoch ?? -1;
    if (epoch === this.#keys.epoch && this.#waiting === 0) return { record, epoch, opened: this.#open(record, this.#begun++) };
    this.#waiting++;
    return { record, epoch, opened: null };
  }

  /** The whole message that this record ends, if it ends one. */
  async complete(opening: Opening): Promise<Message | null> {
    const { record, epoch } = opening;
    if (this.#isRefused || epoch !== this.#keys.epoch) throw new RecordRefusedError();
    // Until it has passed every check, this record is one that is refused, and nothing after it is opened.
    this.#isRefused = true;
    const sequence = this.#completed++;
    this.#sum += record.length - headerBytes;
    if (this.#sum > maximumEpochBytes || sequence > lastSequence) throw new RecordRefusedError();
    const inner = await (opening.opened ?? this.#open(record, sequence));
    if (inner === null) throw new RecordRefusedError();
    const fragment = decodeInner(inner, this.#rules);
    this.#checkPlace(fragment, sequence);
    const isLast = isKeyUpdate(fragment);
    if (isLast) await this.#nextEpoch(fragment);
    if (opening.opened === null) this.#waiting--;
    if (this.#waiting === 0 && (isLast || opening.opened === null)) this.#begun = this.#completed;
    const message = isLast ? null : this.#assemble(fragment);
    this.#isRefused = false;
    return message;
  }

  async open(record: Uint8Array): Promise<Message | null> {
    return this.complete(this.begin(record));
  }

  /** Drops messages of which only some fragments have come. */
  forgetUnfinished(): void {
    this.#partial.clear();
  }

  erase(): void {
    this.#keys.erase();
    this.#partial.clear();
  }

  #open(record: Uint8Array, sequence: number): Promise<Uint8Array | null> {
    return open(this.#keys.key, this.#keys.nonce(sequence), record.subarray(0, headerBytes), record.subarray(headerBytes));
  }

  #checkPlace(fragment: Fragment & { readonly rule: ChannelRule }, sequence: number): void {
    const { sender } = fragment.rule;
    if (sender !== "both" && sender !== this.#sender) throw new RecordRefusedError();
    if (sequence === lastSequence && !isKeyUpdate(fragment)) throw new RecordRefusedError();
    if (!this.#mustBeResumed) return;
    const isResumed = fragment.payload.length === 1 && fragment.payload[0] === controlTypes.RESUMED;
    if (fragment.channel !== channelNumbers.control || !isResumed) throw new RecordRefusedError();
    this.#mustBeResumed = false;
  }

  async #nextEpoch(keyUpdate: Fragment): Promise<void> {
    if (keyUpdate.payload.length !== 1) throw new RecordRefusedError();
    this.#keys = await this.#keys.next();
    this.#completed = 0;
    this.#sum = 0;
  }

  #assemble(fragment: Fragment & { readonly rule: ChannelRule }): Message | null {
    const { channel, payload, more, rule } = fragment;
    const partial = this.#partial.get(channel);
    if ((partial?.total ?? 0) + payload.length > rule.largestMessage) throw new RecordRefusedError();
    if (!more) {
      this.#partial.delete(channel);
      return { channel, payload: partial === undefined ? payload : concatenate(...partial.parts, payload) };
    }
    if (partial === undefined) this.#partial.set(channel, { parts: [payload], total: payload.length });
    else {
      partial.parts.push(payload);
      partial.total += payload.length;
    }
    return null;
  }
}
