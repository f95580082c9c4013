// The organization's pictures key: made in this browser, wrapped under a passphrase that stays here, unwrapped to a key that
// can be used and not taken (docs/protocol/14-kept-pictures.md).

import { WireFormatError } from "../protocol/errors.ts";
import { fromHex } from "../protocol/hex.ts";
import { lv } from "../protocol/lv.ts";
import { ascii, WireReader, WireWriter } from "../protocol/wire.ts";
import { open, seal, sha256 } from "../session/crypto.ts";
import { begins, identity, type Bytes } from "./envelope.ts";

/** Code points. */
export const shortestPassphrase = 12;
/** Bytes as UTF-8. */
export const longestPassphrase = 1024;

const leastIterations = 600_000;
const mostIterations = 10_000_000;
const magic = ascii("NKW1");
const saltBytes = 16;
const nonceBytes = 12;
const headerBytes = 36;
const smallestBox = 80;
const largestBox = 528;
const { subtle } = globalThis.crypto;
const curve = { name: "ECDH", namedCurve: "P-256" } as const;

export interface MadeKey {
  /** SubjectPublicKeyInfo. */
  readonly publicKey: Bytes;
  readonly wrapped: Bytes;
}

/** Whether it is long enough, and not too long. */
export function isPassphrase(typed: string): boolean {
  return [...typed.normalize("NFC")].length >= shortestPassphrase && passphraseBytes(typed).length <= longestPassphrase;
}

export async function makePicturesKey(passphrase: string, organization: string): Promise<MadeKey> {
  const pair = await subtle.generateKey(curve, true, ["deriveBits"]);
  const publicKey = new Uint8Array(await subtle.exportKey("spki", pair.publicKey));
  const privateKey = new Uint8Array(await subtle.exportKey("pkcs8", pair.privateKey));
  const random = { iterations: leastIterations, salt: crypto.getRandomValues(new Uint8Array(saltBytes)), nonce: crypto.getRandomValues(new Uint8Array(nonceBytes)) };
  try {
    return { publicKey, wrapped: await wrapKey({ privateKey, publicKey }, passphrase, organization, random) };
  } finally {
    privateKey.fill(0);
  }
}

/** @param key PKCS#8 and SubjectPublicKeyInfo */
export async function wrapKey(key: { readonly privateKey: Bytes; readonly publicKey: Bytes }, passphrase: string, organization: string,
  random: { readonly iterations: number; readonly salt: Bytes; readonly nonce: Bytes }): Promise<Bytes> {
  const header = new WireWriter().bytes(magic).u32(random.iterations).bytes(random.salt).bytes(random.nonce).finish();
  const wrapping = await wrappingKey(passphrase, random.salt, random.iterations);
  const box = await seal(wrapping, random.nonce, associated(organization, await sha256(key.publicKey), header), key.privateKey);
  return new WireWriter(header.length + box.length).bytes(header).bytes(box).finish();
}

/** PKCS#8, or null with a wrong passphrase. Raises WireFormatError, before anything is calculated. */
export async function unwrapBytes(wrapped: Bytes, passphrase: string, of: { readonly organization: string; readonly keyId: Bytes }): Promise<Bytes | null> {
  const box = wrapped.length - headerBytes;
  if (box < smallestBox || box > largestBox) throw new WireFormatError("LengthOutOfRange");
  if (!begins(wrapped, magic)) throw new WireFormatError("InvalidValue");
  const reader = new WireReader(wrapped.subarray(magic.length, headerBytes));
  const iterations = reader.u32();
  if (iterations < leastIterations || iterations > mostIterations) throw new WireFormatError("InvalidValue");
  const salt = reader.bytes(saltBytes).slice();
  const nonce = reader.bytes(nonceBytes).slice();
  const aad = associated(of.organization, of.keyId, wrapped.subarray(0, headerBytes));
  return open(await wrappingKey(passphrase, salt, iterations), nonce, aad, wrapped.subarray(headerBytes));
}

/** A key that opens pictures and that no script can take; null with a wrong passphrase. */
export async function unwrapKey(wrapped: Bytes, passphrase: string, of: { readonly organization: string; readonly key: string }): Promise<CryptoKey | null> {
  const keyId = fromHex(of.key);
  if (keyId === null) return null;
  const bytes = await unwrapBytes(wrapped, passphrase, { organization: of.organization, keyId });
  if (bytes === null) return null;
  try {
    return await subtle.importKey("pkcs8", bytes, curve, false, ["deriveBits"]);
  } finally {
    bytes.fill(0);
  }
}

function associated(organization: string, keyId: Bytes, header: Bytes): Bytes {
  return lv(ascii("Nabij pictures key"), identity(organization), keyId, header);
}

async function wrappingKey(passphrase: string, salt: Bytes, iterations: number): Promise<CryptoKey> {
  const material = await subtle.importKey("raw", passphraseBytes(passphrase), "PBKDF2", false, ["deriveKey"]);
  return subtle.deriveKey({ name: "PBKDF2", hash: "SHA-256", salt, iterations }, material, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

function passphraseBytes(typed: string): Bytes {
  return new TextEncoder().encode(typed.normalize("NFC"));
}
