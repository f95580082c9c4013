// File messages (docs/protocol/08-files.md): channel 8, both directions; the payload is exactly one. The id tells whose file
// a transfer sends: odd from the viewer, even from the host.

import type { Sender } from "./channels.ts";
import { WireFormatError } from "./errors.ts";
import { WireReader, WireWriter } from "./wire.ts";

export type Side = Exclude<Sender, "both">;

export const fileTypes = {
  OFFER: 0x01,
  ACCEPT: 0x02,
  REFUSE: 0x03,
  START: 0x04,
  CHUNK: 0x05,
  CREDIT: 0x06,
  PAUSE: 0x07,
  PROCEED: 0x08,
  FINISH: 0x09,
  VERIFIED: 0x0a,
  CANCEL: 0x0b,
  RENEWED: 0x0c,
  REQUEST: 0x0d,
  ANSWER: 0x0e,
  SEEN: 0x0f,
} as const;
export type FileMessageName = keyof typeof fileTypes;

export const transferReasons = {
  1: "canceled",
  2: "declined",
  3: "name-refused",
  4: "not-allowed",
  5: "disk-full",
  6: "unwritable",
  7: "unreadable",
  8: "changed",
  9: "mismatch",
  10: "withdrawn",
} as const;
export type TransferReason = (typeof transferReasons)[keyof typeof transferReasons];

/** Limits of chapter 08; a promise to the peer, not tuning. */
export const fileLimits = {
  largestFile: 10_000_000_000,
  mostCredit: 1_048_576,
  largestContent: 16_371,
  mostLevels: 8,
  componentBytes: 200,
  componentUnits: 120,
  storedNameBytes: 208,
  latestTime: 253_402_300_799_999,
  mostOffers: 1_000,
  mostRequests: 20,
  hashBytes: 32,
} as const;

export type OfferMessage = {
  readonly type: "OFFER";
  readonly id: number;
  readonly group: number;
  readonly size: number;
  /** Milliseconds since 1970 (UTC); 0 when unknown. */
  readonly modified: number;
  /** Text of a peer until file-names.ts has judged each component. */
  readonly path: readonly string[];
};

export type FileMessage =
  | OfferMessage
  | { readonly type: "ACCEPT"; readonly id: number; readonly offset: number; readonly hash: Uint8Array; readonly credit: number }
  | { readonly type: "REFUSE" | "CANCEL"; readonly id: number; readonly reason: TransferReason }
  | { readonly type: "START"; readonly id: number; readonly offset: number }
  | { readonly type: "CHUNK"; readonly id: number; readonly offset: number; readonly content: Uint8Array }
  | { readonly type: "CREDIT"; readonly id: number; readonly credit: number }
  | { readonly type: "PAUSE" | "PROCEED"; readonly id: number }
  | { readonly type: "FINISH"; readonly id: number; readonly hash: Uint8Array }
  | { readonly type: "VERIFIED"; readonly id: number; readonly name: string }
  | { readonly type: "RENEWED"; readonly round: number; readonly offers: number }
  | { readonly type: "SEEN"; readonly round: number }
  | { readonly type: "REQUEST"; readonly request: number; readonly what: string }
  | { readonly type: "ANSWER"; readonly request: number; readonly group: number };

const names = new Map<number, FileMessageName>(Object.entries(fileTypes).map(([name, type]) => [type, name as FileMessageName]));
const onlyFrom: Partial<Record<FileMessageName, Side>> = { REQUEST: "viewer", ANSWER: "host" };
const ofSender: ReadonlySet<FileMessageName> = new Set(["OFFER", "START", "CHUNK", "FINISH"]);
const ofReceiver: ReadonlySet<FileMessageName> = new Set(["ACCEPT", "REFUSE", "CREDIT", "VERIFIED"]);

/** Whose file a transfer of this id sends. */
export function senderOf(id: number): Side {
  return id % 2 === 1 ? "viewer" : "host";
}

/** Content and hashes are views of `payload`. */
export function decodeFile(payload: Uint8Array, from: Side): FileMessage {
  const reader = new WireReader(payload);
  const type = names.get(reader.u8());
  if (type === undefined || (onlyFrom[type] ?? from) !== from) throw new WireFormatError("UnknownType");
  const message = decodeFields(type, reader, from);
  reader.end();
  return message;
}

function decodeFields(type: FileMessageName, reader: WireReader, from: Side): FileMessage {
  switch (type) {
    case "RENEWED":
      return { type, round: fromOne(reader.u32()), offers: upTo(reader.u16(), fileLimits.mostOffers) };
    case "SEEN":
      return { type, round: fromOne(reader.u32()) };
    case "REQUEST":
      return { type, request: fromOne(reader.u32()), what: reader.text(fileLimits.componentBytes) };
    case "ANSWER":
      return { type, request: fromOne(reader.u32()), group: reader.u32() };
    default:
      return decodeTransfer(type, identity(type, reader, from), reader);
  }
}

function identity(type: FileMessageName, reader: WireReader, from: Side): number {
  const id = fromOne(reader.u32());
  const isSenders = senderOf(id) === from;
  if ((ofSender.has(type) && !isSenders) || (ofReceiver.has(type) && isSenders)) throw new WireFormatError("InvalidValue");
  return id;
}

function decodeTransfer(type: Exclude<FileMessageName, "RENEWED" | "SEEN" | "REQUEST" | "ANSWER">, id: number, reader: WireReader): FileMessage {
  switch (type) {
    case "OFFER":
      return decodeOffer(id, reader);
    case "ACCEPT": {
      const offset = readOffset(reader);
      const hash = reader.bytes(fileLimits.hashBytes);
      const credit = upTo(reader.exactU64(), offset + fileLimits.mostCredit);
      if (credit < offset) throw new WireFormatError("InvalidValue");
      return { type, id, offset, hash, credit };
    }
    case "REFUSE":
    case "CANCEL":
      return { type, id, reason: decodeReason(reader.u8()) };
    case "START":
      return { type, id, offset: readOffset(reader) };
    case "CHUNK": {
      const offset = readOffset(reader);
      if (reader.remaining === 0) throw new WireFormatError("Truncated");
      if (reader.remaining > fileLimits.largestContent) throw new WireFormatError("LengthOutOfRange");
      return { type, id, offset, content: reader.rest() };
    }
    case "CREDIT":
      return { type, id, credit: readOffset(reader) };
    case "PAUSE":
    case "PROCEED":
      return { type, id };
    case "FINISH":
      return { type, id, hash: reader.bytes(fileLimits.hashBytes) };
    case "VERIFIED":
      return { type, id, name: someText(reader, fileLimits.storedNameBytes) };
  }
}

function decodeOffer(id: number, reader: WireReader): OfferMessage {
  const group = fromOne(reader.u32());
  const size = readOffset(reader);
  const modified = upTo(reader.exactU64(), fileLimits.latestTime);
  const levels = reader.u8();
  if (levels < 1 || levels > fileLimits.mostLevels) throw new WireFormatError("InvalidValue");
  const path: string[] = [];
  for (let level = 0; level < levels; level++) path.push(someText(reader, fileLimits.componentBytes));
  return { type: "OFFER", id, group, size, modified, path };
}

export function encodeFile(message: FileMessage): Uint8Array<ArrayBuffer> {
  const writer = new WireWriter(message.type === "CHUNK" ? 13 + message.content.length : 64).u8(fileTypes[message.type]);
  if ("id" in message) writer.u32(message.id);
  switch (message.type) {
    case "OFFER":
      writer.u32(message.group).u64(BigInt(message.size)).u64(BigInt(message.modified)).u8(message.path.length);
      for (const component of message.path) writer.text(component, fileLimits.componentBytes);
      break;
    case "ACCEPT":
      writer.u64(BigInt(message.offset)).bytes(message.hash).u64(BigInt(message.credit));
      break;
    case "REFUSE":
    case "CANCEL":
      writer.u8(reasonNumber(message.reason));
      break;
    case "START":
      writer.u64(BigInt(message.offset));
      break;
    case "CHUNK":
      writer.u64(BigInt(message.offset)).bytes(message.content);
      break;
    case "CREDIT":
      writer.u64(BigInt(message.credit));
      break;
    case "FINISH":
      writer.bytes(message.hash);
      break;
    case "VERIFIED":
      writer.text(message.name, fileLimits.storedNameBytes);
      break;
    case "REQUEST":
      writer.u32(message.request).text(message.what, fileLimits.componentBytes);
      break;
    case "ANSWER":
      writer.u32(message.request).u32(message.group);
      break;
    case "RENEWED":
      writer.u32(message.round).u16(message.offers);
      break;
    case "SEEN":
      writer.u32(message.round);
      break;
    case "PAUSE":
    case "PROCEED":
      break;
  }
  return writer.finish();
}

export function reasonNumber(reason: TransferReason): number {
  return Number(Object.entries(transferReasons).find(([, name]) => name === reason)?.[0]);
}

function decodeReason(number: number): TransferReason {
  const reason: TransferReason | undefined = transferReasons[number as keyof typeof transferReasons];
  if (reason === undefined) throw new WireFormatError("InvalidValue");
  return reason;
}

function someText(reader: WireReader, maximumBytes: number): string {
  const text = reader.text(maximumBytes);
  if (text === "") throw new WireFormatError("LengthOutOfRange");
  return text;
}

function readOffset(reader: WireReader): number {
  return upTo(reader.exactU64(), fileLimits.largestFile);
}

function upTo(value: number, most: number): number {
  if (value > most) throw new WireFormatError("InvalidValue");
  return value;
}

function fromOne(value: number): number {
  if (value === 0) throw new WireFormatError("InvalidValue");
  return value;
}
