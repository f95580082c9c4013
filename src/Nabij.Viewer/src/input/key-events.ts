// What the browsers' keyboard events say, in the protocol's words (docs/protocol/06-input.md, KEY).

import { locks as lockBits, modifiers as modifierBits } from "../protocol/input.ts";

/** The fields of a KeyboardEvent that count. */
export interface KeyPress {
  readonly code: string;
  readonly key: string;
  readonly keyCode: number;
  readonly isComposing: boolean;
  readonly repeat: boolean;
  readonly timeStamp: number;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
  readonly getModifierState: (name: string) => boolean;
}

export type Platform = "mac" | "windows" | "other";

/** The technician's system, from `navigator.platform` or its successor. */
export function platformOf(name: string): Platform {
  if (/mac|iphone|ipad|ipod/i.test(name)) return "mac";
  return /win/i.test(name) ? "windows" : "other";
}

// Key values that say nothing: the press is known by its place only, or comes again as text.
const meaningless = new Set(["Unidentified", "Process", "Dead"]);
// Names of before the specification that some browsers kept for long.
const oldNames: Readonly<Record<string, string>> = { OS: "Meta", Win: "Meta", OSLeft: "MetaLeft", OSRight: "MetaRight", Spacebar: " " };

const codePattern = /^[A-Za-z0-9]{1,32}$/;
const maximumKeyBytes = 32;
const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });
const utf8 = new TextEncoder();
const controlCharacters = /[\u0000-\u001f\u007f-\u009f]/;

/** Physical key, or empty when the browser does not know it. */
export function codeOf(event: KeyPress): string {
  const code = oldNames[event.code] ?? event.code;
  return codePattern.test(code) && code !== "Unidentified" ? code : "";
}

/** Key value, or empty when it says nothing or does not fit the wire. */
export function keyOf(event: KeyPress): string {
  const key = oldNames[event.key] ?? event.key;
  if (meaningless.has(key) || controlCharacters.test(key)) return "";
  return !/\p{Surrogate}/u.test(key) && utf8.encode(key).length <= maximumKeyBytes ? key : "";
}

/** Whether a key value is one character as people count them. */
export function isPrintable(key: string): boolean {
  if (key.length <= 1) return key.length === 1;
  // Names such as Enter or F1 are several characters; a letter with a combining mark is one.
  const [first] = graphemes.segment(key);
  return first?.segment === key;
}

/** Whether a key value is text rather than the name of a key; Firefox tells `´x` of a dead key that the x does not take. */
export function isText(key: string): boolean {
  return key !== "" && (isPrintable(key) || !/^[A-Z][A-Za-z0-9]+$/.test(key));
}

/** The modifier bits of an event. */
export function modifiersOf(event: KeyPress, platform: Platform): number {
  const altGraph = event.getModifierState("AltGraph");
  // Windows makes AltGr out of Control and Alt; some browsers let that shine through.
  const isFake = altGraph && event.ctrlKey && event.altKey && platform === "windows";
  return (
    (event.shiftKey ? modifierBits.shift : 0) |
    (event.ctrlKey && !isFake ? modifierBits.control : 0) |
    (event.altKey && !isFake ? modifierBits.alt : 0) |
    (event.metaKey ? modifierBits.meta : 0) |
    (altGraph ? modifierBits.altGraph : 0)
  );
}

/** The lock bits of an event. */
export function locksOf(event: KeyPress): number {
  return (
    (event.getModifierState("CapsLock") ? lockBits.capsLock : 0) |
    (event.getModifierState("NumLock") ? lockBits.numLock : 0) |
    (event.getModifierState("ScrollLock") ? lockBits.scrollLock : 0)
  );
}
