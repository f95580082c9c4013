import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ExpressReceiver, ExpressSender } from "./express-lane.ts";
import type { WorkerToPage } from "./worker-messages.ts";

type Update = Extract<WorkerToPage, { type: "update" }>;

function update(number: number, width = 2): Update {
  const pixels = Uint8Array.from({ length: width * 4 }, (_, i) => (number + i) & 255).buffer;
  return { type: "update", layout: 3, update: number, echo: number % 2 === 1, rectangles: [{ x: 16, y: 32, width, height: 1 }], pixels, decodeMicroseconds: 400, decodedAt: 1234.5, arrivedAt: 1234.1, captured: 5e12 + number, bytes: 99 };
}

function send(message: Update): boolean {
  const { pixels, ...head } = message;
  return sender.trySend(head, pixels.byteLength, (target) => target.set(new Uint8Array(pixels)));
}

const received: Update[] = [];
let receiver: ExpressReceiver;
let sender: ExpressSender;

beforeEach(() => {
  vi.stubGlobal("crossOriginIsolated", true);
  received.length = 0;
  receiver = ExpressReceiver.tryCreate((message) => {
    const length = message.rectangles.reduce((sum, { width, height }) => sum + width * height * 4, 0);
    received.push({ ...message, pixels: message.pixels.slice(0, length) });
    receiver.spent(message.pixels);
  })!;
  sender = new ExpressSender(receiver.buffer);
});

afterEach(() => {
  receiver.close();
  vi.unstubAllGlobals();
});

test("an update comes out of the lane as it went in, without a message", async () => {
  sender.caughtUp();
  expect(send(update(7))).toBe(true);
  await vi.waitFor(() => expect(received).toHaveLength(1));
  expect(received[0]).toEqual(update(7));
});

test("the kinds of blocks go with the update they belong to", () => {
  sender.caughtUp();
  const modes = { firstRow: 2, columns: 3, kinds: Uint8Array.of(0, 1, 5, 0, 0, 4) };
  send({ ...update(7), modes });
  receiver.drain();
  send(update(8));
  receiver.drain();
  expect(received).toEqual([{ ...update(7), modes }, update(8)]);
});

test("a buffer that is used again shows nothing of the update before", () => {
  sender.caughtUp();
  for (const [number, width] of [[1, 900], [2, 2], [3, 400]] as const) {
    send(update(number, width));
    receiver.drain();
    expect(received.at(-1)).toEqual(update(number, width));
  }
});

test("nothing overtakes what was posted until the page has painted it", () => {
  expect(send(update(1))).toBe(false);
  sender.caughtUp();
  sender.posted();
  expect(send(update(2))).toBe(false);
  sender.caughtUp();
  expect(send(update(3))).toBe(true);
});

test("a full lane refuses, and the page empties it before anything else", () => {
  sender.caughtUp();
  expect(send(update(1))).toBe(true);
  expect(send(update(2))).toBe(false);
  receiver.drain();
  expect(received.map((message) => message.update)).toEqual([1]);
  expect(send(update(2))).toBe(true);
});

test("what is larger than the lane is left to messages", () => {
  sender.caughtUp();
  expect(send(update(1, 2_400_000))).toBe(false);
  expect(send({ ...update(1), rectangles: Array.from({ length: 257 }, () => ({ x: 0, y: 0, width: 1, height: 1 })) })).toBe(false);
});

test("a page without isolation has no lane", () => {
  vi.stubGlobal("crossOriginIsolated", false);
  expect(ExpressReceiver.tryCreate(() => undefined)).toBeNull();
});
