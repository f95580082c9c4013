// Control messages (docs/protocol/04-channels.md "Control messages"): the payload of a control record is exactly one.

import { isPointOfP256 } from "./certificate.ts";
import type { Sender } from "./channels.ts";
import {
  closeReasons, stopReasons, WireFormatError, type CloseReason, type CloseReasonNumber, type StopReason, type StopReasonNumber,
} from "./errors.ts";
import { checkedPermissions, permissions as bits } from "./permissions.ts";
import { WireReader, WireWriter } from "./wire.ts";

export const controlTypes = {
  KEY_UPDATE: 0x01,
  CLOSE: 0x02,
  RESUMED: 0x03,
  GRANT: 0x10,
  REVOKE: 0x11,
  STOPPED: 0x12,
  CONTINUED: 0x13,
  ASK: 0x14,
  DECLINED: 0x15,
  KEEPALIVE: 0x16,
  LOCAL_INPUT: 0x17,
  PICTURE_KEPT: 0x18,
  PICTURE_NOTED: 0x19,
  LOG_KEY: 0x20,
  LOG_HEAD: 0x21,
  COUNTERSIGNED: 0x22,
} as const;
export type ControlName = keyof typeof controlTypes;

export type ControlMessage =
  | { readonly type: "KEY_UPDATE" | "RESUMED" | "KEEPALIVE" | "LOCAL_INPUT" }
  | { readonly type: "CLOSE"; readonly reason: CloseReason }
  | { readonly type: "GRANT" | "REVOKE" | "CONTINUED" | "DECLINED"; readonly number: number; readonly permissions: number }
  | { readonly type: "STOPPED"; readonly number: number; readonly reason: StopReason; readonly kept: number }
  | { readonly type: "ASK"; readonly permissions: number }
  /** The picture's own number, 16 bytes (docs/protocol/14-kept-pictures.md). */
  | { readonly type: "PICTURE_KEPT" | "PICTURE_NOTED"; readonly picture: Uint8Array }
  /** The key of the customer's log: a point of P-256, 65 bytes. */
  | { readonly type: "LOG_KEY"; readonly key: Uint8Array }
  | { readonly type: "LOG_HEAD"; readonly entry: number; readonly head: Uint8Array }
  | { readonly type: "COUNTERSIGNED"; readonly entry: number; readonly signature: Uint8Array };

/** The most entries of a customer's log. */
export const maximumLogEntries = 4096;

const names = new Map<number, ControlName>(Object.entries(controlTypes).map(([name, type]) => [type, name as ControlName]));

/** Who sends what; a message of the other side's is an unknown type. */
const senders: Record<ControlName, Sender> = {
  KEY_UPDATE: "both",
  CLOSE: "both",
  RESUMED: "both",
  GRANT: "host",
  REVOKE: "host",
  STOPPED: "host",
  CONTINUED: "host",
  ASK: "viewer",
  DECLINED: "host",
  KEEPALIVE: "both",
  LOCAL_INPUT: "host",
  PICTURE_KEPT: "viewer",
  PICTURE_NOTED: "host",
  LOG_KEY: "host",
  LOG_HEAD: "host",
  COUNTERSIGNED: "viewer",
};

export function decodeControl(payload: Uint8Array, sender: Exclude<Sender, "both">): ControlMessage {
  const reader = new WireReader(payload);
  const type = names.get(reader.u8());
  if (type === undefined || (senders[type] !== "both" && senders[type] !== sender)) throw new WireFormatError("UnknownType");
  const message = decodeFields(type, reader);
  reader.end();
  return message;
}

function decodeFields(type: ControlName, reader: WireReader): ControlMessage {
  switch (type) {
    case "KEY_UPDATE":
    case "RESUMED":
    case "KEEPALIVE":
    case "LOCAL_INPUT":
      return { type };
    case "CLOSE":
      return { type, reason: decodeCloseReason(reader.u8()) };
    case "GRANT":
    case "DECLINED":
      return { type, number: decodeNumber(reader), permissions: atLeastOne(checkedPermissions(reader.u32())) };
    case "REVOKE":
    case "CONTINUED":
      return { type, number: decodeNumber(reader), permissions: checkedPermissions(reader.u32()) };
    case "STOPPED":
      return { type, number: decodeNumber(reader), reason: decodeStopReason(reader.u8()), kept: decodeKept(reader.u32()) };
    case "ASK":
      return { type, permissions: atLeastOne(checkedPermissions(reader.u32())) };
    case "PICTURE_KEPT":
    case "PICTURE_NOTED":
      return { type, picture: reader.bytes(16) };
    case "LOG_KEY":
      return { type, key: decodePoint(reader) };
    case "LOG_HEAD":
      return { type, entry: decodeEntry(reader), head: reader.bytes(32) };
    case "COUNTERSIGNED":
      return { type, entry: decodeEntry(reader), signature: reader.bytes(64) };
  }
}

export function encodeControl(message: ControlMessage): Uint8Array<ArrayBuffer> {
  const writer = new WireWriter(10).u8(controlTypes[message.type]);
  switch (message.type) {
    case "KEY_UPDATE":
    case "RESUMED":
    case "KEEPALIVE":
    case "LOCAL_INPUT":
      break;
    case "CLOSE":
      writer.u8(closeReasonNumber(message.reason));
      break;
    case "GRANT":
    case "REVOKE":
    case "CONTINUED":
    case "DECLINED":
      writer.u32(message.number).u32(message.permissions);
      break;
    case "STOPPED":
      writer.u32(message.number).u8(stopReasonNumber(message.reason)).u32(message.kept);
      break;
    case "ASK":
      writer.u32(message.permissions);
      break;
    case "PICTURE_KEPT":
    case "PICTURE_NOTED":
      writer.bytes(message.picture);
      break;
    case "LOG_KEY":
      writer.bytes(message.key);
      break;
    case "LOG_HEAD":
      writer.u32(message.entry).bytes(message.head);
      break;
    case "COUNTERSIGNED":
      writer.u32(message.entry).bytes(message.signature);
      break;
  }
  return writer.finish();
}

export function closeReasonNumber(reason: CloseReason): CloseReasonNumber {
  for (const [number, name] of Object.entries(closeReasons)) {
    if (name === reason) return Number(number) as CloseReasonNumber;
  }
  throw new RangeError("not a close reason");
}

/** What shows nothing of the screen and touches nothing on it. */
const mostKept = bits.FILES_TO_HOST | bits.FILES_FROM_HOST | bits.CHAT;

export function stopReasonNumber(reason: StopReason): StopReasonNumber {
  for (const [number, name] of Object.entries(stopReasons)) {
    if (name === reason) return Number(number) as StopReasonNumber;
  }
  throw new RangeError("not a stop reason");
}

function decodeStopReason(number: number): StopReason {
  const reason: StopReason | undefined = stopReasons[number as StopReasonNumber];
  if (reason === undefined) throw new WireFormatError("InvalidValue");
  return reason;
}

function decodeKept(word: number): number {
  if ((word & ~mostKept) !== 0) throw new WireFormatError("InvalidValue");
  return word;
}

function decodeCloseReason(number: number): CloseReason {
  const reason: CloseReason | undefined = closeReasons[number as CloseReasonNumber];
  if (reason === undefined) throw new WireFormatError("InvalidValue");
  return reason;
}

/** The first number is 1; that each is one more than the last is the session's check. */
function decodeNumber(reader: WireReader): number {
  const number = reader.u32();
  if (number === 0) throw new WireFormatError("InvalidValue");
  return number;
}

function decodePoint(reader: WireReader): Uint8Array {
  const key = reader.bytes(65);
  if (!isPointOfP256(key)) throw new WireFormatError("InvalidValue");
  return key;
}

function decodeEntry(reader: WireReader): number {
  const entry = reader.u32();
  if (entry === 0 || entry > maximumLogEntries) throw new WireFormatError("InvalidValue");
  return entry;
}

function atLeastOne(word: number): number {
  if (word === 0) throw new WireFormatError("InvalidValue");
  return word;
}
