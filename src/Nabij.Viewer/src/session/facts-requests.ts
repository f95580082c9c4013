// The technician's requests for the facts about the customer's computer (docs/protocol/12-system-information.md
// "Interactions"): one open at a time, 10 s after an answer, 20 in a session, and gone with what ends them at the host.

import type { StopReason } from "../protocol/errors.ts";
import type { Fact, FactsMessage } from "../protocol/facts.ts";
import { permissions } from "../protocol/permissions.ts";
import { Asking } from "./asking.ts";
import type { Clock } from "./clock.ts";

export type FactsRequestEvents = {
  readonly send: (message: FactsMessage) => void;
  /** null: the customer does not send the list. */
  readonly given: (facts: readonly Fact[] | null) => void;
  /** The request is gone without an answer. */
  readonly gone: () => void;
};

export class FactsRequests {
  readonly #events: FactsRequestEvents;
  readonly #asking: Asking;
  #number = 0;
  #open: number | null = null;
  #isWished = false;
  #isAllowed = false;

  constructor(clock: Clock, events: FactsRequestEvents) {
    this.#events = events;
    this.#asking = new Asking(clock, () => this.#send());
  }

  /** Goes out when the protocol next allows it. */
  request(): void {
    if (!this.#isAllowed) return this.#events.gone();
    this.#isWished = true;
    this.#asking.ask(permissions.SYSTEM_INFORMATION);
  }

  /** What the customer allows now, and what holds the session. */
  allow(granted: number, inForce: number, pause: StopReason | null): void {
    this.#isAllowed = (inForce & permissions.SYSTEM_INFORMATION) !== 0;
    const isEnded = (granted & permissions.SYSTEM_INFORMATION) === 0 || pause === "stop" || pause === "unanswered";
    if (isEnded) this.lost();
  }

  /** An answer to a request that is not open has no effect. */
  take(message: FactsMessage): void {
    if (message.number !== this.#open) return;
    this.#open = null;
    this.#asking.answered();
    this.#events.given(message.type === "FACTS" ? message.facts : null);
  }

  /** Nothing can answer any more. */
  lost(): void {
    const wasOpen = this.#open !== null || this.#isWished;
    this.#open = null;
    this.#isWished = false;
    this.#asking.lost();
    if (wasOpen) this.#events.gone();
  }

  dispose(): void {
    this.#asking.dispose();
  }

  #send(): void {
    this.#isWished = false;
    this.#open = ++this.#number;
    if (this.#isAllowed) this.#events.send({ type: "REQUEST", number: this.#number });
    else this.lost();
  }
}
