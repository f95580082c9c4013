import { expect, test } from "vitest";
import { attentionOf, marksOf, nextPlace, stateWord, type Glance } from "./glance.ts";
import { sayIn } from "./texts/texts.ts";

const active: Glance = { state: "active", customer: "Anna", isEstablished: true, isLookTaken: false, unread: 0, files: "", filesArrived: 0 };
const say = sayIn("en");

test.each<[string, Partial<Glance>, Partial<Glance>, string | null]>([
  ["the customer said yes", { state: "waiting-for-customer" }, {}, "answered"],
  ["the customer paused", {}, { state: "stopped" }, "paused"],
  ["the customer took the screen away", {}, { isLookTaken: true }, "paused"],
  ["the customer went on", { state: "stopped" }, {}, "back"],
  ["the connection was lost", {}, { state: "resuming" }, "lost"],
  ["the connection is back", { state: "resuming" }, {}, "back"],
  ["it ended", {}, { state: "ended" }, "ended"],
  ["it ended with a message unread", {}, { state: "ended", unread: 1 }, "ended"],
  ["a message came", { unread: 1 }, { unread: 2 }, "message"],
  ["messages were read", { unread: 2 }, { unread: 0 }, null],
  ["a file arrived", {}, { filesArrived: 1 }, "files"],
  ["files go on", { files: "10 %" }, { files: "20 %" }, null],
  ["the customer is asked", { state: "connecting" }, { state: "waiting-for-customer" }, null],
  ["nothing", {}, {}, null],
])("%s", (_, before, now, attention) => expect(attentionOf({ ...active, ...before }, { ...active, ...now })).toBe(attention));

test("a tab says in words where its session stands and what waits in it", () => {
  expect(stateWord(say, active)).toBe("Connected");
  expect(stateWord(say, { ...active, isLookTaken: true })).toBe("Screen taken away");
  expect(marksOf(say, active)).toEqual([]);
  expect(marksOf(say, { ...active, unread: 1, files: "40 %" })).toEqual(["1 new message", "Files: 40 %"]);
  expect(marksOf(say, { ...active, unread: 3 })).toEqual(["3 new messages"]);
});

test("after the last tab comes the waiting room, and before it the last tab", () => {
  expect([0, 1, 2].map((place) => nextPlace(place, 3, 1))).toEqual([1, 2, 0]);
  expect([0, 1, 2].map((place) => nextPlace(place, 3, -1))).toEqual([2, 0, 1]);
  expect(nextPlace(0, 1, 1)).toBe(0);
});
