// Clipboard messages (docs/protocol/07-chat-and-clipboard.md): both directions, channel 5; and the form of copied text.

import type { Sender } from "./channels.ts";
import { WireFormatError } from "./errors.ts";
import { readText, WireReader, WireWriter } from "./wire.ts";

export type Side = Exclude<Sender, "both">;

export const clipboardTypes = { TEXT: 0x01, MORE: 0x02, TAKEN: 0x03, REQUEST: 0x04, ANSWER: 0x05 } as const;
export type ClipboardMessageName = keyof typeof clipboardTypes;

export const clipboardOutcomes = {
  1: "placed",
  2: "failed",
  3: "declined",
  4: "empty",
  5: "too-large",
  6: "unanswered",
  7: "not-now",
  8: "too-often",
} as const;
export type ClipboardOutcome = (typeof clipboardOutcomes)[keyof typeof clipboardOutcomes];

/** Limits of the chapter; a promise to the peer, not tuning. */
export const clipboardLimits = { largestText: 1_048_576, largestContent: 16_371, mostPiecesUnderWay: 2 } as const;

export type ClipboardText = {
  readonly type: "TEXT";
  readonly number: number;
  /** The viewer's REQUEST that it answers; 0 for a person's own act. */
  readonly request: number;
  /** Bytes of the whole text. */
  readonly length: number;
  /** Its first bytes; may end inside a character. */
  readonly content: Uint8Array;
};

export type ClipboardMessage =
  | ClipboardText
  | { readonly type: "MORE"; readonly number: number; readonly content: Uint8Array }
  | { readonly type: "TAKEN"; readonly number: number; readonly length: number }
  | { readonly type: "REQUEST"; readonly number: number }
  | { readonly type: "ANSWER"; readonly number: number; readonly outcome: ClipboardOutcome };

const names = new Map<number, ClipboardMessageName>(
  Object.entries(clipboardTypes).map(([name, type]) => [type, name as ClipboardMessageName]),
);
const onlyFrom: Partial<Record<ClipboardMessageName, Side>> = { REQUEST: "viewer", ANSWER: "host" };

/** Content is a view of `payload`. */
export function decodeClipboard(payload: Uint8Array, from: Side): ClipboardMessage {
  const reader = new WireReader(payload);
  const type = names.get(reader.u8());
  if (type === undefined || (onlyFrom[type] ?? from) !== from) throw new WireFormatError("UnknownType");
  const message = decodeFields(reader, type, from);
  reader.end();
  return message;
}

export function encodeClipboard(message: ClipboardMessage): Uint8Array<ArrayBuffer> {
  const writer = new WireWriter().u8(clipboardTypes[message.type]).u32(message.number);
  switch (message.type) {
    case "TEXT":
      return writer.u32(message.request).u32(message.length).bytes(message.content).finish();
    case "MORE":
      return writer.bytes(message.content).finish();
    case "TAKEN":
      return writer.u32(message.length).finish();
    case "REQUEST":
      return writer.finish();
    case "ANSWER":
      return writer.u8(outcomeNumber(message.outcome)).finish();
  }
}

export function outcomeNumber(outcome: ClipboardOutcome): number {
  return Number(Object.entries(clipboardOutcomes).find(([, name]) => name === outcome)?.[0]);
}

/**
 * Brings what a person copied into the form that travels: line ends as line feeds, no other control characters but tabs, no
 * byte-order mark at the beginning, U+FFFD for lone surrogates. Not cut: the caller looks at the length.
 */
export function formCopied(copied: string): Uint8Array<ArrayBuffer> {
  const formed = copied
    .replace(/\r\n?/g, "\n")
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, "")
    .replace(/^\ufeff+/, "");
  // The encoder puts U+FFFD where a surrogate is alone.
  return new TextEncoder().encode(formed);
}

/** A whole text of the peer, in form. */
export function readCopied(bytes: Uint8Array): string {
  return readText(bytes, "lines");
}

function decodeFields(reader: WireReader, type: ClipboardMessageName, from: Side): ClipboardMessage {
  const number = fromOne(reader.u32());
  switch (type) {
    case "TEXT":
      return decodeBeginning(reader, number, from);
    case "MORE":
      return { type, number, content: content(reader) };
    case "TAKEN":
      return { type, number, length: wholeLength(reader) };
    case "REQUEST":
      return { type, number };
    case "ANSWER": {
      const outcome = clipboardOutcomes[reader.u8() as keyof typeof clipboardOutcomes] as ClipboardOutcome | undefined;
      if (outcome === undefined) throw new WireFormatError("InvalidValue");
      return { type, number, outcome };
    }
  }
}

function decodeBeginning(reader: WireReader, number: number, from: Side): ClipboardText {
  const request = reader.u32();
  if (request !== 0 && from === "viewer") throw new WireFormatError("InvalidValue");
  const length = wholeLength(reader);
  const first = content(reader);
  if (first.length > length) throw new WireFormatError("InvalidValue");
  return { type: "TEXT", number, request, length, content: first };
}

function content(reader: WireReader): Uint8Array {
  if (reader.remaining === 0) throw new WireFormatError("Truncated");
  if (reader.remaining > clipboardLimits.largestContent) throw new WireFormatError("LengthOutOfRange");
  return reader.rest();
}

function wholeLength(reader: WireReader): number {
  const length = reader.u32();
  if (length < 1 || length > clipboardLimits.largestText) throw new WireFormatError("LengthOutOfRange");
  return length;
}

function fromOne(value: number): number {
  if (value === 0) throw new WireFormatError("InvalidValue");
  return value;
}
