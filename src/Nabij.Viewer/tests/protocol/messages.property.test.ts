// Properties of every decoder: what it accepts it can write back to the byte, what it refuses it refuses with a name, and no
// bytes make it do anything else.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeCertificate } from "../../src/protocol/certificate.ts";
import { decodeClipboard, encodeClipboard, formCopied, readCopied } from "../../src/protocol/clipboard.ts";
import { decodeControl, encodeControl, type ControlMessage } from "../../src/protocol/control.ts";
import { decodeCursor, encodeCursor, type CursorMessage } from "../../src/protocol/cursor.ts";
import { decodeDrawing, encodeDrawing } from "../../src/protocol/drawing.ts";
import { closeReasons, stopReasons, WireFormatError } from "../../src/protocol/errors.ts";
import { decodePeople, encodePeople } from "../../src/protocol/people.ts";
import { decodeFacts, encodeFacts } from "../../src/protocol/facts.ts";
import { decodeFeedback, encodeFeedback, type FeedbackMessage } from "../../src/protocol/feedback.ts";
import { decodeFile, encodeFile } from "../../src/protocol/files.ts";
import { decodeAda, decodeAdb, decodeBox3, decodeBox4, openMessage } from "../../src/protocol/handshake.ts";
import { decodeInput, encodeInput, type InputMessage } from "../../src/protocol/input.ts";
import { lv, readLv } from "../../src/protocol/lv.ts";
import { decodeJoin, decodeJoinAnswer, decodeRegister, decodeResumeAnswer, decodeResumeRequest } from "../../src/protocol/rendezvous.ts";
import { decodeResume } from "../../src/protocol/resume.ts";
import { decodeScreen, encodeScreen, type ScreenMessage } from "../../src/protocol/screen.ts";
import { isProtocolError } from "../vectors/vector-file.ts";

const u8 = fc.integer({ min: 0, max: 0xff });
const u16 = fc.integer({ min: 0, max: 0xffff });
const u32 = fc.integer({ min: 0, max: 0xffffffff });
const fromOne = fc.integer({ min: 1, max: 0xffffffff });
const some = fc.integer({ min: 1, max: 0xfff });
const text = (maximumBytes: number) =>
  fc
    .string({ unit: "grapheme", maxLength: maximumBytes })
    .filter((value) => new TextEncoder().encode(value).length <= maximumBytes && !/\p{Cc}|^\ufeff/u.test(value));

const control: fc.Arbitrary<ControlMessage> = fc.oneof(
  fc.record({ type: fc.constantFrom("KEY_UPDATE", "RESUMED", "KEEPALIVE", "LOCAL_INPUT") }),
  fc.record({ type: fc.constant("CLOSE"), reason: fc.constantFrom(...Object.values(closeReasons)) }),
  fc.record({ type: fc.constantFrom("GRANT", "DECLINED"), number: fromOne, permissions: some }),
  fc.record({ type: fc.constantFrom("REVOKE", "CONTINUED"), number: fromOne, permissions: fc.integer({ min: 0, max: 0xfff }) }),
  fc.record({
    type: fc.constant("STOPPED"),
    number: fromOne,
    reason: fc.constantFrom(...Object.values(stopReasons)),
    kept: fc.integer({ min: 0, max: 7 }).map((bits) => bits << 5),
  }),
  fc.record({ type: fc.constant("ASK"), permissions: some }),
  fc.record({ type: fc.constantFrom("PICTURE_KEPT", "PICTURE_NOTED"), picture: fc.uint8Array({ minLength: 16, maxLength: 16 }) }),
);

const wheel = fc.integer({ min: -3_600, max: 3_600 });
const input: fc.Arbitrary<InputMessage> = fc.oneof(
  fc.record({ type: fc.constant("POINTER_MOVE"), x: u16, y: u16 }),
  fc.record({ type: fc.constant("POINTER_BUTTON"), x: u16, y: u16, button: fc.integer({ min: 0, max: 4 }), down: fc.boolean() }),
  fc.record({ type: fc.constant("WHEEL"), x: u16, y: u16, dx: wheel, dy: wheel }),
  fc.record({
    type: fc.constant("KEY"),
    down: fc.boolean(),
    repeat: fc.boolean(),
    code: fc.stringMatching(/^[A-Za-z0-9]{0,32}$/),
    key: text(32),
    modifiers: fc.integer({ min: 0, max: 31 }),
    locks: fc.integer({ min: 0, max: 7 }),
  }),
  fc.record({ type: fc.constant("TEXT"), text: text(1_024).filter((value) => value.length > 0) }),
  fc.record({ type: fc.constantFrom("RELEASE_ALL", "HELD") }),
);

const feedback: fc.Arbitrary<FeedbackMessage> = fc.oneof(
  fc.record({ type: fc.constant("PRESENTED"), layout: fromOne, update: fromOne, decode: u32, present: u32 }),
  fc.record({ type: fc.constant("REPAIR"), layout: fromOne }),
);

const cursor: fc.Arbitrary<CursorMessage> = fc.oneof(
  fc
    .record({ width: fc.integer({ min: 1, max: 12 }), height: fc.integer({ min: 1, max: 12 }), fill: u8 })
    .map(({ width, height, fill }): CursorMessage => {
      const pixels = new Uint8Array(width * height * 4).fill(fill);
      return { type: "SHAPE", width, height, hotspotX: width - 1, hotspotY: 0, pixels };
    }),
  fc.record({ type: fc.constant("POSITION"), x: u16, y: u16, own: fc.boolean() }),
  fc.record({ type: fc.constant("HIDDEN") }),
);

const u64 = fc.bigInt({ min: 0n, max: 0xffffffffffffffffn });
const screen: fc.Arbitrary<ScreenMessage> = fc.oneof(
  fc
    .record({ layout: fromOne, width: fc.integer({ min: 16, max: 5_000 }), height: fc.integer({ min: 16, max: 5_000 }), name: text(64) })
    .map(({ layout, width, height, name }): ScreenMessage => {
      return { type: "LAYOUT", layout, width, height, displays: [{ x: 1, y: 2, width: width - 1, height: height - 2, name }] };
    }),
  fc.record({
    type: fc.constant("UPDATE"),
    layout: fromOne,
    update: fromOne,
    last: fc.boolean(),
    echo: fc.boolean(),
    captured: fc.maxSafeNat(),
    codec: fc.constant(2),
    content: fc.uint8Array({ minLength: 1, maxLength: 40 }),
  }),
  fc.record({ type: fc.constant("CHECK"), layout: fromOne, update: fromOne, hash: u64 }),
);

describe("what is written is read back", () => {
  test("control", () => {
    fc.assert(
      fc.property(control, (message) => {
        expect(decodeControl(encodeControl(message), message.type === "ASK" || message.type === "PICTURE_KEPT" ? "viewer" : "host")).toEqual(message);
      }),
    );
  });
  test("feedback", () => {
    fc.assert(
      fc.property(feedback, (message) => {
        expect(decodeFeedback(encodeFeedback(message))).toEqual(message);
      }),
    );
  });
  test("cursor", () => {
    fc.assert(
      fc.property(cursor, (message) => {
        expect(decodeCursor(encodeCursor(message))).toEqual(message);
      }),
    );
  });
  test("screen", () => {
    fc.assert(
      fc.property(screen, (message) => {
        expect(decodeScreen(encodeScreen(message))).toEqual(message);
      }),
    );
  });
  test("input", () => {
    fc.assert(
      fc.property(fc.array(input, { minLength: 1, maxLength: 64 }), (messages) => {
        expect(decodeInput(encodeInput(messages))).toEqual(messages);
      }),
    );
  });
  test("lv lists", () => {
    const items = fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 8 });
    fc.assert(
      fc.property(items, (list) => {
        expect(readLv(lv(...list), list.length)).toEqual(list);
      }),
    );
  });
});

type Decoder = readonly [string, (bytes: Uint8Array) => unknown, ((bytes: Uint8Array) => Uint8Array) | null];

const decoders: readonly Decoder[] = [
  ["control", (bytes) => decodeControl(bytes, "host"), (bytes) => encodeControl(decodeControl(bytes, "host"))],
  ["feedback", decodeFeedback, (bytes) => encodeFeedback(decodeFeedback(bytes))],
  ["cursor", decodeCursor, (bytes) => encodeCursor(decodeCursor(bytes))],
  ["screen", decodeScreen, (bytes) => encodeScreen(decodeScreen(bytes))],
  ["input", decodeInput, (bytes) => encodeInput(decodeInput(bytes))],
  ["clipboard of the host", (bytes) => decodeClipboard(bytes, "host"), (bytes) => encodeClipboard(decodeClipboard(bytes, "host"))],
  ["clipboard of the viewer", (bytes) => decodeClipboard(bytes, "viewer"), (bytes) => encodeClipboard(decodeClipboard(bytes, "viewer"))],
  ["copied text", readCopied, (bytes) => formCopied(readCopied(bytes))],
  ["drawing", decodeDrawing, (bytes) => encodeDrawing(decodeDrawing(bytes))],
  ["people of the host", (bytes) => decodePeople(bytes, "host"), (bytes) => encodePeople(decodePeople(bytes, "host"))],
  ["people of the viewer", (bytes) => decodePeople(bytes, "viewer"), (bytes) => encodePeople(decodePeople(bytes, "viewer"))],
  ["facts of the host", (bytes) => decodeFacts(bytes, "host"), (bytes) => encodeFacts(decodeFacts(bytes, "host"))],
  ["facts of the viewer", (bytes) => decodeFacts(bytes, "viewer"), (bytes) => encodeFacts(decodeFacts(bytes, "viewer"))],
  ["files of the host", (bytes) => decodeFile(bytes, "host"), (bytes) => encodeFile(decodeFile(bytes, "host"))],
  ["files of the viewer", (bytes) => decodeFile(bytes, "viewer"), (bytes) => encodeFile(decodeFile(bytes, "viewer"))],
  ["certificate", decodeCertificate, null],
  ["ADa", (bytes) => decodeAda(bytes, false), null],
  ["ADb", decodeAdb, null],
  ["box of MSG3", decodeBox3, null],
  ["box of MSG4", decodeBox4, null],
  ["handshake message", (bytes) => openMessage(bytes, 4_096, ["MSG1", "MSG2", "MSG3", "MSG4", "UNSUPPORTED", "FAIL"]), null],
  ["R1", (bytes) => decodeResume("R1", bytes), null],
];

/** Bytes near the good ones: a type in front, small numbers behind. */
const nearly = fc
  .tuple(fc.integer({ min: 0, max: 0x20 }), fc.array(fc.oneof(fc.integer({ min: 0, max: 4 }), u8), { maxLength: 60 }))
  .map(([type, rest]) => Uint8Array.of(type, ...rest));

describe("any bytes", () => {
  test.each(decoders)("%s: a value that is written back to the same bytes, or a named error", (_name, decode, rewrite) => {
    fc.assert(
      fc.property(fc.oneof(nearly, fc.uint8Array({ maxLength: 200 })), (bytes) => {
        try {
          decode(bytes);
        } catch (error) {
          if (isProtocolError(error)) return;
          throw error;
        }
        if (rewrite !== null) expect(rewrite(bytes)).toEqual(bytes);
      }),
      { numRuns: 2_000 },
    );
  });

  test("any text is a rendezvous message or a named error", () => {
    const member = fc.constantFrom("type", "reason", "ticket", "nameplate", "sidC", "versions", "session", "cookie", "seconds", "retryAfterSeconds");
    const value = fc.oneof(fc.jsonValue(), fc.constantFrom("paired", "refused", "resume", "waiting", "rejoined", "join", "register", "busy", "417", 0));
    const object = fc.dictionary(member, value).map((entries) => JSON.stringify(entries));
    fc.assert(
      fc.property(fc.oneof(object, fc.string(), fc.json()), (message) => {
        for (const decode of [decodeJoinAnswer, decodeJoin, decodeRegister, decodeResumeAnswer, decodeResumeRequest]) {
          try {
            decode(message);
          } catch (error) {
            if (!(error instanceof WireFormatError)) throw error;
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    '{"type":"refused","reason":"busy","reason":"busy","retryAfterSeconds":0}',
    '{"type":"refused","reason":"busy","retryAfterSeconds":0,"x":{"a":1,"b":{"a":1},"a":2}}',
    '{"type":"refused","re\\u0061son":"busy","reason":"busy","retryAfterSeconds":0}',
  ])("a member named twice is refused: %s", (message) => {
    expect(() => decodeJoinAnswer(message)).toThrow(expect.objectContaining({ reason: "InvalidValue" }));
  });

  test("equal names in different objects, and in texts, are not the same member", () => {
    const message = '{"type":"refused","reason":"busy","retryAfterSeconds":0,"x":[{"a":"\\"a\\":"},{"a":"{\\"b\\":"}]}';
    expect(decodeJoinAnswer(message)).toEqual({ type: "refused", reason: "busy", retryAfterSeconds: 0 });
  });
});
