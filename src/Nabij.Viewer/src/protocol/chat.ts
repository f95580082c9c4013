// Chat messages (docs/protocol/07-chat-and-clipboard.md): both directions, channel 7.

import { WireFormatError } from "./errors.ts";
import { WireReader, WireWriter } from "./wire.ts";

export const chatTypes = { LINE: 0x01, DELIVERED: 0x02, SEEN: 0x03, SAID: 0x04 } as const;

/** The most characters of one line, as Unicode code points. */
export const maximumLineCharacters = 2_000;
const maximumLineBytes = 4 * maximumLineCharacters;

export type ChatLine = { readonly type: "LINE"; readonly number: number; readonly text: string };
/** A line of another participant, in one row with the host's own. */
export type ChatSaid = { readonly type: "SAID"; readonly number: number; readonly person: number; readonly text: string };
/** The lines up to this number have arrived, or have been shown. */
export type ChatMark = { readonly type: "DELIVERED" | "SEEN"; readonly number: number };
export type ChatMessage = ChatLine | ChatSaid | ChatMark;

export function decodeChat(payload: Uint8Array, sender: "host" | "viewer"): ChatMessage {
  const reader = new WireReader(payload);
  const message = decodeMessage(reader, sender);
  reader.end();
  return message;
}

export function encodeChat(message: ChatMessage): Uint8Array<ArrayBuffer> {
  const writer = new WireWriter().u8(chatTypes[message.type]).u64(BigInt(message.number));
  if (message.type === "SAID") writer.u8(message.person);
  if (message.type === "LINE" || message.type === "SAID") writer.text(message.text, maximumLineBytes, "lines");
  return writer.finish();
}

/**
 * Brings what a person typed into the form that travels: NFC, line ends as line feeds, no other control characters but tabs,
 * no space around it, cut at the limit. Null when nothing is left.
 */
export function formLine(typed: string): string | null {
  const text = typed
    .replace(/\r\n?|[\f\u0085\u2028\u2029]/g, "\n")
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufeff]/g, "")
    .replace(/\p{Surrogate}/gu, "\ufffd")
    .normalize("NFC")
    .trim();
  const cut = Array.from(text).slice(0, maximumLineCharacters).join("").trimEnd();
  return cut === "" ? null : cut;
}

function decodeMessage(reader: WireReader, sender: "host" | "viewer"): ChatMessage {
  const type = reader.u8();
  switch (type) {
    case chatTypes.LINE:
      return { type: "LINE", number: fromOne(reader.exactU64()), text: lineText(reader) };
    case chatTypes.DELIVERED:
      return { type: "DELIVERED", number: fromOne(reader.exactU64()) };
    case chatTypes.SEEN:
      return { type: "SEEN", number: fromOne(reader.exactU64()) };
    case chatTypes.SAID:
      if (sender === "host") return { type: "SAID", number: fromOne(reader.exactU64()), person: fromOne(reader.u8()), text: lineText(reader) };
      throw new WireFormatError("UnknownType");
    default:
      throw new WireFormatError("UnknownType");
  }
}

function lineText(reader: WireReader): string {
  const text = reader.text(maximumLineBytes, "lines");
  let characters = 0;
  for (const _ of text) characters++;
  if (characters < 1 || characters > maximumLineCharacters) throw new WireFormatError("LengthOutOfRange");
  return text;
}

function fromOne(value: number): number {
  if (value === 0) throw new WireFormatError("InvalidValue");
  return value;
}
