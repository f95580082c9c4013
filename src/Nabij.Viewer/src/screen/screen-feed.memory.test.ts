// A browser that gives little memory: a file of its own, since the limit holds for all of its process.

import { setFlagsFromString } from "node:v8";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { LayoutMessage } from "../protocol/screen.ts";
import { PieceWriter } from "../../tests/px/piece-writer.ts";
import { PictureTooLargeError } from "./px-decoder.ts";
import { ScreenFeed, type ScreenFeedOutput } from "./screen-feed.ts";

/** Enough for 512x512 beside the decoder's own tables, not for 2048x2048. */
const pages = 400;
const mostPages = 65_536;

beforeAll(() => setFlagsFromString(`--wasm-max-mem-pages=${pages}`));
afterAll(() => setFlagsFromString(`--wasm-max-mem-pages=${mostPages}`));

const layout = (number: number, side: number): LayoutMessage => ({ type: "LAYOUT", layout: number, width: side, height: side, displays: [] });
const white = { index: 0, red: 255, green: 255, blue: 255 };

function feedWith(show: ScreenFeedOutput["show"]): { feed: ScreenFeed; started: [number, boolean][]; repair: ReturnType<typeof vi.fn<(layout: number) => void>> } {
  const started: [number, boolean][] = [];
  const repair = vi.fn<(layout: number) => void>();
  const start: ScreenFeedOutput["start"] = (message) => started.push([message.layout, message.isTooLarge]);
  return { feed: new ScreenFeed({ start, show, isFree: () => true, repair, now: () => 0 }), started, repair };
}

function update(layout: number, side: number, number = 1): Parameters<ScreenFeed["receive"]>[0] {
  const content = new PieceWriter(side, side).write(0, 1, [white]);
  return { type: "UPDATE", layout, update: number, last: true, echo: false, captured: 0, codec: 2, content };
}

test("a picture that there is no memory for is told and left out, and a smaller one is shown again", () => {
  const shown: number[] = [];
  const { feed, started, repair } = feedWith((message) => shown.push(message.layout));
  feed.receive(layout(1, 64), 0);
  feed.receive(update(1, 64), 0);
  feed.receive(layout(2, 2048), 0);
  feed.receive(update(2, 2048), 0);
  feed.receive({ type: "CHECK", layout: 2, update: 1, hash: 1n }, 0);
  feed.receive(layout(3, 2048), 0);
  feed.receive(layout(4, 48), 0);
  feed.receive(update(4, 48), 0);
  expect(started).toEqual([[1, false], [2, true], [3, true], [4, false]]);
  expect(shown).toEqual([1, 4]);
  expect(repair).not.toHaveBeenCalled();
});

test("memory that runs out while updates come in takes the picture away, and not the session", () => {
  const shown: number[] = [];
  const { feed, started } = feedWith((message) => {
    if (message.layout === 1) throw new PictureTooLargeError();
    shown.push(message.layout);
  });
  feed.receive(layout(1, 64), 0);
  feed.receive(update(1, 64), 0);
  feed.receive(update(1, 64, 2), 0);
  feed.receive(layout(2, 64), 0);
  feed.receive(update(2, 64), 0);
  expect(started).toEqual([[1, false], [1, true], [2, false]]);
  expect(shown).toEqual([2]);
});

test("a layout out of step is refused, too large or not", () => {
  const { feed } = feedWith(() => undefined);
  feed.receive(layout(1, 2048), 0);
  expect(() => feed.receive(layout(3, 64), 0)).toThrow(expect.objectContaining({ reason: "InvalidValue" }));
});

test("more pixels than there is memory for are a picture that is too large", () =>
  expect(() => PictureTooLargeError.allocate(2 ** 53 - 1)).toThrow(PictureTooLargeError));
