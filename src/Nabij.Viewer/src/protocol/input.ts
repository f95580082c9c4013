// Input messages (docs/protocol/06-input.md): viewer to host, channel 1. One payload holds what happened in one frame.

import { WireFormatError } from "./errors.ts";
import { WireReader, WireWriter } from "./wire.ts";

export const inputTypes = {
  POINTER_MOVE: 0x01,
  POINTER_BUTTON: 0x02,
  WHEEL: 0x03,
  KEY: 0x04,
  TEXT: 0x05,
  RELEASE_ALL: 0x06,
  HELD: 0x07,
} as const;
export type InputName = keyof typeof inputTypes;

export const maximumInputMessages = 64;
/** 120 is one notch; this is the most that one message may turn. */
export const maximumWheel = 3_600;
export const maximumTextBytes = 1_024;
const maximumKeyBytes = 32;

export const buttons = { left: 0, middle: 1, right: 2, back: 3, forward: 4 } as const;
export const modifiers = { shift: 1, control: 2, alt: 4, meta: 8, altGraph: 16 } as const;
export const locks = { capsLock: 1, numLock: 2, scrollLock: 4 } as const;

/** Host pixels; the host moves what lies outside the screen to its edge. */
type Point = { readonly x: number; readonly y: number };

export type KeyMessage = {
  readonly type: "KEY";
  readonly down: boolean;
  readonly repeat: boolean;
  /** Physical key (KeyboardEvent.code), empty when unknown. */
  readonly code: string;
  /** Key value (KeyboardEvent.key), empty when unknown. */
  readonly key: string;
  readonly modifiers: number;
  readonly locks: number;
};

export type InputMessage =
  | ({ readonly type: "POINTER_MOVE" } & Point)
  | ({ readonly type: "POINTER_BUTTON"; readonly button: number; readonly down: boolean } & Point)
  | ({ readonly type: "WHEEL"; readonly dx: number; readonly dy: number } & Point)
  | KeyMessage
  | { readonly type: "TEXT"; readonly text: string }
  | { readonly type: "RELEASE_ALL" | "HELD" };

const codePattern = /^[A-Za-z0-9]*$/;

export function decodeInput(payload: Uint8Array): readonly InputMessage[] {
  const reader = new WireReader(payload);
  const messages: InputMessage[] = [];
  do {
    if (messages.length === maximumInputMessages) throw new WireFormatError("LengthOutOfRange");
    messages.push(decodeMessage(reader));
  } while (reader.remaining > 0);
  return messages;
}

export function encodeInput(messages: readonly InputMessage[]): Uint8Array<ArrayBuffer> {
  if (messages.length < 1 || messages.length > maximumInputMessages) throw new RangeError("1 to 64 input messages in one payload");
  const writer = new WireWriter();
  for (const message of messages) encodeMessage(writer, message);
  return writer.finish();
}

function decodeMessage(reader: WireReader): InputMessage {
  switch (reader.u8()) {
    case inputTypes.POINTER_MOVE:
      return { type: "POINTER_MOVE", x: reader.u16(), y: reader.u16() };
    case inputTypes.POINTER_BUTTON:
      return { type: "POINTER_BUTTON", x: reader.u16(), y: reader.u16(), button: atMost(reader.u8(), 4), down: reader.flag() };
    case inputTypes.WHEEL:
      return { type: "WHEEL", x: reader.u16(), y: reader.u16(), dx: wheel(reader.i16()), dy: wheel(reader.i16()) };
    case inputTypes.KEY:
      return decodeKey(reader);
    case inputTypes.TEXT:
      return decodeTextMessage(reader);
    case inputTypes.RELEASE_ALL:
      return { type: "RELEASE_ALL" };
    case inputTypes.HELD:
      return { type: "HELD" };
    default:
      throw new WireFormatError("UnknownType");
  }
}

function decodeKey(reader: WireReader): KeyMessage {
  const down = reader.flag();
  const repeat = reader.flag();
  const code = reader.text(maximumKeyBytes);
  if (!codePattern.test(code)) throw new WireFormatError("InvalidText");
  const key = reader.text(maximumKeyBytes);
  return { type: "KEY", down, repeat, code, key, modifiers: atMost(reader.u8(), 31), locks: atMost(reader.u8(), 7) };
}

function decodeTextMessage(reader: WireReader): InputMessage {
  const text = reader.text(maximumTextBytes, "lines");
  if (text.length === 0) throw new WireFormatError("LengthOutOfRange");
  return { type: "TEXT", text };
}

function encodeMessage(writer: WireWriter, message: InputMessage): void {
  writer.u8(inputTypes[message.type]);
  switch (message.type) {
    case "POINTER_MOVE":
      writer.u16(message.x).u16(message.y);
      break;
    case "POINTER_BUTTON":
      writer.u16(message.x).u16(message.y).u8(message.button).flag(message.down);
      break;
    case "WHEEL":
      writer.u16(message.x).u16(message.y).i16(message.dx).i16(message.dy);
      break;
    case "KEY":
      writer.flag(message.down).flag(message.repeat);
      writer.text(message.code, maximumKeyBytes).text(message.key, maximumKeyBytes);
      writer.u8(message.modifiers).u8(message.locks);
      break;
    case "TEXT":
      writer.text(message.text, maximumTextBytes, "lines");
      break;
    case "RELEASE_ALL":
    case "HELD":
      break;
  }
}

function atMost(value: number, maximum: number): number {
  if (value > maximum) throw new WireFormatError("InvalidValue");
  return value;
}

function wheel(value: number): number {
  if (value < -maximumWheel || value > maximumWheel) throw new WireFormatError("InvalidValue");
  return value;
}
