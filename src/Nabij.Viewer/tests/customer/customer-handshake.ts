// The customer's side of RS1, for differential tests only: the product's is C#. Written from docs/protocol/02-handshake.md.

import { HandshakeError, WireFormatError } from "../../src/protocol/errors.ts";
import {
  decodeAda,
  decodeBox3,
  encodeAdb,
  encodeBox4,
  encodeConfirmation,
  encodeMsg2,
  encodeUnsupported,
  failMessage,
  openMessage,
  readFail,
  readMsg1,
  readMsg3,
  stepLimits,
  type Ada,
} from "../../src/protocol/handshake.ts";
import { permissions } from "../../src/protocol/permissions.ts";
import { concatenate } from "../../src/protocol/wire.ts";
import { generator, sessionKey } from "../../src/session/cpace.ts";
import { equalConstantTime, sha256 } from "../../src/session/crypto.ts";
import {
  channelIdentifier,
  commitment,
  KeySchedule,
  sessionIdentifier,
  sessionKeys,
  signedBytes,
  type SessionKeys,
} from "../../src/session/key-schedule.ts";
import type { HandshakeFailure } from "../../src/session/technician-handshake.ts";
import { isCanonicalShare, type Scalar } from "../../src/session/x25519.ts";
import { checkCertificate, findOrganizationKey, verify, type CertificateTrust } from "./certificate-check.ts";

export type CustomerInputs = CertificateTrust & {
  readonly secret: Uint8Array;
  readonly nameplate: string;
  readonly origin: string;
  readonly sidC: Uint8Array;
  readonly versions: readonly number[];
  readonly suites: readonly number[];
  readonly scalar: Scalar;
  readonly nonce: Uint8Array;
  readonly termsId: string;
  readonly termsVersion: string;
  readonly termsHash: Uint8Array;
  readonly acceptanceTime: number;
  readonly ceiling: number;
  readonly application: string;
  readonly granted: number;
  readonly machineName: string;
  readonly userName: string;
  readonly brokenOffRuns: number;
  /** The invitation was a relative's (docs/protocol/13-participants.md). */
  readonly isRelative?: boolean;
};

export type CustomerEstablished = {
  readonly keys: SessionKeys;
  readonly sessionId: Uint8Array;
  readonly checkNumber: string;
  readonly ada: Ada;
};

export type CustomerStep =
  | { readonly type: "continue"; readonly reply: Uint8Array }
  | { readonly type: "established"; readonly reply: Uint8Array; readonly session: CustomerEstablished }
  | {
      readonly type: "failed";
      readonly reply: Uint8Array | null;
      readonly error: HandshakeFailure;
      readonly burns: boolean;
      readonly brokenOff: boolean;
    };

type Waiting = { readonly ada: Ada; readonly schedule: KeySchedule };

/** Ends the run with UNSUPPORTED in place of FAIL. */
class NotSupported extends HandshakeError {}

export class CustomerHandshake {
  readonly #inputs: CustomerInputs;
  #waiting: Waiting | null = null;
  #isOver = false;

  constructor(inputs: CustomerInputs) {
    this.#inputs = inputs;
  }

  async receive(message: Uint8Array): Promise<CustomerStep> {
    const waiting = this.#waiting;
    try {
      if (this.#isOver) throw new HandshakeError("OutOfOrder");
      return waiting === null ? await this.#takeMsg1(message) : await this.#takeMsg3(waiting, message);
    } catch (error) {
      if (!(error instanceof HandshakeError || error instanceof WireFormatError)) throw error;
      this.#isOver = true;
      return this.#failed(error, waiting !== null);
    }
  }

  closed(): CustomerStep {
    return this.#brokeOff("BrokenOff", null);
  }

  timedOut(): CustomerStep {
    return this.#brokeOff("Timeout", failMessage);
  }

  async #takeMsg1(message: Uint8Array): Promise<CustomerStep> {
    const inputs = this.#inputs;
    const { name, fields } = openMessage(message, stepLimits.MSG1, ["MSG1", "FAIL"]);
    if (name === "FAIL") {
      readFail(fields);
      throw new HandshakeError("PeerFailed");
    }
    const msg1 = readMsg1(fields);
    const ada = decodeAda(msg1.ada, inputs.isRelative === true);
    const version = this.#choose(ada.versions, inputs.versions);
    const suite = this.#choose(ada.suites, inputs.suites);
    if (ada.certificate !== null) await findOrganizationKey(ada.certificate, inputs.organizationKeys);
    if (!isCanonicalShare(msg1.share)) throw new HandshakeError("ShareNotCanonical");
    const organizationKeyHash = ada.certificate?.organizationKeyHash ?? (await sha256(inputs.organizationKeys[0] ?? new Uint8Array(0)));
    const ci = channelIdentifier({ version, suite, organizationKeyHash, origin: inputs.origin, nameplate: inputs.nameplate });
    const sid = concatenate(inputs.sidC, msg1.sidT);
    const share = await inputs.scalar.multiply(await generator(inputs.secret, ci, sid));
    const k = await inputs.scalar.multiply(msg1.share);
    if (share === null || k === null) throw new HandshakeError("ZeroResult");
    const adb = encodeAdb({ ...inputs, version, suite });
    const msg2 = encodeMsg2({ share, adb });
    const isk = await sessionKey(sid, k, { share: msg1.share, data: msg1.ada }, { share, data: adb });
    this.#waiting = { ada, schedule: await KeySchedule.create(isk, ci, sid, [message, msg2]) };
    return { type: "continue", reply: msg2 };
  }

  #choose(offered: readonly number[], supported: readonly number[]): number {
    const first = offered[0] ?? -1;
    if (!supported.includes(first)) throw new NotSupported("Unsupported");
    if (offered.some((entry) => entry > first && supported.includes(entry))) throw new NotSupported("Downgrade");
    return first;
  }

  async #takeMsg3({ ada, schedule }: Waiting, message: Uint8Array): Promise<CustomerStep> {
    const { name, fields } = openMessage(message, stepLimits.MSG3, ["MSG3", "FAIL"]);
    if (name === "FAIL") {
      readFail(fields);
      throw new HandshakeError("PeerFailed");
    }
    const { tag, box } = readMsg3(fields);
    if (!equalConstantTime(tag, await schedule.tag("T", schedule.th1))) throw new HandshakeError("TagMismatch");
    const content = await schedule.openBox("T", tag, box);
    if (content === null) throw new HandshakeError("BoxRejected");
    const { nonce, signature } = decodeBox3(content);
    if (!equalConstantTime(await commitment(nonce), ada.commitment)) throw new HandshakeError("CommitmentMismatch");
    await this.#checkTechnician(ada, signature, schedule);
    return this.#makeMsg4({ ada, schedule }, message, nonce);
  }

  async #checkTechnician({ certificate, requested }: Ada, signature: Uint8Array, schedule: KeySchedule): Promise<void> {
    if (certificate === null) {
      if ((requested & ~permissions.VIEW) !== 0) throw new HandshakeError("RightsExceeded");
      if (signature.some((byte) => byte !== 0)) throw new HandshakeError("SignatureInvalid");
      return;
    }
    await checkCertificate(certificate, this.#inputs, requested);
    if (!(await verify(certificate.publicKey, signature, signedBytes(schedule.th1)))) throw new HandshakeError("SignatureInvalid");
  }

  async #makeMsg4({ ada, schedule }: Waiting, msg3: Uint8Array, nonceT: Uint8Array): Promise<CustomerStep> {
    const th2 = await schedule.th2(msg3);
    const tag = await schedule.tag("C", th2);
    const msg4 = encodeConfirmation("MSG4", { tag, box: await schedule.sealBox("C", tag, encodeBox4(this.#inputs)) });
    const master = await schedule.master(th2, msg4);
    const keys = await sessionKeys(master);
    const checkNumber = await schedule.checkNumber(nonceT, this.#inputs.nonce);
    this.#isOver = true;
    return { type: "established", reply: msg4, session: { keys, sessionId: await sessionIdentifier(master), checkNumber, ada } };
  }

  #failed(error: HandshakeError | WireFormatError, inMsg3Place: boolean): CustomerStep {
    if (error.reason === "PeerFailed") return this.#brokeOff("PeerFailed", null);
    const { versions, suites } = this.#inputs;
    const reply = error instanceof NotSupported ? encodeUnsupported({ versions, suites }) : failMessage;
    return { type: "failed", reply, error: error.reason, burns: inMsg3Place, brokenOff: false };
  }

  #brokeOff(error: HandshakeFailure, reply: Uint8Array | null): CustomerStep {
    this.#isOver = true;
    const brokenOff = this.#waiting !== null;
    return { type: "failed", reply, error, burns: brokenOff && this.#inputs.brokenOffRuns >= 2, brokenOff };
  }
}
