import { beforeEach, expect, test } from "vitest";
import { FigureGatherer } from "./figures.ts";
import type { Update } from "./painter.ts";

let figures: FigureGatherer;

/** Decoded half a millisecond after it arrived, painted 4 ms later. */
const update = (arrivedAt: number, more: Partial<Update> = {}): Update => ({
  type: "update", layout: 1, update: 1, echo: false, rectangles: [], pixels: new ArrayBuffer(0),
  decodeMicroseconds: 500, decodedAt: arrivedAt + 0.5, arrivedAt, captured: (arrivedAt - 20) * 1000 + 7e9, bytes: 300, ...more,
});

beforeEach(() => (figures = new FigureGatherer()));

test("nothing has happened: no figure is made up", () => {
  expect(figures.take(5_000)).toEqual({
    framesPerSecond: 0, kilobytesPerSecond: 0, input: null, roundTrip: null, arrival: null, decode: null, paint: null, echo: null,
  });
});

test("frames, bytes and times of the last three seconds", () => {
  for (let i = 0; i < 90; i++) figures.painted([update(10_000 + i * 33), update(10_001 + i * 33)], 10_005 + i * 33);
  const { framesPerSecond, kilobytesPerSecond, decode, paint } = figures.take(13_000);
  expect(framesPerSecond).toBeCloseTo(30);
  expect(kilobytesPerSecond).toBeCloseTo(18);
  expect(decode).toBe(0.5);
  expect(paint).toBeCloseTo(3.5);
  expect(figures.take(20_000)).toMatchObject({ framesPerSecond: 0, kilobytesPerSecond: 0, decode: null });
});

test("the way here is counted from the fastest one, whatever the host's clock says", () => {
  for (const late of [0, 30, 30]) figures.painted([update(1_000, { captured: (980 - late) * 1000 + 7e9 })], 1_010);
  expect(figures.take(1_020).arrival).toBeCloseTo(30);
});

test("a faster way of long ago is forgotten, since clocks drift", () => {
  figures.painted([update(1_000)], 1_004);
  for (let at = 40_000; at <= 110_000; at += 1_000) figures.painted([update(at, { captured: (at - 50) * 1000 + 7e9 })], at + 4);
  expect(figures.take(110_010).arrival).toBeCloseTo(0);
});

test("a press ends with the first painted update that arrived after it and that input caused", () => {
  figures.pressed(1_000);
  figures.pressed(1_002);
  figures.painted([update(999, { echo: true })], 1_001);
  figures.painted([update(1_008)], 1_010);
  expect(figures.take(1_011).echo).toBeNull();
  figures.painted([update(1_012, { echo: true })], 1_016);
  figures.painted([update(1_030, { echo: true })], 1_034);
  expect(figures.take(1_040).echo).toBe(16);
});

test("a press that showed nothing does not count with the next one", () => {
  figures.pressed(1_000);
  figures.pressed(9_000);
  figures.painted([update(9_012, { echo: true })], 9_018);
  expect(figures.take(9_020).echo).toBe(18);
});

test("input and round trips are medians of what was measured", () => {
  for (const value of [0.4, 9, 0.6]) figures.inputSent(1_000, value);
  figures.roundTrip(1_000, 41);
  expect(figures.take(1_500)).toMatchObject({ input: 0.6, roundTrip: 41 });
});
