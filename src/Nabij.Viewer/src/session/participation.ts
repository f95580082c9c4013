// What this side says and hears of the people of a session (docs/protocol/13-participants.md): who is there, invitations of its
// own, control, and a relative's Stop.

import type { Invitation, InvitePurpose, People, PeopleMessage } from "../protocol/people.ts";

export type ParticipationEvents = {
  readonly send: (message: PeopleMessage) => void;
  readonly people: (people: People) => void;
  readonly invitation: (invitation: Invitation) => void;
};

export class Participation {
  readonly #events: ParticipationEvents;
  /** Of the newest invitation. */
  #invites = 0;

  constructor(events: ParticipationEvents) {
    this.#events = events;
  }

  /** Asks the customer whether a colleague may come; answered by invitations. */
  invite(purpose: InvitePurpose, name: string, reason: string): void {
    this.#events.send({ type: "INVITE", number: ++this.#invites, purpose, name, reason });
  }

  /** The newest invitation is not needed any more. */
  withdraw(): void {
    if (this.#invites > 0) this.#events.send({ type: "WITHDRAW", number: this.#invites });
  }

  /** Mouse and keyboard are ours from here on, whoever had them. */
  takeControl(): void {
    this.#events.send({ type: "TAKE_CONTROL" });
  }

  /** A relative stops the session. */
  halt(): void {
    this.#events.send({ type: "HALT" });
  }

  take(message: PeopleMessage): void {
    if (message.type === "PEOPLE") this.#events.people(message);
    // An invitation that is over already says nothing about the newest.
    else if (message.type === "INVITATION" && message.number === this.#invites) this.#events.invitation(message);
  }
}
