// One session of the technician, from joining to its end: rendezvous (docs/protocol/01-rendezvous.md), handshake (02), then
// messages of every channel (04 to 08). Owns its socket and its keys. Callbacks come in order; after the state
// ended only what became of the files.

import type { ControlMessage } from "../protocol/control.ts";
import type { DrawingMessage } from "../protocol/drawing.ts";
import { WireFormatError } from "../protocol/errors.ts";
import type { FeedbackMessage } from "../protocol/feedback.ts";
import type { InputMessage } from "../protocol/input.ts";
import { permissions } from "../protocol/permissions.ts";
import type { Comeback } from "../protocol/rendezvous.ts";
import { Asking } from "./asking.ts";
import { ClipboardExchange } from "./clipboard-exchange.ts";
import type { Clock } from "./clock.ts";
import { Conversation } from "./conversation.ts";
import { Ending } from "./ending.ts";
import { closeCodeName, reasonOfClose } from "./end-reasons.ts";
import { FactsRequests } from "./facts-requests.ts";
import { FileTraffic } from "./file-traffic.ts";
import { Grants } from "./grants.ts";
import { Intake } from "./intake.ts";
import { Joining, type JoinInputs, type JoinOutcome } from "./joining.ts";
import { QueueFullError } from "./outgoing-queue.ts";
import { Participation } from "./participation.ts";
import { PictureTelling } from "./picture-telling.ts";
import { lostClosure, Returning } from "./returning.ts";
import type { Message } from "./record-opener.ts";
import { SealedLink, type LinkFailure } from "./sealed-link.ts";
import type { SessionEvents, SessionSurroundings } from "./session-events.ts";
import { viewerSocketUrl, type Socket } from "./socket.ts";
import type { EndReason, SessionState } from "./states.ts";
import type { Established } from "./technician-handshake.ts";
import { Witness } from "./witness.ts";
import type { EndByTechnician } from "./worker-messages.ts";

const normalClosure = 1000;
export class TechnicianSession {
  readonly #inputs: JoinInputs;
  readonly #surroundings: SessionSurroundings;
  readonly #clock: Clock;
  readonly #events: SessionEvents;
  #state: SessionState = "connecting";
  #socket: Socket | null = null;
  #wasOpen = false;
  #joining: Joining | null = null;
  #link: SealedLink | null = null;
  #grants = new Grants(0);
  #asking: Asking | null = null;
  #returning: Returning | null = null;
  readonly #ending: Ending;
  readonly #intake: Intake;
  /** The socket of the join is given up. */
  #isFirstOver = false;
  /** Messages before the link exists, one after the other. */
  #steps: Promise<void> = Promise.resolve();
  #stepsUnderWay = 0;
  readonly #conversation: Conversation;
  readonly #clipboard: ClipboardExchange;
  /** Files both ways; what people do with them goes straight to it. */
  readonly files: FileTraffic;
  readonly #facts: FactsRequests;
  readonly #pictures: PictureTelling;
  /** Who takes part; what people do about that goes straight to it. */
  readonly participation: Participation;

  constructor(inputs: JoinInputs, surroundings: SessionSurroundings) {
    this.#inputs = inputs;
    this.#surroundings = surroundings;
    this.#clock = surroundings.clock;
    this.#events = surroundings.events;
    this.#ending = new Ending(this.#clock);
    this.#facts = new FactsRequests(this.#clock, {
      send: (message) => {
        this.#link?.queue.pushFacts(message);
        this.#link?.send();
      },
      given: this.#events.facts,
      gone: this.#events.factsGone,
    });
    this.#pictures = new PictureTelling(this.#clock, { send: (message) => this.#sendControl(message), told: this.#events.pictureTold });
    this.#conversation = new Conversation({
      send: (message) => this.#link?.queue.pushChat(message),
      line: this.#events.line,
      marked: this.#events.linesMarked,
    });
    this.#clipboard = new ClipboardExchange({
      ...this.#events.clipboard,
      send: (message) => this.#link?.queue.pushClipboard(message),
      drop: (which) => this.#link?.queue.dropClipboard(which) ?? false,
    });
    this.files = new FileTraffic({
      clock: this.#clock,
      store: surroundings.store,
      events: this.#events.files,
      hasMore: () => this.#link?.send(),
      failed: (error) => this.#faulted(error),
    });
    this.participation = new Participation({
      send: (message) => {
        if (this.#state === "ended") return;
        this.#link?.queue.pushPeople(message);
        this.#link?.send();
      },
      people: this.#events.people,
      invitation: this.#events.invitation,
    });
    this.#intake = this.#makeIntake();
  }

  get state(): SessionState {
    return this.#state;
  }

  /** Opens the socket and joins. Once. */
  start(): void {
    this.#events.state("connecting", null, null);
    const { clock, client, generateScalar } = this.#surroundings;
    this.#joining = new Joining(this.#inputs, {
      send: (data) => this.#socket?.send(data),
      timedOut: () => this.#finish(this.#wasOpen ? "timeout" : "cannot-connect", "Timeout"),
      clock,
      client,
      generateScalar,
    });
    this.#socket = this.#surroundings.openSocket(viewerSocketUrl(this.#inputs.origin), {
      opened: () => this.#opened(),
      message: (data) => this.#receive(data),
      closed: (code) => this.#closed(code),
    });
  }

  /** Dropped unless something is granted and the customer has not stopped. */
  sendInput(messages: readonly InputMessage[]): void {
    if (this.#state !== "active") return;
    this.#guard(() => this.#link?.queue.pushInput(messages));
    this.#link?.send();
  }

  /** Asks the customer for the facts about the computer. */
  requestFacts(): void {
    if (this.#state !== "ended") this.#facts.request();
  }

  /** Tells the customer that a picture of this number is kept, or says that it cannot be told. */
  tellPicture(picture: Uint8Array): void {
    this.#pictures.tell(picture);
  }

  /** Dropped unless drawing is in force. */
  draw(messages: readonly DrawingMessage[]): void {
    if (this.#state !== "active" || !this.#grants.mayDraw) return;
    this.#link?.queue.pushDrawing(messages);
    this.#link?.send();
  }

  /** Dropped unless looking is granted. */
  sendFeedback(message: FeedbackMessage): void {
    if (!this.#grants.mayLook) return;
    this.#link?.queue.pushFeedback(message);
    this.#link?.send();
  }

  /** Asks when the protocol next allows it; the newest wish counts. */
  ask(wanted: number): void {
    const allowed = wanted & this.#grants.ceiling;
    if (allowed !== 0 && this.#link !== null) this.#asking?.ask(allowed);
  }

  /** A line of the technician's, as formLine gives it. It waits while the chat is not granted. */
  say(text: string): void {
    if (this.#state === "ended") return;
    this.#conversation.say(text);
    this.#link?.send();
  }

  /** The customer's lines up to this one are before the technician. */
  showLines(number: number): void {
    this.#conversation.show(number);
    this.#link?.send();
  }

  /** Puts a text on the customer's clipboard, once, or says why not. */
  placeText(text: string): void {
    this.#clipboard.place(text);
    this.#link?.send();
  }

  /** Asks for what the customer copied, once. */
  requestText(): void {
    this.#clipboard.request();
    this.#link?.send();
  }

  /** The technician or the page ends the session for good. */
  end(reason: EndByTechnician): void {
    this.#endWithClose(reason, null);
  }

  #opened(): void {
    this.#wasOpen = true;
    this.#guard(() => this.#joining?.join());
  }

  #receive(data: string | Uint8Array): void {
    if (this.#state === "ended" && typeof data !== "string") this.#ending.receive(data);
    if (this.#state === "ended" || this.#isFirstOver) return;
    if (this.#link !== null && this.#stepsUnderWay === 0 && typeof data !== "string") {
      this.#link.receive(data);
      return;
    }
    this.#stepsUnderWay++;
    this.#steps = this.#steps.then(async () => {
      if (this.#state !== "ended" && !this.#isFirstOver) await this.#guardAsync(() => this.#takeStep(data));
      this.#stepsUnderWay--;
    });
  }

  async #takeStep(data: string | Uint8Array): Promise<void> {
    if (this.#link === null) return this.#reached((await this.#joining?.receive(data)) ?? null);
    if (typeof data === "string") throw new WireFormatError("UnknownType");
    this.#link.receive(data);
  }

  async #reached(outcome: JoinOutcome | null): Promise<void> {
    if (outcome === null || this.#hasEnded()) return;
    if (outcome.type === "failed") return this.#finish(outcome.reason, outcome.detail);
    this.#joining?.dispose();
    await this.#establish(outcome);
  }

  async #establish({ session, comeback }: Extract<JoinOutcome, { type: "established" }>): Promise<void> {
    const socket = this.#socket;
    if (socket === null) return;
    const events = {
      message: (message: Message, arrivedAt: number) => this.#dispatch(message, arrivedAt),
      failed: (failure: LinkFailure | Error) => this.#linkFailed(failure),
    };
    const link = await SealedLink.create(socket, this.#clock, events, session.keys);
    if (this.#hasEnded()) return link.dispose();
    this.#link = link;
    link.queue.files = this.files;
    this.#grants = new Grants(session.ceiling);
    this.#asking = new Asking(this.#clock, (wish) => this.#sendControl({ type: "ASK", permissions: wish }));
    this.#returning = this.#prepareReturn(session, comeback);
    const { sessionId } = session;
    const { signingKey } = this.#inputs;
    if (signingKey !== null) this.#ending.witness = new Witness({ sessionId, signingKey, send: (message) => this.#sendSigned(message) });
    this.#events.established(session, comeback.session);
    this.#enter("waiting-for-customer");
  }

  #prepareReturn({ sessionId, keys }: Established, comeback: Comeback): Returning {
    const { openSocket, clock, generateScalar } = this.#surroundings;
    return new Returning({ origin: this.#inputs.origin, comeback, sessionId, secret: keys.resume }, {
      openSocket,
      clock,
      generateScalar,
      back: (socket, link, lastLine) => this.#back(socket, link, lastLine),
      message: (message, arrivedAt) => this.#dispatch(message, arrivedAt),
      failed: (failure) => this.#linkFailed(failure),
      closed: (code) => this.#linkClosed(code),
      lastLine: () => this.#conversation.heard,
      gaveUp: () => this.#finish("connection-lost", null),
    });
  }

  /** The connection is lost, not the session: what was under way on it is gone, and nothing is in force. */
  #lose(): void {
    const returning = this.#returning;
    if (returning === null || this.#hasEnded()) return;
    this.#isFirstOver = true;
    this.#link?.dispose();
    this.#socket?.close(lostClosure);
    this.#link = null;
    this.#socket = null;
    this.#asking?.lost();
    this.#facts.lost();
    this.#pictures.allow(false);
    this.#conversation.isOpen = false;
    this.#grants = new Grants(this.#grants.ceiling);
    this.#clipboard.lost();
    this.#clipboard.allow(false, false);
    this.files.lost();
    this.#events.away(returning.windowSeconds);
    this.#enter("resuming");
    returning.start();
  }

  /** What is in force the host says next. */
  #back(socket: Socket, link: SealedLink, lastLine: number): void {
    this.#conversation.learn(lastLine);
    this.#socket = socket;
    this.#link = link;
    link.queue.files = this.files;
  }

  #linkClosed(code: number): void {
    if (this.#hasEnded()) return;
    if (endsSession(code)) this.#finish(reasonOfClose(code, true), null);
    else this.#lose();
  }

  #dispatch(message: Message, arrivedAt: number): void {
    if (this.#hasEnded()) this.#ending.take(message);
    else this.#intake.take(message, arrivedAt);
  }

  #makeIntake(): Intake {
    return new Intake(this.#clock, {
      control: (message) => this.#takeControl(message),
      cursor: this.#events.cursor,
      screen: this.#events.screen,
      facts: (message) => this.#facts.take(message),
      chat: (message) => {
        this.#conversation.take(message);
        this.#link?.send();
      },
      people: (message) => this.participation.take(message),
      clipboard: (message) => {
        this.#clipboard.take(message);
        this.#link?.send();
      },
      files: (message) => this.files.take(message),
    });
  }

  #takeControl(message: ControlMessage): void {
    switch (message.type) {
      case "GRANT":
      case "REVOKE":
      case "CONTINUED":
      case "STOPPED":
      case "DECLINED":
        this.#grants.take(message);
        this.#grantsChanged(message);
        break;
      case "CLOSE":
        this.#answerClose();
        this.#finish(message.reason, null);
        break;
      case "LOG_KEY":
        this.#ending.witness?.takeKey(message.key);
        break;
      case "LOG_HEAD":
        this.#ending.witness?.takeHead(message.entry, message.head);
        break;
      case "LOCAL_INPUT":
        this.#events.localInput();
        break;
      case "PICTURE_NOTED":
        this.#pictures.noted(message.picture);
        break;
      case "KEEPALIVE":
        break;
      case "ASK":
      case "PICTURE_KEPT":
      case "COUNTERSIGNED":
      case "RESUMED":
      case "KEY_UPDATE":
        throw new WireFormatError("InvalidValue");
    }
  }

  #grantsChanged(message: Extract<ControlMessage, { readonly number: number }>): void {
    if (message.type === "GRANT" || message.type === "DECLINED") this.#asking?.answered();
    if (message.type === "DECLINED") {
      if ((message.permissions & permissions.FILES_TO_HOST) !== 0) this.files.declined();
      this.#events.declined(message.permissions);
      return;
    }
    const { pause, granted, inForce, mayLook } = this.#grants;
    this.files.granted({ granted, inForce, isRevoke: message.type === "REVOKE" });
    if (!mayLook) {
      this.#link?.queue.dropInputAndFeedback();
      this.#link?.forgetUnfinished();
    }
    this.#facts.allow(granted, inForce, pause);
    this.#pictures.allow(mayLook);
    if (!this.#grants.mayDraw) this.#link?.queue.dropDrawing();
    if (!this.#grants.mayChat) this.#link?.queue.dropChat();
    this.#conversation.isOpen = this.#grants.mayChat;
    this.#clipboard.allow(this.#grants.mayPlaceText, this.#grants.mayGetText);
    this.#link?.send();
    this.#events.grants(inForce, pause);
    this.#enter(pause !== null ? "stopped" : inForce === 0 ? "waiting-for-customer" : "active");
  }

  #sendControl(message: ControlMessage): void {
    this.#guard(() => this.#link?.queue.pushControl(message));
    this.#link?.send();
  }

  /** A lost line has no use for it: the host asks again for the newest head. */
  #sendSigned(message: ControlMessage): void {
    if (!this.#ending.trySend(message)) this.#sendControl(message);
  }

  /** The host has ended the session. What it wants signed of the log for that is still signed. */
  #answerClose(): void {
    const [link, socket] = [this.#link, this.#socket];
    if (link !== null && socket !== null && this.#ending.answer(link, socket)) this.#link = this.#socket = null;
  }

  #closed(code: number): void {
    this.#ending.closed();
    // What arrived before the end is still taken in: a CLOSE may be among it.
    const settled = this.#steps.then(() => this.#link?.settled());
    void settled.then(() => {
      if (this.#hasEnded() || this.#isFirstOver) return;
      if (this.#link !== null) return this.#linkClosed(code);
      const isHandshake = this.#joining?.isShakingHands === true && this.#link === null;
      this.#finish(reasonOfClose(code, this.#wasOpen), isHandshake ? "BrokenOff" : null);
    });
  }

  #linkFailed(failure: LinkFailure | Error): void {
    if (this.#hasEnded()) return this.#ending.closed();
    if (failure === "silence") this.#lose();
    else if (failure === "record-refused") this.#finish("record-refused", "RecordRefused");
    else if (failure === "flooded") this.#finish("stalled", "flooded");
    else this.#faulted(failure);
  }

  #guard(action: () => void): void {
    try {
      action();
    } catch (error) {
      this.#faulted(error);
    }
  }

  async #guardAsync(action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (error) {
      this.#faulted(error);
    }
  }

  /** Whoever broke a rule, the session cannot go on. The peer hears its class and nothing more. */
  #faulted(error: unknown): void {
    if (error instanceof WireFormatError) this.#endWithClose("protocol-error", error.reason);
    else if (error instanceof QueueFullError) this.#finish("stalled", error.name);
    else this.#endWithClose("program-closed", error instanceof Error ? error.name : "unknown", "viewer-failed");
  }

  /** @param own the reason for this side, where the peer hears another */
  #endWithClose(reason: EndByTechnician | "protocol-error", detail: string | null, own: EndReason = reason): void {
    if (this.#state === "ended") return;
    if (this.#link !== null && this.#socket !== null) {
      this.#ending.say(reason, this.#link, this.#socket);
      this.#link = this.#socket = null;
    }
    this.#finish(own, detail);
  }

  #finish(reason: EndReason, detail: string | null): void {
    if (this.#state === "ended") return;
    this.#state = "ended";
    this.#asking?.dispose();
    this.#facts.dispose();
    this.#pictures.allow(false);
    this.#link?.dispose();
    this.#joining?.dispose();
    this.#returning?.dispose();
    this.#socket?.close(normalClosure);
    this.#link = null;
    // What has arrived is not told as cut off.
    this.files.tellNow();
    this.#events.state("ended", reason, detail);
    void Promise.all([this.files.end(), this.#returning?.parted, this.#ending.over]).then(() => this.#events.over());
  }

  #enter(state: SessionState): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#events.state(state, null, null);
  }

  #hasEnded(): boolean {
    return this.#state === "ended";
  }
}

/** The server ended more than a connection: the sign-in is over, or a rule was broken. */
function endsSession(code: number): boolean {
  const name = closeCodeName(code);
  return name === "refused" || name === "bad-message" || name === "too-large" || name === "resume-refused";
}
