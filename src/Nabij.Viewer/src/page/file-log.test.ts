import { describe, expect, test } from "vitest";
import { transferReasons } from "../protocol/files.ts";
import type { TransferReport } from "../session/transfer-reports.ts";
import { FileLog } from "./file-log.ts";
import { FileWords, sizeText, timeLeft } from "./file-words.ts";
import { newSession, type SessionModel } from "./session-model.ts";
import { sayIn } from "./texts/texts.ts";

const report = (id: number, more: Partial<TransferReport> = {}): TransferReport => ({
  id, group: 1, path: [`file ${id}.txt`], size: 1_000_000, done: 0, stage: "moving", isAccepted: true, isHeldHere: false, isHeldThere: false, end: null, ...more,
});
const arrived = (id: number): TransferReport => report(id, { stage: "ended", done: 1_000_000, end: { name: `file ${id}.txt` } });
const say = sayIn("en");
const active: SessionModel = { ...newSession, state: "active" };
const words = (log: FileLog): FileWords => new FileWords(say, "en", log);

test("speed is that of the last seconds, and time left follows from it", () => {
  const log = new FileLog();
  for (let at = 0; at <= 2_000; at += 200) log.take([report(1, { done: at * 100 })], at);
  expect(log.overall).toEqual({ files: 1, ended: 0, size: 1_000_000, done: 200_000, speed: 100_000 });
  expect(log.secondsLeft(800_000)).toBe(8);
  expect(words(log).state(report(1, { done: 200_000 }), active)).toBe("200 kB of 1 MB · 100 kB/s · 8 seconds left");
  // Nothing comes any more.
  for (let at = 2_000; at <= 9_000; at += 1_000) log.tick(at);
  expect(log.overall.speed).toBeNull();
  expect(log.secondsLeft(1)).toBeNull();
});

test("a file that starts anew from its beginning takes no speed away", () => {
  const log = new FileLog();
  log.take([report(1, { done: 500_000 })], 0);
  log.take([report(1, { done: 0 })], 1_000);
  expect(log.overall.speed).toBe(null);
});

test("the overall line counts what has begun since there was last nothing to do", () => {
  const log = new FileLog();
  log.take([arrived(1)], 0);
  log.take([report(3), report(5, { stage: "next" })], 100);
  log.take([arrived(3)], 200);
  expect(words(log).overall(log.overall)).toBe("1 of 2 done · 50 %");
  log.take([report(5, { stage: "ended", end: { reason: "disk-full" } })], 300);
  expect(words(log).overall(log.overall)).toBe("");
  expect(log.outcome).toEqual({ arrived: 2, failed: 1 });
});

test("what the technician has not answered is asked by group, and would not be cut off", () => {
  const log = new FileLog();
  log.take([report(2, { isAccepted: false, stage: "offered" }), report(4, { isAccepted: false, stage: "offered" }), report(6, { group: 2, isAccepted: false }), report(1)], 0);
  expect(log.unanswered.map((group) => group.map(({ id }) => id))).toEqual([[2, 4], [6]]);
  expect(log.inFlight.map(({ id }) => id)).toEqual([1]);
});

describe.each(["en", "nl"] as const)("words in %s", (language) => {
  test("every reason is told, in each direction", () => {
    const log = new FileLog();
    const spoken = new FileWords(sayIn(language), language, log);
    const texts = Object.values(transferReasons).flatMap((reason) => [1, 2].map((id) => spoken.state(report(id, { end: { reason } }), active)));
    expect(texts.every((text) => text.length > 5 && !text.includes("files."))).toBe(true);
  });
});

test.each([
  ["en", 0, "0 byte"], ["en", 999, "999 byte"], ["en", 1_000, "1 kB"], ["en", 1_234_567, "1.2 MB"], ["nl", 1_234_567, "1,2 MB"],
  ["en", 999_700, "1 MB"], ["en", 123_456_789, "123 MB"], ["en", 9_900_000_000, "9.9 GB"],
])("in %s %i bytes are %s", (language, bytes, text) => expect(sizeText(language, bytes)).toBe(text));

test.each([[0.2, "1 second"], [59, "59 seconds"], [61, "1 minute"], [600, "10 minutes"]])("%d s are %s", (seconds, text) => expect(timeLeft(say, seconds)).toBe(text));

test("where a file stands is told by what holds it", () => {
  const log = new FileLog();
  const state = (more: Partial<TransferReport>, model: Partial<SessionModel> = {}): string => words(log).state(report(1, more), { ...active, ...model });
  expect(state({ stage: "held-off" }, { state: "resuming" })).toContain("Connection lost");
  expect(state({ stage: "held-off" }, { state: "stopped" })).toContain("until the customer goes on");
  expect(state({ stage: "held-off" })).toContain("allows it");
  expect(state({ isHeldHere: true })).toBe("Paused by you");
  expect(state({ isHeldThere: true })).toBe("Paused by the customer");
  expect(state({ end: { name: "file 1 (2).txt" } })).toContain("file 1 (2).txt");
  expect(state({ end: { name: "file 1.txt" } })).toBe("Arrived, and checked");
  expect(words(log).state(report(2, { path: ["\u202efdp.exe"], end: { name: "\u202efdp.exe" } }), active)).toContain("\ufffdfdp.exe");
});
