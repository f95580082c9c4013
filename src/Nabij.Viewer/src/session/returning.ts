// The way back of a session whose connection was lost (docs/protocol/01-rendezvous.md, steps 9 to 12, and 02, "Resume"):
// sockets, one after the other, until one of them has found the host again or the window is over. Owns the resume secrets
// of the session, and the sockets until the host's RESUMED has opened; then socket and link are its caller's.

import { closeCodes, type CloseCodeName, ResumeError, WireFormatError } from "../protocol/errors.ts";
import { channelNumbers } from "../protocol/channels.ts";
import type { LastMessage } from "../protocol/resume.ts";
import { decodeResumeAnswer, encodeResumeRequest, type Comeback } from "../protocol/rendezvous.ts";
import type { Cancel, Clock } from "./clock.ts";
import { erase, randomBytes } from "./crypto.ts";
import type { Message } from "./record-opener.ts";
import { Parting } from "./parting.ts";
import { acceptR2, makeR1, type ResumeInputs } from "./resume.ts";
import { SealedLink, type LinkEvents, type LinkFailure } from "./sealed-link.ts";
import { viewerSocketUrl, type OpenSocket, type Socket } from "./socket.ts";
import { generateScalar, type Scalar } from "./x25519.ts";

/** A connection that is given up as lost; 1000 would be the end of the session. */
export const lostClosure = 4003;
const normalClosure = 1000;
const firstPause = 250;
const longestPause = 5_000;
/** Whoever was back for so long has a working line: the pauses begin anew. */
const quietMilliseconds = 30_000;
/** So long after a loss the tries are hasty: no pause is longer, and a packet that was lost on the way is not waited for long. */
const hasteMilliseconds = 60_000;
const longestHastyPause = 1_000;
/** For opening a socket and the server's first answer. */
const hastyAnswerMilliseconds = 5_000;
const answerMilliseconds = 10_000;
/** For R2 after R1. */
const stepMilliseconds = 30_000;
const nonceBytes = 16;

export type ReturningInputs = {
  readonly origin: string;
  readonly comeback: Comeback;
  /** Of the handshake. */
  readonly sessionId: Uint8Array;
  /** rs[0]; taken over. */
  readonly secret: Uint8Array<ArrayBuffer>;
};

export type ReturningSurroundings = {
  readonly openSocket: OpenSocket;
  readonly clock: Clock;
  readonly generateScalar: (() => Promise<Scalar>) | undefined;
  /** The host is back, and had taken the chat up to this line. What comes on the link from here on goes to `message` and `failed`. */
  readonly back: (socket: Socket, link: SealedLink, lastLine: number) => void;
  readonly message: LinkEvents["message"];
  readonly failed: LinkEvents["failed"];
  /** The socket of a link that is back has closed. */
  readonly closed: (code: number) => void;
  /** The last line of the chat that was taken; 0 for none. */
  readonly lastLine: () => number;
  readonly gaveUp: () => void;
};

type Moment = { readonly now: number; readonly wall: number };

/** One socket, from opening to the host's RESUMED or its end. */
type Attempt = {
  socket: Socket | null;
  stage: "opening" | "waiting" | "rejoined" | "linked" | "back" | "over";
  inputs: ResumeInputs | null;
  r1: Uint8Array | null;
  link: SealedLink | null;
  /** The last line of the chat that the host has taken; 0 for none. */
  lastLine: number;
  steps: Promise<void>;
  stepsUnderWay: number;
};

export class Returning {
  readonly #inputs: ReturningInputs;
  readonly #surroundings: ReturningSurroundings;
  /** By generation; one or two. */
  readonly #secrets = new Map<number, Uint8Array<ArrayBuffer>>();
  #attempt: Attempt | null = null;
  #since: Moment | null = null;
  #backAt = Number.NEGATIVE_INFINITY;
  #pause = firstPause;
  /** The last R1 had no R2: it may have been for a generation that the host holds no longer. */
  #tryLower = false;
  #cancelWait: Cancel | null = null;
  #cancelWindow: Cancel | null = null;
  #isOver = false;
  #parting: Parting | null = null;

  constructor(inputs: ReturningInputs, surroundings: ReturningSurroundings) {
    this.#inputs = inputs;
    this.#surroundings = surroundings;
    this.#secrets.set(0, inputs.secret);
  }

  /** After the end: the server knows of it. */
  get parted(): Promise<void> {
    return this.#parting?.over ?? Promise.resolve();
  }

  /** Seconds until the window is over that begins now. */
  get windowSeconds(): number {
    return this.#inputs.comeback.resumeSeconds;
  }

  /** The connection is lost: begins to look for the host. */
  start(): void {
    // The socket of a connection that was back may tell of its end long afterwards: that concerns nobody any more.
    if (this.#attempt !== null) this.#attempt.stage = "over";
    const { now, wall } = this.#surroundings.clock;
    this.#since = { now: now(), wall: wall() };
    if (now() - this.#backAt >= quietMilliseconds) this.#pause = firstPause;
    this.#watchWindow();
    this.#open();
  }

  /** The end: erases the secrets. A socket that waits tells the server, and so the host, that nobody comes back; or a later one does. */
  dispose(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    const [since, isSeated] = [this.#since, this.#attempt !== null && this.#attempt.stage !== "opening"];
    this.#since = null;
    this.#cancelWait?.();
    this.#cancelWindow?.();
    this.#drop(normalClosure);
    if (since !== null && !isSeated) this.#parting = new Parting(this.#inputs, { ...this.#surroundings, isLate: () => this.#isLate(since) });
    for (const secret of this.#secrets.values()) erase(secret);
    this.#secrets.clear();
  }

  #watchWindow(): void {
    this.#cancelWindow?.();
    this.#cancelWindow = this.#surroundings.clock.after(1_000, () => {
      if (this.#since === null) return;
      if (this.#isLate(this.#since)) this.#giveUp();
      else this.#watchWindow();
    });
  }

  /** By the clock that says more: one of them stands still while the computer sleeps. */
  #isLate(since: Moment): boolean {
    return this.#elapsed(since) >= this.windowSeconds * 1_000;
  }

  #isHasty(): boolean {
    return this.#since !== null && this.#elapsed(this.#since) < hasteMilliseconds;
  }

  #elapsed(since: Moment): number {
    const { now, wall } = this.#surroundings.clock;
    return Math.max(now() - since.now, wall() - since.wall);
  }

  #giveUp(): void {
    if (this.#since === null) return;
    this.#since = null;
    this.#cancelWindow?.();
    this.#surroundings.gaveUp();
  }

  #open(): void {
    const attempt: Attempt = { socket: null, stage: "opening", inputs: null, r1: null, link: null, lastLine: 0, steps: Promise.resolve(), stepsUnderWay: 0 };
    this.#attempt = attempt;
    this.#expect(attempt, this.#isHasty() ? hastyAnswerMilliseconds : answerMilliseconds);
    const { session, cookie } = this.#inputs.comeback;
    attempt.socket = this.#surroundings.openSocket(viewerSocketUrl(this.#inputs.origin), {
      opened: () => {
        if (attempt.stage === "opening") attempt.socket?.send(encodeResumeRequest({ type: "resume", session, cookie }));
      },
      message: (data) => this.#receive(attempt, data),
      closed: (code) => this.#closed(attempt, code),
    });
  }

  #receive(attempt: Attempt, data: string | Uint8Array): void {
    if (attempt.stage === "over") return;
    if (attempt.link !== null && attempt.stepsUnderWay === 0 && typeof data !== "string") {
      attempt.link.receive(data);
      return;
    }
    attempt.stepsUnderWay++;
    attempt.steps = attempt.steps.then(async () => {
      try {
        if (attempt.stage !== "over") await this.#take(attempt, data);
      } catch (error) {
        this.#broke(attempt, error);
      }
      attempt.stepsUnderWay--;
    });
  }

  async #take(attempt: Attempt, data: string | Uint8Array): Promise<void> {
    if (attempt.link !== null && typeof data !== "string") {
      attempt.link.receive(data);
      return;
    }
    if (attempt.stage === "rejoined" && typeof data !== "string") return this.#takeR2(attempt, data);
    if (typeof data !== "string" || attempt.stage === "rejoined" || attempt.link !== null) throw new WireFormatError("UnknownType");
    const answer = decodeResumeAnswer(data);
    switch (answer.type) {
      case "waiting":
        attempt.stage = "waiting";
        this.#expect(attempt, answer.seconds * 1_000 + answerMilliseconds);
        break;
      case "rejoined":
        attempt.stage = "rejoined";
        this.#expect(attempt, stepMilliseconds);
        await this.#sendR1(attempt);
        break;
      case "refused":
        if (answer.reason === "unknown") this.#giveUp();
        else this.#retry(attempt, answer.retryAfterSeconds * 1_000);
        break;
    }
  }

  async #sendR1(attempt: Attempt): Promise<void> {
    const held = [...this.#secrets.keys()].sort((left, right) => right - left);
    const n = (this.#tryLower ? held[1] : undefined) ?? held[0];
    const secret = n === undefined ? undefined : this.#secrets.get(n);
    if (n === undefined || secret === undefined) return this.#giveUp();
    const scalar = await (this.#surroundings.generateScalar ?? generateScalar)();
    attempt.inputs = { sessionId: this.#inputs.sessionId, n, secret, scalar, nonce: randomBytes(nonceBytes), ids: this.#ids() };
    attempt.r1 = await makeR1(attempt.inputs);
    if (isOver(attempt)) return;
    // Until R2 says otherwise.
    this.#tryLower = !this.#tryLower;
    attempt.socket?.send(Uint8Array.from(attempt.r1));
  }

  #ids(): LastMessage[] {
    const line = this.#surroundings.lastLine();
    return line > 0 ? [{ channel: channelNumbers.chat, id: line }] : [];
  }

  async #takeR2(attempt: Attempt, r2: Uint8Array): Promise<void> {
    const { inputs, r1, socket } = attempt;
    if (inputs === null || r1 === null || socket === null) throw new WireFormatError("UnknownType");
    const { keys, peerIds } = await acceptR2(inputs, r1, r2);
    if (isOver(attempt)) return;
    attempt.lastLine = peerIds.find(({ channel }) => channel === channelNumbers.chat)?.id ?? 0;
    this.#tryLower = false;
    const next = inputs.n + 1;
    for (const [n, secret] of this.#secrets) if (n >= next) this.#forget(n, secret);
    this.#secrets.set(next, keys.resume);
    const events = {
      message: (message: Message, arrivedAt: number) => this.#hear(attempt, next, message, arrivedAt),
      failed: (failure: LinkFailure | Error) => this.#linkFailed(attempt, failure),
    };
    const link = await SealedLink.create(socket, this.#surroundings.clock, events, keys, true);
    if (isOver(attempt)) return link.dispose();
    this.#cancelWait?.();
    attempt.link = link;
    attempt.stage = "linked";
  }

  /** The opener lets nothing but RESUMED through as the first. */
  #hear(attempt: Attempt, generation: number, message: Message, arrivedAt: number): void {
    const { socket, link } = attempt;
    if (attempt.stage === "back") return this.#surroundings.message(message, arrivedAt);
    if (attempt.stage !== "linked" || socket === null || link === null) return;
    attempt.stage = "back";
    for (const [n, secret] of this.#secrets) if (n < generation) this.#forget(n, secret);
    this.#since = null;
    this.#cancelWindow?.();
    this.#backAt = this.#surroundings.clock.now();
    link.release();
    this.#surroundings.back(socket, link, attempt.lastLine);
  }

  #linkFailed(attempt: Attempt, failure: LinkFailure | Error): void {
    if (attempt.stage === "back") this.#surroundings.failed(failure);
    else this.#retry(attempt, 0);
  }

  #closed(attempt: Attempt, code: number): void {
    // What arrived before the end is still taken in.
    void attempt.steps.then(() => attempt.link?.settled()).then(() => {
      if (attempt.stage === "back") this.#surroundings.closed(code);
      else if (isHopeless(attempt, code)) this.#giveUp();
      else this.#retry(attempt, 0);
    });
  }

  #broke(attempt: Attempt, error: unknown): void {
    if (error instanceof WireFormatError || error instanceof ResumeError) this.#retry(attempt, 0);
    else if (attempt.stage !== "over") this.#surroundings.failed(error instanceof Error ? error : new Error("unknown"));
  }

  #expect(attempt: Attempt, milliseconds: number): void {
    this.#cancelWait?.();
    this.#cancelWait = this.#surroundings.clock.after(milliseconds, () => this.#retry(attempt, 0));
  }

  #retry(attempt: Attempt, atLeast: number): void {
    if (attempt !== this.#attempt || attempt.stage === "over" || attempt.stage === "back") return;
    this.#drop(lostClosure);
    if (this.#since === null || this.#isOver) return;
    this.#cancelWait?.();
    const pause = Math.min(this.#pause, this.#isHasty() ? longestHastyPause : longestPause);
    this.#cancelWait = this.#surroundings.clock.after(Math.max(pause, atLeast), () => this.#open());
    this.#pause = Math.min(this.#pause * 2, longestPause);
  }

  #drop(code: number): void {
    const attempt = this.#attempt;
    this.#attempt = null;
    if (attempt === null || attempt.stage === "back") return;
    attempt.stage = "over";
    attempt.link?.dispose();
    attempt.socket?.close(code);
  }

  #forget(n: number, secret: Uint8Array<ArrayBuffer>): void {
    erase(secret);
    this.#secrets.delete(n);
  }
}

/** Asked after an await, when it may have changed. */
function isOver(attempt: Attempt): boolean {
  return attempt.stage === "over";
}

/** The server takes this side back no more. Once both were there a refusal concerns only the one try. */
function isHopeless(attempt: Attempt, code: number): boolean {
  if (attempt.stage !== "opening" && attempt.stage !== "waiting") return false;
  const name: CloseCodeName | undefined = closeCodes[code as keyof typeof closeCodes];
  return name === "resume-refused" || name === "expired" || name === "refused";
}
