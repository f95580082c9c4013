// The chat with the customer (docs/protocol/07-chat-and-clipboard.md): numbers the technician's lines and keeps them until they
// have arrived, takes the customer's lines once and in order, and answers with marks. Knows no socket.

import type { ChatLine, ChatMessage, ChatSaid } from "../protocol/chat.ts";
import { WireFormatError } from "../protocol/errors.ts";

/** So many lines may be without DELIVERED. */
export const maximumUndelivered = 64;

export type ChatEvents = {
  readonly send: (message: ChatMessage) => void;
  /** A new line of the customer's, or of another participant (docs/protocol/13-participants.md); peer text. */
  readonly line: (number: number, text: string, person: number | null) => void;
  /** How many of the technician's lines have arrived, and how many of them were shown. */
  readonly marked: (delivered: number, seen: number) => void;
};

export class Conversation {
  readonly #events: ChatEvents;
  #undelivered: ChatLine[] = [];
  #isOpen = false;
  #said = 0;
  #delivered = 0;
  #seen = 0;
  #heard = 0;
  #shown = 0;

  constructor(events: ChatEvents) {
    this.#events = events;
  }

  /** The last line that was taken; 0 for none. What a resume tells the host. */
  get heard(): number {
    return this.#heard;
  }

  /** Whether anything may be sent now. When it comes to that, all that nobody knows to have arrived is said again. */
  set isOpen(isOpen: boolean) {
    const opens = isOpen && !this.#isOpen;
    this.#isOpen = isOpen;
    if (opens) this.#sayAgain();
  }

  /** The host has come back and says which line it had taken last; 0 for none. More than was said counts for nothing. */
  learn(arrived: number): void {
    if (arrived <= this.#delivered || arrived > this.#said) return;
    this.#mark(false, arrived);
  }

  /** The technician says this, in the form that travels. What cannot leave now leaves later. Dropped when too much has not arrived. */
  say(text: string): void {
    if (this.#undelivered.length >= maximumUndelivered) return;
    const line: ChatLine = { type: "LINE", number: ++this.#said, text };
    this.#undelivered.push(line);
    this.#send(line);
  }

  /** The customer's lines up to this one are before the technician. */
  show(number: number): void {
    const shown = Math.min(number, this.#heard);
    if (shown <= this.#shown) return;
    this.#shown = shown;
    this.#send({ type: "SEEN", number: shown });
  }

  take(message: ChatMessage): void {
    if (message.type === "LINE" || message.type === "SAID") this.#hear(message);
    else this.#mark(message.type === "SEEN", message.number);
  }

  #hear(line: ChatLine | ChatSaid): void {
    const { number, text } = line;
    // Lines before this one were lost on the way: all of them come again, in order.
    if (number > this.#heard + 1) return;
    const isNew = number > this.#heard;
    if (isNew) this.#heard = number;
    this.#send({ type: "DELIVERED", number: this.#heard });
    if (isNew) this.#events.line(number, text, line.type === "SAID" ? line.person : null);
  }

  #mark(isSeen: boolean, number: number): void {
    if (number > this.#said) throw new WireFormatError("InvalidValue");
    this.#delivered = Math.max(this.#delivered, number);
    if (isSeen) this.#seen = Math.max(this.#seen, number);
    this.#undelivered = this.#undelivered.filter((line) => line.number > this.#delivered);
    this.#events.marked(this.#delivered, this.#seen);
  }

  #sayAgain(): void {
    if (this.#heard > 0) this.#send({ type: "DELIVERED", number: this.#heard });
    if (this.#shown > 0) this.#send({ type: "SEEN", number: this.#shown });
    for (const line of this.#undelivered) this.#send(line);
  }

  #send(message: ChatMessage): void {
    if (this.#isOpen) this.#events.send(message);
  }
}
