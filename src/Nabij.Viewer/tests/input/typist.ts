// A technician at a browser, for tests: turns key strokes into the events that browsers of the three systems give for
// them (as seen in Chromium, Firefox and Safari), and reads back what the host would make of the messages that leave.

import type { KeyPress, Platform } from "../../src/input/key-events.ts";
import { isPrintable } from "../../src/input/key-events.ts";
import { Keyboard } from "../../src/input/keyboard.ts";
import { textOf } from "../../src/input/text-sink.ts";
import { decodeInput, encodeInput, modifiers as bits, type InputMessage } from "../../src/protocol/input.ts";

export interface Browser {
  readonly name: string;
  readonly platform: Platform;
  /** What the key that chooses the third level looks like. */
  readonly altGr: "control and alt" | "control and AltGraph" | "AltGraph" | "option" | "option and AltGraph";
  /** How a dead key and what follows it are told. */
  readonly dead: "value" | "composition" | "process";
}

export const browsers: readonly Browser[] = [
  { name: "Chromium on Windows", platform: "windows", altGr: "control and alt", dead: "value" },
  { name: "Firefox on Windows", platform: "windows", altGr: "control and AltGraph", dead: "value" },
  { name: "Chromium on Linux", platform: "other", altGr: "AltGraph", dead: "process" },
  { name: "Firefox on Linux", platform: "other", altGr: "AltGraph", dead: "value" },
  { name: "Chromium and Safari on macOS", platform: "mac", altGr: "option", dead: "composition" },
  { name: "Firefox on macOS", platform: "mac", altGr: "option and AltGraph", dead: "composition" },
];

export type Given = Partial<Omit<KeyPress, "getModifierState">> & { readonly states?: readonly string[] };

export const press = ({ states = [], ...given }: Given): KeyPress => ({
  code: "", key: "", keyCode: 0, isComposing: false, repeat: false, timeStamp: 0,
  shiftKey: false, ctrlKey: false, altKey: false, metaKey: false,
  ...given,
  getModifierState: (name) => states.includes(name),
});

/** One stroke: `KeyQ:q`, `S+Digit7:/` with Shift, `G+KeyE:€` with AltGr, `D+Equal` dead, `KeyE:é` what it then makes. */
interface Stroke {
  readonly code: string;
  readonly value: string;
  readonly isShifted: boolean;
  readonly isThirdLevel: boolean;
  readonly isDead: boolean;
}

export function strokesOf(notation: string): Stroke[] {
  return notation.split(" ").map((word) => {
    const [, marks = "", code = "", value = ""] = /^([SGD]*)\+?([A-Z][A-Za-z0-9]+):?(.*)$/u.exec(word) ?? [];
    return { code, value: value === "" && !marks.includes("D") ? " " : value, isShifted: marks.includes("S"), isThirdLevel: marks.includes("G"), isDead: marks.includes("D") };
  });
}

export class Typist {
  readonly messages: InputMessage[] = [];
  readonly keyboard: Keyboard;
  readonly #browser: Browser;
  #time = 0;
  #composes = false;

  constructor(browser: Browser) {
    this.#browser = browser;
    this.keyboard = new Keyboard(browser.platform, (messages) => {
      this.messages.push(...decodeInput(encodeInput(messages)));
    }, () => () => undefined);
  }

  type(notation: string): this {
    for (const stroke of strokesOf(notation)) this.#strike(stroke);
    return this;
  }

  /** What the host enters by the rules of chapter 06. */
  get text(): string {
    return this.messages.map((message) => {
      if (message.type === "TEXT") return message.text;
      if (message.type !== "KEY" || !message.down || !isPrintable(message.key)) return "";
      const isShortcut = (message.modifiers & (bits.control | bits.alt | bits.meta)) !== 0;
      return isShortcut && (message.modifiers & bits.altGraph) === 0 ? "" : message.key;
    }).join("");
  }

  /** The keys that the host would press themselves, and those that stay down. */
  get pressed(): { readonly keys: readonly string[]; readonly held: readonly string[] } {
    const held = new Set<string>();
    const keys: string[] = [];
    for (const message of this.messages) {
      if (message.type !== "KEY") continue;
      if (message.down && !isPrintable(message.key)) keys.push(message.code);
      if (message.down) held.add(message.code);
      else held.delete(message.code);
    }
    return { keys, held: [...held] };
  }

  #strike(stroke: Stroke): void {
    const shift: Given = stroke.isShifted ? { shiftKey: true } : {};
    if (stroke.isShifted) this.keyboard.down(press({ code: "ShiftLeft", key: "Shift", shiftKey: true, timeStamp: this.#time++ }));
    const level = stroke.isThirdLevel ? this.#thirdLevelDown(shift) : {};
    if (this.#composes) this.#finish(stroke, { ...shift, ...level });
    else if (stroke.isDead) this.#dead(stroke, { ...shift, ...level });
    else this.#plain({ code: stroke.code, key: stroke.value, ...shift, ...level }, stroke.value);
    if (stroke.isThirdLevel) this.#thirdLevelUp(shift);
    if (stroke.isShifted) this.keyboard.up(press({ code: "ShiftLeft", key: "Shift", timeStamp: this.#time++ }));
  }

  #plain(given: Given, inserted: string): void {
    const event = press({ ...given, timeStamp: this.#time++ });
    // What is left to the browser ends in the field, one character at a time.
    if (!this.keyboard.down(event)) for (const character of inserted) this.#insert(character);
    this.keyboard.up(event);
  }

  #dead({ code }: Stroke, given: Given): void {
    this.#composes = true;
    const keyCode = this.#browser.dead === "value" ? 0 : 229;
    this.keyboard.down(press({ code, key: this.#browser.dead === "process" ? "Process" : "Dead", keyCode, ...given, timeStamp: this.#time++ }));
    this.keyboard.up(press({ code, key: "Dead", ...given, isComposing: keyCode === 229, timeStamp: this.#time++ }));
  }

  #finish({ code, value }: Stroke, given: Given): void {
    this.#composes = false;
    if (this.#browser.dead === "value") {
      this.#plain({ code, key: value, ...given }, value);
      return;
    }
    this.keyboard.down(press({ code, key: "Process", keyCode: 229, isComposing: true, ...given, timeStamp: this.#time++ }));
    this.#compose(value);
    this.keyboard.up(press({ code, key: value, ...given, timeStamp: this.#time++ }));
  }

  #insert(text: string): void {
    const told = textOf({ inputType: "insertText", isComposing: false }, text);
    if (told !== "") this.keyboard.text(told);
  }

  #compose(text: string): void {
    if (textOf({ inputType: "insertCompositionText", isComposing: true }, text) !== "") throw new Error("told twice");
    if (text !== "") this.keyboard.text(text);
    if (textOf({ inputType: "insertCompositionText", isComposing: false }, text) !== "") throw new Error("told twice");
  }

  #thirdLevelDown(shift: Given): Given {
    const { altGr } = this.#browser;
    const timeStamp = this.#time++;
    if (altGr.startsWith("control")) this.keyboard.down(press({ code: "ControlLeft", key: "Control", ctrlKey: true, ...shift, timeStamp }));
    const level = levels[altGr];
    this.keyboard.down(press({ ...thirdLevelKey(altGr), ...level, ...shift, timeStamp: timeStamp + 1 }));
    return level;
  }

  #thirdLevelUp(shift: Given): void {
    const { altGr } = this.#browser;
    if (altGr.startsWith("control")) this.keyboard.up(press({ code: "ControlLeft", key: "Control", ...shift, timeStamp: this.#time++ }));
    this.keyboard.up(press({ ...thirdLevelKey(altGr), ...shift, timeStamp: this.#time++ }));
  }
}

const levels: Readonly<Record<Browser["altGr"], Given>> = {
  "control and alt": { ctrlKey: true, altKey: true, states: ["AltGraph"] },
  "control and AltGraph": { states: ["AltGraph"] },
  "AltGraph": { states: ["AltGraph"] },
  "option": { altKey: true },
  "option and AltGraph": { altKey: true, states: ["AltGraph"] },
};

function thirdLevelKey(altGr: Browser["altGr"]): Given {
  return altGr.startsWith("option") ? { code: "AltLeft", key: "Alt" } : { code: "AltRight", key: altGr === "control and alt" ? "Alt" : "AltGraph" };
}
