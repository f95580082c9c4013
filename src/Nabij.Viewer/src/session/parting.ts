// The last word of a session that ended here while no socket was open: tells the server as soon as it can be reached, so that
// the customer's program need not wait for the end of the window (docs/protocol/01-rendezvous.md, step 12). Owns its sockets.

import { WireFormatError } from "../protocol/errors.ts";
import { decodeResumeAnswer, encodeResumeRequest, type Comeback } from "../protocol/rendezvous.ts";
import type { Cancel, Clock } from "./clock.ts";
import { viewerSocketUrl, type OpenSocket, type Socket } from "./socket.ts";

const normalClosure = 1000;
const firstPause = 250;
const longestPause = 5_000;
const answerMilliseconds = 10_000;

export type PartingInputs = { readonly origin: string; readonly comeback: Comeback };

export type PartingSurroundings = {
  readonly openSocket: OpenSocket;
  readonly clock: Clock;
  /** The server forgets the session by itself. */
  readonly isLate: () => boolean;
};

export class Parting {
  /** The server knows, or has forgotten the session. */
  readonly over: Promise<void>;
  readonly #inputs: PartingInputs;
  readonly #surroundings: PartingSurroundings;
  #socket: Socket | null = null;
  #pause = firstPause;
  #cancel: Cancel | null = null;
  #done: () => void = () => undefined;

  constructor(inputs: PartingInputs, surroundings: PartingSurroundings) {
    this.#inputs = inputs;
    this.#surroundings = surroundings;
    this.over = new Promise((resolve) => (this.#done = resolve));
    this.#call();
  }

  #call(): void {
    const { openSocket, clock } = this.#surroundings;
    const { session, cookie } = this.#inputs.comeback;
    const socket: Socket = openSocket(viewerSocketUrl(this.#inputs.origin), {
      opened: () => socket.send(encodeResumeRequest({ type: "resume", session, cookie })),
      message: (data) => {
        if (socket === this.#socket) this.#answered(data);
      },
      closed: () => {
        if (socket === this.#socket) this.#again();
      },
    });
    this.#socket = socket;
    this.#cancel = clock.after(answerMilliseconds, () => this.#again());
  }

  #answered(data: string | Uint8Array): void {
    try {
      const answer = decodeResumeAnswer(typeof data === "string" ? data : "");
      // Refused as unknown: it needs no telling any more.
      if (answer.type === "refused" && answer.reason !== "unknown") this.#again(answer.retryAfterSeconds * 1_000);
      else this.#finish();
    } catch (error) {
      if (!(error instanceof WireFormatError)) throw error;
      this.#finish();
    }
  }

  #again(atLeast = 0): void {
    if (this.#surroundings.isLate()) return this.#finish();
    this.#leave();
    this.#cancel = this.#surroundings.clock.after(Math.max(this.#pause, atLeast), () => this.#call());
    this.#pause = Math.min(this.#pause * 2, longestPause);
  }

  #finish(): void {
    this.#leave();
    this.#done();
  }

  /** 1000, said by a side that the server has taken for its own, is the end. */
  #leave(): void {
    this.#cancel?.();
    const socket = this.#socket;
    this.#socket = null;
    socket?.close(normalClosure);
  }
}
