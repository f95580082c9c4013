import { beforeEach, describe, expect, test } from "vitest";
import { decodeInput, encodeInput, modifiers as bits, type InputMessage } from "../protocol/input.ts";
import { press, type Given } from "../../tests/input/typist.ts";
import { isPrintable, isText, platformOf, type Platform } from "./key-events.ts";
import { Keyboard, textMessages } from "./keyboard.ts";


/** Timers that run when the test says so. */
class ManualTimers {
  readonly waiting = new Set<() => void>();

  readonly later = (_: number, action: () => void): (() => void) => {
    this.waiting.add(action);
    return () => this.waiting.delete(action);
  };

  fire(): void {
    const due = [...this.waiting];
    this.waiting.clear();
    for (const action of due) action();
  }
}

/** `+KeyA a` for down, `-KeyA a` for up, `*` behind a repeat, `^` and bits for modifiers, `"..."` for text. */
const told = (message: InputMessage): string => {
  if (message.type === "TEXT") return JSON.stringify(message.text);
  if (message.type !== "KEY") return message.type;
  const sign = message.down ? "+" : "-";
  return `${sign}${message.code} ${message.key}${message.repeat ? "*" : ""}${message.modifiers === 0 ? "" : `^${message.modifiers}`}`;
};

let sent: string[];
let timers: ManualTimers;
const keyboardOn = (platform: Platform): Keyboard => {
  sent = [];
  timers = new ManualTimers();
  return new Keyboard(platform, (messages) => {
    // Whatever is sent must be what the wire carries.
    expect(decodeInput(encodeInput(messages))).toEqual(messages);
    sent.push(...messages.map(told));
  }, timers.later);
};

const A = press({ code: "KeyA", key: "a" });
const control = press({ code: "ControlLeft", key: "Control", ctrlKey: true });
const controlUp = press({ code: "ControlLeft", key: "Control" });

describe("keyboard", () => {
  let keyboard: Keyboard;
  beforeEach(() => (keyboard = keyboardOn("other")));

  test("sends place, value and modifiers of a press and its release", () => {
    expect(keyboard.down(A)).toBe(true);
    keyboard.up(A);
    keyboard.down(press({ code: "KeyB", key: "B", shiftKey: true }));
    expect(sent).toEqual(["+KeyA a", "-KeyA a", "+KeyB B^1"]);
  });

  test.each([
    [["CapsLock"], 1], [["NumLock"], 2], [["ScrollLock"], 4], [["NumLock", "CapsLock", "ScrollLock"], 7], [[], 0],
  ] as const)("sends the locks %j as %i", (states, locks) => {
    const messages: InputMessage[] = [];
    new Keyboard("other", (more) => messages.push(...more), timers.later).down(press({ code: "Numpad1", key: "1", states }));
    expect(messages[0]).toMatchObject({ locks });
  });

  test("the keypad says what the technician's Num Lock makes of it", () => {
    keyboard.down(press({ code: "Numpad7", key: "7", states: ["NumLock"] }));
    keyboard.up(press({ code: "Numpad7", key: "7", states: ["NumLock"] }));
    keyboard.down(press({ code: "Numpad7", key: "Home" }));
    expect(sent).toEqual(["+Numpad7 7", "-Numpad7 7", "+Numpad7 Home"]);
  });

  test("Control with a dead key is a shortcut, known by its place", () => {
    keyboard.down(press({ code: "ControlLeft", key: "Control", ctrlKey: true }));
    expect(keyboard.down(press({ code: "Equal", key: "Dead", ctrlKey: true }))).toBe(true);
    keyboard.up(press({ code: "Equal", key: "Dead", ctrlKey: true }));
    expect(sent).toEqual(["+ControlLeft Control^2", "+Equal ^2", "-Equal ^2"]);
  });

  test("two characters that Firefox tells as one key are text, left to the browser behind a dead key", () => {
    keyboard.down(press({ code: "Quote", key: "Dead" }));
    expect(keyboard.down(press({ code: "KeyX", key: "´x" }))).toBe(false);
    keyboard.text("´x");
    keyboard.down(press({ code: "KeyX", key: "´x" }));
    expect(sent).toEqual(['"´x"', '"´x"']);
  });

  test("Alt behind Shift, which Linux calls Meta, is still the Alt key", () => {
    keyboard.down(press({ code: "ShiftLeft", key: "Shift", shiftKey: true }));
    keyboard.down(press({ code: "AltLeft", key: "Meta", shiftKey: true, altKey: true }));
    keyboard.up(press({ code: "ShiftLeft", key: "Shift", altKey: true }));
    keyboard.up(press({ code: "AltLeft", key: "Alt" }));
    expect(sent).toEqual(["+ShiftLeft Shift^1", "+AltLeft Meta^5", "-ShiftLeft Shift^4", "-AltLeft Meta"]);
  });

  test("Alt with Print Screen, whose value Chromium gives as a null character, is known by its place", () => {
    keyboard.down(press({ code: "PrintScreen", key: "\u0000", altKey: true }));
    keyboard.up(press({ code: "PrintScreen", key: "\u0000", altKey: true }));
    expect(sent).toEqual(["+PrintScreen ^4", "-PrintScreen ^4"]);
  });

  test("what goes down in a composition does not come up as a key", () => {
    keyboard.down(press({ code: "KeyK", key: "Process", keyCode: 229 }));
    keyboard.up(press({ code: "KeyK", key: "k" }));
    keyboard.down(press({ code: "Enter", key: "Process", keyCode: 229, isComposing: true }));
    keyboard.text("か");
    keyboard.up(press({ code: "Enter", key: "Enter" }));
    expect(sent).toEqual(['"か"']);
  });

  test("a key held while a composition begins comes up", () => {
    keyboard.down(A);
    keyboard.up(press({ code: "KeyA", key: "Process", keyCode: 229, isComposing: true }));
    expect(sent).toEqual(["+KeyA a", "-KeyA a"]);
  });

  test("repeats, and releases with the value of the first press", () => {
    keyboard.down(A);
    keyboard.down(press({ code: "KeyA", key: "A", repeat: true, shiftKey: true }));
    keyboard.up(press({ code: "KeyA", key: "b" }));
    expect(sent).toEqual(["+KeyA a", "+KeyA A*^1", "-KeyA a"]);
  });

  test("a repeat of a key that was forgotten is a first press", () => {
    keyboard.down(A);
    keyboard.forget();
    keyboard.down(press({ code: "KeyA", key: "a", repeat: true }));
    expect(sent).toEqual(["+KeyA a", "+KeyA a"]);
  });

  test("a release without a press says nothing", () => {
    keyboard.up(A);
    expect(sent).toEqual([]);
  });

  test.each<[string, Given]>([
    ["a key that an input method has", { code: "KeyA", key: "Process", keyCode: 229 }],
    ["a key inside a composition", { code: "KeyA", key: "a", isComposing: true }],
    ["a key of which nothing is known", { key: "Unidentified" }],
  ])("leaves %s to the browser", (_, given) => {
    expect(keyboard.down(press(given))).toBe(false);
    expect(sent).toEqual([]);
  });

  test("the virtual keyboard's keys without a place are pressed and let go at once", () => {
    keyboard.down(press({ key: "a", code: "Unidentified" }));
    keyboard.down(press({ key: "Enter" }));
    expect(sent).toEqual(["+ a", "- a", "+ Enter", "- Enter"]);
  });

  test.each([
    [{ code: "OSLeft", key: "OS", metaKey: true }, "+MetaLeft Meta^8"],
    [{ code: "MetaLeft", key: "Win", metaKey: true }, "+MetaLeft Meta^8"],
    [{ code: "Space", key: "Spacebar" }, "+Space  "],
    [{ code: "KeyÄ", key: "ä" }, "+ ä"],
    [{ code: "KeyQ", key: "x".repeat(40) }, "+KeyQ "],
    [{ code: "KeyQ", key: "\u0003" }, "+KeyQ "],
    [{ code: "KeyQ", key: "\ud800" }, "+KeyQ "],
    [{ code: "IntlBackslash", key: "<" }, "+IntlBackslash <"],
  ] as const)("brings odd names into the protocol's form: %j", (given, first) => {
    keyboard.down(press(given));
    expect(sent[0]).toBe(first);
  });

  test.each(["CapsLock", "NumLock"])("%s stays here: the customer's locks are the customer's", (code) => {
    expect(keyboard.down(press({ code, key: code }))).toBe(true);
    keyboard.up(press({ code, key: code }));
    expect(sent).toEqual([]);
  });

  test("Print Screen, of which Windows tells only the release, is a whole press", () => {
    keyboard.up(press({ code: "PrintScreen", key: "PrintScreen" }));
    expect(sent).toEqual(["+PrintScreen PrintScreen", "-PrintScreen PrintScreen"]);
  });

  test("AltGr makes characters and is no key of its own", () => {
    keyboard.down(press({ code: "AltRight", key: "AltGraph", states: ["AltGraph"] }));
    keyboard.down(press({ code: "KeyQ", key: "@", states: ["AltGraph"] }));
    keyboard.up(press({ code: "KeyQ", key: "@", states: ["AltGraph"] }));
    keyboard.up(press({ code: "AltRight", key: "AltGraph" }));
    expect(sent).toEqual([`+KeyQ @^${bits.altGraph}`, `-KeyQ @^${bits.altGraph}`]);
  });

  test("a dead key and the letter after it come as the text that the browser makes of them", () => {
    expect(keyboard.down(press({ code: "Quote", key: "Dead" }))).toBe(false);
    keyboard.up(press({ code: "Quote", key: "Dead" }));
    keyboard.down(press({ code: "ShiftLeft", key: "Shift", shiftKey: true }));
    expect(keyboard.down(press({ code: "KeyE", key: "E", shiftKey: true }))).toBe(false);
    keyboard.text("É");
    keyboard.up(press({ code: "KeyE", key: "E", shiftKey: true }));
    keyboard.up(press({ code: "ShiftLeft", key: "Shift" }));
    expect(keyboard.down(A)).toBe(true);
    expect(sent).toEqual(["+ShiftLeft Shift^1", '"É"', "-ShiftLeft Shift", "+KeyA a"]);
  });

  test("a dead key that is given up leaves the next key alone", () => {
    keyboard.down(press({ code: "Quote", key: "Dead" }));
    keyboard.down(press({ code: "Escape", key: "Escape" }));
    keyboard.down(A);
    expect(sent).toEqual(["+Escape Escape", "+KeyA a"]);
  });

  test("a modifier whose release the technician's system swallowed is let go", () => {
    keyboard.down(press({ code: "AltLeft", key: "Alt", altKey: true }));
    keyboard.observe({ ...A, altKey: true });
    expect(sent).toEqual(["+AltLeft Alt^4"]);
    keyboard.down(A);
    expect(sent).toEqual(["+AltLeft Alt^4", "-AltLeft Alt", "+KeyA a"]);
  });

  test("a pointer event lets go of it as well", () => {
    keyboard.down(press({ code: "ControlRight", key: "Control", ctrlKey: true }));
    keyboard.observe(A);
    expect(sent).toEqual(["+ControlRight Control^2", "-ControlRight Control"]);
  });

  test("keys of the bar are pressed together and let go in the opposite order", () => {
    keyboard.chord([{ code: "ControlLeft", key: "Control" }, { code: "AltLeft", key: "Alt" }, { code: "Delete", key: "Delete" }]);
    expect(sent).toEqual(["+ControlLeft Control^2", "+AltLeft Alt^6", "+Delete Delete^6", "-Delete Delete^6", "-AltLeft Alt^2", "-ControlLeft Control"]);
  });
});

describe("keyboard on Windows", () => {
  let keyboard: Keyboard;
  beforeEach(() => (keyboard = keyboardOn("windows")));
  const altRight = press({ code: "AltRight", key: "Alt", timeStamp: 1, ctrlKey: true, altKey: true });

  test("the Control of an AltGr never leaves", () => {
    keyboard.down(control);
    keyboard.down(altRight);
    keyboard.down(press({ code: "KeyQ", key: "@", ctrlKey: true, altKey: true, states: ["AltGraph"] }));
    keyboard.up(press({ code: "KeyQ", key: "@", ctrlKey: true, altKey: true, states: ["AltGraph"] }));
    keyboard.up(controlUp);
    keyboard.up(press({ code: "AltRight", key: "Alt" }));
    expect(sent).toEqual([`+KeyQ @^${bits.altGraph}`, `-KeyQ @^${bits.altGraph}`]);
  });

  test("a Control by itself leaves when the wait is over", () => {
    keyboard.down(control);
    expect(sent).toEqual([]);
    timers.fire();
    expect(sent).toEqual(["+ControlLeft Control^2"]);
  });

  test("a Control leaves at once when another key follows", () => {
    keyboard.down(control);
    keyboard.down(press({ code: "KeyC", key: "c", ctrlKey: true }));
    expect(sent).toEqual(["+ControlLeft Control^2", "+KeyC c^2"]);
    expect(timers.waiting.size).toBe(0);
  });

  test("a tap on Control is told", () => {
    keyboard.down(control);
    keyboard.up(controlUp);
    expect(sent).toEqual(["+ControlLeft Control^2", "-ControlLeft Control"]);
  });

  test("Control and a right Alt that come apart are two keys", () => {
    keyboard.down(control);
    keyboard.down({ ...altRight, timeStamp: 80 });
    expect(sent).toEqual(["+ControlLeft Control^2", "+AltRight Alt^6"]);
  });

  test("a Control that still waits leaves before a click or a turn of the wheel", () => {
    keyboard.down(control);
    keyboard.commit(control);
    expect(sent).toEqual(["+ControlLeft Control^2"]);
    expect(timers.waiting.size).toBe(0);
  });

  test("a dead key on AltGr is a dead key", () => {
    keyboard.down(control);
    keyboard.down(altRight);
    expect(keyboard.down(press({ code: "Digit7", key: "Dead", ctrlKey: true, altKey: true, states: ["AltGraph"] }))).toBe(false);
    expect(keyboard.down(press({ code: "KeyA", key: "ą" }))).toBe(false);
    expect(sent).toEqual([]);
  });

  test("an AltGr that repeats stays silent", () => {
    for (let i = 0; i < 5; i++) {
      keyboard.down({ ...control, timeStamp: 30 * i, repeat: i > 0 });
      keyboard.down({ ...altRight, timeStamp: 30 * i + 1, repeat: i > 0 });
    }
    timers.fire();
    expect(sent).toEqual([]);
  });

  test("the right Control waits for nothing", () => {
    keyboard.down(press({ code: "ControlRight", key: "Control", ctrlKey: true }));
    expect(sent).toEqual(["+ControlRight Control^2"]);
  });

  test("both Shifts are up when one release is told", () => {
    keyboard.down(press({ code: "ShiftLeft", key: "Shift", shiftKey: true }));
    keyboard.down(press({ code: "ShiftRight", key: "Shift", shiftKey: true }));
    keyboard.up(press({ code: "ShiftLeft", key: "Shift", shiftKey: true }));
    expect(sent.filter((line) => line.startsWith("-"))).toHaveLength(2);
  });

  test.each(["Zenkaku", "Hankaku", "Alphanumeric", "Katakana", "Hiragana", "Romaji", "KanaMode", "HangulMode", "HanjaMode"])("%s has no release there, so it is a whole press", (key) => {
    keyboard.down(press({ code: "Lang1", key }));
    expect(sent).toEqual([`+Lang1 ${key}`, `-Lang1 ${key}`]);
  });
});

describe("keyboard on macOS", () => {
  let keyboard: Keyboard;
  beforeEach(() => (keyboard = keyboardOn("mac")));
  const command = press({ code: "MetaLeft", key: "Meta", metaKey: true });
  const option = press({ code: "AltLeft", key: "Alt", altKey: true });

  test("Command with a letter is Control, and the letter is let go at once", () => {
    keyboard.down(command);
    keyboard.down(press({ code: "KeyC", key: "c", metaKey: true }));
    keyboard.up(press({ code: "MetaLeft", key: "Meta" }));
    expect(sent).toEqual(["+ControlLeft Control^2", "+KeyC c^2", "-KeyC c^2", "-ControlLeft Control"]);
  });

  test("Command alone is the customer's Super key", () => {
    keyboard.down(command);
    keyboard.up(press({ code: "MetaLeft", key: "Meta" }));
    expect(sent).toEqual(["+MetaLeft Meta", "-MetaLeft Meta"]);
  });

  test("Option with a letter makes a character and is no key", () => {
    keyboard.down(option);
    keyboard.down(press({ code: "KeyL", key: "@", altKey: true }));
    keyboard.up(press({ code: "KeyL", key: "@", altKey: true }));
    keyboard.up(press({ code: "AltLeft", key: "Alt" }));
    expect(sent).toEqual([`+KeyL @^${bits.altGraph}`, "-KeyL @^4"]);
  });

  test("Option with another key is Alt", () => {
    keyboard.down(option);
    keyboard.down(press({ code: "F4", key: "F4", altKey: true }));
    keyboard.up(press({ code: "F4", key: "F4", altKey: true }));
    keyboard.up(press({ code: "AltLeft", key: "Alt" }));
    expect(sent).toEqual(["+AltLeft Alt^4", "+F4 F4^4", "-F4 F4^4", "-AltLeft Alt"]);
  });

  test("Option with a dead key makes a character and no tap on Alt", () => {
    keyboard.down(option);
    expect(keyboard.down(press({ code: "KeyE", key: "Dead", keyCode: 229, altKey: true }))).toBe(false);
    keyboard.up(press({ code: "KeyE", key: "Dead", altKey: true, isComposing: true }));
    keyboard.up(press({ code: "AltLeft", key: "Alt", isComposing: true }));
    keyboard.down(press({ code: "KeyA", key: "á", keyCode: 229, isComposing: true }));
    keyboard.text("á");
    expect(sent).toEqual(['"á"']);
  });

  test("Option in Firefox, which calls it AltGraph, makes a character as well", () => {
    keyboard.down({ ...option, getModifierState: (name) => name === "AltGraph" });
    keyboard.down(press({ code: "KeyL", key: "@", altKey: true, states: ["AltGraph"] }));
    keyboard.up(press({ code: "KeyL", key: "@", altKey: true, states: ["AltGraph"] }));
    keyboard.up(press({ code: "AltLeft", key: "Alt" }));
    expect(sent.filter((line) => line.includes("Alt"))).toEqual([]);
  });

  test.each([["Command is Control", command, "+ControlLeft Control^2"], ["Option is Alt", option, "+AltLeft Alt^4"]])("%s in a click or a turn of the wheel", (_, modifier, expected) => {
    keyboard.down(modifier);
    keyboard.commit(modifier);
    expect(sent).toEqual([expected]);
  });

  test("what went down before Command comes up with it at the latest", () => {
    keyboard.down(A);
    keyboard.down(press({ code: "ShiftLeft", key: "Shift", shiftKey: true }));
    keyboard.down({ ...command, shiftKey: true });
    keyboard.down(press({ code: "KeyV", key: "v", metaKey: true, shiftKey: true }));
    // The release of A is never told.
    keyboard.up(press({ code: "MetaLeft", key: "Meta", shiftKey: true }));
    expect(sent.slice(-2)).toEqual(["-ControlLeft Control^1", "-KeyA a^1"]);
    keyboard.up(press({ code: "ShiftLeft", key: "Shift" }));
    expect(sent.at(-1)).toBe("-ShiftLeft Shift");
  });

  test("a Command whose release was lost is forgotten", () => {
    keyboard.down(command);
    keyboard.down(A);
    expect(sent).toEqual(["+KeyA a"]);
  });
});

test.each([
  ["a", true], ["é", true], ["e\u0301", true], ["👍🏽", true], ["€", true], [" ", true],
  ["Enter", false], ["F1", false], ["", false], ["AltGraph", false],
])("%j is printable: %j", (key, expected) => expect(isPrintable(key)).toBe(expected));

test.each([
  ["a", true], ["´x", true], ["لا", true], ["👍🏽", true], ["12", true], ["Enter", false], ["F1", false], ["AltGraph", false], ["", false],
])("%j is text: %j", (key, expected) => expect(isText(key)).toBe(expected));

test.each([["MacIntel", "mac"], ["macOS", "mac"], ["iPad", "mac"], ["Win32", "windows"], ["Windows", "windows"], ["Linux x86_64", "other"], ["", "other"]])(
  "the platform of %j is %s", (name, platform) => expect(platformOf(name)).toBe(platform),
);

test("long text goes in messages that the wire carries, whole characters each", () => {
  const text = "😀ä\r\n\u0007x".repeat(200);
  const messages = textMessages(text);
  expect(decodeInput(encodeInput(messages))).toEqual(messages);
  expect(messages.map((message) => (message.type === "TEXT" ? message.text : "")).join("")).toBe("😀ä\nx".repeat(200));
  expect(textMessages("\u0007")).toEqual([]);
});
