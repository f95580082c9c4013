// CPACE-X25519-SHA512 (draft-irtf-cfrg-cpace-21), initiator/responder (docs/protocol/02-handshake.md "Keys").

import { lv } from "../protocol/lv.ts";
import { ascii, concatenate } from "../protocol/wire.ts";
import { sha512 } from "./crypto.ts";
import { mapHash } from "./elligator2.ts";

const domainSeparation = ascii("CPace255");
const isk = ascii("CPace255_ISK");
/** SHA-512's input block, which the zero bytes fill up to. */
const blockBytes = 128;

export function generatorString(prs: Uint8Array, ci: Uint8Array, sid: Uint8Array): Uint8Array<ArrayBuffer> {
  const zeros = Math.max(0, blockBytes - 1 - lv(prs).length - lv(domainSeparation).length);
  return lv(domainSeparation, prs, new Uint8Array(zeros), ci, sid);
}

/** The generator as a u-coordinate. Fresh for every run: never cache it. */
export async function generator(prs: Uint8Array, ci: Uint8Array, sid: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const hash = await sha512(generatorString(prs, ci, sid));
  return mapHash(hash.subarray(0, 32));
}

/** One side's share with its associated data. */
export type Contribution = { readonly share: Uint8Array; readonly data: Uint8Array };

export function transcript(initiator: Contribution, responder: Contribution): Uint8Array<ArrayBuffer> {
  return concatenate(lv(initiator.share, initiator.data), lv(responder.share, responder.data));
}

/** The intermediate session key, all 64 bytes. */
export function sessionKey(
  sid: Uint8Array,
  k: Uint8Array,
  initiator: Contribution,
  responder: Contribution,
): Promise<Uint8Array<ArrayBuffer>> {
  return sha512(concatenate(lv(isk, sid, k), transcript(initiator, responder)));
}
