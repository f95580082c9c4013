// Tells the customer's program that a picture of the screen is kept (docs/protocol/14-kept-pictures.md "Telling the
// customer"): one at a time; what cannot be told, or is not answered in time, must not be kept.

import { toHex } from "../protocol/hex.ts";
import type { ControlMessage } from "../protocol/control.ts";
import type { Cancel, Clock } from "./clock.ts";

/** So long an answer is waited for. */
const answerMilliseconds = 10_000;

export type PictureTellingEvents = {
  readonly send: (message: ControlMessage) => void;
  /** What came of it; each `tell` has one of these. */
  readonly told: (picture: Uint8Array, isTold: boolean) => void;
};

export class PictureTelling {
  readonly #clock: Clock;
  readonly #events: PictureTellingEvents;
  #open: Uint8Array | null = null;
  #mayTell = false;
  #cancel: Cancel | null = null;

  constructor(clock: Clock, events: PictureTellingEvents) {
    this.#clock = clock;
    this.#events = events;
  }

  /** @param picture its own number */
  tell(picture: Uint8Array): void {
    this.#settle(false);
    this.#open = picture;
    if (!this.#mayTell) return this.#settle(false);
    this.#cancel = this.#clock.after(answerMilliseconds, () => this.#settle(false));
    this.#events.send({ type: "PICTURE_KEPT", picture });
  }

  /** Whether looking is in force; without it the host answers nothing. */
  allow(mayLook: boolean): void {
    this.#mayTell = mayLook;
    if (!mayLook) this.#settle(false);
  }

  /** An answer to what is not open has no effect. */
  noted(picture: Uint8Array): void {
    if (this.#open !== null && toHex(this.#open) === toHex(picture)) this.#settle(true);
  }

  #settle(isTold: boolean): void {
    const picture = this.#open;
    this.#cancel?.();
    this.#cancel = null;
    this.#open = null;
    if (picture !== null) this.#events.told(picture, isTold);
  }
}
