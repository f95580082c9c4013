import { expect, test } from "vitest";
import { roundWork, WorkClock, workOf } from "./work-clock.ts";

test("counts while the session is active and nobody has paused the count", () => {
  const clock = new WorkClock();
  expect(clock.counted(5_000)).toBe(0);
  clock.work(true, 10_000);
  expect(clock.counted(15_500)).toBe(5);
  clock.pause(true, 20_000);
  expect([clock.counted(60_000), clock.isRunning]).toEqual([10, false]);
  clock.work(false, 61_000);
  clock.pause(false, 62_000);
  expect(clock.counted(90_000)).toBe(10);
  clock.work(true, 100_000);
  clock.work(true, 101_000);
  expect([clock.counted(102_000), clock.isRunning]).toEqual([12, true]);
});

test("goes on from what was counted before, and never back", () => {
  const clock = new WorkClock();
  clock.begin(100);
  clock.work(true, 0);
  clock.begin(50);
  expect(clock.counted(1_000)).toBe(101);
  expect(clock.counted(-5_000)).toBe(100);
});

test.each([
  [{ minutes: 0, rounding: "up" }, 61, 61],
  [{ minutes: 1, rounding: "up" }, 61, 120],
  [{ minutes: 5, rounding: "up" }, 0, 0],
  [{ minutes: 5, rounding: "up" }, 1, 300],
  [{ minutes: 5, rounding: "up" }, 300, 300],
  [{ minutes: 15, rounding: "nearest" }, 449, 0],
  [{ minutes: 15, rounding: "nearest" }, 450, 900],
  [{ minutes: 60, rounding: "nearest" }, 5_400, 7_200],
] as const)("rounds as the server does: %j of %d is %d", (unit, seconds, rounded) => expect(roundWork(unit, seconds)).toBe(rounded));

test.each([
  ["90", 5_400], ["1:30", 5_400], ["0:05", 300], [" 7 ", 420], ["24:00", 86_400], ["1.15", 4_500],
  ["", null], ["1:75", null], ["25:00", null], ["-5", null], ["a", null], ["1441", null], ["1:2:3", null],
] as const)("%j is %j seconds", (typed, seconds) => expect(workOf(typed)).toBe(seconds));
