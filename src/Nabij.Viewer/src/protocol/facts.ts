// Facts about the customer's computer (docs/protocol/12-system-information.md): channel 9, a request and its answer. The words
// for a fact are this page's own; its values are peer text and numbers.

import { WireFormatError } from "./errors.ts";
import { WireReader, WireWriter } from "./wire.ts";

export const factsTypes = { REQUEST: 0x01, FACTS: 0x02, WITHHELD: 0x03 } as const;

export const factKinds = {
  SYSTEM: 1,
  KERNEL: 2,
  COMPUTER_NAME: 3,
  PROCESSOR: 4,
  MEMORY: 5,
  DISK: 6,
  DISPLAY: 7,
  UPTIME: 8,
  LANGUAGE: 9,
  TIME_ZONE: 10,
  DESKTOP: 11,
  NETWORK: 12,
  BATTERY: 13,
  PROGRAM: 14,
} as const;
export type FactName = keyof typeof factKinds;

/** One fact: its text, empty where the table has none, and its numbers in the table's order. */
export type Fact = { readonly fact: FactName; readonly text: string; readonly numbers: readonly number[] };

export type FactsMessage =
  | { readonly type: "REQUEST" | "WITHHELD"; readonly number: number }
  | { readonly type: "FACTS"; readonly number: number; readonly facts: readonly Fact[] };

const maximumFacts = 48;

type NumberRange = { readonly bytes: 1 | 2 | 4 | 8; readonly least: number; readonly most: number };
type Shape = { readonly text: number; readonly numbers: readonly NumberRange[]; readonly most: number; readonly parts: boolean };

const size: NumberRange = { bytes: 8, least: 0, most: Number.MAX_SAFE_INTEGER };
const count: NumberRange = { bytes: 2, least: 1, most: 0xffff };
const text = (longest: number): Shape => ({ text: longest, numbers: [], most: 1, parts: false });
const numbers = (...ranges: readonly NumberRange[]): Shape => ({ text: 0, numbers: ranges, most: 1, parts: false });
const byte = (most: number): NumberRange => ({ bytes: 1, least: 0, most });

const shapes: Record<FactName, Shape> = {
  SYSTEM: text(128),
  KERNEL: text(128),
  COMPUTER_NAME: text(128),
  PROCESSOR: { ...numbers(count), text: 128 },
  MEMORY: { ...numbers(size, size), parts: true },
  DISK: { ...numbers(size, size), text: 128, most: 16, parts: true },
  DISPLAY: { ...numbers(count, count, { bytes: 2, least: 25, most: 1_000 }), most: 16 },
  UPTIME: numbers({ bytes: 4, least: 0, most: 0xffffffff }),
  LANGUAGE: text(64),
  TIME_ZONE: text(64),
  DESKTOP: text(64),
  NETWORK: numbers(byte(4)),
  BATTERY: numbers(byte(100), byte(1)),
  PROGRAM: text(64),
};

export function decodeFacts(payload: Uint8Array, sender: "host" | "viewer"): FactsMessage {
  const reader = new WireReader(payload);
  const type = reader.u8();
  const known = sender === "viewer" ? type === factsTypes.REQUEST : type === factsTypes.FACTS || type === factsTypes.WITHHELD;
  if (!known) throw new WireFormatError("UnknownType");
  const number = reader.u32();
  if (number === 0) throw new WireFormatError("InvalidValue");
  const message: FactsMessage =
    type === factsTypes.FACTS
      ? { type: "FACTS", number, facts: decodeList(reader) }
      : { type: type === factsTypes.REQUEST ? "REQUEST" : "WITHHELD", number };
  reader.end();
  return message;
}

export function encodeFacts(message: FactsMessage): Uint8Array<ArrayBuffer> {
  const writer = new WireWriter().u8(factsTypes[message.type]).u32(message.number);
  if (message.type !== "FACTS") return writer.finish();
  writer.u8(message.facts.length);
  for (const fact of message.facts) {
    const shape = shapes[fact.fact];
    writer.u8(factKinds[fact.fact]);
    if (shape.text > 0) writer.text(fact.text, shape.text);
    shape.numbers.forEach(({ bytes }, index) => {
      writeNumber(writer, bytes, fact.numbers[index] ?? 0);
    });
  }
  return writer.finish();
}

function decodeList(reader: WireReader): readonly Fact[] {
  const length = reader.u8();
  if (length < 1 || length > maximumFacts) throw new WireFormatError("InvalidValue");
  const facts: Fact[] = [];
  for (let index = 0; index < length; index++) facts.push(decodeFact(reader, facts));
  return facts;
}

function decodeFact(reader: WireReader, before: readonly Fact[]): Fact {
  const kind = reader.u8();
  const fact = (Object.keys(factKinds) as FactName[]).find((name) => factKinds[name] === kind);
  const last = before.at(-1);
  if (fact === undefined || (last !== undefined && kind < factKinds[last.fact])) throw new WireFormatError("InvalidValue");
  const shape = shapes[fact];
  if (before.filter((other) => other.fact === fact).length >= shape.most) throw new WireFormatError("InvalidValue");
  const value = shape.text > 0 ? reader.text(shape.text) : "";
  if (shape.text > 0 && value === "") throw new WireFormatError("LengthOutOfRange");
  const read = shape.numbers.map((range) => readNumber(reader, range));
  const [whole = 0, part = 0] = read;
  if (shape.parts && part > whole) throw new WireFormatError("InvalidValue");
  return { fact, text: value, numbers: read };
}

function readNumber(reader: WireReader, { bytes, least, most }: NumberRange): number {
  const value = bytes === 1 ? reader.u8() : bytes === 2 ? reader.u16() : bytes === 4 ? reader.u32() : reader.exactU64();
  if (value < least || value > most) throw new WireFormatError("InvalidValue");
  return value;
}

function writeNumber(writer: WireWriter, bytes: NumberRange["bytes"], value: number): void {
  if (bytes === 1) writer.u8(value);
  else if (bytes === 2) writer.u16(value);
  else if (bytes === 4) writer.u32(value);
  else writer.u64(BigInt(value));
}
