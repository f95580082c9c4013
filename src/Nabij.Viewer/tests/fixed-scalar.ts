// Scalars with known bytes, for vectors only: the product generates its scalars inside WebCrypto and never sees them.

import { concatenate } from "../src/protocol/wire.ts";
import { fromHex } from "../src/protocol/hex.ts";
import { scalarFromKey, type Scalar } from "../src/session/x25519.ts";

export function hex(text: string): Uint8Array<ArrayBuffer> {
  const bytes = fromHex(text.replaceAll(/\s/g, ""));
  if (bytes === null) throw new RangeError(`not hex: ${text}`);
  return bytes;
}

const pkcs8Head = hex("302e020100300506032b656e04220420");

/** The platform's own X25519 under a given scalar. */
export async function fixedScalar(scalar: Uint8Array): Promise<Scalar> {
  const key = await crypto.subtle.importKey("pkcs8", concatenate(pkcs8Head, scalar), { name: "X25519" }, false, ["deriveBits"]);
  return scalarFromKey(key);
}
