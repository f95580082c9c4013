// The technician's keyboard: browser events in, KEY and TEXT messages out (docs/protocol/06-input.md). Knows no document;
// the page feeds it. Browsers and systems differ in ways that can leave a key stuck at the customer: each rule below
// names the one it is for.

import { modifiers as bits, type InputMessage, type KeyMessage } from "../protocol/input.ts";
import { codeOf, isPrintable, isText, keyOf, locksOf, modifiersOf, type KeyPress, type Platform } from "./key-events.ts";

/** Runs an action after so many milliseconds; the answer cancels it. */
export type Later = (milliseconds: number, action: () => void) => () => void;

/** Windows sends AltGr as Control and AltRight, this close together at most; a lone Control waits so long. */
const altGraphGap = 50;
const altGraphWait = 100;

// The customer's own locks are theirs: text arrives as text whatever they are.
const neverSent = new Set(["CapsLock", "NumLock"]);
// Windows sends no release for these keys of Japanese and Korean keyboards.
const withoutRelease = new Set(["HangulMode", "HanjaMode", "Zenkaku", "Hankaku", "ZenkakuHankaku", "Alphanumeric", "Eisu", "Katakana", "Hiragana", "HiraganaKatakana", "Romaji", "KanaMode", "KanjiMode"]);

type Key = { readonly code: string; readonly key: string };

export class Keyboard {
  readonly #platform: Platform;
  readonly #send: (messages: readonly InputMessage[]) => void;
  readonly #later: Later;
  /** What was sent as pressed, by the physical key that stands for it here. */
  readonly #held = new Map<string, Key>();
  /** macOS: Option and Command, pressed but not yet known to be a shortcut. True: used for a character since. */
  readonly #undecided = new Map<string, boolean>();
  #armed: { readonly event: KeyPress; readonly cancel: () => void } | null = null;
  #awaitsText = false;

  constructor(platform: Platform, send: (messages: readonly InputMessage[]) => void, later: Later) {
    this.#platform = platform;
    this.#send = send;
    this.#later = later;
  }

  /** A key went down. True when it is dealt with and the browser must not act on it. */
  down(event: KeyPress): boolean {
    // 229 is what a key is called while an input method has it.
    if (event.isComposing || event.keyCode === 229) {
      this.#useOption();
      return false;
    }
    const wasAltGraph = this.#settleArmed(event);
    this.#releaseLostModifiers(event);
    // With Control or Command a dead key composes nothing: it is a shortcut, known by its place.
    if (event.key === "Dead" && !isShortcut(event)) {
      this.#useOption();
      this.#awaitsText = true;
      return false;
    }
    const code = codeOf(event);
    const key = keyOf(event);
    if (this.#isLeftToBrowser(event, key)) return false;
    if (neverSent.has(code) || wasAltGraph || key === "AltGraph") return true;
    if (this.#isUndecided(code, key)) return true;
    if (this.#armsAltGraph(event, code)) return true;
    if (code === "" && key === "") return false;
    this.#press(event, code, key);
    return true;
  }

  /** A key came up. True when the browser must not act on it. */
  up(event: KeyPress): boolean {
    this.#settleArmed(null);
    const code = codeOf(event);
    if (this.#undecided.has(code)) this.#decideAtRelease(event, code);
    // Windows tells of this key only when it comes up.
    else if (code === "PrintScreen" && !this.#held.has(code)) this.#tap(event, { code, key: keyOf(event) });
    else this.#release(event, code);
    if (this.#platform === "mac" && code.startsWith("Meta")) this.#releaseUntold(event);
    // Windows forgets the release of one Shift while the other is held.
    if (this.#platform === "windows" && code.startsWith("Shift")) {
      this.#release(event, "ShiftLeft");
      this.#release(event, "ShiftRight");
    }
    return !event.isComposing;
  }

  /** Text that came out of an input method, a dead key or a virtual keyboard. */
  text(entered: string): void {
    this.#awaitsText = false;
    this.#send(textMessages(entered));
  }

  /** Presses keys together and lets go of them in the opposite order. */
  chord(keys: readonly Key[]): void {
    let modifiers = 0;
    const messages: KeyMessage[] = [];
    for (const key of keys) {
      modifiers |= modifierOf(key.code);
      messages.push({ type: "KEY", down: true, repeat: false, ...key, modifiers, locks: 0 });
    }
    for (const key of [...keys].reverse()) {
      modifiers &= ~modifierOf(key.code);
      messages.push({ type: "KEY", down: false, repeat: false, ...key, modifiers, locks: 0 });
    }
    this.#send(messages);
  }

  /** A button or the wheel is about to be used with what is held: modifiers that waited to be understood are meant. */
  commit(event: Pick<KeyPress, "shiftKey" | "ctrlKey" | "altKey" | "metaKey" | "getModifierState">): void {
    this.#settleArmed(null);
    this.#decideAsShortcut({ ...noKey, ...flagsOf(event) });
  }

  /** Any other event that knows the modifiers, such as a pointer's: lets go of those whose release was lost. */
  observe(event: Pick<KeyPress, "shiftKey" | "ctrlKey" | "altKey" | "metaKey" | "getModifierState">): void {
    this.#releaseLostModifiers({ ...noKey, ...flagsOf(event) });
  }

  /** Forgets what is held; whoever calls tells the host. */
  forget(): void {
    this.#armed?.cancel();
    this.#armed = null;
    this.#held.clear();
    this.#undecided.clear();
    this.#awaitsText = false;
  }

  #press(event: KeyPress, code: string, key: string): void {
    // Several characters at once are no key's value.
    if (isText(key) && !isPrintable(key)) {
      this.text(key);
      return;
    }
    if (isPrintable(key) && event.altKey && !event.ctrlKey && !event.metaKey && this.#platform === "mac") {
      // Option is what AltGr is elsewhere (Firefox even says so): the character counts, not the key.
      this.#useOption();
      const modifiers = (modifiersOf(event, this.#platform) & ~bits.alt) | bits.altGraph;
      this.#down(event, { code, key }, modifiers);
      return;
    }
    this.#decideAsShortcut(event);
    // While Command is held macOS tells of no other release; a key whose place is unknown cannot be tracked.
    const isTap = code === "" || (this.#platform === "mac" && event.metaKey) || (this.#platform === "windows" && withoutRelease.has(key));
    if (isTap) this.#tap(event, { code, key });
    else this.#down(event, { code, key }, this.#modifiers(event));
  }

  #down(event: KeyPress, key: Key, modifiers: number): void {
    const repeat = event.repeat && this.#held.has(key.code);
    // The release names the value of the first press, whatever the layout is by then.
    if (!this.#held.has(key.code)) this.#held.set(key.code, key);
    this.#send([{ type: "KEY", down: true, repeat, ...key, modifiers, locks: locksOf(event) }]);
  }

  #tap(event: KeyPress, key: Key): void {
    const rest = { type: "KEY", repeat: false, ...key, modifiers: this.#modifiers(event), locks: locksOf(event) } as const;
    this.#send([
      { ...rest, down: true },
      { ...rest, down: false },
    ]);
  }

  #release(event: KeyPress, physical: string): void {
    const key = this.#held.get(physical);
    if (key === undefined) return;
    this.#held.delete(physical);
    this.#send([{ type: "KEY", down: false, repeat: false, ...key, modifiers: this.#modifiers(event), locks: locksOf(event) }]);
  }

  /** The bits of an event; Command counts as Control, see #isUndecided. */
  #modifiers(event: KeyPress): number {
    const word = modifiersOf(event, this.#platform);
    return this.#platform === "mac" && (word & bits.meta) !== 0 ? (word & ~bits.meta) | bits.control : word;
  }

  /** Dead keys and what follows them: the browser composes, and tells the result by `text`. */
  #isLeftToBrowser(event: KeyPress, key: string): boolean {
    const isComposed = this.#awaitsText && isText(key) && !isShortcut(event);
    if (!isComposed && modifierOf(codeOf(event)) === 0) this.#awaitsText = false;
    return isComposed;
  }

  /** macOS: Command is Control in shortcuts, and Option writes characters; alone each is itself, told when it comes up. */
  #isUndecided(code: string, key: string): boolean {
    if (this.#platform !== "mac" || (key !== "Alt" && key !== "Meta")) return false;
    if (!this.#held.has(code) && !this.#undecided.has(code)) this.#undecided.set(code, false);
    return true;
  }

  /** The Option that is held makes a character: it is no key of its own any more. */
  #useOption(): void {
    for (const held of this.#undecided.keys()) if (held.startsWith("Alt")) this.#undecided.set(held, true);
  }

  /** macOS tells of no release while Command is held: what went down before it may be up by now. */
  #releaseUntold(event: KeyPress): void {
    for (const physical of [...this.#held.keys()]) if (modifierOf(physical) === 0) this.#release(event, physical);
  }

  #decideAsShortcut(event: KeyPress): void {
    for (const physical of this.#undecided.keys()) {
      const isCommand = physical.startsWith("Meta");
      const key = isCommand ? { code: "ControlLeft", key: "Control" } : { code: physical, key: "Alt" };
      this.#held.set(physical, key);
      this.#send([{ type: "KEY", down: true, repeat: false, ...key, modifiers: this.#modifiers(event), locks: locksOf(event) }]);
    }
    this.#undecided.clear();
  }

  #decideAtRelease(event: KeyPress, code: string): void {
    const wasUsed = this.#undecided.get(code) === true;
    this.#undecided.delete(code);
    if (!wasUsed) this.#tap(event, { code, key: code.startsWith("Meta") ? "Meta" : "Alt" });
  }

  #armsAltGraph(event: KeyPress, code: string): boolean {
    if (this.#platform !== "windows" || code !== "ControlLeft" || this.#held.has(code)) return false;
    const cancel = this.#later(altGraphWait, () => this.#settleArmed(null));
    this.#armed = { event, cancel };
    return true;
  }

  /** Sends the Control that waited, unless this event shows that it was half of an AltGr: then true. */
  #settleArmed(event: KeyPress | null): boolean {
    const armed = this.#armed;
    if (armed === null) return false;
    this.#armed = null;
    armed.cancel();
    if (event !== null && codeOf(event) === "AltRight" && event.timeStamp - armed.event.timeStamp < altGraphGap) return true;
    this.#down(armed.event, { code: "ControlLeft", key: "Control" }, modifiersOf(armed.event, this.#platform));
    return false;
  }

  /** A shortcut of the technician's own system can swallow the release of a modifier. */
  #releaseLostModifiers(event: KeyPress): void {
    if (event.getModifierState("AltGraph")) return;
    const present = modifiersOf(event, this.#platform);
    const own = modifierOf(codeOf(event));
    for (const physical of [...this.#held.keys(), ...this.#undecided.keys()]) {
      const modifier = modifierOf(physical);
      if (modifier === 0 || modifier === own || (present & modifier) !== 0) continue;
      this.#undecided.delete(physical);
      this.#release(event, physical);
    }
  }
}

/** Control or Command without AltGr, which Windows makes out of Control and Alt. */
function isShortcut(event: KeyPress): boolean {
  return (event.ctrlKey || event.metaKey) && !event.getModifierState("AltGraph");
}

const noKey: KeyPress = {
  code: "", key: "", keyCode: 0, isComposing: false, repeat: false, timeStamp: 0,
  shiftKey: false, ctrlKey: false, altKey: false, metaKey: false, getModifierState: () => false,
};

// Fields of events are getters of their prototype, which spreading leaves out.
function flagsOf(event: Pick<KeyPress, "shiftKey" | "ctrlKey" | "altKey" | "metaKey" | "getModifierState">): Partial<KeyPress> {
  const { shiftKey, ctrlKey, altKey, metaKey } = event;
  return { shiftKey, ctrlKey, altKey, metaKey, getModifierState: (name) => event.getModifierState(name) };
}

function modifierOf(code: string): number {
  if (code.startsWith("Shift")) return bits.shift;
  if (code.startsWith("Control")) return bits.control;
  if (code === "AltLeft" || code === "AltRight") return bits.alt;
  return code === "MetaLeft" || code === "MetaRight" ? bits.meta : 0;
}

const maximumTextCharacters = 256; // at most four bytes each, so never more than the protocol's 1,024 bytes

/** Text in messages of the protocol's size; what the wire does not carry is left out. */
export function textMessages(text: string): InputMessage[] {
  const clean = text.replace(/\r\n?/g, "\n").replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\p{Surrogate}]/gu, "");
  const characters = [...clean];
  const messages: InputMessage[] = [];
  for (let start = 0; start < characters.length; start += maximumTextCharacters) {
    messages.push({ type: "TEXT", text: characters.slice(start, start + maximumTextCharacters).join("") });
  }
  return messages;
}
