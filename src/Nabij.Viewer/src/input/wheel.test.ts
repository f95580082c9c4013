import { describe, expect, test } from "vitest";
import { WheelGatherer, type WheelTurn } from "./wheel.ts";

const turn = (deltaY: number, more: Partial<WheelTurn> = {}): WheelTurn => ({ deltaX: 0, deltaY, deltaMode: 0, ...more });

describe("wheel", () => {
  test.each([
    ["a notch in Chromium on Windows", turn(100, { wheelDeltaY: -120 }), 0, 120],
    ["a notch in Chromium with a zoomed page", turn(66.66, { wheelDeltaY: -120 }), 0, 120],
    ["a notch upwards", turn(-100, { wheelDeltaY: 120 }), 0, -120],
    ["a notch in pixels only", turn(100), 0, 120],
    ["three lines in Firefox", turn(3, { deltaMode: 1 }), 0, 120],
    ["a page", turn(1, { deltaMode: 2 }), 0, 1200],
    ["a touchpad", turn(4, { wheelDeltaY: -12 }), 0, 4],
    ["sideways", turn(0, { deltaX: 50 }), 60, 0],
    ["more than the protocol carries", turn(1e9), 0, 3600],
    ["a mode that nobody has", turn(5, { deltaMode: 7 }), 0, 0],
    ["no number", turn(Number.NaN), 0, 0],
  ])("counts %s in notches of 120", (_, given, dx, dy) => {
    const wheel = new WheelGatherer();
    wheel.add(given);
    expect(wheel.take() ?? { dx: 0, dy: 0 }).toEqual({ dx, dy });
  });

  test("keeps fractions until they make a whole unit", () => {
    const wheel = new WheelGatherer();
    let sum = 0;
    for (let i = 0; i < 100; i++) {
      wheel.add(turn(0.5));
      sum += wheel.take()?.dy ?? 0;
    }
    expect(sum).toBe(60);
  });

  test("a turn back does not first pay off the fraction of the turn before", () => {
    const wheel = new WheelGatherer();
    wheel.add(turn(0.7));
    wheel.add(turn(-1));
    expect(wheel.take()).toMatchObject({ dy: -1 });
  });
});
