import { expect, test } from "vitest";
import { shortcutOf, type PressedKey } from "./shortcuts.ts";

const key = (code: string, held: string): PressedKey => ({
  code,
  ctrlKey: held.includes("C"),
  altKey: held.includes("A"),
  shiftKey: held.includes("S"),
  metaKey: held.includes("M"),
  getModifierState: (name) => name === "AltGraph" && held.includes("G"),
});

test.each([
  ["Home", "CA", "panel"],
  ["PageUp", "CA", "larger"],
  ["PageDown", "CA", "smaller"],
  ["End", "CA", "fit"],
  ["Enter", "CA", "full-screen"],
  ["PageDown", "CAS", "next-display"],
  ["PageUp", "CAS", "previous-display"],
  ["Home", "CAS", "figures"],
  ["Enter", "CAS", "chat"],
  ["End", "CAS", "files"],
  ["Insert", "CA", "draw"],
])("%s with %s is %s", (code, held, shortcut) => expect(shortcutOf(key(code, held))).toBe(shortcut));

test.each([
  ["Home", ""], ["Home", "C"], ["Home", "A"], ["Home", "CAM"], ["Insert", "CAS"], ["Delete", "CA"], ["KeyE", "CA"],
  ["Digit0", "CA"], ["Home", "CAG"], ["constructor", "CA"],
])("%s with %s is the customer's", (code, held) => expect(shortcutOf(key(code, held))).toBeNull());
