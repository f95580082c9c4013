// control.json, screen.json, input.json, chat.json, drawing.json, facts.json, files.json, names.json, rendezvous.json: every message, both ways, and each good one cut at every length.

import { expect } from "vitest";
import { decodeChat, encodeChat, type ChatMessage } from "../../src/protocol/chat.ts";
import { decodeControl, encodeControl, stopReasonNumber, type ControlMessage } from "../../src/protocol/control.ts";
import { decodeCursor, encodeCursor, type CursorMessage } from "../../src/protocol/cursor.ts";
import { decodeDrawing, encodeDrawing, markShapes, type DrawingMessage } from "../../src/protocol/drawing.ts";
import { closeReasons, WireFormatError, type CloseReasonNumber } from "../../src/protocol/errors.ts";
import { decodeFacts, encodeFacts, factKinds, type FactsMessage } from "../../src/protocol/facts.ts";
import { decodeFeedback, encodeFeedback } from "../../src/protocol/feedback.ts";
import { judgeName } from "../../src/protocol/file-names.ts";
import { decodeFile, encodeFile, reasonNumber, type FileMessage } from "../../src/protocol/files.ts";
import { toHex } from "../../src/protocol/hex.ts";
import { decodePeople, encodePeople, invitationStates, roles, type PeopleMessage } from "../../src/protocol/people.ts";
import { decodeInput, encodeInput, type InputMessage } from "../../src/protocol/input.ts";
import {
  decodeJoin,
  decodeJoinAnswer,
  decodeNameplate,
  decodePairedHost,
  decodeParticipant,
  decodeRefused,
  decodeRegister,
  decodeResumeAnswer,
  decodeResumeRequest,
  encodeJoin,
  encodeNameplate,
  encodePaired,
  encodeParticipant,
  encodeRefused,
  encodeRegister,
  encodeRejoined,
  encodeResumeRequest,
  encodeWaiting,
} from "../../src/protocol/rendezvous.ts";
import { decodeScreen, encodeScreen, type ScreenMessage } from "../../src/protocol/screen.ts";
import { readText } from "../../src/protocol/wire.ts";
import { PxDecoder } from "../../src/screen/px-decoder.ts";
import { hex } from "../fixed-scalar.ts";
import { PieceWriter } from "../px/piece-writer.ts";
import { errorOf, expectOutcome, type Members } from "./vector-file.ts";

export type Check = (vector: Members) => unknown;

/** What one kind of message needs to be compared with its vector. */
type Codec<T> = {
  readonly decode: (bytes: Uint8Array) => T;
  readonly encode: (message: T) => Uint8Array;
  readonly fields: (message: T) => unknown;
  /** Whether a good message may be good when cut: it ends in "the rest", or is several in a row. */
  readonly open: (message: T) => boolean;
};

export async function checkMessage<T>(vector: Members, codec: Codec<T>): Promise<void> {
  const bytes = vector.hex("hex");
  await expectOutcome(
    vector,
    () => codec.decode(bytes),
    async (message) => {
      expect(codec.fields(message)).toEqual(vector.object("fields").value);
      expect(toHex(codec.encode(message))).toBe(vector.text("hex"));
      for (let length = 0; length < bytes.length; length++) {
        const error = await errorOf(() => codec.decode(bytes.subarray(0, length)));
        if (error !== null || !codec.open(message)) expect([length, error]).toEqual([length, "Truncated"]);
      }
    },
  );
}

/** The name of a message is part of the case, not of its fields. */
function withoutType({ type: _type, ...fields }: { readonly type: string }): object {
  return fields;
}

const controlCodec = (sender: "host" | "viewer"): Codec<ControlMessage> => ({
  decode: (bytes) => decodeControl(bytes, sender),
  encode: encodeControl,
  fields: controlFields,
  open: () => false,
});

function controlFields(message: ControlMessage): object {
  if (message.type === "CLOSE") return { reason: closeReasonOf(message.reason) };
  if (message.type === "STOPPED") return { number: message.number, reason: stopReasonNumber(message.reason), kept: message.kept };
  return Object.fromEntries(Object.entries(withoutType(message)).map(([name, value]: [string, unknown]) => [name, value instanceof Uint8Array ? toHex(value) : value]));
}

function closeReasonOf(name: string): number {
  return Number(Object.keys(closeReasons).find((number) => closeReasons[Number(number) as CloseReasonNumber] === name));
}

export function senderOf(vector: Members): "host" | "viewer" {
  const sender = vector.text("sender");
  if (sender !== "host" && sender !== "viewer") throw new RangeError("unknown sender");
  return sender;
}

export const controlChecks: Record<string, Check> = {
  message: (vector) => checkMessage(vector, controlCodec(senderOf(vector))),
};

const screenCodec: Codec<ScreenMessage> = {
  decode: decodeScreen,
  encode: encodeScreen,
  fields: screenFields,
  open: ({ type }) => type === "UPDATE",
};

function screenFields(message: ScreenMessage): unknown {
  switch (message.type) {
    case "LAYOUT":
      return withoutType(message);
    case "UPDATE": {
      const { layout, update, captured, codec, content } = message;
      return { layout, update, flags: (message.last ? 1 : 0) + (message.echo ? 2 : 0), captured, codec, content: toHex(content) };
    }
    case "CHECK":
      return { ...withoutType(message), hash: message.hash.toString(16).padStart(16, "0") };
  }
}

const cursorCodec: Codec<CursorMessage> = {
  decode: decodeCursor,
  encode: encodeCursor,
  fields: (message) => (message.type === "SHAPE" ? { ...withoutType(message), pixels: toHex(message.pixels) } : withoutType(message)),
  open: () => false,
};

const feedbackCodec = { decode: decodeFeedback, encode: encodeFeedback, fields: withoutType, open: () => false };

export const screenChecks: Record<string, Check> = {
  message: (vector) => {
    switch (vector.text("channel")) {
      case "screen":
        return checkMessage(vector, screenCodec);
      case "cursor":
        return checkMessage(vector, cursorCodec);
      case "feedback":
        return checkMessage(vector, feedbackCodec);
      default:
        throw new RangeError("unknown channel");
    }
  },
  hash: (vector) => {
    const [width, height, rgb] = [vector.number("width"), vector.number("height"), vector.hex("pixels")];
    const colorAt = (x: number, y: number): number => {
      const [red, green, blue] = rgb.subarray((y * width + x) * 3) as unknown as readonly [number, number, number];
      return (red << 16) | (green << 8) | blue;
    };
    const decoder = new PxDecoder();
    decoder.reset(width, height);
    decoder.decode(new PieceWriter(width, height).writeWhole(colorAt), true);
    expect(decoder.frameHash(vector.number("update")).toString(16).padStart(16, "0")).toBe(vector.text("hash"));
  },
};

const inputCodec: Codec<readonly InputMessage[]> = {
  decode: decodeInput,
  encode: encodeInput,
  fields: (messages) => ({ messages: messages.map((message) => ({ message: message.type, ...withoutType(message) })) }),
  open: (messages) => messages.length > 1,
};

export const inputChecks: Record<string, Check> = { message: (vector) => checkMessage(vector, inputCodec) };

const chatCodec = (sender: "host" | "viewer"): Codec<ChatMessage> => ({ decode: (bytes) => decodeChat(bytes, sender), encode: encodeChat, fields: withoutType, open: () => false });

export const chatChecks: Record<string, Check> = { message: (vector) => checkMessage(vector, chatCodec(senderOf(vector))) };

const drawingCodec: Codec<DrawingMessage> = {
  decode: decodeDrawing,
  encode: encodeDrawing,
  fields: (message) => (message.type === "BEGIN" ? { ...withoutType(message), shape: markShapes[message.shape] } : withoutType(message)),
  open: () => false,
};

export const drawingChecks: Record<string, Check> = { message: (vector) => checkMessage(vector, drawingCodec) };

const factsCodec = (sender: "host" | "viewer"): Codec<FactsMessage> => ({
  decode: (bytes) => decodeFacts(bytes, sender),
  encode: encodeFacts,
  fields: (message) =>
    message.type === "FACTS"
      ? { ...withoutType(message), facts: message.facts.map((one) => ({ ...one, fact: factKinds[one.fact] })) }
      : withoutType(message),
  open: () => false,
});

export const factsChecks: Record<string, Check> = { message: (vector) => checkMessage(vector, factsCodec(senderOf(vector))) };

const peopleCodec = (sender: "host" | "viewer"): Codec<PeopleMessage> => ({
  decode: (bytes) => decodePeople(bytes, sender),
  encode: encodePeople,
  fields: peopleFields,
  open: () => false,
});

function peopleFields(message: PeopleMessage): object {
  if (message.type === "PEOPLE") return { ...withoutType(message), participants: message.participants.map((one) => ({ ...one, role: indexOf(roles, one.role) })) };
  if (message.type === "INVITATION") return { ...withoutType(message), state: indexOf(invitationStates, message.state) };
  if (message.type === "INVITE") return { ...withoutType(message), purpose: message.purpose === "come-along" ? 1 : 2 };
  return withoutType(message);
}

function indexOf(words: Readonly<Record<number, string>>, word: string): number {
  return Number(Object.keys(words).find((index) => words[Number(index)] === word));
}

export const peopleChecks: Record<string, Check> = { message: (vector) => checkMessage(vector, peopleCodec(senderOf(vector))) };

const fileCodec = (sender: "host" | "viewer"): Codec<FileMessage> => ({
  decode: (bytes) => decodeFile(bytes, sender),
  encode: encodeFile,
  fields: (message) =>
    Object.fromEntries(
      Object.entries(withoutType(message)).map(([name, value]: [string, unknown]) => {
        if (value instanceof Uint8Array) return [name, toHex(value)];
        return [name, "reason" in message && name === "reason" ? reasonNumber(message.reason) : value];
      }),
    ),
  open: ({ type }) => type === "CHUNK",
});

export const fileChecks: Record<string, Check> = { message: (vector) => checkMessage(vector, fileCodec(senderOf(vector))) };

export const nameChecks: Record<string, Check> = {
  component: (vector) => {
    const units = vector.hex("units");
    const view = new DataView(units.buffer);
    const name = String.fromCharCode(...Array.from({ length: units.length / 2 }, (_, index) => view.getUint16(index * 2)));
    expect(judgeName(name)).toBe(vector.has("refused") ? vector.text("refused") : null);
  },
};

type TextCodec = readonly [decode: (text: string) => object, encode: (message: never) => string];

const rendezvousCodecs: Record<string, TextCodec> = {
  "REGISTER to server": [decodeRegister, encodeRegister],
  "PARTICIPANT to server": [decodeParticipant, encodeParticipant],
  "JOIN to server": [decodeJoin, encodeJoin],
  "NAMEPLATE to host": [decodeNameplate, encodeNameplate],
  "PAIRED to host": [decodePairedHost, encodePaired],
  "PAIRED to viewer": [decodeJoinAnswer, encodePaired],
  "RESUME to server": [decodeResumeRequest, encodeResumeRequest],
  "WAITING to host": [decodeResumeAnswer, encodeWaiting],
  "WAITING to viewer": [decodeResumeAnswer, encodeWaiting],
  "REJOINED to host": [decodeResumeAnswer, encodeRejoined],
  "REJOINED to viewer": [decodeResumeAnswer, encodeRejoined],
  "REFUSED to host": [decodeRefused, encodeRefused],
  "REFUSED to viewer": [decodeJoinAnswer, encodeRefused],
};

export const rendezvousChecks: Record<string, Check> = {
  message: async (vector) => {
    const codec = rendezvousCodecs[`${vector.text("message")} to ${vector.text("receiver")}`];
    if (codec === undefined) throw new RangeError("unknown message");
    const [decode, encode] = codec;
    const read = () => decode(vector.has("text") ? vector.text("text") : readText(hex(vector.text("hex")), "any"));
    await expectOutcome(vector, read, (message) => {
      expect(plain(message)).toEqual(vector.object("fields").value);
      expect(plain(decode(encode(message as never)))).toEqual(vector.object("fields").value);
      const text = vector.text("text").trimEnd();
      for (let length = 0; length < text.length; length++) {
        expect(() => decode(text.slice(0, length))).toThrow(WireFormatError);
      }
    });
  },
};

/** Members as the vectors spell them: bytes as hex, no type. */
function plain(message: object): unknown {
  const { type: _type, ...members } = Object.fromEntries(Object.entries(message).map(([name, value]) => [name, plainValue(value)]));
  return members;
}

function plainValue(value: unknown): unknown {
  if (value instanceof Uint8Array) return toHex(value);
  return typeof value === "object" && value !== null && !Array.isArray(value) ? plain(value) : value;
}
