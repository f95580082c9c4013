// The last second of a session that is over for everybody but the customer's log (docs/protocol/04-channels.md "Interactions", 5):
// CLOSE where it is ours to say, the last countersignature, and the socket's end. Owns link and socket from here on.

import type { ControlMessage } from "../protocol/control.ts";
import type { Cancel, Clock } from "./clock.ts";
import type { SealedLink } from "./sealed-link.ts";
import type { Socket } from "./socket.ts";
import type { Witness } from "./witness.ts";

const farewellMilliseconds = 1_000;
const normalClosure = 1000;

export class Farewell {
  readonly #link: SealedLink;
  readonly #socket: Socket;
  readonly #cancel: Cancel;
  /** The socket is closed: this side may go. */
  readonly over: Promise<void>;
  #done: () => void = () => undefined;

  constructor(link: SealedLink, socket: Socket, clock: Clock) {
    this.#link = link;
    this.#socket = socket;
    this.#cancel = clock.after(farewellMilliseconds, () => this.close());
    this.over = new Promise((resolve) => (this.#done = resolve));
  }

  /**
   * Ours to say: CLOSE. The host answers with the head of the end, perhaps behind one that was on its way before: all that
   * come are signed, until it closes, or the second is over.
   */
  say(last: ControlMessage): void {
    this.#link.part(last);
  }

  /** The host has said CLOSE: what is being signed is still sent. */
  async answer(witness: Witness): Promise<void> {
    this.#link.part(null);
    await witness.settled();
    await this.#finish();
  }

  send(message: ControlMessage): void {
    this.#link.part(message);
  }

  receive(record: Uint8Array): void {
    this.#link.receive(record);
  }

  close(): void {
    this.#cancel();
    this.#link.dispose();
    this.#socket.close(normalClosure);
    this.#done();
  }

  async #finish(): Promise<void> {
    await this.#link.idle();
    this.close();
  }
}
