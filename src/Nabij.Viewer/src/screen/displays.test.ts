import { describe, expect, test } from "vitest";
import type { Display } from "../protocol/screen.ts";
import { areaOf, nextChoice, sameDisplay } from "./displays.ts";

const display = (name: string, x: number, width = 1920): Display => ({ x, y: 0, width, height: 1080, name });
const left = display("HDMI-1", 0);
const right = display("DP-2", 1920, 1280);

test("the area is the display, or all of the screen", () => {
  const screen = { width: 3200, height: 1080 };
  expect(areaOf(screen, right)).toEqual({ x: 1920, y: 0, width: 1280, height: 1080 });
  expect(areaOf(screen, null)).toEqual({ x: 0, y: 0, ...screen });
});

describe("a choice of display in a new layout", () => {
  test("is found by its name, wherever it stands now", () => {
    const moved = { ...right, x: 0, y: 1080, height: 720 };
    expect(sameDisplay(right, [left, moved])).toBe(moved);
    expect(sameDisplay(right, [moved])).toBe(moved);
  });

  test("is found by its place where names are missing or the same", () => {
    const twins = [display("Screen", 0), display("Screen", 1920)];
    expect(sameDisplay(twins[1]!, [...twins])).toBe(twins[1]);
    const nameless = [display("", 0), display("", 1920)];
    expect(sameDisplay(display("", 1920), nameless)).toBe(nameless[1]);
  });

  test("ends when the display is gone", () => {
    expect(sameDisplay(right, [left])).toBeNull();
    expect(sameDisplay(display("Screen", 0), [display("Screen", 10), display("Screen", 2000)])).toBeNull();
    expect(sameDisplay(null, [left, right])).toBeNull();
  });
});

test("choices go round: all, then one after the other", () => {
  const displays = [left, right];
  expect(nextChoice(null, displays, 1)).toBe(left);
  expect(nextChoice(left, displays, 1)).toBe(right);
  expect(nextChoice(right, displays, 1)).toBeNull();
  expect(nextChoice(null, displays, -1)).toBe(right);
});
