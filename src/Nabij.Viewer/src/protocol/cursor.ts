// Cursor messages (docs/protocol/05-screen.md "Cursor messages"): host to viewer, channel 2.

import { WireFormatError } from "./errors.ts";
import { WireReader, WireWriter } from "./wire.ts";

export const cursorTypes = { SHAPE: 0x01, POSITION: 0x02, HIDDEN: 0x03 } as const;

export const maximumCursorSide = 256;

export type CursorShapeMessage = {
  readonly type: "SHAPE";
  readonly width: number;
  readonly height: number;
  readonly hotspotX: number;
  readonly hotspotY: number;
  /** Red, green, blue, alpha, not premultiplied; a view of the received message. */
  readonly pixels: Uint8Array;
};

export type CursorPositionMessage = {
  readonly type: "POSITION";
  readonly x: number;
  readonly y: number;
  /** The last movement came from this viewer's input. */
  readonly own: boolean;
};

export type CursorMessage = CursorShapeMessage | CursorPositionMessage | { readonly type: "HIDDEN" };

export function decodeCursor(payload: Uint8Array): CursorMessage {
  const reader = new WireReader(payload);
  const message = decodeMessage(reader);
  reader.end();
  return message;
}

export function encodeCursor(message: CursorMessage): Uint8Array<ArrayBuffer> {
  const writer = new WireWriter().u8(cursorTypes[message.type]);
  switch (message.type) {
    case "SHAPE":
      writer.u16(message.width).u16(message.height).u16(message.hotspotX).u16(message.hotspotY).bytes(message.pixels);
      break;
    case "POSITION":
      writer.u16(message.x).u16(message.y).flag(message.own);
      break;
    case "HIDDEN":
      break;
  }
  return writer.finish();
}

function decodeMessage(reader: WireReader): CursorMessage {
  switch (reader.u8()) {
    case cursorTypes.SHAPE:
      return decodeShape(reader);
    case cursorTypes.POSITION:
      return { type: "POSITION", x: reader.u16(), y: reader.u16(), own: reader.flag() };
    case cursorTypes.HIDDEN:
      return { type: "HIDDEN" };
    default:
      throw new WireFormatError("UnknownType");
  }
}

function decodeShape(reader: WireReader): CursorShapeMessage {
  const width = side(reader.u16());
  const height = side(reader.u16());
  const hotspotX = reader.u16();
  const hotspotY = reader.u16();
  if (hotspotX >= width || hotspotY >= height) throw new WireFormatError("InvalidValue");
  return { type: "SHAPE", width, height, hotspotX, hotspotY, pixels: reader.bytes(width * height * 4) };
}

function side(value: number): number {
  if (value < 1 || value > maximumCursorSide) throw new WireFormatError("InvalidValue");
  return value;
}
