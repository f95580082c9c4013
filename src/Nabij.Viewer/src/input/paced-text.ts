// Enters a long text at the customer's as TEXT, piece after piece (docs/protocol/06-input.md): where a program bars pasting.
// Paced, so that the host keeps up and Cancel stops it within a piece. Knows no document.

import type { Later } from "./keyboard.ts";

/** The most characters that are typed at once: more would take minutes, and nobody could follow it. */
export const maximumTyped = 10_000;
const pieceCharacters = 20;
const pieceMilliseconds = 50;

export interface PacedTextOutput {
  readonly type: (text: string) => void;
  readonly later: Later;
  /** Characters typed and in all; both 0 when it is over. */
  readonly progress: (typed: number, total: number) => void;
}

/** What can be typed of a text from a clipboard: lines and tabs stay, other control characters and halves of characters go. */
export function typeable(text: string): string {
  return text.replace(/\r\n?/g, "\n").replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufeff]|\p{Surrogate}/gu, "");
}

export class PacedText {
  readonly #output: PacedTextOutput;
  #rest: string[] = [];
  #total = 0;
  #cancelNext: (() => void) | null = null;

  constructor(output: PacedTextOutput) {
    this.#output = output;
  }

  get isRunning(): boolean {
    return this.#rest.length > 0;
  }

  /** Begins, in place of what runs. The text is as `typeable` gives it and no longer than the most. */
  start(text: string): void {
    this.cancel();
    this.#rest = Array.from(text);
    this.#total = this.#rest.length;
    if (this.isRunning) this.#step();
  }

  cancel(): void {
    this.#cancelNext?.();
    this.#cancelNext = null;
    if (!this.isRunning) return;
    this.#rest = [];
    this.#output.progress(0, 0);
  }

  #step(): void {
    this.#cancelNext = null;
    this.#output.type(this.#rest.splice(0, pieceCharacters).join(""));
    if (!this.isRunning) return this.#output.progress(0, 0);
    this.#output.progress(this.#total - this.#rest.length, this.#total);
    this.#cancelNext = this.#output.later(pieceMilliseconds, () => this.#step());
  }
}
