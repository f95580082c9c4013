// From an open socket to the keys: JOIN and its answer (docs/protocol/01-rendezvous.md), then the handshake (02), each step
// within its time. Is given messages one at a time and says when it is done; the socket is its caller's.

import { decodeCertificate } from "../protocol/certificate.ts";
import { WireFormatError } from "../protocol/errors.ts";
import { decodeJoinAnswer, decodeTicket, encodeJoin, type Comeback, type PairedMessage, type RefusedMessage } from "../protocol/rendezvous.ts";
import type { Cancel, Clock } from "./clock.ts";
import { equalConstantTime, erase, randomBytes } from "./crypto.ts";
import { reasonOfHandshake } from "./end-reasons.ts";
import type { EndReason } from "./states.ts";
import { supportedSuites, supportedVersions, TechnicianHandshake, type Established, type HandshakeStep } from "./technician-handshake.ts";
import type { JoinRequest } from "./worker-messages.ts";
import { generateScalar, type Scalar } from "./x25519.ts";

/** The server has this long to answer JOIN, and the customer's program for each step of the handshake. */
const stepMilliseconds = 30_000;

export type JoinInputs = Omit<JoinRequest, "type">;

export type JoinSurroundings = {
  readonly send: (data: string | Uint8Array<ArrayBuffer>) => void;
  readonly timedOut: () => void;
  readonly clock: Clock;
  /** Name and version of the viewer, for the customer's log. */
  readonly client: string;
  /** Another source of scalars, for tests. */
  readonly generateScalar: (() => Promise<Scalar>) | undefined;
};

export type JoinOutcome =
  | { readonly type: "established"; readonly session: Established; readonly comeback: Comeback }
  | { readonly type: "failed"; readonly reason: EndReason; readonly detail: string | null };

const signature = { name: "ECDSA", hash: "SHA-256" };

export class Joining {
  readonly #inputs: JoinInputs;
  readonly #surroundings: JoinSurroundings;
  #handshake: TechnicianHandshake | null = null;
  #comeback: Comeback = { session: new Uint8Array(0), cookie: new Uint8Array(0), resumeSeconds: 0 };
  #cancelStep: Cancel | null = null;
  #isOver = false;

  constructor(inputs: JoinInputs, surroundings: JoinSurroundings) {
    this.#inputs = inputs;
    this.#surroundings = surroundings;
    this.#expectStep();
  }

  /** The handshake has begun. */
  get isShakingHands(): boolean {
    return this.#handshake !== null;
  }

  /** The socket is open: JOIN, with the ticket, is its first message. */
  join(): void {
    const { ticket, nameplate } = this.#inputs;
    this.#surroundings.send(encodeJoin({ type: "join", ticket: decodeTicket(ticket), nameplate }));
  }

  /** Takes one message; the outcome, or null while more steps follow. Raises WireFormatError for a broken rule of chapter 01. */
  async receive(data: string | Uint8Array): Promise<JoinOutcome | null> {
    if (this.#handshake === null) {
      if (typeof data !== "string") throw new WireFormatError("UnknownType");
      return this.#answered(decodeJoinAnswer(data));
    }
    if (typeof data === "string") throw new WireFormatError("UnknownType");
    const afterProof = this.#handshake.awaits === "MSG4";
    return this.#follow(await this.#handshake.receive(data), afterProof);
  }

  /** Ends it, whatever has been reached, and erases the secret. */
  dispose(): void {
    this.#isOver = true;
    this.#cancelStep?.();
    this.#handshake?.closed();
    erase(this.#inputs.secret);
  }

  async #answered(answer: PairedMessage | RefusedMessage): Promise<JoinOutcome | null> {
    if (answer.type === "refused") return failed(`refused-${answer.reason}`, null);
    this.#comeback = answer;
    const { certificate, organizationKeyHash, signingKey } = this.#inputs;
    if (signingKey !== null && !namesOrganization(certificate, organizationKeyHash)) return failed("handshake-failed", "UnknownOrganization");
    this.#handshake = new TechnicianHandshake({
      ...this.#inputs,
      sidC: answer.sidC,
      versions: supportedVersions,
      suites: supportedSuites,
      client: this.#surroundings.client,
      sidT: randomBytes(16),
      nonce: randomBytes(16),
      scalar: await (this.#surroundings.generateScalar ?? generateScalar)(),
      // A relative has no key, and 64 zeros in place of a signature.
      sign: async (message) => (signingKey === null ? new Uint8Array(64) : new Uint8Array(await crypto.subtle.sign(signature, signingKey, message))),
      secondRun: false,
    });
    return this.#follow(await this.#handshake.start(), false);
  }

  /** `afterProof`: our proof of the secret had been sent before this step. */
  #follow(step: HandshakeStep, afterProof: boolean): JoinOutcome | null {
    if (this.#isOver) return null;
    if (step.reply !== null) this.#surroundings.send(step.reply);
    switch (step.type) {
      case "continue":
        this.#expectStep();
        return null;
      case "established":
        return { type: "established", session: step.session, comeback: this.#comeback };
      case "retry":
        // There is one version and one suite, so no list can call for a second run; it would need a second ticket.
        return failed("unsupported", "Unsupported");
      case "failed":
        return failed(reasonOfHandshake(step.error, afterProof), step.error);
    }
  }

  #expectStep(): void {
    this.#cancelStep?.();
    this.#cancelStep = this.#surroundings.clock.after(stepMilliseconds, () => {
      const reply = this.#handshake?.timedOut().reply ?? null;
      if (reply !== null) this.#surroundings.send(reply);
      this.#surroundings.timedOut();
    });
  }
}

function failed(reason: EndReason, detail: string | null): JoinOutcome {
  return { type: "failed", reason, detail };
}

/** The certificate is one, and of the organization that the desk belongs to. */
function namesOrganization(certificate: Uint8Array, organizationKeyHash: Uint8Array): boolean {
  try {
    return equalConstantTime(decodeCertificate(certificate).organizationKeyHash, organizationKeyHash);
  } catch {
    return false;
  }
}
