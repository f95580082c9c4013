import { expect, test } from "vitest";
import { maximumUndelivered } from "../session/conversation.ts";
import { ChatLog, maximumLines } from "./chat-log.ts";
import { sayIn } from "./texts/texts.ts";

const say = sayIn("en");

test("own lines say how far they have come", () => {
  const log = new ChatLog();
  const lines = ["a", "b", "c"].map((text) => log.say(text, 0));
  log.mark(2, 1);
  expect(lines.map((line) => log.markOf(say, line))).toEqual([say("chat.seen"), say("chat.delivered"), say("chat.sent")]);
});

test("lines wait to be read until they stand before the technician", () => {
  const log = new ChatLog();
  log.hear(1, "a", 0);
  log.hear(2, "b", 0);
  expect(log.unread).toBe(2);
  expect(log.read()).toBe(true);
  expect([log.unread, log.heard, log.read()]).toEqual([0, 2, false]);
});

test("no more lines are kept, or wait to arrive, than may [invariant:4]", () => {
  const log = new ChatLog();
  for (let number = 1; number <= maximumUndelivered; number++) {
    expect(log.isFull).toBe(false);
    log.say("x", 0);
  }
  expect(log.isFull).toBe(true);
  log.mark(1, 0);
  expect(log.isFull).toBe(false);
  for (let number = 1; number <= maximumLines; number++) log.hear(number, "y", 0);
  expect(log.lines.length).toBe(maximumLines);
  expect(log.lines.every(({ isOwn }) => !isOwn)).toBe(true);
});
