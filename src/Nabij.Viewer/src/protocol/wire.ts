// Reader and writer of the wire's primitive items (docs/protocol/00-overview.md "Conventions").
// Every failure to read is a WireFormatError; every failure to write is a RangeError, a fault of the caller.

import { WireFormatError } from "./errors.ts";

const strictUtf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const utf8 = new TextEncoder();

// The wire forbids exactly these; the second form allows TAB and LF.
const controlCharacters = /[\u0000-\u001f\u007f-\u009f]/;
const controlCharactersButLines = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/;

/** single-line: no control characters; lines: U+0009 and U+000A too; any: chapter 02, whose texts go through display rules. */
export type TextForm = "single-line" | "lines" | "any";

const forbidden: Record<TextForm, RegExp | null> = { "single-line": controlCharacters, lines: controlCharactersButLines, any: null };

/** Reads strict UTF-8 without byte-order mark and without the characters that the form forbids. */
export function readText(bytes: Uint8Array, form: TextForm = "single-line"): string {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) throw new WireFormatError("InvalidText");
  let text: string;
  try {
    text = strictUtf8.decode(bytes);
  } catch {
    throw new WireFormatError("InvalidText");
  }
  if (forbidden[form]?.test(text) === true) throw new WireFormatError("InvalidText");
  return text;
}

/** Fixed-width integers and counted items, in order, from the front of `bytes`. Slices are views, not copies. */
export class WireReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #offset = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get remaining(): number {
    return this.#bytes.length - this.#offset;
  }

  u8(): number {
    return this.#view.getUint8(this.#advance(1));
  }

  u16(): number {
    return this.#view.getUint16(this.#advance(2));
  }

  i16(): number {
    return this.#view.getInt16(this.#advance(2));
  }

  u32(): number {
    return this.#view.getUint32(this.#advance(4));
  }

  u64(): bigint {
    return this.#view.getBigUint64(this.#advance(8));
  }

  /** A u64 that every language holds exactly: at most 2^53 - 1. */
  exactU64(): number {
    const value = this.u64();
    if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new WireFormatError("InvalidValue");
    return Number(value);
  }

  /** A u8 that must be 0 or 1. */
  flag(): boolean {
    const value = this.u8();
    if (value > 1) throw new WireFormatError("InvalidValue");
    return value === 1;
  }

  bytes(length: number): Uint8Array {
    const start = this.#advance(length);
    return this.#bytes.subarray(start, start + length);
  }

  rest(): Uint8Array {
    return this.bytes(this.remaining);
  }

  /** `text<n>`: u16 byte length, at most `maximumBytes`, then strict UTF-8. */
  text(maximumBytes: number, form: TextForm = "single-line"): string {
    const length = this.u16();
    if (length > maximumBytes) throw new WireFormatError("LengthOutOfRange");
    return readText(this.bytes(length), form);
  }

  /** Refuses whatever follows the last item. */
  end(): void {
    if (this.remaining > 0) throw new WireFormatError("TrailingBytes");
  }

  #advance(length: number): number {
    if (length > this.remaining) throw new WireFormatError("Truncated");
    const start = this.#offset;
    this.#offset += length;
    return start;
  }
}

/** Grows as needed; `finish` hands the written bytes over. */
export class WireWriter {
  #bytes: Uint8Array<ArrayBuffer>;
  #view: DataView;
  #length = 0;

  constructor(capacity = 64) {
    this.#bytes = new Uint8Array(capacity);
    this.#view = new DataView(this.#bytes.buffer);
  }

  u8(value: number): this {
    const at = this.#reserve(1);
    this.#view.setUint8(at, bounded(value, 0, 0xff));
    return this;
  }

  u16(value: number): this {
    const at = this.#reserve(2);
    this.#view.setUint16(at, bounded(value, 0, 0xffff));
    return this;
  }

  i16(value: number): this {
    const at = this.#reserve(2);
    this.#view.setInt16(at, bounded(value, -0x8000, 0x7fff));
    return this;
  }

  u32(value: number): this {
    const at = this.#reserve(4);
    this.#view.setUint32(at, bounded(value, 0, 0xffffffff));
    return this;
  }

  u64(value: bigint): this {
    if (value < 0n || value > 0xffffffffffffffffn) throw new RangeError("u64 out of range");
    const at = this.#reserve(8);
    this.#view.setBigUint64(at, value);
    return this;
  }

  flag(value: boolean): this {
    return this.u8(value ? 1 : 0);
  }

  bytes(value: Uint8Array): this {
    const at = this.#reserve(value.length);
    this.#bytes.set(value, at);
    return this;
  }

  text(value: string, maximumBytes: number, form: TextForm = "single-line"): this {
    const encoded = encodeText(value, maximumBytes, form);
    return this.u16(encoded.length).bytes(encoded);
  }

  finish(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#length);
  }

  // Call it before the buffer is touched in the same statement: it may put a larger one in its place.
  #reserve(length: number): number {
    const start = this.#length;
    const needed = start + length;
    if (needed > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
      grown.set(this.#bytes);
      this.#bytes = grown;
      this.#view = new DataView(grown.buffer);
    }
    this.#length = needed;
    return start;
  }
}

/** Text as the wire carries it; a lone surrogate, a control character or too many bytes is the caller's fault. */
export function encodeText(value: string, maximumBytes: number, form: TextForm = "single-line"): Uint8Array<ArrayBuffer> {
  const encoded = utf8.encode(value);
  if (encoded.length > maximumBytes) throw new RangeError(`text of more than ${maximumBytes} bytes`);
  let readBack: string;
  try {
    readBack = readText(encoded, form);
  } catch {
    throw new RangeError("text with characters that the wire does not carry");
  }
  if (readBack !== value) throw new RangeError("text with a lone surrogate");
  return encoded;
}

/** ASCII literals of the specification as bytes. */
export function ascii(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text, (character) => bounded(character.charCodeAt(0), 0, 0x7f));
}

export function concatenate(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  let total = 0;
  for (const part of parts) total += part.length;
  const result = new Uint8Array(total);
  let offset = 0;
  for (const part of parts) {
    result.set(part, offset);
    offset += part.length;
  }
  return result;
}

function bounded(value: number, minimum: number, maximum: number): number {
  if (!Number.isInteger(value) || value < minimum || value > maximum) throw new RangeError(`${value} is outside ${minimum}..${maximum}`);
  return value;
}
