import { expect, test } from "vitest";
import { readChoices, usualChoices } from "./desk-settings.ts";

test("what was chosen is read again", () => {
  const chosen = { theme: "dark", type: "large", sound: true, notices: true } as const;
  expect(readChoices(JSON.stringify(chosen))).toEqual(chosen);
});

test.each([null, "", "{", "null", "7", "[]", '{"theme":"pink","type":3,"sound":"yes","notices":1}'])("%j is as usual", (stored) =>
  expect(readChoices(stored)).toEqual(usualChoices));
