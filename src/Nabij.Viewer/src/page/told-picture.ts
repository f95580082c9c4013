// The picture that is being kept, from the technician's word until it is handed on (docs/protocol/14-kept-pictures.md "Telling
// the customer"): nothing of it leaves the page before the customer is told, and however many tries it takes, the customer is
// told once.

import type { Bytes } from "../pictures/envelope.ts";
import { newPictureNumber } from "../pictures/sealing.ts";
import { toHex } from "../protocol/hex.ts";
import { DeskProblem } from "./desk-api.ts";

export class ToldPicture {
  readonly #tell: (picture: Bytes) => void;
  readonly #over: AbortSignal;
  #number = newPictureNumber();
  #isTold = false;
  #waiting: ((isTold: boolean) => void) | null = null;

  /**
   * @param tell tells the customer of the picture of this number; `told` is the answer
   * @param over the session is over: nobody can be told any more
   */
  constructor(tell: (picture: Bytes) => void, over: AbortSignal) {
    this.#tell = tell;
    this.#over = over;
    over.addEventListener("abort", () => this.#answer(false));
  }

  /** The next one is another picture; what waits is not handed on. */
  renew(): void {
    this.#number = newPictureNumber();
    this.#isTold = false;
    this.#answer(false);
  }

  /** What came of telling. */
  told(picture: Uint8Array, isTold: boolean): void {
    if (toHex(picture) === toHex(this.#number)) this.#answer(isTold);
  }

  /**
   * Hands the picture on under its number, once the customer is told. False: the customer cannot be told, and nothing was handed on.
   * Raises what `hand` raises; after `keep.taken` an earlier try has arrived after all, and the next one is another picture.
   */
  async keep(hand: (picture: Bytes) => Promise<void>): Promise<boolean> {
    const picture = this.#number;
    if (!this.#isTold) {
      const isTold = await this.#ask(picture);
      if (!isTold || picture !== this.#number) return false;
      this.#isTold = true;
    }
    try {
      await hand(picture);
    } catch (error) {
      if (error instanceof DeskProblem && error.text === "keep.taken") this.renew();
      throw error;
    }
    return true;
  }

  #ask(picture: Bytes): Promise<boolean> {
    this.#answer(false);
    if (this.#over.aborted) return Promise.resolve(false);
    return new Promise((resolve) => {
      this.#waiting = resolve;
      this.#tell(picture);
    });
  }

  #answer(isTold: boolean): void {
    const waiting = this.#waiting;
    this.#waiting = null;
    waiting?.(isTold);
  }
}
