// Seals a picture to the organization's pictures key and opens one (docs/protocol/14-kept-pictures.md), by WebCrypto: ECDH on
// P-256, HKDF, AES-256-GCM. Each picture has an ephemeral key of its own, so no key seals twice.

import { WireFormatError } from "../protocol/errors.ts";
import { hkdfExpand, hkdfExtract, importAesKey, open, seal, sha256 } from "../session/crypto.ts";
import { contextOf, makeHeader, pictureNumberBytes, readContent, readEnvelope, writeContent, type Bytes, type PictureBinding, type PictureContent } from "./envelope.ts";

const { subtle } = globalThis.crypto;
const curve = { name: "ECDH", namedCurve: "P-256" } as const;

/** What makes an envelope its own. */
export interface PictureRandomness {
  /** The picture's own number, of which the customer was told. */
  readonly picture: Bytes;
  /** Made anew; tests have it from the vectors. */
  readonly ephemeral?: CryptoKeyPair;
}

export const newPictureNumber = (): Bytes => crypto.getRandomValues(new Uint8Array(pictureNumberBytes));

/** @param publicKey SubjectPublicKeyInfo of the pictures key */
export async function sealPicture(publicKey: Bytes, binding: PictureBinding, content: PictureContent, { picture, ephemeral: given }: PictureRandomness): Promise<Bytes> {
  const ephemeral = given ?? (await subtle.generateKey(curve, false, ["deriveBits"]));
  const keyId = await sha256(publicKey);
  const header = makeHeader(picture, keyId, new Uint8Array(await subtle.exportKey("raw", ephemeral.publicKey)));
  const pictures = await subtle.importKey("spki", publicKey, curve, false, []);
  const { key, nonce, context } = await keysOf(ephemeral.privateKey, pictures, { keyId, header, binding });
  const box = await seal(key, nonce, context, writeContent(content));
  const envelope = new Uint8Array(header.length + box.length);
  envelope.set(header);
  envelope.set(box, header.length);
  return envelope;
}

/** The bytes inside, or null when they are not what they say they are. Raises WireFormatError for what is no envelope. */
export async function openBox(privateKey: CryptoKey, binding: PictureBinding, bytes: Bytes): Promise<Bytes | null> {
  const { header, keyId, ephemeral, box } = readEnvelope(bytes);
  let point: CryptoKey;
  try {
    point = await subtle.importKey("raw", ephemeral, curve, false, []);
  } catch {
    throw new WireFormatError("InvalidValue");
  }
  const { key, nonce, context } = await keysOf(privateKey, point, { keyId, header, binding });
  return open(key, nonce, context, box);
}

/** The picture; null when it cannot be opened as what it is said to be. */
export async function openPicture(privateKey: CryptoKey, binding: PictureBinding, bytes: Bytes): Promise<PictureContent | null> {
  try {
    const content = await openBox(privateKey, binding, bytes);
    return content === null ? null : readContent(content);
  } catch (error) {
    if (error instanceof WireFormatError) return null;
    throw error;
  }
}

async function keysOf(own: CryptoKey, other: CryptoKey, of: { readonly keyId: Bytes; readonly header: Bytes; readonly binding: PictureBinding }):
  Promise<{ key: CryptoKey; nonce: Bytes; context: Bytes }> {
  const shared = new Uint8Array(await subtle.deriveBits({ name: "ECDH", public: other }, own, 256));
  const context = contextOf(of.binding, of.header);
  const material = await hkdfExpand(await hkdfExtract(of.keyId, shared), context, 44);
  return { key: await importAesKey(material.slice(0, 32)), nonce: material.slice(32), context };
}
