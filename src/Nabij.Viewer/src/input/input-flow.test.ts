import { beforeEach, expect, test } from "vitest";
import type { InputMessage } from "../protocol/input.ts";
import { permissions } from "../protocol/permissions.ts";
import { InputFlow } from "./input-flow.ts";

const control = permissions.VIEW | permissions.POINTER | permissions.KEYBOARD;
const key = (down: boolean): InputMessage => ({ type: "KEY", down, repeat: false, code: "KeyA", key: "a", modifiers: 0, locks: 0 });
const wheel = { deltaX: 0, deltaY: 100, deltaMode: 0 };

let records: (readonly InputMessage[])[];
let frames: (() => void)[];
let timers: Set<() => void>;
let flow: InputFlow;
const types = (): string[] => records.map((record) => record.map((message) => message.type).join("+"));
const paintFrame = (): void => frames.splice(0).forEach((action) => action());
const fireTimers = (): void => {
  const due = [...timers];
  timers.clear();
  due.forEach((action) => action());
};

beforeEach(() => {
  records = [];
  frames = [];
  timers = new Set();
  flow = new InputFlow({
    send: (messages) => records.push(messages),
    nextFrame: (action) => frames.push(action),
    later: (_, action) => {
      timers.add(action);
      return () => timers.delete(action);
    },
  });
  flow.grant(control);
});

test("of the moves of one frame the last is sent, once", () => {
  for (let x = 0; x < 50; x++) flow.move({ x, y: 1 });
  expect(records).toEqual([]);
  paintFrame();
  paintFrame();
  expect(records).toEqual([[{ type: "POINTER_MOVE", x: 49, y: 1 }]]);
});

test("buttons and keys go at once, behind the move before them", () => {
  flow.move({ x: 5, y: 6 });
  flow.button({ x: 5, y: 6 }, 0, true);
  flow.move({ x: 7, y: 6 });
  flow.keys([key(true)]);
  expect(types()).toEqual(["POINTER_MOVE+POINTER_BUTTON", "POINTER_MOVE+KEY"]);
});

test("turns of the wheel in one frame are one message", () => {
  for (let i = 0; i < 4; i++) flow.turn({ x: 1, y: 2 }, wheel);
  paintFrame();
  expect(records).toEqual([[{ type: "WHEEL", x: 1, y: 2, dx: 0, dy: 480 }]]);
});

test("a held key is confirmed until it is let go", () => {
  flow.keys([key(true)]);
  fireTimers();
  fireTimers();
  flow.keys([key(false)]);
  fireTimers();
  expect(types()).toEqual(["KEY", "HELD", "HELD", "KEY"]);
  expect(timers.size).toBe(0);
});

test("a held button is confirmed, and moves count as confirmation", () => {
  flow.button({ x: 1, y: 1 }, 2, true);
  flow.move({ x: 2, y: 2 });
  paintFrame();
  expect(timers.size).toBe(1);
  flow.button({ x: 2, y: 2 }, 2, false);
  expect(timers.size).toBe(0);
  expect(types()).toEqual(["POINTER_BUTTON", "POINTER_MOVE", "POINTER_BUTTON"]);
});

test.each([
  ["look only", permissions.VIEW, []],
  ["nothing", 0, []],
  ["control without look", permissions.POINTER | permissions.KEYBOARD, []],
  ["the mouse", permissions.VIEW | permissions.POINTER, ["POINTER_BUTTON", "POINTER_MOVE+WHEEL", "RELEASE_ALL"]],
  ["the keyboard", permissions.VIEW | permissions.KEYBOARD, ["KEY", "RELEASE_ALL"]],
])("with %s granted only that is sent", (_, granted, expected) => {
  flow.grant(granted);
  flow.button({ x: 1, y: 1 }, 0, true);
  flow.move({ x: 1, y: 1 });
  flow.turn({ x: 1, y: 1 }, wheel);
  flow.keys([key(true)]);
  paintFrame();
  flow.releaseAll();
  expect(types()).toEqual(expected);
});

test("what is taken away is neither sent later nor held", () => {
  flow.button({ x: 1, y: 1 }, 0, true);
  flow.move({ x: 9, y: 9 });
  flow.grant(permissions.VIEW);
  paintFrame();
  fireTimers();
  flow.grant(control);
  flow.button({ x: 1, y: 1 }, 0, false);
  paintFrame();
  expect(types()).toEqual(["POINTER_BUTTON"]);
});

test("a button is told once down and once up", () => {
  flow.button({ x: 1, y: 1 }, 0, false);
  flow.button({ x: 1, y: 1 }, 0, true);
  flow.button({ x: 1, y: 1 }, 0, true);
  flow.button({ x: 1, y: 1 }, 0, false);
  expect(types()).toEqual(["POINTER_BUTTON", "POINTER_BUTTON"]);
});

test("letting go of everything ends the confirmations [invariant:8]", () => {
  flow.keys([key(true)]);
  flow.releaseAll();
  fireTimers();
  expect(types()).toEqual(["KEY", "RELEASE_ALL"]);
});

test("more than 64 messages go in several records", () => {
  flow.keys(Array.from({ length: 150 }, () => key(true)));
  expect(records.map((record) => record.length)).toEqual([64, 64, 22]);
});
