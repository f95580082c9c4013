// Drawing messages (docs/protocol/11-drawing.md): viewer to host, channel 6.

import { WireFormatError } from "./errors.ts";
import { WireReader, WireWriter } from "./wire.ts";

export const drawingTypes = { SPOT: 0x01, SPOT_OFF: 0x02, BEGIN: 0x03, POINTS: 0x04, DONE: 0x05, UNDO: 0x06, CLEAR: 0x07 } as const;

export const markShapes = { line: 1, arrow: 2, rectangle: 3, ellipse: 4 } as const;
export type MarkShape = keyof typeof markShapes;

/** The most points in one message, and of one mark with the place where it began. */
export const maximumPoints = 64;
export const maximumMarkPoints = 1_024;

/** Pixels of the host's screen. */
export type DrawingPoint = { readonly x: number; readonly y: number };

export type DrawingMessage =
  | ({ readonly type: "SPOT" } & DrawingPoint)
  | ({ readonly type: "BEGIN"; readonly shape: MarkShape; readonly kept: boolean } & DrawingPoint)
  | { readonly type: "POINTS"; readonly points: readonly DrawingPoint[] }
  | { readonly type: "SPOT_OFF" | "DONE" | "UNDO" | "CLEAR" };

export function decodeDrawing(payload: Uint8Array): DrawingMessage {
  const reader = new WireReader(payload);
  const message = decodeMessage(reader);
  reader.end();
  return message;
}

export function encodeDrawing(message: DrawingMessage): Uint8Array<ArrayBuffer> {
  const writer = new WireWriter().u8(drawingTypes[message.type]);
  switch (message.type) {
    case "SPOT":
      writer.u16(message.x).u16(message.y);
      break;
    case "BEGIN":
      writer.u8(markShapes[message.shape]).flag(message.kept).u16(message.x).u16(message.y);
      break;
    case "POINTS":
      if (message.points.length < 1 || message.points.length > maximumPoints) throw new RangeError("1 to 64 points in one message");
      writer.u8(message.points.length);
      for (const { x, y } of message.points) writer.u16(x).u16(y);
      break;
    case "SPOT_OFF":
    case "DONE":
    case "UNDO":
    case "CLEAR":
      break;
  }
  return writer.finish();
}

function decodeMessage(reader: WireReader): DrawingMessage {
  switch (reader.u8()) {
    case drawingTypes.SPOT:
      return { type: "SPOT", x: reader.u16(), y: reader.u16() };
    case drawingTypes.SPOT_OFF:
      return { type: "SPOT_OFF" };
    case drawingTypes.BEGIN:
      return { type: "BEGIN", shape: shapeOf(reader.u8()), kept: reader.flag(), x: reader.u16(), y: reader.u16() };
    case drawingTypes.POINTS:
      return { type: "POINTS", points: decodePoints(reader) };
    case drawingTypes.DONE:
      return { type: "DONE" };
    case drawingTypes.UNDO:
      return { type: "UNDO" };
    case drawingTypes.CLEAR:
      return { type: "CLEAR" };
    default:
      throw new WireFormatError("UnknownType");
  }
}

function decodePoints(reader: WireReader): readonly DrawingPoint[] {
  const count = reader.u8();
  if (count < 1 || count > maximumPoints) throw new WireFormatError("InvalidValue");
  return Array.from({ length: count }, () => ({ x: reader.u16(), y: reader.u16() }));
}

function shapeOf(value: number): MarkShape {
  const found = (Object.keys(markShapes) as MarkShape[]).find((name) => markShapes[name] === value);
  if (found === undefined) throw new WireFormatError("InvalidValue");
  return found;
}
