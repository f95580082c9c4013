// How a session of the technician ends on the line (docs/protocol/04-channels.md "Interactions", 5): CLOSE, said or answered,
// and what the customer's log still wants signed after it. Link and socket that are handed over are this object's from then on.

import { channelNumbers } from "../protocol/channels.ts";
import { decodeControl, type ControlMessage } from "../protocol/control.ts";
import type { Clock } from "./clock.ts";
import { Farewell } from "./farewell.ts";
import type { Message } from "./record-opener.ts";
import type { SealedLink } from "./sealed-link.ts";
import type { Socket } from "./socket.ts";
import type { Witness } from "./witness.ts";
import type { EndByTechnician } from "./worker-messages.ts";

/** After CLOSE the socket is closed at the latest after this time. */
const farewellMilliseconds = 1_000;
const normalClosure = 1000;

export class Ending {
  readonly #clock: Clock;
  #farewell: Farewell | null = null;
  /** Signs the heads of the customer's log; null for whoever has no key. */
  witness: Witness | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Resolves when nothing is left to be said; undefined where nothing was. */
  get over(): Promise<void> | undefined {
    return this.#farewell?.over;
  }

  /** Ours to say. */
  say(reason: EndByTechnician | "protocol-error", link: SealedLink, socket: Socket): void {
    if (reason !== "protocol-error" && this.witness?.isCalled === true) {
      this.#farewell = new Farewell(link, socket, this.#clock);
      this.#farewell.say({ type: "CLOSE", reason });
      return;
    }
    const cancel = this.#clock.after(farewellMilliseconds, () => socket.close(normalClosure));
    const leave = () => {
      cancel();
      socket.close(normalClosure);
    };
    // Whether or not the farewell could still be said, the socket closes.
    link.close({ type: "CLOSE", reason }).then(leave, leave);
  }

  /** The host has said it. True: what it wants signed of the log for that is still signed, over what was handed over. */
  answer(link: SealedLink, socket: Socket): boolean {
    if (this.witness?.isSigning !== true) return false;
    this.#farewell = new Farewell(link, socket, this.#clock);
    void this.#farewell.answer(this.witness);
    return true;
  }

  /** Sends this behind CLOSE; false while there was none. */
  trySend(message: ControlMessage): boolean {
    this.#farewell?.send(message);
    return this.#farewell !== null;
  }

  /** One binary message of the socket, after the end. */
  receive(record: Uint8Array): void {
    this.#farewell?.receive(record);
  }

  /** After the end only a head of the log is heard. */
  take({ channel, payload }: Message): void {
    if (channel !== channelNumbers.control) return;
    const message = decodeControl(payload, "host");
    if (message.type === "LOG_HEAD") this.witness?.takeHead(message.entry, message.head);
  }

  /** The socket is gone. */
  closed(): void {
    this.#farewell?.close();
  }
}
