// The technician's side of RS1 as a state machine (docs/protocol/02-handshake.md "Interactions"). It is given messages one
// at a time and answers with what to send and where the run stands; socket and clock are its caller's. It never throws for
// what a peer does.

import { decodeCertificate } from "../protocol/certificate.ts";
import { HandshakeError, WireFormatError, type HandshakeErrorName, type WireError } from "../protocol/errors.ts";
import {
  decodeAdb,
  decodeBox4,
  encodeAda,
  encodeBox3,
  encodeConfirmation,
  encodeMsg1,
  failMessage,
  openMessage,
  readFail,
  readMsg2,
  readMsg4,
  readUnsupported,
  stepLimits,
  type Adb,
  type Unsupported,
} from "../protocol/handshake.ts";
import type { LvFields } from "../protocol/lv.ts";
import { concatenate } from "../protocol/wire.ts";
import { generator, sessionKey } from "./cpace.ts";
import { equalConstantTime, erase } from "./crypto.ts";
import {
  channelIdentifier,
  commitment,
  KeySchedule,
  sessionIdentifier,
  sessionKeys,
  signedBytes,
  type SessionKeys,
} from "./key-schedule.ts";
import { isCanonicalShare, type Scalar } from "./x25519.ts";

/** The only version and suite there are, highest first. */
export const supportedVersions: readonly number[] = [1];
export const supportedSuites: readonly number[] = [0x0001];

/** What the technician's side brings into a run. */
export type TechnicianInputs = {
  /** The secret digits as ASCII; the caller erases them after its last run. */
  readonly secret: Uint8Array;
  readonly nameplate: string;
  readonly origin: string;
  readonly sidC: Uint8Array;
  /** As offered: this run's entry first. */
  readonly versions: readonly number[];
  readonly suites: readonly number[];
  /** Empty for a relative, whose page knows the hash of the key by itself (docs/protocol/13-participants.md). */
  readonly certificate: Uint8Array;
  readonly organizationKeyHash?: Uint8Array;
  readonly requested: number;
  /** Name and version of the viewer. */
  readonly client: string;
  /** Fresh for every run: 16 random bytes each, and the scalar. The nonce is erased at the end of the run. */
  readonly sidT: Uint8Array;
  readonly nonce: Uint8Array;
  readonly scalar: Scalar;
  /** ECDSA P-256 over these bytes, r || s. */
  readonly sign: (message: Uint8Array<ArrayBuffer>) => Promise<Uint8Array>;
  /** A first run of this join was answered by UNSUPPORTED. */
  readonly secondRun: boolean;
};

/** What the viewer has learned, all of it authenticated. */
export type Established = {
  readonly keys: SessionKeys;
  readonly sessionId: Uint8Array;
  readonly checkNumber: string;
  readonly consent: Pick<Adb, "termsId" | "termsVersion" | "termsHash" | "acceptanceTime">;
  /** Requested and allowed by the host's ceiling. */
  readonly ceiling: number;
  readonly application: string;
  readonly granted: number;
  readonly machineName: string;
  readonly userName: string;
};

export type HandshakeFailure = HandshakeErrorName | WireError;

/** Where the run stands after an event; `reply` is to be sent, then the socket closed if the run has ended. */
export type HandshakeStep =
  | { readonly type: "continue"; readonly reply: Uint8Array<ArrayBuffer> }
  | { readonly type: "established"; readonly reply: null; readonly session: Established }
  | { readonly type: "retry"; readonly reply: null; readonly offer: Unsupported }
  | { readonly type: "failed"; readonly reply: Uint8Array<ArrayBuffer> | null; readonly error: HandshakeFailure };

type Sent1 = { readonly msg1: Uint8Array; readonly share: Uint8Array; readonly ada: Uint8Array; readonly ci: Uint8Array; readonly sid: Uint8Array };
type Sent3 = { readonly schedule: KeySchedule; readonly th2: Uint8Array; readonly adb: Adb };
type State =
  | { readonly at: "start" }
  | ({ readonly at: "MSG2" } & Sent1)
  | ({ readonly at: "MSG4" } & Sent3)
  | { readonly at: "ended" };

export class TechnicianHandshake {
  readonly #inputs: TechnicianInputs;
  #state: State = { at: "start" };

  constructor(inputs: TechnicianInputs) {
    this.#inputs = inputs;
  }

  /** The message that the run is waiting for. */
  get awaits(): "MSG2" | "MSG4" | null {
    return this.#state.at === "MSG2" || this.#state.at === "MSG4" ? this.#state.at : null;
  }

  /** MSG1. */
  start(): Promise<HandshakeStep> {
    return this.#guarded(() => this.#makeMsg1());
  }

  receive(message: Uint8Array): Promise<HandshakeStep> {
    const state = this.#state;
    return this.#guarded(() => {
      if (state.at === "MSG2") return this.#takeMsg2(state, message);
      if (state.at === "MSG4") return this.#takeMsg4(state, message);
      throw new HandshakeError("OutOfOrder");
    });
  }

  /** The connection ended. */
  closed(): HandshakeStep {
    this.#end();
    return { type: "failed", reply: null, error: "BrokenOff" };
  }

  /** The step lasted longer than its time. */
  timedOut(): HandshakeStep {
    this.#end();
    return { type: "failed", reply: failMessage, error: "Timeout" };
  }

  async #makeMsg1(): Promise<HandshakeStep> {
    const inputs = this.#inputs;
    const { versions, suites, requested, client, sidT } = inputs;
    const isRelative = inputs.certificate.length === 0;
    const ci = channelIdentifier({
      version: versions[0] ?? 0,
      suite: suites[0] ?? 0,
      organizationKeyHash: isRelative && inputs.organizationKeyHash !== undefined ? inputs.organizationKeyHash : decodeCertificate(inputs.certificate).organizationKeyHash,
      origin: inputs.origin,
      nameplate: inputs.nameplate,
    });
    const sid = concatenate(inputs.sidC, sidT);
    const g = await generator(inputs.secret, ci, sid);
    const share = await inputs.scalar.multiply(g);
    if (share === null) throw new HandshakeError("ZeroResult");
    const ada = encodeAda({
      versions,
      suites,
      commitment: await commitment(inputs.nonce),
      certificate: inputs.certificate,
      requested,
      client,
    });
    const msg1 = encodeMsg1({ sidT, share, ada });
    this.#state = { at: "MSG2", msg1, share, ada, ci, sid };
    return { type: "continue", reply: msg1 };
  }

  async #takeMsg2(sent: Sent1, message: Uint8Array): Promise<HandshakeStep> {
    const { name, fields } = openMessage(message, stepLimits.MSG2, ["MSG2", "UNSUPPORTED", "FAIL"]);
    if (name === "FAIL") return this.#peerFailed(fields);
    if (name === "UNSUPPORTED") return this.#takeUnsupported(fields);
    const { share, adb: adbBytes } = readMsg2(fields);
    const adb = decodeAdb(adbBytes);
    this.#checkChoice(adb);
    if (!isCanonicalShare(share)) throw new HandshakeError("ShareNotCanonical");
    const k = await this.#inputs.scalar.multiply(share);
    if (k === null) throw new HandshakeError("ZeroResult");
    const isk = await sessionKey(sent.sid, k, { share: sent.share, data: sent.ada }, { share, data: adbBytes });
    const schedule = await KeySchedule.create(isk, sent.ci, sent.sid, [sent.msg1, message]);
    erase(k, isk);
    const msg3 = await this.#makeMsg3(schedule);
    this.#state = { at: "MSG4", schedule, th2: await schedule.th2(msg3), adb };
    return { type: "continue", reply: msg3 };
  }

  /** The choice is our first, and the highest that our list and the host's authenticated one share. */
  #checkChoice(adb: Adb): void {
    const { versions, suites } = this.#inputs;
    if (adb.version !== versions[0] || adb.suite !== suites[0]) throw new HandshakeError("Downgrade");
    if (adb.version !== highestShared(versions, adb.versions)) throw new HandshakeError("Downgrade");
    if (adb.suite !== highestShared(suites, adb.suites)) throw new HandshakeError("Downgrade");
  }

  async #makeMsg3(schedule: KeySchedule): Promise<Uint8Array<ArrayBuffer>> {
    const tag = await schedule.tag("T", schedule.th1);
    const signature = await this.#inputs.sign(signedBytes(schedule.th1));
    const box = await schedule.sealBox("T", tag, encodeBox3({ nonce: this.#inputs.nonce, signature }));
    return encodeConfirmation("MSG3", { tag, box });
  }

  async #takeMsg4(sent: Sent3, message: Uint8Array): Promise<HandshakeStep> {
    const { name, fields } = openMessage(message, stepLimits.MSG4, ["MSG4", "FAIL"]);
    if (name === "FAIL") return this.#peerFailed(fields);
    const { schedule, th2, adb } = sent;
    const { tag, box } = readMsg4(fields);
    if (!equalConstantTime(tag, await schedule.tag("C", th2))) throw new HandshakeError("TagMismatch");
    const content = await schedule.openBox("C", tag, box);
    if (content === null) throw new HandshakeError("BoxRejected");
    const { granted, machineName, userName } = decodeBox4(content);
    const ceiling = this.#inputs.requested & adb.ceiling;
    if ((granted & ~ceiling) !== 0) throw new HandshakeError("GrantsInvalid");
    const checkNumber = await schedule.checkNumber(this.#inputs.nonce, adb.nonce);
    const master = await schedule.master(th2, message);
    const keys = await sessionKeys(master);
    const sessionId = await sessionIdentifier(master);
    erase(master);
    this.#end();
    const { termsId, termsVersion, termsHash, acceptanceTime, application } = adb;
    const consent = { termsId, termsVersion, termsHash, acceptanceTime };
    const session = { keys, sessionId, checkNumber, consent, ceiling, application, granted, machineName, userName };
    return { type: "established", reply: null, session };
  }

  /** One second run at most, and only if it would differ from this one. */
  #takeUnsupported(fields: LvFields): HandshakeStep {
    const host = readUnsupported(fields);
    const { versions, suites, secondRun } = this.#inputs;
    const version = highestShared(versions, host.versions);
    const suite = highestShared(suites, host.suites);
    const isSame = version === versions[0] && suite === suites[0];
    this.#end();
    // The host's run is over already: there is nobody to tell.
    if (version === null || suite === null || isSame || secondRun) return { type: "failed", reply: null, error: "Unsupported" };
    return { type: "retry", reply: null, offer: { versions: withFirst(versions, version), suites: withFirst(suites, suite) } };
  }

  #peerFailed(fields: LvFields): HandshakeStep {
    readFail(fields);
    this.#end();
    return { type: "failed", reply: null, error: "PeerFailed" };
  }

  async #guarded(step: () => Promise<HandshakeStep> | HandshakeStep): Promise<HandshakeStep> {
    try {
      return await step();
    } catch (error) {
      this.#end();
      if (error instanceof HandshakeError || error instanceof WireFormatError) {
        return { type: "failed", reply: failMessage, error: error.reason };
      }
      throw error;
    }
  }

  /** Drops what the run knew. */
  #end(): void {
    if (this.#state.at === "MSG4") this.#state.schedule.erase();
    erase(this.#inputs.nonce);
    this.#state = { at: "ended" };
  }
}

function highestShared(left: readonly number[], right: readonly number[]): number | null {
  const shared = left.filter((entry) => right.includes(entry));
  return shared.length === 0 ? null : Math.max(...shared);
}

function withFirst(list: readonly number[], first: number): readonly number[] {
  return [first, ...list.filter((entry) => entry !== first).sort((left, right) => right - left)];
}
