// An organization with one technician, made for one test: keys, certificate, and what both sides need of them.

import { encodeText } from "../../src/protocol/wire.ts";
import { concatenate, ascii } from "../../src/protocol/wire.ts";
import { lv } from "../../src/protocol/lv.ts";
import { sha256 } from "../../src/session/crypto.ts";

export type Organization = {
  /** SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array<ArrayBuffer>;
  readonly keyHash: Uint8Array<ArrayBuffer>;
  readonly certificate: Uint8Array<ArrayBuffer>;
  /** Non-extractable. */
  readonly signingKey: CryptoKey;
};

export const now = 1_790_000_000;

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };

export async function createOrganization(rights = 0xfff): Promise<Organization> {
  const organization = await crypto.subtle.generateKey(algorithm, false, ["sign", "verify"]);
  const technician = await crypto.subtle.generateKey(algorithm, false, ["sign", "verify"]);
  const publicKey = new Uint8Array(await crypto.subtle.exportKey("spki", organization.publicKey));
  const keyHash = await sha256(publicKey);
  const point = new Uint8Array(await crypto.subtle.exportKey("raw", technician.publicKey));
  const signed = lv(
    ascii("RS1 cert"),
    Uint8Array.of(1),
    keyHash,
    new Uint8Array(16).fill(7),
    encodeText("Peter <b>de Vries</b>", 64),
    point,
    u64(now - 60),
    u64(now + 3_600),
    u32(rights),
  );
  const signature = new Uint8Array(await crypto.subtle.sign(algorithm, organization.privateKey, signed));
  return { publicKey, keyHash, certificate: concatenate(signed, signature), signingKey: technician.privateKey };
}

function u32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}

function u64(value: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(value));
  return bytes;
}
