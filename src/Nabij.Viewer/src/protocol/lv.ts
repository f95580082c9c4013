// lv lists: items behind their LEB128 lengths (docs/protocol/02-handshake.md "Notation" and "Decoding lv structures").
// The one encoding of every handshake message and of every hash and MAC input.

import { WireFormatError } from "./errors.ts";
import { checkedPermissions } from "./permissions.ts";
import { readText, WireReader } from "./wire.ts";

const maximumLengthBytes = 3;
/** The longest list of versions or suites. */
const maximumListEntries = 16;

/** lv(a, b, ...). */
export function lv(...items: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  let total = 0;
  for (const item of items) total += lengthBytes(item.length) + item.length;
  const result = new Uint8Array(total);
  let offset = 0;
  for (const item of items) {
    let length = item.length;
    while (length >= 0x80) {
      result[offset++] = (length & 0x7f) | 0x80;
      length >>>= 7;
    }
    result[offset++] = length;
    result.set(item, offset);
    offset += item.length;
  }
  return result;
}

/** Exactly `count` items and nothing behind them. */
export function readLv(bytes: Uint8Array, count: number): Uint8Array[] {
  const reader = new WireReader(bytes);
  const items = takeItems(reader, count);
  reader.end();
  return items;
}

/** The next `count` items; what follows stays in the reader. */
export function takeItems(reader: WireReader, count: number): Uint8Array[] {
  const items: Uint8Array[] = [];
  for (let index = 0; index < count; index++) items.push(reader.bytes(takeLength(reader)));
  return items;
}

function takeLength(reader: WireReader): number {
  let value = 0;
  for (let index = 0; index < maximumLengthBytes; index++) {
    const byte = reader.u8();
    value += (byte & 0x7f) * 2 ** (7 * index);
    if (byte < 0x80) {
      if (byte === 0 && index > 0) throw new WireFormatError("NonMinimalLength");
      return value;
    }
  }
  throw new WireFormatError("NonMinimalLength");
}

/** Hands out the items of one list in order, each checked by the rule of its field. */
export class LvFields {
  readonly #items: readonly Uint8Array[];
  #next = 0;

  constructor(items: readonly Uint8Array[]) {
    this.#items = items;
  }

  label(expected: string): void {
    const bytes = this.#take();
    if (bytes.length !== expected.length || bytes.some((byte, index) => byte !== expected.charCodeAt(index))) throw invalid();
  }

  bytes(minimum: number, maximum = minimum): Uint8Array {
    const bytes = this.#take();
    if (bytes.length < minimum || bytes.length > maximum) throw new WireFormatError("LengthOutOfRange");
    return bytes;
  }

  u8(): number {
    return new WireReader(this.bytes(1)).u8();
  }

  u16(): number {
    return new WireReader(this.bytes(2)).u16();
  }

  u32(): number {
    return new WireReader(this.bytes(4)).u32();
  }

  /** A u64 that both languages hold exactly. */
  u64(): number {
    return new WireReader(this.bytes(8)).exactU64();
  }

  permissions(): number {
    return checkedPermissions(this.u32());
  }

  text(minimum: number, maximum: number): string {
    return readText(this.bytes(minimum, maximum), "any");
  }

  /** A list of u8 or u16: falling, or `firstFree`: the first anywhere, the others falling; no duplicates. */
  numbers(width: 1 | 2, order: "falling" | "firstFree"): readonly number[] {
    const bytes = this.bytes(width, width * maximumListEntries);
    if (bytes.length % width !== 0) throw new WireFormatError("LengthOutOfRange");
    const reader = new WireReader(bytes);
    const numbers: number[] = [];
    while (reader.remaining > 0) numbers.push(width === 1 ? reader.u8() : reader.u16());
    const ordered = order === "falling" ? numbers : numbers.slice(1);
    if (ordered.some((entry, index) => index > 0 && entry >= (ordered[index - 1] ?? 0))) throw invalid();
    if (new Set(numbers).size !== numbers.length) throw invalid();
    return numbers;
  }

  #take(): Uint8Array {
    const item = this.#items[this.#next++];
    if (item === undefined) throw new RangeError("more fields than items");
    return item;
  }
}

function lengthBytes(length: number): number {
  if (length < 0x80) return 1;
  if (length < 0x4000) return 2;
  if (length < 0x200000) return 3;
  throw new RangeError("lv item too long");
}

function invalid(): WireFormatError {
  return new WireFormatError("InvalidValue");
}
