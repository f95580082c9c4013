// A line of known speed with buffers that hold anything, as routers have them: how much of a file stands in it.

import { expect, test } from "vitest";
import { fileLimits } from "../protocol/files.ts";
import { FileWindow } from "./file-window.ts";

type Run = { readonly mostQueued: number; readonly milliseconds: number };

/** Sends a file; what stands in the line before a key, at most, once it has got going, and how long all of it took. */
function run(bytesPerSecond: number, roundTrip: number, size: number, step: number): Run {
  const window = new FileWindow();
  window.begin(0, size, 0);
  const chunk = fileLimits.largestContent;
  const answers: { readonly offset: number; readonly at: number }[] = [];
  let [sent, arrived, told, mostQueued] = [0, 0, 0, 0];
  for (let now = 0; now < 3_600_000; now++) {
    while (answers[0] !== undefined && answers[0].at <= now) window.confirmed(answers.shift()?.offset ?? 0, now);
    while (sent < size && sent - arrived < fileLimits.mostCredit && window.mayGo(Math.min(sent + chunk, size), now)) {
      sent = Math.min(sent + chunk, size);
      window.handedOver(sent, now);
    }
    arrived = Math.min(sent, arrived + bytesPerSecond / 1000);
    const last = size - fileLimits.mostCredit;
    if (told < last && (arrived - told >= step || arrived >= last)) {
      told = Math.min(Math.floor(arrived), last);
      answers.push({ offset: told, at: now + roundTrip });
    }
    if (now > 3_000) mostQueued = Math.max(mostQueued, sent - arrived);
    if (arrived >= size) return { mostQueued, milliseconds: now };
  }
  throw new Error(`stuck at ${arrived} of ${size}`);
}

test.each([
  [125_000, 30, 3_000_000, 140_000],
  [1_250_000, 20, 20_000_000, 290_000],
  [12_500_000, 10, 100_000_000, fileLimits.mostCredit],
  [1_250_000, 150, 20_000_000, 500_000],
])("at %i bytes a second, %i ms away, a file of %i never has more than %i bytes before a key", (speed, roundTrip, size, most) => {
  const { mostQueued, milliseconds } = run(speed, roundTrip, size, 65_536);
  expect(mostQueued).toBeLessThanOrEqual(most);
  // And the line is used.
  expect(milliseconds).toBeLessThan((size / speed) * 1000 * 1.4 + 1_000);
});

test("a host that answers rarely is waited for, and not starved", () => {
  const { milliseconds } = run(12_500_000, 10, 60_000_000, fileLimits.mostCredit / 2);
  expect(milliseconds).toBeLessThan(60_000_000 / 12_500 * 1.5 + 3_000);
});

test("a small file, of which nothing is confirmed before its end, goes at once", () => {
  const { milliseconds } = run(1_250_000, 20, 900_000, 65_536);
  expect(milliseconds).toBeLessThan(900 * 1.2);
});
