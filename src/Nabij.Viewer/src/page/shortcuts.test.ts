import { expect, test } from "vitest";
import { isOfDesk, shortcutOf, tabOf, type PressedKey } from "./shortcuts.ts";

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
  ["Insert", "CAS", "notes"],
  ["ArrowUp", "CAS", "picture"],
  ["ArrowRight", "CA", "next-tab"],
  ["ArrowLeft", "CA", "previous-tab"],
  ["ArrowUp", "CA", "waiting-room"],
  ["ArrowDown", "CA", "last-tab"],
  ["F1", "CAS", "tab-1"],
  ["F8", "CAS", "tab-8"],
  ["F9", "CAS", "waiting-room"],
  ["F10", "CAS", "keys"],
  ["F12", "CAS", "control"],
])("%s with %s is %s", (code, held, shortcut) => expect(shortcutOf(key(code, held))).toBe(shortcut));

test.each([
  ["Home", ""], ["Home", "C"], ["Home", "A"], ["Home", "CAM"], ["F1", "CA"], ["ArrowRight", "CAS"], ["Delete", "CA"], ["KeyE", "CA"],
  ["Digit0", "CA"], ["Home", "CAG"], ["constructor", "CA"],
])("%s with %s is the customer's", (code, held) => expect(shortcutOf(key(code, held))).toBeNull());

test("what concerns the desk is told from what concerns one session", () => {
  expect(isOfDesk("next-tab")).toBe(true);
  expect(isOfDesk("chat")).toBe(false);
  expect([tabOf("tab-3"), tabOf("keys")]).toEqual([3, null]);
});
