// Keys of a resume (docs/protocol/02-handshake.md "Resume"), both sides' formulas in one place so that they cannot drift.
// The vectors hold this to the byte; returning.ts carries it over the wire.

import { ResumeError } from "../protocol/errors.ts";
import { lv } from "../protocol/lv.ts";
import { decodeResume, encodeResumeBody, type LastMessage, type ReceivedResumeMessage, type ResumeMessage } from "../protocol/resume.ts";
import { ascii, concatenate } from "../protocol/wire.ts";
import { equalConstantTime, hkdfExtract, hmac, sha256 } from "./crypto.ts";
import { expandLabel, sessionKeys, type SessionKeys, type Side } from "./key-schedule.ts";
import { basePoint, isCanonicalShare, type Scalar } from "./x25519.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** What a side brings: the secret of one generation and fresh randomness. */
export type ResumeInputs = Pick<ResumeMessage, "sessionId" | "n" | "nonce" | "ids"> & {
  readonly secret: Uint8Array;
  readonly scalar: Scalar;
};

export type Resumed = { readonly keys: SessionKeys; readonly peerIds: readonly LastMessage[]; readonly thr: Bytes; readonly ecdh: Bytes; readonly master: Bytes };

export async function ownShare(scalar: Scalar): Promise<Bytes> {
  const share = await scalar.multiply(basePoint);
  if (share === null) throw new ResumeError("ZeroResult");
  return share;
}

/** The MAC of R1 covers B1, that of R2 covers R1 and B2. */
export async function resumeMac(side: Side, secret: Uint8Array, ...covered: readonly Uint8Array[]): Promise<Bytes> {
  return hmac(await expandLabel(secret, `rauth ${side}`, 32), concatenate(...covered));
}

export async function makeR1(inputs: ResumeInputs): Promise<Bytes> {
  const body = encodeResumeBody("R1", { ...inputs, share: await ownShare(inputs.scalar) });
  return concatenate(body, lv(await resumeMac("T", inputs.secret, body)));
}

/** The viewer's checks of R2, then the new keys. */
export async function acceptR2(inputs: ResumeInputs, r1: Uint8Array, r2: Uint8Array): Promise<Resumed> {
  const message = decodeResume("R2", r2);
  if (!equalConstantTime(message.sessionId, inputs.sessionId)) throw new ResumeError("UnknownSession");
  if (message.n !== inputs.n) throw new ResumeError("UnknownGeneration");
  const expected = await resumeMac("C", inputs.secret, r1, message.body);
  if (!equalConstantTime(message.mac, expected)) throw new ResumeError("MacMismatch");
  return resumedKeys(inputs, message, r1, r2);
}

/** Share check, ECDH and keys, after the MAC was verified. */
export async function resumedKeys(
  inputs: Pick<ResumeInputs, "secret" | "scalar">,
  peer: ReceivedResumeMessage,
  r1: Uint8Array,
  r2: Uint8Array,
): Promise<Resumed> {
  const ecdh = await agree(inputs.scalar, peer.share);
  const thr = await sha256(lv(ascii("RS1 thr"), r1, r2));
  const master = await hkdfExtract(thr, lv(inputs.secret, ecdh));
  return { keys: await sessionKeys(master), peerIds: peer.ids, thr, ecdh, master };
}

export async function agree(scalar: Scalar, share: Uint8Array): Promise<Bytes> {
  if (!isCanonicalShare(share)) throw new ResumeError("ShareNotCanonical");
  const ecdh = await scalar.multiply(share);
  if (ecdh === null) throw new ResumeError("ZeroResult");
  return ecdh;
}
