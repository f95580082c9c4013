// What was said in a session's chat, as the page keeps it: bounded, with how far the technician's lines have come and what
// waits to be read. Knows no document.

import { maximumUndelivered } from "../session/conversation.ts";
import type { Say, TextKey } from "./texts/texts.ts";

/** The most lines that are kept; the oldest go first. */
export const maximumLines = 500;

export interface SaidLine {
  readonly isOwn: boolean;
  /** Counts the lines of its sender, from 1. */
  readonly number: number;
  readonly text: string;
  /** Milliseconds since 1970, on this computer's clock. */
  readonly at: number;
  /** Another participant's name; absent for the customer's lines and the technician's own. */
  readonly who?: string;
}

export class ChatLog {
  #lines: SaidLine[] = [];
  #said = 0;
  #delivered = 0;
  #seen = 0;
  #heard = 0;
  #read = 0;

  /** Oldest first. */
  get lines(): readonly SaidLine[] {
    return this.#lines;
  }

  /** Lines of the customer's that were not before the technician yet. */
  get unread(): number {
    return this.#heard - this.#read;
  }

  /** The last line of the customer's; 0 for none. */
  get heard(): number {
    return this.#heard;
  }

  /** Too much has not arrived: nothing more may be said now. */
  get isFull(): boolean {
    return this.#said - this.#delivered >= maximumUndelivered;
  }

  say(text: string, at: number): SaidLine {
    return this.#keep({ isOwn: true, number: ++this.#said, text, at });
  }

  hear(number: number, text: string, at: number, who: string | null = null): SaidLine {
    this.#heard = number;
    return this.#keep({ isOwn: false, number, text, at, ...(who === null ? {} : { who }) });
  }

  mark(delivered: number, seen: number): void {
    this.#delivered = delivered;
    this.#seen = seen;
  }

  /** Everything stands before the technician. False when it did already. */
  read(): boolean {
    if (this.#read === this.#heard) return false;
    this.#read = this.#heard;
    return true;
  }

  /** How far a line of the technician's has come, in words. */
  markOf(say: Say, line: SaidLine): string {
    const key: TextKey = line.number <= this.#seen ? "chat.seen" : line.number <= this.#delivered ? "chat.delivered" : "chat.sent";
    return say(key);
  }

  #keep(line: SaidLine): SaidLine {
    this.#lines.push(line);
    if (this.#lines.length > maximumLines) this.#lines = this.#lines.slice(-maximumLines);
    return line;
  }
}
