// Copied text to and from the customer (docs/protocol/07-chat-and-clipboard.md "Interactions of the clipboard"): cuts the
// technician's text into pieces of which two are under way, puts the customer's together, and says once what came of each
// act. Knows no socket.

import { clipboardLimits, formCopied, readCopied, type ClipboardMessage, type ClipboardOutcome } from "../protocol/clipboard.ts";
import { WireFormatError } from "../protocol/errors.ts";
import { concatenate } from "../protocol/wire.ts";

/** `lost`: the connection went, and nobody knows what came of it. */
export type TextOutcome = ClipboardOutcome | "lost";

export type ClipboardEvents = {
  readonly send: (message: ClipboardMessage) => void;
  /** Pieces and a request that wait are not sent; whether the request was among them. */
  readonly drop: (which: "text" | "request") => boolean;
  /** What came of the technician's text. */
  readonly placed: (outcome: TextOutcome) => void;
  /** Why the customer's text does not come. */
  readonly refused: (outcome: TextOutcome) => void;
  /** The customer's text; peer text. @param wasAsked whether the technician asked for it */
  readonly came: (text: string, wasAsked: boolean) => void;
};

type Outgoing = { readonly number: number; readonly bytes: Uint8Array; sent: number; taken: number };
type Arriving = { readonly number: number; readonly request: number; readonly length: number; readonly pieces: Uint8Array[]; arrived: number };

export class ClipboardExchange {
  readonly #events: ClipboardEvents;
  #mayPlace = false;
  #mayGet = false;
  #number = 0;
  /** Until its ANSWER. */
  #outgoing: Outgoing | null = null;
  /** The text that was given up last: perhaps its end had arrived, and it was placed. */
  #givenUp = 0;
  /** The open REQUEST; 0 for none. */
  #request = 0;
  #arriving: Arriving | null = null;
  #lastArriving = 0;

  constructor(events: ClipboardEvents) {
    this.#events = events;
  }

  /** Puts this on the customer's clipboard; what comes of it is told by `placed`. */
  place(text: string): void {
    const bytes = formCopied(text);
    if (this.#outgoing !== null) return this.#events.placed("too-often");
    if (bytes.length === 0) return this.#events.placed("empty");
    if (bytes.length > clipboardLimits.largestText) return this.#events.placed("too-large");
    if (!this.#mayPlace) return this.#events.placed("not-now");
    this.#outgoing = { number: ++this.#number, bytes, sent: 0, taken: 0 };
    this.#sendPieces(this.#outgoing);
  }

  /** Asks for what the customer copied; the answer is told by `came` or `refused`. */
  request(): void {
    if (this.#request !== 0) return this.#events.refused("too-often");
    if (!this.#mayGet) return this.#events.refused("not-now");
    this.#request = ++this.#number;
    this.#events.send({ type: "REQUEST", number: this.#request });
  }

  /** What is in force now. What was in the middle is given up; the host says so of what it knows of. */
  allow(mayPlace: boolean, mayGet: boolean): void {
    this.#mayPlace = mayPlace;
    this.#mayGet = mayGet;
    const outgoing = this.#outgoing;
    if (!mayPlace && outgoing !== null && outgoing.taken < outgoing.bytes.length) {
      this.#events.drop("text");
      this.#givenUp = outgoing.number;
      this.#outgoing = null;
      this.#events.placed("not-now");
    }
    if (mayGet) return;
    this.#arriving = null;
    if (this.#request !== 0 && this.#events.drop("request")) this.#refuse("not-now");
  }

  /** The connection is lost, and with it all that was under way. */
  lost(): void {
    this.#arriving = null;
    if (this.#request !== 0) this.#refuse("lost");
    if (this.#outgoing === null) return;
    this.#outgoing = null;
    this.#events.placed("lost");
  }

  take(message: ClipboardMessage): void {
    switch (message.type) {
      case "TEXT":
        this.#begin(message);
        break;
      case "MORE":
        if (this.#arriving?.number === message.number) this.#add(this.#arriving, message.content);
        break;
      case "TAKEN":
        this.#noteTaken(message.number, message.length);
        break;
      case "ANSWER":
        this.#answered(message.number, message.outcome);
        break;
      case "REQUEST":
        throw new WireFormatError("UnknownType");
    }
  }

  #begin({ number, request, length, content }: Extract<ClipboardMessage, { type: "TEXT" }>): void {
    if (number <= this.#lastArriving) throw new WireFormatError("InvalidValue");
    this.#lastArriving = number;
    this.#arriving = null;
    // It answers what was given up, or came in spite of everything: it has no effect.
    if (!this.#mayGet || (request !== 0 && request !== this.#request)) return;
    this.#arriving = { number, request, length, pieces: [], arrived: 0 };
    this.#add(this.#arriving, content);
  }

  #add(text: Arriving, content: Uint8Array): void {
    if (content.length > text.length - text.arrived) throw new WireFormatError("InvalidValue");
    text.pieces.push(content.slice());
    text.arrived += content.length;
    this.#events.send({ type: "TAKEN", number: text.number, length: text.arrived });
    if (text.arrived < text.length) return;
    this.#arriving = null;
    const copied = readCopied(concatenate(...text.pieces));
    if (text.request !== 0) this.#request = 0;
    this.#events.came(copied, text.request !== 0);
  }

  #noteTaken(number: number, length: number): void {
    const text = this.#outgoing;
    if (text?.number !== number) return;
    if (length > text.sent) throw new WireFormatError("InvalidValue");
    text.taken = Math.max(text.taken, length);
    this.#sendPieces(text);
  }

  /** Every piece but the last is of full size. */
  #sendPieces(text: Outgoing): void {
    const { largestContent, mostPiecesUnderWay } = clipboardLimits;
    while (text.sent < text.bytes.length && text.sent - text.taken <= (mostPiecesUnderWay - 1) * largestContent) {
      const content = text.bytes.subarray(text.sent, text.sent + largestContent);
      const { number, bytes } = text;
      this.#events.send(
        text.sent === 0 ? { type: "TEXT", number, request: 0, length: bytes.length, content } : { type: "MORE", number, content },
      );
      text.sent += content.length;
    }
  }

  #answered(number: number, outcome: ClipboardOutcome): void {
    if (number > this.#number) throw new WireFormatError("InvalidValue");
    if (number === this.#request) return this.#refuse(outcome);
    if (number === this.#givenUp && outcome === "placed") return this.#events.placed(outcome);
    if (number !== this.#outgoing?.number) return;
    this.#outgoing = null;
    this.#events.drop("text");
    this.#events.placed(outcome);
  }

  #refuse(outcome: TextOutcome): void {
    this.#request = 0;
    this.#events.refused(outcome);
  }
}
