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

  constructor(link: SealedLink, socket: Socket, clock: Clock) {
    this.#link = link;
    this.#socket = socket;
    this.#cancel = clock.after(farewellMilliseconds, () => this.close());
  }

  /** Ours to say: CLOSE, then the signature under the head of the end that the host answers with. */
  async say(last: ControlMessage, witness: Witness): Promise<void> {
    const signed = witness.next();
    this.#link.part(last);
    await signed;
    await this.#finish();
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
  }

  async #finish(): Promise<void> {
    await this.#link.idle();
    this.close();
  }
}
