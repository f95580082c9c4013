import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { parseChange, parseWaiting } from "./waiting-events.ts";

const place = "11111111-2222-3333-4444-555555555555";
const line = { nameplate: "417", place, name: "Anna", language: "nl", platform: "win-x64", waitingSeconds: 90, claim: null };
const anna = { nameplate: "417", place, name: "Anna", language: "nl", platform: "win-x64", since: 910_000, claim: null };
const listOf = (...customers: unknown[]): string => JSON.stringify({ customers });
beforeEach(() => void vi.spyOn(Date, "now").mockReturnValue(1_000_000));
afterEach(() => void vi.restoreAllMocks());

test("a list is taken as it is", () => expect(parseWaiting(listOf(line))).toEqual([anna]));

test("lines that do not fit are left out", () => {
  const odd = [null, 7, {}, ...["41", "812", "417902", 417].map((nameplate) => ({ ...line, nameplate }))];
  expect(parseWaiting(listOf(...odd, line))).toEqual([anna]);
});

test("what should be text and is not becomes empty", () => {
  expect(parseWaiting(listOf({ ...line, name: { toString: "x" }, language: 5 }))).toEqual([{ ...anna, name: "", language: "" }]);
});

test("who has taken a customer comes along, and what is no claim is none", () => {
  const claim = { by: "ab".repeat(16), name: "Bert", seconds: 3 };
  expect(parseWaiting(listOf({ ...line, claim }))).toEqual([{ ...anna, claim: { by: claim.by, name: "Bert" } }]);
  expect(parseWaiting(listOf({ ...line, claim: { by: 7, name: "Bert" } }))).toEqual([anna]);
});

test.each(["", "no", "{}", '{"customers":{}}', "[]", "null"])("%j is no list", (text) => expect(parseWaiting(text)).toBeNull());

test("a change has lines that are new and numbers that are gone", () => {
  expect(parseChange(JSON.stringify({ came: [line, 7], gone: ["200", 3] }))).toEqual({ came: [anna], gone: ["200"] });
  expect(parseChange('{"came":[],"gone":[]}')).toEqual({ came: [], gone: [] });
});

test.each(["", "null", "[]", '{"came":[]}', '{"came":{},"gone":[]}'])("%j is no change", (text) => expect(parseChange(text)).toBeNull());
