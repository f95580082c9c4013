// What waits to be sealed, by strict priority (docs/protocol/04-channels.md "Channels"): control, input and drawing, feedback,
// chat, clipboard, files. Everything in it is bounded; pointer moves that a later one overtakes are never sent.

import { channelNumbers } from "../protocol/channels.ts";
import { encodeChat, type ChatLine, type ChatMark, type ChatMessage } from "../protocol/chat.ts";
import { encodeClipboard, type ClipboardMessage } from "../protocol/clipboard.ts";
import { encodeControl, type ControlMessage } from "../protocol/control.ts";
import { encodeDrawing, type DrawingMessage } from "../protocol/drawing.ts";
import { encodeFacts, type FactsMessage } from "../protocol/facts.ts";
import { encodeFeedback, type FeedbackMessage } from "../protocol/feedback.ts";
import { encodeFile, type FileMessage } from "../protocol/files.ts";
import { encodeInput, maximumInputMessages, type InputMessage } from "../protocol/input.ts";
import { encodePeople, type PeopleMessage } from "../protocol/people.ts";
import type { Fragment } from "../protocol/records.ts";

/** The most control messages, and the most input messages, that may wait. */
export const maximumWaiting = 256;
/** The most messages about participants that may wait. */
const maximumPeople = 16;

/** More waits than may: the line takes nothing any more. */
export class QueueFullError extends Error {
  override readonly name = "QueueFullError";
}

/** What waits of drawing: the newest spot, and the messages of marks in order. What finds no room is not drawn. */
class DrawingQueue {
  #spot: DrawingMessage | null = null;
  readonly #marks: DrawingMessage[] = [];
  /** The mark that found no room as it began gets no points either. */
  #isMarkLost = false;

  push(message: DrawingMessage): void {
    if (message.type === "SPOT" || message.type === "SPOT_OFF") {
      this.#spot = message;
      return;
    }
    if (message.type === "CLEAR") this.#marks.length = 0;
    const isPart = message.type === "POINTS" || message.type === "DONE";
    const isFull = this.#marks.length >= maximumWaiting;
    if (!isPart) this.#isMarkLost = isFull;
    if (!isFull && !(isPart && this.#isMarkLost)) this.#marks.push(message);
  }

  next(): DrawingMessage | null {
    const spot = this.#spot;
    this.#spot = null;
    return spot ?? this.#marks.shift() ?? null;
  }

  clear(): void {
    this.#spot = null;
    this.#marks.length = 0;
    this.#isMarkLost = false;
  }
}

/** Where the one file message that may wait comes from. */
export type FileSource = {
  readonly hasNext: boolean;
  /** null when there is none. */
  readonly next: () => FileMessage | null;
};

export class OutgoingQueue {
  files: FileSource | null = null;
  readonly #control: ControlMessage[] = [];
  #input: InputMessage[] = [];
  readonly #drawing = new DrawingQueue();
  #isDrawingsTurn = false;
  /** What people press: few at a time, and bounded all the same. */
  readonly #people: PeopleMessage[] = [];
  /** One is open at a time. */
  #facts: FactsMessage | null = null;
  // The newest per kind.
  #presented: FeedbackMessage | null = null;
  #repair: FeedbackMessage | null = null;
  #delivered: ChatMark | null = null;
  #seen: ChatMark | null = null;
  /** Bounded by the exchange: two pieces and a request. */
  #clipboard: ClipboardMessage[] = [];
  #taken: ClipboardMessage | null = null;
  /** Bounded by the conversation. */
  readonly #lines: ChatLine[] = [];

  pushControl(message: ControlMessage): void {
    if (this.#control.length >= maximumWaiting) throw new QueueFullError();
    this.#control.push(message);
  }

  pushInput(messages: readonly InputMessage[]): void {
    for (const message of messages) {
      const last = this.#input.at(-1);
      if (message.type === "POINTER_MOVE" && last?.type === "POINTER_MOVE") this.#input.pop();
      this.#input.push(message);
    }
    if (this.#input.length > maximumWaiting) this.#input = this.#input.filter(({ type }) => type !== "POINTER_MOVE");
    if (this.#input.length > maximumWaiting) throw new QueueFullError();
  }

  pushDrawing(messages: readonly DrawingMessage[]): void {
    for (const message of messages) this.#drawing.push(message);
  }

  /** Forgets what waits of drawing: the host has cleared everything. */
  dropDrawing(): void {
    this.#drawing.clear();
  }

  pushPeople(message: PeopleMessage): void {
    if (this.#people.length < maximumPeople) this.#people.push(message);
  }

  pushFacts(message: FactsMessage): void {
    this.#facts = message;
  }

  pushFeedback(message: FeedbackMessage): void {
    if (message.type === "REPAIR") this.#repair = message;
    else this.#presented = message;
  }

  pushChat(message: ChatMessage): void {
    if (message.type === "LINE") this.#lines.push(message);
    else if (message.type === "SAID") return;
    else if (message.type === "SEEN") this.#seen = { type: "SEEN", number: message.number };
    else this.#delivered = { type: "DELIVERED", number: message.number };
  }

  pushClipboard(message: ClipboardMessage): void {
    if (message.type === "TAKEN") this.#taken = message;
    else this.#clipboard.push(message);
  }

  /** Forgets the pieces of a text that wait, or a request; whether there were any. */
  dropClipboard(which: "text" | "request"): boolean {
    const before = this.#clipboard.length;
    this.#clipboard = this.#clipboard.filter(({ type }) => (type === "REQUEST") === (which === "text"));
    return this.#clipboard.length < before;
  }

  /** Forgets what needs the permission to look. */
  dropInputAndFeedback(): void {
    this.#input = [];
    this.#presented = this.#repair = null;
  }

  /** Forgets what waits of the chat: the conversation says it again when it may. */
  dropChat(): void {
    this.#lines.length = 0;
    this.#delivered = this.#seen = null;
  }

  /** The next control message, whatever else waits. */
  nextControl(): Fragment | null {
    const control = this.#control.shift();
    return control === undefined ? null : { channel: channelNumbers.control, more: false, payload: encodeControl(control) };
  }

  /** The next of files, which goes only when nothing else waits. */
  nextOfFiles(): Fragment | null {
    const message = this.files?.next() ?? null;
    return message === null ? null : { channel: channelNumbers.files, more: false, payload: encodeFile(message) };
  }

  /** The next payload to seal that is not of files; input that waits goes out together. No message needs more than one piece. */
  next(): Fragment | null {
    const control = this.nextControl();
    if (control !== null) return control;
    const people = this.#people.shift();
    if (people !== undefined) return { channel: channelNumbers.people, more: false, payload: encodePeople(people) };
    // Channels of the same urgency take turns.
    const drawing = this.#isDrawingsTurn || this.#input.length === 0 ? this.#drawing.next() : null;
    this.#isDrawingsTurn = drawing === null;
    if (drawing !== null) return { channel: channelNumbers.drawing, more: false, payload: encodeDrawing(drawing) };
    if (this.#input.length > 0) {
      const messages = this.#input.splice(0, maximumInputMessages);
      return { channel: channelNumbers.input, more: false, payload: encodeInput(messages) };
    }
    const facts = this.#facts;
    this.#facts = null;
    if (facts !== null) return { channel: channelNumbers.facts, more: false, payload: encodeFacts(facts) };
    const feedback = this.#repair ?? this.#presented;
    if (feedback === null) return this.#nextOfChat();
    if (feedback === this.#repair) this.#repair = null;
    else this.#presented = null;
    return { channel: channelNumbers.feedback, more: false, payload: encodeFeedback(feedback) };
  }

  #nextOfChat(): Fragment | null {
    let message: ChatMessage | null = this.#delivered ?? this.#seen;
    if (message === null) message = this.#lines.shift() ?? null;
    else if (message === this.#delivered) this.#delivered = null;
    else this.#seen = null;
    if (message === null) return this.#nextOfClipboard();
    return { channel: channelNumbers.chat, more: false, payload: encodeChat(message) };
  }

  #nextOfClipboard(): Fragment | null {
    const message = this.#taken ?? this.#clipboard.shift() ?? null;
    if (message === this.#taken) this.#taken = null;
    return message === null ? null : { channel: channelNumbers.clipboard, more: false, payload: encodeClipboard(message) };
  }
}
