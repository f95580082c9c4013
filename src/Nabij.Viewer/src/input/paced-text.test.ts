import { beforeEach, expect, test } from "vitest";
import { PacedText, typeable } from "./paced-text.ts";

let typed: string[];
let progress: (readonly [number, number])[];
let next: (() => void) | null;
let paced: PacedText;
const runOn = (): void => {
  const action = next;
  next = null;
  action?.();
};

beforeEach(() => {
  typed = [];
  progress = [];
  next = null;
  paced = new PacedText({
    type: (text) => typed.push(text),
    progress: (done, total) => progress.push([done, total]),
    later: (_, action) => {
      next = action;
      return () => (next = null);
    },
  });
});

test("a long text leaves in pieces that never part a character", () => {
  paced.start("😀".repeat(45));
  while (next !== null) runOn();
  expect(typed.map((piece) => Array.from(piece).length)).toEqual([20, 20, 5]);
  expect(typed.join("")).toBe("😀".repeat(45));
  expect(progress).toEqual([[20, 45], [40, 45], [0, 0]]);
  expect(paced.isRunning).toBe(false);
});

test("after Cancel nothing more is typed", () => {
  paced.start("x".repeat(100));
  runOn();
  paced.cancel();
  runOn();
  expect(typed.length).toBe(2);
  expect(progress.at(-1)).toEqual([0, 0]);
});

test("another text takes the place of the one that runs", () => {
  paced.start("x".repeat(100));
  paced.start("y");
  runOn();
  expect(typed).toEqual(["x".repeat(20), "y"]);
});

test("nothing is typed of nothing", () => {
  paced.start("");
  expect([typed, progress, paced.isRunning]).toEqual([[], [], false]);
});

test.each([
  ["a\r\nb\rc\td", "a\nb\nc\td"],
  ["\u001b[1mbold\u0000\u0085", "[1mbold"],
  ["\ufeffé\ud83d", "é"],
])("of %j only what can be typed is left", (given, left) => expect(typeable(given)).toBe(left));
