// Server and customer's program at the other end of a FakeSocket: pairs, shakes hands, then speaks records.

import { channels, channelNumbers } from "../../src/protocol/channels.ts";
import { decodeChat, encodeChat, type ChatMessage } from "../../src/protocol/chat.ts";
import { decodeClipboard, encodeClipboard, type ClipboardMessage } from "../../src/protocol/clipboard.ts";
import { decodeControl, encodeControl, type ControlMessage } from "../../src/protocol/control.ts";
import { RecordRefusedError } from "../../src/protocol/errors.ts";
import { decodeDrawing, type DrawingMessage } from "../../src/protocol/drawing.ts";
import { decodeFacts, encodeFacts, type FactsMessage } from "../../src/protocol/facts.ts";
import { decodeFeedback, type FeedbackMessage } from "../../src/protocol/feedback.ts";
import { decodeFile, encodeFile, type FileMessage } from "../../src/protocol/files.ts";
import { decodeInput, type InputMessage } from "../../src/protocol/input.ts";
import { channelRules } from "../../src/protocol/records.ts";
import { decodeJoin, encodePaired, type JoinMessage } from "../../src/protocol/rendezvous.ts";
import { ascii } from "../../src/protocol/wire.ts";
import { RecordOpener, type Message } from "../../src/session/record-opener.ts";
import { RecordSealer } from "../../src/session/record-sealer.ts";
import { generateScalar } from "../../src/session/x25519.ts";
import { CustomerHandshake, type CustomerEstablished, type CustomerInputs, type CustomerStep } from "../customer/customer-handshake.ts";
import type { FakeSocket } from "./fake-socket.ts";
import { now, type Organization } from "./organization.ts";

const rules = channelRules(channels);

/** What PAIRED gives the viewer for the case that its connection is lost. */
export const comeback = { session: new Uint8Array(16).fill(0xaa), cookie: new Uint8Array(80).fill(0xcc), resumeSeconds: 300 };

export class SimulatedHost {
  readonly socket: FakeSocket;
  readonly input: InputMessage[] = [];
  readonly inputBatches: (readonly InputMessage[])[] = [];
  readonly feedback: FeedbackMessage[] = [];
  readonly drawing: DrawingMessage[] = [];
  readonly facts: FactsMessage[] = [];
  readonly control: ControlMessage[] = [];
  readonly chat: ChatMessage[] = [];
  readonly clipboard: ClipboardMessage[] = [];
  readonly files: FileMessage[] = [];
  join: JoinMessage | null = null;
  established: CustomerEstablished | null = null;
  failure: Extract<CustomerStep, { type: "failed" }> | null = null;
  /** Set to look at, change or hold back what the host would send in the handshake. */
  filter: (message: Uint8Array) => Uint8Array | null = (message) => message;
  readonly #inputs: CustomerInputs;
  readonly #handshake: CustomerHandshake;
  #sealer: RecordSealer | null = null;
  #opener: RecordOpener | null = null;
  #steps: Promise<void> = Promise.resolve();
  #number = 0;

  private constructor(socket: FakeSocket, inputs: CustomerInputs) {
    this.socket = socket;
    this.#inputs = inputs;
    this.#handshake = new CustomerHandshake(inputs);
    socket.onSent = (data) => {
      this.#steps = this.#steps.then(() => this.#receive(data));
    };
  }

  static async create(socket: FakeSocket, organization: Organization, secret: string, more: Partial<CustomerInputs> = {}): Promise<SimulatedHost> {
    return new SimulatedHost(socket, {
      organizationKeys: [organization.publicKey],
      deniedTechnicians: [],
      now,
      secret: ascii(secret),
      nameplate: "417",
      origin: "https://help.example.nl",
      sidC: new Uint8Array(16).fill(3),
      versions: [1],
      suites: [1],
      scalar: await generateScalar(),
      nonce: new Uint8Array(16).fill(9),
      termsId: "terms-nl",
      termsVersion: "2026-01",
      termsHash: new Uint8Array(32).fill(5),
      acceptanceTime: now,
      ceiling: 0xfff,
      application: "simulated/1",
      granted: 0,
      machineName: "PC-JAN",
      userName: "jan",
      brokenOffRuns: 0,
      ...more,
    });
  }

  /** Seals a whole message into records of at most `pieceBytes` of payload each. */
  async seal(channel: number, payload: Uint8Array, pieceBytes = 16_384): Promise<Uint8Array<ArrayBuffer>[]> {
    const records: Uint8Array<ArrayBuffer>[] = [];
    for (let at = 0; at === 0 || at < payload.length; at += pieceBytes) {
      const piece = payload.subarray(at, at + pieceBytes);
      records.push(...(await this.sealPiece(channel, piece, at + pieceBytes < payload.length)));
    }
    return records;
  }

  async sealPiece(channel: number, payload: Uint8Array, more: boolean): Promise<Uint8Array<ArrayBuffer>[]> {
    if (this.#sealer === null) throw new Error("no keys yet");
    return this.#sealer.seal({ channel, more, payload });
  }

  async send(channel: number, payload: Uint8Array): Promise<void> {
    for (const record of await this.seal(channel, payload)) this.socket.deliver(record);
  }

  sendControl(message: ControlMessage): Promise<void> {
    return this.send(channelNumbers.control, encodeControl(message));
  }

  sendFacts(message: FactsMessage): Promise<void> {
    return this.send(channelNumbers.facts, encodeFacts(message));
  }

  sendChat(message: ChatMessage): Promise<void> {
    return this.send(channelNumbers.chat, encodeChat(message));
  }

  sendClipboard(message: ClipboardMessage): Promise<void> {
    return this.send(channelNumbers.clipboard, encodeClipboard(message));
  }

  sendFile(message: FileMessage): Promise<void> {
    return this.send(channelNumbers.files, encodeFile(message));
  }

  /** The next number of a report. */
  get number(): number {
    return ++this.#number;
  }

  grant(permissions: number): Promise<void> {
    return this.sendControl({ type: "GRANT", number: this.number, permissions });
  }

  async #receive(data: string | Uint8Array): Promise<void> {
    if (typeof data === "string") this.#pair(data);
    else if (this.#opener !== null) await this.#open(this.#opener, data);
    else await this.#follow(await this.#handshake.receive(data));
  }

  async #open(opener: RecordOpener, record: Uint8Array): Promise<void> {
    try {
      this.#take(await opener.open(record));
    } catch (error) {
      // A FAIL of the viewer stands where a record should: its run is over.
      if (!(error instanceof RecordRefusedError)) throw error;
      this.socket.lose(4003);
    }
  }

  #pair(text: string): void {
    this.join = decodeJoin(text);
    const { sidC, versions, suites } = this.#inputs;
    this.socket.deliver(encodePaired({ type: "paired", sidC, versions, suites, ...comeback }));
  }

  async #follow(step: CustomerStep): Promise<void> {
    if (step.type === "established") {
      this.established = step.session;
      this.#sealer = await RecordSealer.create(Uint8Array.from(step.session.keys.trafficC), rules, () => 0);
      this.#opener = await RecordOpener.create(Uint8Array.from(step.session.keys.trafficT), rules, { sender: "viewer" });
    }
    if (step.type === "failed") this.failure = step;
    const reply = step.reply === null ? null : this.filter(step.reply);
    if (reply !== null) this.socket.deliver(reply);
    if (step.type === "failed") this.socket.lose(4003);
  }

  #take(message: Message | null): void {
    if (message === null) return;
    switch (message.channel) {
      case channelNumbers.control:
        this.control.push(decodeControl(message.payload, "viewer"));
        break;
      case channelNumbers.input: {
        const batch = decodeInput(message.payload);
        this.inputBatches.push(batch);
        this.input.push(...batch);
        break;
      }
      case channelNumbers.facts:
        this.facts.push(decodeFacts(message.payload, "viewer"));
        break;
      case channelNumbers.drawing:
        this.drawing.push(decodeDrawing(message.payload));
        break;
      case channelNumbers.feedback:
        this.feedback.push(decodeFeedback(message.payload));
        break;
      case channelNumbers.chat:
        this.chat.push(decodeChat(message.payload, "viewer"));
        break;
      case channelNumbers.clipboard:
        this.clipboard.push(decodeClipboard(message.payload.slice(), "viewer"));
        break;
      case channelNumbers.files:
        this.files.push(decodeFile(message.payload, "viewer"));
        break;
    }
  }
}
