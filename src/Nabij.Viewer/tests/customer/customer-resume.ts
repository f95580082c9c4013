// The host's side of a resume (docs/protocol/02-handshake.md "Resume"), for differential tests only.

import { ResumeError } from "../../src/protocol/errors.ts";
import { lv } from "../../src/protocol/lv.ts";
import { decodeResume, encodeResumeBody, type LastMessage } from "../../src/protocol/resume.ts";
import { concatenate } from "../../src/protocol/wire.ts";
import { equalConstantTime } from "../../src/session/crypto.ts";
import { agree, ownShare, resumedKeys, resumeMac, type Resumed } from "../../src/session/resume.ts";
import type { Scalar } from "../../src/session/x25519.ts";

const maximumAttempts = 10;

export type HostResumeInputs = {
  readonly sessionId: Uint8Array;
  readonly secrets: ReadonlyMap<number, Uint8Array>;
  readonly scalar: Scalar;
  readonly nonce: Uint8Array;
  readonly ids: readonly LastMessage[];
  /** R1 of the last minute before this one. */
  readonly recentAttempts: number;
};

export async function acceptR1(inputs: HostResumeInputs, r1: Uint8Array): Promise<{ readonly r2: Uint8Array; readonly resumed: Resumed }> {
  const message = decodeResume("R1", r1);
  if (!equalConstantTime(message.sessionId, inputs.sessionId)) throw new ResumeError("UnknownSession");
  const secret = inputs.secrets.get(message.n);
  if (secret === undefined) throw new ResumeError("UnknownGeneration");
  if (inputs.recentAttempts >= maximumAttempts) throw new ResumeError("TooManyAttempts");
  const expected = await resumeMac("T", secret, message.body);
  if (!equalConstantTime(message.mac, expected)) throw new ResumeError("MacMismatch");
  await agree(inputs.scalar, message.share);
  const { sessionId, nonce, ids, scalar } = inputs;
  const body = encodeResumeBody("R2", { sessionId, n: message.n, nonce, share: await ownShare(scalar), ids });
  const r2 = concatenate(body, lv(await resumeMac("C", secret, r1, body)));
  return { r2, resumed: await resumedKeys({ secret, scalar }, message, r1, r2) };
}
