// What files have to say besides the bytes themselves, in order, while the line is busy. Bounded: a message that speaks of the
// same as an earlier one takes its place.

import { senderOf, type FileMessage, type Side } from "../protocol/files.ts";

export class FileOutbox {
  readonly #waiting = new Map<string, FileMessage>();

  get length(): number {
    return this.#waiting.size;
  }

  push(message: FileMessage): void {
    const key = keyOf(message);
    this.#waiting.delete(key);
    this.#waiting.set(key, message);
  }

  shift(): FileMessage | null {
    for (const [key, message] of this.#waiting) {
      this.#waiting.delete(key);
      return message;
    }
    return null;
  }

  /** Forgets what waits about this side's files. */
  drop(side: Side): void {
    for (const [key, message] of this.#waiting) if (sideOf(message) === side) this.#waiting.delete(key);
  }

  clear(): void {
    this.#waiting.clear();
  }
}

/** The newest of each kind says all: of a credit, of a pause and its end, of an answer. */
function keyOf(message: FileMessage): string {
  if (!("id" in message)) return message.type;
  return `${message.type === "PROCEED" ? "PAUSE" : message.type} ${message.id}`;
}

/** Whose files a message of the viewer's speaks of. */
function sideOf(message: FileMessage): Side {
  if ("id" in message) return senderOf(message.id);
  return message.type === "RENEWED" ? "viewer" : "host";
}
