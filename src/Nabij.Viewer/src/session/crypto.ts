// SHA, HMAC, HKDF and AES-GCM of suite 0x0001 by WebCrypto (docs/protocol/02-handshake.md "Primitives").
// HKDF is two kinds of HMAC calls and not WebCrypto's, which cannot extract and expand by itself.

import { concatenate } from "../protocol/wire.ts";

const { subtle } = globalThis.crypto;

type Bytes = Uint8Array<ArrayBuffer>;

export async function sha256(bytes: Uint8Array): Promise<Bytes> {
  return new Uint8Array(await subtle.digest("SHA-256", owned(bytes)));
}

export async function sha512(bytes: Uint8Array): Promise<Bytes> {
  return new Uint8Array(await subtle.digest("SHA-512", owned(bytes)));
}

export async function hmac(key: Uint8Array, bytes: Uint8Array): Promise<Bytes> {
  // WebCrypto refuses an empty HMAC key; a key of one zero byte is the same key after padding.
  const usable = key.length === 0 ? new Uint8Array(1) : owned(key);
  const imported = await subtle.importKey("raw", usable, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return new Uint8Array(await subtle.sign("HMAC", imported, owned(bytes)));
}

export function hkdfExtract(salt: Uint8Array, ikm: Uint8Array): Promise<Bytes> {
  return hmac(salt, ikm);
}

export async function hkdfExpand(prk: Uint8Array, info: Uint8Array, length: number): Promise<Bytes> {
  const blocks: Uint8Array[] = [];
  let previous: Uint8Array = new Uint8Array(0);
  for (let counter = 1; blocks.length * 32 < length; counter++) {
    if (counter > 255) throw new RangeError("HKDF gives at most 8,160 bytes");
    previous = await hmac(prk, concatenate(previous, info, Uint8Array.of(counter)));
    blocks.push(previous);
  }
  return concatenate(...blocks).slice(0, length);
}

export function importAesKey(key: Uint8Array): Promise<CryptoKey> {
  return subtle.importKey("raw", owned(key), "AES-GCM", false, ["encrypt", "decrypt"]);
}

/** Ciphertext and its 16-byte tag. */
export async function seal(key: CryptoKey, nonce: Uint8Array, aad: Uint8Array, plaintext: Uint8Array): Promise<Bytes> {
  const parameters = { name: "AES-GCM", iv: owned(nonce), additionalData: owned(aad) };
  return new Uint8Array(await subtle.encrypt(parameters, key, owned(plaintext)));
}

/** The plaintext, or null when the tag does not fit. */
export async function open(key: CryptoKey, nonce: Uint8Array, aad: Uint8Array, sealed: Uint8Array): Promise<Bytes | null> {
  const parameters = { name: "AES-GCM", iv: owned(nonce), additionalData: owned(aad) };
  try {
    return new Uint8Array(await subtle.decrypt(parameters, key, owned(sealed)));
  } catch {
    return null;
  }
}

/** Equality that takes as long for the first differing byte as for the last. */
export function equalConstantTime(left: Uint8Array, right: Uint8Array): boolean {
  if (left.length !== right.length) return false;
  let difference = 0;
  for (let index = 0; index < left.length; index++) difference |= (left[index] ?? 0) ^ (right[index] ?? 0);
  return difference === 0;
}

/** Best effort: copies that the engine made stay out of reach. */
export function erase(...secrets: readonly Uint8Array[]): void {
  for (const secret of secrets) secret.fill(0);
}

export function randomBytes(length: number): Bytes {
  return globalThis.crypto.getRandomValues(new Uint8Array(length));
}

/** WebCrypto wants bytes that no other thread can change: ours never lie in shared memory. */
function owned(bytes: Uint8Array): Bytes {
  return bytes as Bytes;
}
