// control.json, screen.json, input.json, rendezvous.json: decode to the fields, encode to the same bytes, refuse by name.

import { expect } from "vitest";
import { closeReasonNumber, decodeControl, encodeControl } from "../../src/protocol/control.ts";
import { decodeCursor, encodeCursor } from "../../src/protocol/cursor.ts";
import { decodeFeedback, encodeFeedback } from "../../src/protocol/feedback.ts";
import { toHex } from "../../src/protocol/hex.ts";
import { decodeInput, encodeInput } from "../../src/protocol/input.ts";
import {
  decodeJoin,
  decodeJoinAnswer,
  decodeNameplate,
  decodePairedHost,
  decodeRefused,
  decodeRegister,
  encodeJoin,
  encodeNameplate,
  encodePaired,
  encodeRefused,
  encodeRegister,
} from "../../src/protocol/rendezvous.ts";
import { decodeScreen, encodeScreen, type ScreenMessage } from "../../src/protocol/screen.ts";
import { DeflatedBlocks } from "../../src/screen/deflated-blocks.ts";
import { frameHash } from "../../src/screen/frame-hash.ts";
import { blockSize, ChangedBlocks } from "../../src/screen/rectangles.ts";
import { WireFormatError } from "../../src/protocol/errors.ts";
import { errorOf, expectOutcome, type Members } from "./vector-file.ts";

type Check = (vector: Members) => unknown;
type Fields = Record<string, unknown>;

/** Decodes, compares name and fields, encodes again; then every cut of the message is refused or is a shorter message. */
async function check<T>(
  vector: Members,
  codec: { readonly decode: (bytes: Uint8Array) => T; readonly encode: (message: T) => Uint8Array; readonly fields: (message: T) => Fields },
): Promise<void> {
  const bytes = vector.hex("hex");
  if (vector.has("error")) {
    expect(await errorOf(() => codec.decode(bytes))).toBe(vector.text("error"));
    return;
  }
  const message = codec.decode(bytes);
  expect(codec.fields(message)).toEqual({ message: vector.text("message"), ...vector.object("fields").value });
  expect(toHex(codec.encode(message))).toBe(vector.text("hex"));
  for (let length = 0; length < bytes.length; length++) await errorOf(() => codec.decode(bytes.subarray(0, length)));
}

/** `type` becomes `message`, bytes become hex, 64-bit times become numbers. */
function plain({ type, ...fields }: { readonly type: string } & Fields): Fields {
  const result: Fields = { message: type };
  for (const [name, value] of Object.entries(fields)) {
    if (value instanceof Uint8Array) result[name] = toHex(value);
    else result[name] = typeof value === "bigint" ? Number(value) : value;
  }
  return result;
}

function screenFields(message: ScreenMessage): Fields {
  if (message.type === "CHECK") return { ...plain(message), hash: message.hash.toString(16).padStart(16, "0") };
  if (message.type !== "UPDATE") return plain(message);
  const { last, echo, ...rest } = message;
  return { ...plain(rest), flags: (last ? 1 : 0) | (echo ? 2 : 0) };
}

export const controlChecks: Record<string, Check> = {
  message: (vector) =>
    check(vector, {
      decode: (bytes) => decodeControl(bytes, vector.text("sender") === "host" ? "host" : "viewer"),
      encode: encodeControl,
      fields: (message) => (message.type === "CLOSE" ? { message: "CLOSE", reason: closeReasonNumber(message.reason) } : plain(message)),
    }),
};

const screenChannels: Record<string, Check> = {
  screen: (vector) => check(vector, { decode: decodeScreen, encode: encodeScreen, fields: screenFields }),
  cursor: (vector) => check(vector, { decode: decodeCursor, encode: encodeCursor, fields: plain }),
  feedback: (vector) => check(vector, { decode: decodeFeedback, encode: encodeFeedback, fields: plain }),
};

export const screenChecks: Record<string, Check> = {
  message: (vector) => {
    const channel = screenChannels[vector.text("channel")];
    if (channel === undefined) throw new RangeError("unknown channel");
    return channel(vector);
  },
  blocks: (vector) => expectOutcome(vector, () => decodedPixels(vector), (pixels) => expect(pixels).toEqual(expectedPixels(vector))),
  hash: (vector) => {
    const bytes = vector.hex("pixels");
    const [width, height] = [vector.number("width"), vector.number("height")];
    const pixels = new Uint32Array(width * height).map((_, index) => word(bytes[3 * index], bytes[3 * index + 1], bytes[3 * index + 2]));
    const hash = frameHash(pixels, width, height, vector.number("update"));
    expect(hash.toString(16).padStart(16, "0")).toBe(vector.text("hash"));
  },
};

function word(red = 0, green = 0, blue = 0): number {
  return (0xff000000 | (blue << 16) | (green << 8) | red) >>> 0;
}

function decodedPixels(vector: Members): Uint32Array {
  const [width, height] = [vector.number("width"), vector.number("height")];
  const pixels = new Uint32Array(width * height);
  new DeflatedBlocks().decode(vector.hex("content"), pixels, new ChangedBlocks(width, height));
  return pixels;
}

function expectedPixels(vector: Members): Uint32Array {
  const [width, height] = [vector.number("width"), vector.number("height")];
  const picture = new Uint32Array(width * height);
  for (const block of vector.list("blocks")) {
    const bytes = block.hex("pixels");
    const [left, top] = [block.number("column") * blockSize, block.number("row") * blockSize];
    const across = Math.min(blockSize, width - left);
    for (let index = 0; index < bytes.length / 3; index++) {
      const at = (top + Math.floor(index / across)) * width + left + (index % across);
      picture[at] = word(bytes[3 * index + 2], bytes[3 * index + 1], bytes[3 * index]);
    }
  }
  return picture;
}

export const inputChecks: Record<string, Check> = {
  message: (vector) =>
    check(vector, {
      decode: decodeInput,
      encode: encodeInput,
      fields: (messages) => ({
        message: messages.length === 1 ? messages[0]?.type : "BATCH",
        messages: messages.map(plain),
      }),
    }),
};

interface JsonCodec {
  readonly decode: (text: string) => { readonly type: string };
  readonly encode: (message: never) => string;
}

/** What one receiver may be told, by the name of the message that the case is about. */
const rendezvousCodecs: Record<string, JsonCodec> = {
  "REGISTER server": { decode: decodeRegister, encode: encodeRegister },
  "JOIN server": { decode: decodeJoin, encode: encodeJoin },
  "NAMEPLATE host": { decode: decodeNameplate, encode: encodeNameplate },
  "PAIRED host": { decode: decodePairedHost, encode: encodePaired },
  "PAIRED viewer": { decode: decodeJoinAnswer, encode: encodePaired },
  "REFUSED host": { decode: decodeRefused, encode: encodeRefused },
  "REFUSED viewer": { decode: decodeJoinAnswer, encode: encodeRefused },
};

export const rendezvousChecks: Record<string, Check> = {
  message: async (vector) => {
    const codec = rendezvousCodecs[`${vector.text("message")} ${vector.text("receiver")}`];
    if (codec === undefined) throw new RangeError("nobody reads this");
    const decode = () => codec.decode(vector.has("hex") ? strictText(vector.hex("hex")) : vector.text("text"));
    await expectOutcome(vector, decode, (message) => {
      const fields = { type: vector.text("message").toLowerCase(), ...vector.object("fields").value };
      expect(JSON.parse(codec.encode(message as never))).toEqual(fields);
      expect(codec.decode(codec.encode(message as never))).toEqual(message);
    });
  },
};

/** A browser's WebSocket refuses text that is not UTF-8 before anybody sees it. */
function strictText(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new WireFormatError("InvalidText");
  }
}
