import { describe, expect, test } from "vitest";
import { digitsOf, grouped, nameplateOf, regroup, splitCode } from "./support-code.ts";

describe("support code", () => {
  test.each([
    ["417902635", "417902635"],
    ["417 902 635", "417902635"],
    ["417-902.635", "417902635"],
    ["Your code: 417 902 635, thank you", "417902635"],
    ["４１７ ９０２ ６３５", "417902635"],
    ["4179026351234", "417902635"],
    ["abc", ""],
  ])("takes the digits out of %j", (typed, digits) => expect(digitsOf(typed)).toBe(digits));

  test.each([
    ["", ""],
    ["4", "4"],
    ["417", "417"],
    ["4179", "417 9"],
    ["417902", "417 902"],
    ["417902635", "417 902 635"],
  ])("groups %j as %j", (digits, text) => expect(grouped(digits)).toBe(text));

  test.each([
    ["41", null],
    ["417", "417"],
    ["4179", "417"],
    ["812", null],
    ["8123", "8123"],
    ["9000", "9000"],
    ["", null],
  ])("finds the nameplate of %j", (digits, nameplate) => expect(nameplateOf(digits)).toBe(nameplate));

  test("splits a complete code and nothing else", () => {
    expect(splitCode("417902635")).toEqual({ nameplate: "417", secret: "902635" });
    expect(splitCode("812390263")).toEqual({ nameplate: "8123", secret: "90263" });
    expect(splitCode("41790263")).toBeNull();
    expect(splitCode("")).toBeNull();
  });

  test.each([
    // typed, caret, text, caret afterwards
    ["4179", 4, "417 9", 5],
    ["417", 3, "417", 3],
    ["4517 902", 2, "451 790 2", 2],
    ["417 90263 5", 9, "417 902 635", 10],
    ["17 902 635", 0, "179 026 35", 0],
    ["417902635", 9, "417 902 635", 11],
    ["41x", 3, "41", 2],
  ])("keeps the caret behind the same digit: %j at %i", (typed, caret, text, after) =>
    expect(regroup(typed, caret)).toEqual({ text, caret: after }),
  );
});
