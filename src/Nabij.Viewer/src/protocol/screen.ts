// Screen messages (docs/protocol/05-screen.md): host to viewer, channel 3. Pixels stay coded here; src/screen decodes them.

import { WireFormatError } from "./errors.ts";
import { WireReader, WireWriter } from "./wire.ts";

export const screenTypes = { LAYOUT: 0x01, UPDATE: 0x02, CHECK: 0x03 } as const;

/** The codec of UPDATE that is spoken: PX. */
export const pxCodec = 2;

export const minimumSide = 16;
export const maximumSide = 16_384;
export const maximumPixels = 33_554_432;
export const maximumDisplays = 16;
const displayNameBytes = 64;

/** One monitor, in pixels of the screen. The name is the peer's text: never markup. */
export type Display = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly name: string;
};

export type LayoutMessage = {
  readonly type: "LAYOUT";
  readonly layout: number;
  readonly width: number;
  readonly height: number;
  readonly displays: readonly Display[];
};

export type UpdateMessage = {
  readonly type: "UPDATE";
  readonly layout: number;
  readonly update: number;
  /** Last piece of this update. */
  readonly last: boolean;
  /** Captured while input of this viewer was fresh. */
  readonly echo: boolean;
  /** Microseconds of the host's steady clock. */
  readonly captured: number;
  readonly codec: typeof pxCodec;
  /** A view of the received message: copy it to keep it. */
  readonly content: Uint8Array;
};

export type CheckMessage = {
  readonly type: "CHECK";
  readonly layout: number;
  readonly update: number;
  readonly hash: bigint;
};

export type ScreenMessage = LayoutMessage | UpdateMessage | CheckMessage;

export function decodeScreen(payload: Uint8Array): ScreenMessage {
  const reader = new WireReader(payload);
  switch (reader.u8()) {
    case screenTypes.LAYOUT:
      return decodeLayout(reader);
    case screenTypes.UPDATE:
      return decodeUpdate(reader);
    case screenTypes.CHECK:
      return decodeCheck(reader);
    default:
      throw new WireFormatError("UnknownType");
  }
}

export function encodeScreen(message: ScreenMessage): Uint8Array<ArrayBuffer> {
  const writer = new WireWriter().u8(screenTypes[message.type]).u32(message.layout);
  switch (message.type) {
    case "LAYOUT":
      writer.u16(message.width).u16(message.height).u8(message.displays.length);
      for (const display of message.displays) {
        writer.u16(display.x).u16(display.y).u16(display.width).u16(display.height).text(display.name, displayNameBytes);
      }
      break;
    case "UPDATE":
      writer.u32(message.update).u8((message.last ? 1 : 0) | (message.echo ? 2 : 0));
      writer.u64(BigInt(message.captured)).u8(message.codec).bytes(message.content);
      break;
    case "CHECK":
      writer.u32(message.update).u64(message.hash);
      break;
  }
  return writer.finish();
}

function decodeLayout(reader: WireReader): LayoutMessage {
  const layout = fromOne(reader.u32());
  const width = side(reader.u16());
  const height = side(reader.u16());
  if (width * height > maximumPixels) throw new WireFormatError("InvalidValue");
  const count = reader.u8();
  if (count > maximumDisplays) throw new WireFormatError("InvalidValue");
  const displays: Display[] = [];
  for (let index = 0; index < count; index++) displays.push(decodeDisplay(reader, width, height));
  reader.end();
  return { type: "LAYOUT", layout, width, height, displays };
}

function decodeDisplay(reader: WireReader, screenWidth: number, screenHeight: number): Display {
  const x = reader.u16();
  const y = reader.u16();
  const width = reader.u16();
  const height = reader.u16();
  if (width < 1 || height < 1 || x + width > screenWidth || y + height > screenHeight) throw new WireFormatError("InvalidValue");
  return { x, y, width, height, name: reader.text(displayNameBytes) };
}

function decodeUpdate(reader: WireReader): UpdateMessage {
  const layout = fromOne(reader.u32());
  const update = fromOne(reader.u32());
  const flags = reader.u8();
  if (flags > 3) throw new WireFormatError("InvalidValue");
  const captured = reader.exactU64();
  const codec = reader.u8();
  if (codec !== pxCodec) throw new WireFormatError("InvalidValue");
  if (reader.remaining === 0) throw new WireFormatError("Truncated");
  return { type: "UPDATE", layout, update, last: (flags & 1) !== 0, echo: (flags & 2) !== 0, captured, codec, content: reader.rest() };
}

function decodeCheck(reader: WireReader): CheckMessage {
  const message: CheckMessage = { type: "CHECK", layout: fromOne(reader.u32()), update: fromOne(reader.u32()), hash: reader.u64() };
  reader.end();
  return message;
}

function side(value: number): number {
  if (value < minimumSide || value > maximumSide) throw new WireFormatError("InvalidValue");
  return value;
}

function fromOne(value: number): number {
  if (value === 0) throw new WireFormatError("InvalidValue");
  return value;
}
