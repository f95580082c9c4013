// JSON objects of the rendezvous, read strictly (docs/protocol/01-rendezvous.md): no member twice, exact types and limits,
// unknown members ignored. JSON.parse keeps the last of two equal members silently, hence the scan for them.

import { WireFormatError } from "./errors.ts";
import { fromHex } from "./hex.ts";

/** Control characters and lone surrogates, whatever the text stands for. */
const forbiddenCharacters = /[\p{Cc}\p{Cs}]/u;

/** Reads one JSON object; not JSON is InvalidText, another value or a member named twice InvalidValue. */
export function readJsonObject(text: string, maximumBytes: number): JsonMembers {
  if (new TextEncoder().encode(text).length > maximumBytes) throw new WireFormatError("LengthOutOfRange");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new WireFormatError("InvalidText");
  }
  if (!isObject(value) || hasRepeatedMember(text)) throw new WireFormatError("InvalidValue");
  return new JsonMembers(value);
}

/** The members of one object; each getter demands presence, type and limits, or raises InvalidValue. */
export class JsonMembers {
  readonly #members: ReadonlyMap<string, unknown>;

  constructor(object: Record<string, unknown>) {
    this.#members = new Map(Object.entries(object));
  }

  /** Limits count characters (code points). A control character or a lone surrogate is InvalidText (chapter 00). */
  text(name: string, minimum = 0, maximum = Number.MAX_SAFE_INTEGER, pattern?: RegExp): string {
    const value = this.#members.get(name);
    if (typeof value !== "string") throw invalid();
    if (forbiddenCharacters.test(value)) throw new WireFormatError("InvalidText");
    const length = Array.from(value).length;
    if (length < minimum || length > maximum || pattern?.test(value) === false) throw invalid();
    return value;
  }

  pattern(name: string, pattern: RegExp): string {
    return this.text(name, 0, Number.MAX_SAFE_INTEGER, pattern);
  }

  oneOf<const T extends string>(name: string, values: readonly T[]): T {
    const text = this.text(name);
    for (const value of values) if (value === text) return value;
    throw invalid();
  }

  number(name: string, maximum: number, minimum = 0): number {
    const value = wholeNumber(this.#members.get(name), maximum);
    if (value < minimum) throw invalid();
    return value;
  }

  /** 1 to 16 numbers, falling, no duplicates. */
  fallingNumbers(name: string, maximum: number): readonly number[] {
    const value = this.#members.get(name);
    if (!Array.isArray(value) || value.length < 1 || value.length > 16) throw invalid();
    const numbers = value.map((entry: unknown) => wholeNumber(entry, maximum));
    if (numbers.some((entry, index) => index > 0 && entry >= (numbers[index - 1] ?? 0))) throw invalid();
    return numbers;
  }

  hex(name: string, length: number): Uint8Array<ArrayBuffer> {
    const bytes = fromHex(this.text(name));
    if (bytes?.length !== length) throw invalid();
    return bytes;
  }

  hexUpTo(name: string, most: number): Uint8Array<ArrayBuffer> {
    const bytes = fromHex(this.text(name));
    if (bytes === null || bytes.length > most) throw invalid();
    return bytes;
  }

  hexOrNull(name: string, length: number): Uint8Array<ArrayBuffer> | null {
    return this.#members.get(name) === null ? null : this.hex(name, length);
  }

  object(name: string): JsonMembers {
    const value = this.#members.get(name);
    if (!isObject(value)) throw invalid();
    return new JsonMembers(value);
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function wholeNumber(value: unknown, maximum: number): number {
  if (typeof value !== "number" || !Number.isInteger(value) || value < 0 || value > maximum) throw invalid();
  return value;
}

/** Walks the tokens of valid JSON; a string before a colon is a member's name. */
function hasRepeatedMember(text: string): boolean {
  const open: Set<string>[] = [];
  const token = /"(?:[^"\\]|\\.)*"(\s*:)?|[{}]/g;
  for (const match of text.matchAll(token)) {
    const [found] = match;
    if (found === "{") open.push(new Set());
    else if (found === "}") open.pop();
    else if (match[1] !== undefined) {
      const name = JSON.parse(found.slice(0, found.length - match[1].length)) as string;
      const names = open.at(-1);
      if (names?.has(name) === true) return true;
      names?.add(name);
    }
  }
  return false;
}

function invalid(): WireFormatError {
  return new WireFormatError("InvalidValue");
}
