// Every message of the host, by its channel (docs/protocol/04 to 13): decoded, held to the rate of its channel, and handed to
// whom it concerns. What is thrown here ends the session.

import { channelNumbers } from "../protocol/channels.ts";
import { decodeChat, type ChatMessage } from "../protocol/chat.ts";
import { decodeClipboard, type ClipboardMessage } from "../protocol/clipboard.ts";
import { decodeControl, type ControlMessage } from "../protocol/control.ts";
import { decodeCursor, type CursorMessage } from "../protocol/cursor.ts";
import { decodeFacts, type FactsMessage } from "../protocol/facts.ts";
import { decodeFile, type FileMessage } from "../protocol/files.ts";
import { decodePeople, type PeopleMessage } from "../protocol/people.ts";
import { decodeScreen, type ScreenMessage } from "../protocol/screen.ts";
import type { Clock } from "./clock.ts";
import { MessageRate } from "./message-rate.ts";
import type { Message } from "./record-opener.ts";

/** The most control records within a second. */
const maximumControlPerSecond = 32;
/** The most lines of the chat within a second. */
const maximumChatPerSecond = 100;
/** What three others may say together, and what waited of it, whichever way the seconds of both ends fall. */
const maximumSaidPerSecond = 1_000;
/** The most messages of the clipboard within a second. */
const maximumClipboardPerSecond = 400;
/** The most messages about facts within a second. */
const maximumFactsPerSecond = 10;

export type IntakeTakers = {
  readonly control: (message: ControlMessage) => void;
  readonly cursor: (message: CursorMessage) => void;
  /** `arrivedAt`: milliseconds of the session's clock. */
  readonly screen: (message: ScreenMessage, arrivedAt: number) => void;
  readonly facts: (message: FactsMessage) => void;
  readonly chat: (message: ChatMessage) => void;
  readonly people: (message: PeopleMessage) => void;
  readonly clipboard: (message: ClipboardMessage) => void;
  readonly files: (message: FileMessage) => void;
};

export class Intake {
  readonly #takers: IntakeTakers;
  readonly #controlRate: MessageRate;
  readonly #chatRate: MessageRate;
  readonly #saidRate: MessageRate;
  readonly #clipboardRate: MessageRate;
  readonly #factsRate: MessageRate;

  constructor(clock: Clock, takers: IntakeTakers) {
    this.#takers = takers;
    this.#controlRate = new MessageRate(maximumControlPerSecond, clock);
    this.#chatRate = new MessageRate(maximumChatPerSecond, clock);
    this.#saidRate = new MessageRate(maximumSaidPerSecond, clock);
    this.#clipboardRate = new MessageRate(maximumClipboardPerSecond, clock);
    this.#factsRate = new MessageRate(maximumFactsPerSecond, clock);
  }

  take({ channel, payload }: Message, arrivedAt: number): void {
    const takers = this.#takers;
    switch (channel) {
      case channelNumbers.control: {
        const message = decodeControl(payload, "host");
        this.#controlRate.count();
        takers.control(message);
        break;
      }
      case channelNumbers.cursor:
        takers.cursor(decodeCursor(payload));
        break;
      case channelNumbers.screen:
        takers.screen(decodeScreen(payload), arrivedAt);
        break;
      case channelNumbers.facts:
        this.#factsRate.count();
        takers.facts(decodeFacts(payload, "host"));
        break;
      case channelNumbers.chat:
        this.#takeChat(decodeChat(payload, "host"));
        break;
      case channelNumbers.people:
        takers.people(decodePeople(payload, "host"));
        break;
      case channelNumbers.clipboard:
        this.#clipboardRate.count();
        takers.clipboard(decodeClipboard(payload, "host"));
        break;
      case channelNumbers.files:
        takers.files(decodeFile(payload, "host"));
        break;
    }
  }

  #takeChat(message: ChatMessage): void {
    // Marks answer our own lines, however many of them arrive at once.
    if (message.type === "LINE") this.#chatRate.count();
    else if (message.type === "SAID") this.#saidRate.count();
    this.#takers.chat(message);
  }
}
