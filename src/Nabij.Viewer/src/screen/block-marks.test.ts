import { expect, test } from "vitest";
import { blockKinds } from "./block-modes.ts";
import { BlockMarks, fadeMilliseconds, kindColors } from "./block-marks.ts";
import type { Update } from "./painter.ts";

const update = (more: Partial<Update>): Update => ({
  type: "update", layout: 1, update: 1, echo: false, rectangles: [], pixels: new ArrayBuffer(0),
  decodeMicroseconds: 0, decodedAt: 0, arrivedAt: 0, captured: 0, bytes: 0, ...more,
});

/** 4 columns, 3 rows; the last of each is cut off. */
const marks = (): BlockMarks => new BlockMarks({ width: 56, height: 40 });
const painted = (of: BlockMarks, now: number): { readonly alphas: number[]; readonly kinds: string[]; readonly pixels: Uint8ClampedArray } => {
  const pixels = new Uint8ClampedArray(of.columns * of.rows * 4);
  const kinds = [...of.paint(pixels, now)];
  return { pixels, kinds, alphas: [...pixels].filter((_, i) => i % 4 === 3) };
};

test("blocks have the color of their kind, others none", () => {
  const some = marks();
  const { copied, lossy, untouched } = blockKinds;
  some.add(update({ modes: { firstRow: 1, columns: 4, kinds: Uint8Array.of(untouched, copied, 0, 0, lossy, 0, 0, 0) } }), 100);
  const { pixels, kinds, alphas } = painted(some, 100);
  expect(kinds).toEqual(["copied", "lossy"]);
  expect([...pixels.subarray(5 * 4, 5 * 4 + 3)]).toEqual([...kindColors.copied]);
  expect([...pixels.subarray(8 * 4, 8 * 4 + 3)]).toEqual([...kindColors.lossy]);
  expect(alphas.map((alpha) => alpha > 0)).toEqual([false, false, false, false, false, true, false, false, true, false, false, false]);
});

test("where the codec does not say how, what changed has a color of its own", () => {
  const some = marks();
  some.add(update({ rectangles: [{ x: 16, y: 16, width: 40, height: 24 }] }), 0);
  const { kinds, alphas } = painted(some, 0);
  expect(kinds).toEqual(["unnamed"]);
  expect(alphas.map((alpha) => (alpha > 0 ? 1 : 0))).toEqual([0, 0, 0, 0, 0, 1, 1, 1, 0, 1, 1, 1]);
});

test("colors fade and are gone", () => {
  const some = marks();
  some.add(update({ rectangles: [{ x: 0, y: 0, width: 16, height: 16 }] }), 0);
  const [fresh, later, gone] = [0, fadeMilliseconds / 2, fadeMilliseconds].map((now) => painted(some, now).alphas[0] ?? 0);
  expect(fresh).toBeGreaterThan(later as number);
  expect(later).toBeGreaterThan(0);
  expect(gone).toBe(0);
});

test("modes of another size, or beyond the screen, mark nothing that is not there", () => {
  const some = marks();
  some.add(update({ modes: { firstRow: 2, columns: 4, kinds: new Uint8Array(80).fill(4) } }), 0);
  some.add(update({ modes: { firstRow: 0, columns: 5, kinds: new Uint8Array(5).fill(4) } }), 0);
  expect(painted(some, 0).alphas.filter((alpha) => alpha > 0)).toHaveLength(4);
});
